"""Desk → sentences whose toll a later day has raised: they no longer say how things stand."""

from __future__ import annotations

from collections import defaultdict

from briefing.compose.counted import Figure, Key, figures, same
from briefing.compose.desk import Desk

FAR = 3.0  # times: a number so much larger counts something else, a whole war's dead beside a day's

Place = tuple[str, int]  # article, where the sentence begins


def superseded(desk: Desk) -> frozenset[Place]:
    """Places of sentences that count dead, injured … of a story, where an article of a later day counts more.

    A smaller number later is as likely another count: it takes nothing away.
    """
    out: set[Place] = set()
    for told in _tolls(desk).values():
        newest = max(day for day, _, _ in told)
        latest = [f for day, f, _ in told if day == newest]
        for day, figure, place in told:
            if day < newest and any(_raised(figure, f) for f in latest) and not any(same(figure, f) for f in latest):
                out.add(place)
    return frozenset(out)


def _raised(before: Figure, after: Figure) -> bool:
    return before.value < after.value <= FAR * before.value


def _tolls(desk: Desk) -> dict[tuple[str, Key], list[tuple[str, Figure, Place]]]:
    """Story and what is counted → day, figure and place of each dated telling."""
    out: dict[tuple[str, Key], list[tuple[str, Figure, Place]]] = defaultdict(list)
    for p in desk.found.placed:
        day = (p.date or "")[:10]
        if len(day) == len("2026-03-13"):
            text = desk.article[p.id].text
            for s in desk.extraction[p.id].sentences:
                for figure in figures(text[s.start : s.end]):
                    if figure.context:
                        out[p.story, figure.key].append((day, figure, (p.id, s.start)))
    return out
