"""Words of a sentence → what it is good for: whole or a fragment, asking, refusing, open, to come, or only calling for.

Rooms behind extract have no parse; these are turns of phrase from a lexicon, and where none fits the answer is no.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing import yamlfile

_OPENS = re.compile(r"^[\[(“‘\"'`«]*[A-Z0-9$£€#À-ÞЀ-Я]")
_CLOSES = re.compile(r"[.!?…][\])”’\"'»]*$")
_QUESTION = re.compile(r"\?[\])”’\"'»]*$")
_ONLY_QUOTED = re.compile(r"^(?:“[^”]*”|\"[^\"]*\"|``.*'')\W*$")
_PAIRS = (("“", "”"), ("«", "»"), ("``", "''"), ("(", ")"), ("[", "]"))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SHORT_REFUSAL = 25  # words up to which a sentence that refuses says nothing else


def whole(text: str) -> bool:
    """Whether it opens and closes like a sentence, with its quotation marks and brackets in pairs."""
    return bool(_OPENS.search(text) and _CLOSES.search(text)) and balanced(text)


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets stand in pairs."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRS)


def only_quoted(text: str) -> bool:
    """Whether it is nothing but somebody's words, without who says them."""
    return bool(_ONLY_QUOTED.match(text))


def asks(text: str) -> bool:
    """Whether it is a question or only puts one."""
    return bool(_QUESTION.search(text) or _pattern("questions").search(text)) or _opens("rhetorical", text)


def refuses(text: str) -> bool:
    """Whether it tells that somebody gave no answer."""
    return bool(_pattern("refusals").search(text))


def only_refuses(text: str) -> bool:
    """Whether a refusal or an open question is all that it tells."""
    return len(text.split()) <= SHORT_REFUSAL and (refuses(text) or leaves_open(text))


def leaves_open(text: str) -> bool:
    """Whether it names something that is not known."""
    return bool(_pattern("unknown").search(text))


def comes(text: str) -> bool:
    """Whether it speaks of something to come."""
    return bool(_pattern("coming").search(text))


def depends(text: str) -> bool:
    """Whether it makes one thing hang on another."""
    return bool(_pattern("conditions").search(text))


def demands(text: str) -> bool:
    """Whether it calls for something."""
    return bool(_pattern("demands").search(text))


def claims(text: str) -> bool:
    """Whether it holds a clause that may be so or not: ``that the dam will hold``, not ``the joint exercise``."""
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    if not words or words[0] in _words("openings"):
        return False
    return words[0] == "that" or any(w in _words("finite") for w in words)


def takes_a_stance(cue: str) -> bool:
    """Whether a reporting verb wants, praises or blames."""
    return bool(_verbs("stances").search(cue))


def estimates(cue: str) -> bool:
    """Whether a reporting verb estimates."""
    return bool(_verbs("estimates").search(cue))


def weak(term: str) -> bool:
    """Whether a word of likelihood alone makes no judgement."""
    return term.lower() in _words("weak")


@lru_cache(maxsize=65_536)
def roots(text: str) -> frozenset[str]:
    """Its content words without common endings, to see what it is about."""
    found = {_root(w.lower()) for w in _WORD.findall(text) if len(w) > 2}
    return frozenset(found - _common())


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Cosine of two sets of roots, 0 to 1."""
    return len(a & b) / (len(a) * len(b)) ** 0.5 if a and b else 0.0


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """English function words."""
    data, _ = yamlfile.read(Path(__file__).with_name("lexicons") / "stopwords.yaml")
    return frozenset(str(data["stopwords"]).split())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(_root(w) for w in stopwords())


def _root(word: str) -> str:
    for ending in ("'s", "’s", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word


@lru_cache
def _verbs(kind: str) -> re.Pattern[str]:
    """``condemned``, ``is urging`` and ``called for`` begin with ``condemn``, ``urge`` and ``call for``."""
    stems = "|".join(re.escape(v.removesuffix("e")) for v in _list(kind))
    return re.compile(rf"\b(?:{stems})(?:e|es|s|ied|d|[a-z]?ed|[a-z]?ing)?\b", re.I)


def _opens(kind: str, text: str) -> bool:
    found = _pattern(kind).search(text)
    return found is not None and found.start() <= 1


@lru_cache
def _pattern(kind: str) -> re.Pattern[str]:
    data = _data()
    parts = "|".join(f"(?:{p.replace('{w}', data['w'])})" for p in _list(kind))
    return re.compile(rf"\b(?:{parts})", re.I)


@lru_cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_list(kind))


def _list(kind: str) -> list[str]:
    return [str(x) for x in _data()[kind]]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data, _ = yamlfile.read(Path(__file__).with_name("lexicons") / "wording.yaml")
    return dict(data)
