"""Desk → what to watch: announced events, deadlines, intentions."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import Evidence, WatchLine


def watch_lines(desk: Desk) -> tuple[WatchLine, ...]:
    """Planned events on or after the as-of date, then intentions that the sources state; dated ones first."""
    lines = [*_planned(desk), *_intended(desk)]
    once: dict[tuple[str, int], WatchLine] = {}
    for line in lines:
        first = line.evidence[0]
        once.setdefault((first.article, first.start), line)
    return tuple(sorted(once.values(), key=lambda w: (w.date is None, w.date or "")))


def _planned(desk: Desk) -> list[WatchLine]:
    found = []
    for e in desk.found.events:
        if e.factuality != "planned" or (e.date and desk.as_of and e.date < desk.as_of[: len(e.date)]):
            continue
        t = e.tellings[0]
        found.append(_line(desk, desk.cited_sentence(t.article, t.evidence.start, t.evidence.end), e.date, e.actors))
    return found


def _intended(desk: Desk) -> list[WatchLine]:
    return [
        _line(desk, a.sentence, None, (a.speaker,) if a.speaker else ())
        for a in desk.found.attributions
        if a.kind == "intent" and a.forward and not desk.placed[a.article].duplicate_of
    ]


def _line(desk: Desk, evidence: Evidence, date: str | None, actors: tuple[str, ...]) -> WatchLine:
    return WatchLine(text=desk.lifted(evidence, short=True).text, evidence=(evidence,), date=date, actors=actors)
