"""A place in a parsed text → whether the verb that governs it speaks of the past or of the future."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Token

from briefing import yamlfile

Tense = Literal["past", "present", "future"]

_STEPS = 12
_LEXICON = Path(__file__).resolve().parent.parent / "lexicons" / "times_verbs.yaml"


@dataclass(frozen=True)
class _Verbs:
    """The word lists of times_verbs.yaml."""

    ahead: frozenset[str]
    prospective: frozenset[str]
    saying: frozenset[str]
    said: frozenset[str]
    modals: frozenset[str]


@lru_cache(maxsize=1)
def _verbs() -> _Verbs:
    data, _ = yamlfile.read(_LEXICON)
    return _Verbs(**{name: frozenset(words) for name, words in data.items()})


def tense_at(token: Token) -> Tense | None:
    """Tense of the nearest verb above a token that shows one; None where nothing tells."""
    node = token
    for _ in range(_STEPS):
        if node.lemma_.lower() in _verbs().ahead and node != token and node.tag_ not in ("VBD", "VB", "VBP", "VBZ"):
            return "future"
        if node.pos_ in ("VERB", "AUX"):
            found = _tense_of(node)
            if found:
                return found
        if node.head == node:
            return None
        node = node.head
    return None


def _tense_of(verb: Token) -> Tense | None:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    lemmas = {c.lower_.replace("’", "'") for c in helpers}
    if lemmas & _verbs().modals:
        return "past" if lemmas & {"have", "'ve"} else "future"
    if "to" in lemmas:
        return _infinitive(verb, lemmas)
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN":
        return _participle(lemmas)
    if verb.tag_ == "VBG":
        if lemmas & {"was", "were", "been"}:
            return "past"
        return (
            "present"
            if lemmas & {"is", "are", "am", "'s", "'re", "'m"} and verb.lemma_ not in _verbs().saying
            else None
        )
    if verb.tag_ in ("VBZ", "VBP"):
        if verb.lemma_ in _verbs().saying:
            return "past" if verb.lemma_ in _verbs().said else None
        return "present"
    return None


def _infinitive(verb: Token, lemmas: set[str]) -> Tense | None:
    if "have" in lemmas:
        return "past"
    head = verb.head
    if head.pos_ == "ADJ" and head.lemma_ not in _verbs().prospective:
        head = head.head
    if (
        head == verb
        or head.pos_ not in ("VERB", "AUX")
        or head.lemma_ in _verbs().prospective
        or head.lemma_ in _verbs().ahead
    ):
        return "future"
    if head == verb.head and head.lemma_ == "be":
        return "future"  # "was to meet on Friday"
    above = _tense_of(head)
    return "past" if above == "past" else "future"


def _participle(lemmas: set[str]) -> Tense | None:
    if lemmas & {"have", "has", "had", "'ve", "was", "were", "got", "been"}:
        return "past"
    if lemmas & {"is", "are", "be", "being", "'s", "'re"}:
        return "past" if lemmas & {"'s"} else None
    return "past"
