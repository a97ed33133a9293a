"""A place in a parsed text → whether the verb that governs it speaks of the past or of the future."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

Tense = Literal["past", "present", "future"]

# Grammar words of English, so few that they stand here. What is laid down for later:
_AHEAD = frozenset({"schedule", "slate", "expect", "plan", "set", "due", "plan", "poise", "book", "time", "likely", "anticipate",
                    "project", "forecast", "predict", "tentative", "upcoming", "forthcoming", "intend", "hope", "ready", "mature", "payable"})  # fmt: skip
# Verbs and adjectives whose infinitive lies ahead of them.
_PROSPECTIVE = frozenset({"agree", "vow", "propose", "decide", "want", "promise", "threaten", "order", "urge", "ask", "call", "invite", "need", "offer",
                          "prepare", "aim", "seek", "like", "demand", "require", "pledge", "wait", "prefer", "tell", "warn", "persuade", "authorize",
                          "allow", "have", "go", "eligible", "free", "certain", "sure", "able", "instruct", "direct", "swear", "elect", "choose",
                          "resolve", "opt", "move", "bid", "advise", "recommend", "request", "command", "commit", "undertake", "extend"})  # fmt: skip
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
    if head.pos_ == "ADJ" and head.lemma_ not in _PROSPECTIVE:
        head = head.head
    if head is verb or head.pos_ not in ("VERB", "AUX") or head.lemma_ in _PROSPECTIVE or head.lemma_ in _AHEAD:
        return "future"
    if head is verb.head and head.lemma_ == "be":
        return "future"  # "was to meet on Friday"
    above = _tense_of(head)
    return "past" if above == "past" else "future"


def _participle(verb: Token, lemmas: set[str]) -> Tense | None:
    if lemmas & {"have", "has", "had", "'ve", "’ve", "was", "were", "got", "been"}:
        return "past"
    if lemmas & {"is", "are", "be", "being", "'s", "’s", "'re", "’re"}:
        return "past" if lemmas & {"'s", "’s"} else None
    return "past"
