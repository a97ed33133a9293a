"""A place in a parsed text → whether the verb that governs it speaks of the past or of the future."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

# Grammar words of English, so few that they stand here: what is laid down for later, and verbs whose infinitive has their tense.
_AHEAD = frozenset({"schedule", "slate", "expect", "plan", "set", "due", "plan", "poise", "book", "time", "likely", "anticipate",
                    "project", "forecast", "predict", "tentative", "upcoming", "forthcoming", "intend", "hope", "ready", "mature", "payable"})  # fmt: skip
_SAME_TENSE = frozenset({"begin", "start", "continue", "fail", "manage", "try", "use", "help", "come", "get", "seem", "appear", "happen"})
_SAYING = frozenset({"say", "tell", "report", "note", "write", "claim", "add", "think", "believe", "know", "be", "have", "do", "see", "show"})
_MODALS = frozenset({"will", "shall", "would", "may", "might", "can", "could", "should", "must", "'ll", "wo", "’ll", "'d"})
_STEPS = 12


def tense_at(token: Token) -> Tense | None:
    """Tense of the nearest verb above a token that shows one; None where nothing tells."""
    node = token
    for _ in range(_STEPS):
        if node.lemma_.lower() in _AHEAD and node is not token and node.tag_ not in ("VBD", "VB", "VBP", "VBZ"):
            return "future"
        if node.pos_ in ("VERB", "AUX"):
            found = _tense_of(node)
            if found:
                return found
        if node.head is node:
            return None
        node = node.head
    return None


def _tense_of(verb: Token) -> Tense | None:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    lemmas = {c.lower_ for c in helpers}
    if lemmas & _MODALS:
        return "past" if lemmas & {"have", "'ve", "’ve"} else "future"
    if "to" in lemmas:
        return _infinitive(verb, lemmas)
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN":
        return _participle(verb, lemmas)
    if verb.tag_ == "VBG":
        if lemmas & {"was", "were", "been"}:
            return "past"
        return "present" if lemmas & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m"} and verb.lemma_ not in _SAYING else None
    if verb.tag_ in ("VBZ", "VBP"):
        if verb.lemma_ in _SAYING:
            return "past" if verb.lemma_ in ("say", "tell", "report") else None
        return "present"
    return None


def _infinitive(verb: Token, lemmas: set[str]) -> Tense | None:
    if "have" in lemmas:
        return "past"
    head = verb.head
    if head is not verb and head.lemma_ in _SAME_TENSE and head.pos_ in ("VERB", "AUX"):
        return _tense_of(head)
    return "future"


def _participle(verb: Token, lemmas: set[str]) -> Tense | None:
    if lemmas & {"have", "has", "had", "'ve", "’ve", "was", "were", "got", "been"}:
        return "past"
    if lemmas & {"is", "are", "be", "being", "'s", "’s", "'re", "’re"}:
        return "past" if lemmas & {"'s", "’s"} else None
    return "past"
