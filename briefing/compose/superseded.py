"""Desk → sentences whose toll a later day has raised: they no longer say how things stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

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
    """Story and what is counted → day, figure and place of each dated telling.

    A copy that says on a later day what its original said knows no more than that; one with another number does.
    """
    out: dict[tuple[str, Key], list[tuple[str, Figure, Place]]] = defaultdict(list)
    for p in sorted(desk.found.placed, key=lambda p: p.duplicate_of is not None):
        day = (p.date or "")[:10]
        if len(day) == len("2026-03-13"):
            for figure, place in _counted(desk, p.id):
                told = out[p.story, figure.key]
                if not any(same(figure, f) and at[0] == p.duplicate_of for _, f, at in told):
                    told.append((day, figure, place))
    return out


def _counted(desk: Desk, article: str) -> Iterator[tuple[Figure, Place]]:
    text = desk.article[article].text
    for s in desk.extraction[article].sentences:
        for figure in figures(text[s.start : s.end]):
            if figure.context:
                yield figure, (article, s.start)
