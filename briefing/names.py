"""Two names and their kind → how far they are one name, 0..1; 0.5 is the line between. Knows no article and no room.

``PERSON`` names are held word against word: one word that differs on both sides makes two people. Names of bodies are
held by the words that tell them apart; legal forms count for little. ``briefing match`` and resolution both ask here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA

Words = tuple[str, ...]
_APOSTROPHES = re.compile(r"['’‘`ʼʻ´]")
_NO_WORD = re.compile(r"[^\w]+", re.UNICODE)
_LOOKALIKE = str.maketrans("01345789", "oieasrbg")


def score(a: str, b: str, kind: str) -> float:
    """How far ``a`` and ``b`` are one name of a ``kind`` ("PERSON", or anything else for bodies and places)."""
    if a.strip().casefold() == b.strip().casefold():
        return 1.0
    x, y = (_person(a), _person(b)) if kind == "PERSON" else (_body(a), _body(b))
    if not x or not y:
        return 0.0
    if "".join(x) == "".join(y):
        return 0.98
    if (
        kind == "PERSON"
        and sorted(x) == sorted(y)
        and len(x) == 2
        and not ("," in a or "," in b or a.isupper() != b.isupper())
    ):
        return 0.45 if not _scripts_differ(a, b) else 0.9
    return round(_people(x, y) if kind == "PERSON" else _bodies(x, y, a, b), 4)


# ------------------------------------------------------------------------------------------------------------- words
@lru_cache
def _data() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=loader))  # noqa: S506


@lru_cache
def _set(key: str) -> frozenset[str]:
    return frozenset(_data()[key])


@lru_cache
def _first(key: str) -> dict[str, str]:
    """Each form of a group → the group's first."""
    return {str(form): str(group[0]) for group in _data()[key] for form in group}


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Small letters of the Latin alphabet without accents, apostrophes and marks; words parted by single blanks."""
    table = _data()["cyrillic"]
    text = "".join(table.get(c, c) for c in text.casefold())
    text = unicodedata.normalize("NFKD", text)
    text = (
        "".join(c for c in text if not unicodedata.combining(c)).replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    return " ".join(_NO_WORD.sub(" ", _APOSTROPHES.sub("", text.replace("ß", "ss"))).split())


@lru_cache(maxsize=50_000)
def _person(name: str) -> Words:
    """A person's words in their own order, without titles and suffixes."""
    family, comma, given = name.partition(",")
    if comma and given.strip() and plain(given) not in _set("suffixes"):
        name = f"{given} {family}"
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)  # "SergeiLavrov"
    words = [w.translate(_LOOKALIKE) if any(c.isalpha() for c in w) else w for w in plain(name).split()]
    kept = [w for w in words if w not in _set("titles")]
    while len(kept) > 2 and kept[-1] in _set("suffixes"):
        kept.pop()
    return tuple(kept or words)


@lru_cache(maxsize=50_000)
def _body(name: str) -> Words:
    """A body's words, short and long forms of one word made one."""
    text = re.sub(r"\b(?:[A-Z]\.){2,}", lambda m: m.group().replace(".", "") + " ", name)  # "C.I.A.", "A.B.C."
    text = text.replace("o.o.", "o o")
    text = re.sub(r"(?<=[a-z])(?=[A-Z]{2,}\b)", " ", text)  # "SiemensAG"
    text = f" {plain(text.replace('&', ' and '))} "
    for key in ("synonyms", "legal"):
        for form, first in sorted(_first(key).items(), key=lambda f: -len(f[0])):
            if form != first and f" {form} " in text:
                text = text.replace(f" {form} ", f" {first} ")
    text = _tens().sub(_number, text)
    words = [w for w in text.split() if w not in ("the", "of", "and", "for", "s", "in", "on", "de", "del", "e")]
    return tuple(words or text.split())


@lru_cache
def _tens() -> re.Pattern[str]:
    return re.compile(rf" ({'|'.join(_data()['tens'])})(?: (\d))? ")


def _number(m: re.Match[str]) -> str:
    """ "forty 4" → "44"."""
    return f" {_data()['tens'][m.group(1)] + int(m.group(2) or 0)} "


def _scripts_differ(a: str, b: str) -> bool:
    return a.isascii() != b.isascii()


# -------------------------------------------------------------------------------------------------------- likeness
@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    """A word as transliterations of it share it: one letter for each sound, no doubles, few vowels told apart."""
    for old, new in _data()["sounds"]:
        word = word.replace(old, new)
    return "".join(c for c, after in pairwise(word + " ") if c != after)


