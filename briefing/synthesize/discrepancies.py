"""Events told more than once → what the tellings say differently: numbers, names, dates, who."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.records import Article, Discrepancy, Extraction, KnownActor, KnownEvent


def find(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    events: Sequence[KnownEvent],
) -> tuple[Discrepancy, ...]:
    """One Discrepancy a disagreement, in order of events."""
    del articles, extractions, actors, events
    return ()
