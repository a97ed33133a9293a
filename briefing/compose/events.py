"""Desk → what happened: every event with its words, oldest first."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import EventLine, Evidence, KnownEvent

UNDATED = 0.5  # of its weight that an event keeps in a timeline where nothing says when it happened


def event_lines(desk: Desk) -> tuple[EventLine, ...]:
    """Every event; undated ones last. ``lead`` marks one line a sentence and date, the heaviest."""
    events = sorted(desk.found.events, key=lambda e: (e.date is None, e.date or "", -e.weight, e.id))
    heaviest: dict[tuple[str, int], KnownEvent] = {}
    for e in events:
        first = e.tellings[0].evidence
        key = (first.article, first.start)
        if key not in heaviest or (e.weight, e.date is not None) > (
            heaviest[key].weight,
            heaviest[key].date is not None,
        ):
            heaviest[key] = e
    leads = {e.id for e in heaviest.values()}
    return tuple(_line(desk, e, lead=e.id in leads) for e in events)


def _line(desk: Desk, e: KnownEvent, *, lead: bool) -> EventLine:
    sentences = [desk.cited_sentence(t.article, t.evidence.start, t.evidence.end) for t in e.tellings]
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys(sentences))
    return EventLine(
        text=desk.lifted(evidence[0], short=True).text,
        evidence=evidence,
        id=e.id,
        date=e.date,
        type=e.type,
        actors=e.actors,
        place=e.place,
        factuality=e.factuality,
        origins=e.origins,
        credibility=e.credibility,
        background=e.background,
        weight=round(e.weight * (1.0 if e.date else UNDATED), 4),
        lead=lead,
    )