@lru_cache(maxsize=100_000)
def alike(a: str, b: str) -> float:
    """Likeness of two words, 0 where they are two."""
    if a == b:
        return 1.0
    if _first("nicknames").get(a, a) == _first("nicknames").get(b, b):
        return 0.95
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    short = min(len(a), len(b))
    if _sound(a) == _sound(b) and short > 2:
        return 0.93
    edits = OSA.distance(a, b)
    if edits <= _edits(short):
        return 0.9 - 0.3 * edits / max(len(a), len(b))
    return 0.0


def _edits(length: int) -> int:
    """Letters that may differ in a word of this length."""
    return 0 if length < 5 else 1 if length < 8 else 2


def _pairs(x: Words, y: Words) -> tuple[list[tuple[int, int, float]], list[int], list[int]]:
    """Best pairs of words, and what is left on either side."""
    ranked = sorted(
        ((alike(a, b), -abs(i - j), i, j) for i, a in enumerate(x) for j, b in enumerate(y)),
        key=lambda r: (-r[0], -r[1]),
    )
    left, right = set(range(len(x))), set(range(len(y)))
    found = []
    for likeness, _, i, j in ranked:
        if likeness and i in left and j in right:
            found.append((i, j, likeness))
            left.discard(i)
            right.discard(j)
    return found, sorted(left), sorted(right)


def _joined(x: Words, y: Words) -> tuple[Words, Words]:
    """Words that one name writes together and the other apart ("Jong-un", "Jongun") put together in both."""
    for one, other in ((x, y), (y, x)):
        for i, (a, b) in enumerate(pairwise(one)):
            if a + b in other and a not in other and b not in other:
                merged = (*one[:i], a + b, *one[i + 2 :])
                return (merged, other) if one is x else (other, merged)
    return x, y


# ---------------------------------------------------------------------------------------------------------- people
def _people(x: Words, y: Words) -> float:
    x, y = _joined(x, y)
    found, left, right = _pairs(x, y)
    left = [i for i in left if x[i] not in _set("particles")]
    right = [j for j in right if y[j] not in _set("particles")]
    real = [(i, j, s) for i, j, s in found if x[i] not in _set("particles") and len(x[i]) > 1 and len(y[j]) > 1]
    if not real:
        return 0.1
    mean = sum(s for _, _, s in found) / len(found)
    if left and right:
        return min(0.45, 0.5 * mean * len(found) / (len(found) + max(len(left), len(right))))
    fuzzy = [s for _, _, s in real if s < 0.92]
    if len(fuzzy) > 1 and len(fuzzy) == len(real):
        mean -= 0.25
    extra = len(left) + len(right)
    if not extra:
        return mean
    if len(real) == 1:
        return 0.42 * mean
    return max(0.5, mean - 0.08 * extra) if mean > 0.75 else 0.45


# ---------------------------------------------------------------------------------------------------------- bodies
def _bodies(x: Words, y: Words, a: str, b: str) -> float:
    if _is_acronym(x, b, a) or _is_acronym(y, a, b):
        return 0.8
    x, y = _joined(*(_without_legal(w) for w in (x, y)))
    if "".join(x) == "".join(y):
        return 0.96
    found, left, right = _pairs(x, y)
    matched = sum(_weight(x[i]) * s for i, _, s in found)
    lost = sum(_weight(x[i]) for i in left), sum(_weight(y[j]) for j in right)
    if not found or (not any(_weight(x[i]) >= 1 for i, _, _ in found) and (left or right)):
        return 0.2
    if left and right:
        return min(0.48, matched / (matched + sum(lost)))
    if any(w not in _set("places") for w in [*(x[i] for i in left), *(y[j] for j in right)]):
        return min(0.46, matched / (matched + sum(lost)))
    return matched / (sum(_weight(x[i]) for i, _, _ in found) + 0.6 * sum(lost))


def _without_legal(words: Words) -> Words:
    forms = set(_first("legal").values())
    return tuple(w for w in words if w not in forms) or words


def _weight(word: str) -> float:
    if word in _set("places"):
        return 0.4
    return 0.6 if word in _set("generic") else 1.0


def _is_acronym(short: Words, long: str, text: str) -> bool:
    if len(short) != 1 or not 2 <= len(short[0]) <= 7 or not text.strip().replace(".", "").isupper():
        return False
    words = [w for w in plain(long.replace("-", " ")).split() if w != "s"]
    every = "".join(w[0] for w in words)
    some = "".join(w[0] for w in words if w not in ("the", "of", "and", "for", "in", "on", "to"))
    return len(words) > 1 and short[0] in (every, some)
