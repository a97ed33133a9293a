"""An act, its sentence and the article's times → the time that dates the act, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from briefing.extract.event_types import acts
from briefing.records import Time

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?$")
_OWN_CLAUSE = {"relcl", "ccomp", "advcl", "acl", "pcomp", "parataxis"}


def time_of(act: Token, sentence: Span, times: Sequence[Time]) -> Time | None:
    """The time that stands in the act's own clause, or on the clause that it shares a subject with."""
    near = [t for t in times if sentence.start_char <= t.start < sentence.end_char and t.type in ("DATE", "TIME")]
    ranked = [
        (distance, -len(iso(time) or ""), time.start, time)
        for time in near
        if (distance := _distance(act, sentence, time)) is not None
    ]
    return min(ranked, key=lambda r: r[:3])[3] if ranked else None


def iso(time: Time) -> str | None:
    """The day, month or year of a time; the end of a range that has one is not a date of an act."""
    if time.type not in ("DATE", "TIME") or not time.resolved:
        return None
    first = time.resolved.split("/")[0][:10]
    if not _ISO.match(first):
        return None
    if "/" in time.resolved:
        return _shared(time.resolved)
    return first


def _shared(interval: str) -> str | None:
    """What the two ends of an interval have in common: a month or a year."""
    a, b = interval.split("/", 1)
    for length in (10, 7, 4):
        if len(a) >= length and a[:length] == b[:length]:
            return a[:length]
    return None


def _distance(act: Token, sentence: Span, time: Time) -> int | None:
    """Steps from the time's place in the tree to the act; None where the time belongs to another act."""
    span = sentence.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return None
    governor = _governor(span.root)
    if governor == act:
        return 0
    if act.dep_ == "relcl" and act.head.i in range(span.start, span.end):
        return 0
    below = _climb(governor, act)
    if below is not None:
        return 1 + below
    return _shares(act, governor)


def _governor(token: Token) -> Token:
    """The verb, or noun that names an act, that a time hangs on."""
    at = token
    while at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX") or (at.pos_ == "NOUN" and acts().noun(at.lemma_.lower()) is not None):
            return at
    return at


def _climb(governor: Token, act: Token) -> int | None:
    """Steps up from a governor to the act through phrases that are no clause of their own: nouns, infinitives."""
    at, steps = governor, 0
    while at.head != at and at.dep_ not in _OWN_CLAUSE:
        at, steps = at.head, steps + 1
        if at == act:
            return steps
    return None


def _shares(act: Token, governor: Token) -> int | None:
    """Steps up from the act to a verb that it is joined to, or that only shades it ("began on Monday to leave")."""
    at, steps = act, 0
    while at.head != at and at.dep_ in ("conj", "xcomp", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr"):
        at, steps = at.head, steps + 1
        if at == governor:
            return 2 + steps
    return None
