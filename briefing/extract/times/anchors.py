"""Times and the article → the same with "two days after the summit" resolved, where the article dates the summit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from spacy.tokens import Span, Token

from briefing.extract.reading import Reading
from briefing.extract.time_links import date_of_event
from briefing.extract.times.calendar import Stretch
from briefing.extract.times.context import Distance
from briefing.extract.times.distance import moved
from briefing.records import Time

_COUNTED = re.compile(r"P(\d+)([DWMY])")
_SIDES = {"after": 1, "following": 1, "before": -1}


def anchored(times: Sequence[Time], reading: Reading) -> tuple[Time, ...]:
    """Durations beside an event that is dated elsewhere get the day they lead to; the rest stays."""
    if not reading.doc.has_annotation("DEP"):
        return tuple(times)
    return tuple(_anchored(t, times, reading) if t.type == "DURATION" and t.resolved is None else t for t in times)


def _anchored(time: Time, times: Sequence[Time], reading: Reading) -> Time:
    counted = _COUNTED.fullmatch(time.value)
    side = reading.span(time.start, time.end)
    after = side.doc[side.end] if side is not None and side.end < len(side.doc) else None
    if counted is None or after is None or after.lower_ not in _SIDES:
        return time
    event = _event_behind(after)
    base = _day_of(event, times, reading) if event is not None else None
    if base is None:
        return time
    distance = Distance(int(counted[1]), counted[2], _SIDES[after.lower_])
    resolved = moved(Stretch(base, "D"), distance)
    return time.model_copy(update={"resolved": resolved}) if resolved else time


def _event_behind(preposition: Token) -> Token | None:
    """The noun that "after" or "before" governs, or the verb of the clause it opens."""
    noun = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp") and c.i > preposition.i), None)
    if noun is not None:
        return noun
    head = preposition.head
    return head if preposition.dep_ == "mark" and head.i > preposition.i else None


def _day_of(event: Token, times: Sequence[Time], reading: Reading) -> date | None:
    """The day that the article gives to an event of this name, in this sentence or another."""
    for token in (event, *_same_event(event, reading)):
        found = date_of_event(token, [t for t in times if t.type in ("DATE", "TIME")], reading)
        if found is not None and found.resolved and re.fullmatch(r"\d{4}-\d\d-\d\d", found.resolved):
            if token == event and not _inside(found, event, reading):
                continue
            return date.fromisoformat(found.resolved)
    return None


def _same_event(event: Token, reading: Reading) -> list[Token]:
    """Other mentions: the same noun, of which only one kind is spoken of ("the summit", "the Lima summit")."""
    names = {t.lower_ for t in event.lefts if t.dep_ == "compound"}
    found = []
    for token in reading.doc:
        if token.lemma_ != event.lemma_ or token.i == event.i or token.pos_ not in ("NOUN", "PROPN", "VERB"):
            continue
        others = {t.lower_ for t in token.lefts if t.dep_ == "compound"}
        if not names or not others or names & others:
            found.append(token)
    return found


def _inside(time: Time, event: Token, reading: Reading) -> bool:
    span: Span | None = reading.span(time.start, time.end)
    return span is not None and (event.is_ancestor(span.root) or event.i == span.root.head.head.i)
