"""A word that names an event and the article's Times → the Time that dates the event. Looks at the parse alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from briefing.extract.reading import Reading
from briefing.records import Time

# How a time hangs on an event, best first.
ATTACHED, SHARED, ARGUMENT, ADJUNCT, CLAUSE, LEADING = range(6)

_TIME_PARTS = frozenset({"ADP", "ADV", "SCONJ", "DET", "PUNCT"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "attr", "agent", "oprd"})
_VERBAL = frozenset({"VERB", "AUX"})
_STEPS = 8


@dataclass(frozen=True)
class _Link:
    """How well a time fits: kind of tie, then coarseness of the time, then distance in tokens."""

    rank: int
    coarse: int
    gap: int
    time: Time

    def key(self) -> tuple[int, int, int]:
        return self.rank, self.coarse, self.gap


def date_of_event(trigger: Token, times: Sequence[Time], reading: Reading) -> Time | None:
    """The time that dates an event: the one that hangs on its trigger, else on its clause, else opens its sentence.

    Only times that say when (a date, or a duration that was resolved to one); None where no such tie is seen.
    """
    sentence = trigger.sent
    links = []
    for time in times:
        if not _says_when(time) or time.end <= sentence.start_char or time.start >= sentence.end_char:
            continue
        span = reading.span(time.start, time.end)
        rank = _rank(trigger, span) if span is not None else None
        if rank is not None and span is not None:
            links.append(_Link(rank, precision(time), abs(span.root.i - trigger.i), time))
    return min(links, key=_Link.key).time if links else None


def precision(time: Time) -> int:
    """0 for a day, 1 for a month, 2 for a year, 3 for a longer or shorter interval, 4 for what is not dated."""
    resolved = time.resolved
    if resolved is None:
        return 4
    if "/" in resolved:
        return 3
    return {10: 0, 7: 1}.get(len(resolved), 2)


def _says_when(time: Time) -> bool:
    if time.value.endswith("_REF"):
        return False
    if time.type in ("DATE", "TIME"):
        return True
    return time.type == "DURATION" and time.resolved is not None and "/" not in time.resolved


def _rank(trigger: Token, span: Span) -> int | None:
    governor = _governor(span)
    if governor is None:
        return None
    if governor == trigger or (trigger.pos_ not in _VERBAL and trigger.is_ancestor(span.root)):
        return ATTACHED
    clause = _clause(trigger)
    if governor == clause:
        if trigger.dep_ in _ARGUMENTS or trigger.dep_ == "pobj":
            return ARGUMENT
        return CLAUSE
    if _shares(trigger, governor):
        return SHARED
    if clause.dep_ == "advcl" and clause.tag_ in ("VBG", "VBN") and clause.head == governor and clause == trigger:
        return ADJUNCT
    if span.start - span.sent.start <= 2 and clause == span.sent.root:
        return LEADING
    return None


def _governor(span: Span) -> Token | None:
    """The first word above a time that is no preposition or other part of its phrase."""
    node = span.root
    for _ in range(_STEPS):
        if node.head == node:
            return node if not span.start <= node.i < span.end else None
        node = node.head
        if node.pos_ not in _TIME_PARTS and not span.start <= node.i < span.end:
            return node
    return None


def _clause(token: Token) -> Token:
    """The verb of the clause that a word stands in."""
    node = token
    while node.pos_ not in _VERBAL and node.head != node:
        node = node.head
    return node


def _shares(trigger: Token, governor: Token) -> bool:
    """Whether the trigger is joined to the governor by "and", or is what a light verb before it begins."""
    node = trigger
    while node.dep_ == "conj":
        node = node.head
        if node == governor:
            return True
    return trigger.dep_ == "xcomp" and trigger.head == governor and trigger.tag_ == "VBG"
