"""Articles and extractions → for each article its story, its origin, the copy it repeats, and its date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.records import Article, Extraction, Placed
from briefing.synthesize import anchoring, copies, grading
from briefing.synthesize.linkage import group
from briefing.synthesize.vectors import vectors

SAME_STORY = 0.07  # mean likeness of two articles of one story; measured on three sets of news
DAYS = 730  # two dated articles further apart than this are never linked; long affairs stay one story


def place(
    articles: Sequence[Article], extractions: Sequence[Extraction], *, near_copy: float, graded: grading.Grades
) -> tuple[Placed, ...]:
    """One Placed an article, in input order. A story or origin is named after its first article."""
    days = [day(a.date) for a in articles]
    first = group(vectors(articles), threshold=SAME_STORY, joinable=lambda i, j: near(days[i], days[j]))
    found = copies.find(articles, near_copy=near_copy)
    dates = anchoring.dates(articles, extractions, first)
    return tuple(
        Placed(
            id=article.id,
            story=articles[first[found.original.get(i, i)]].id,
            origin=articles[found.origin[i]].id,
            duplicate_of=articles[found.original[i]].id if i in found.original else None,
            reliability=graded.of(article),
            date=dates[i][0],
            date_why=dates[i][1],
        )
        for i, article in enumerate(articles)
    )


def day(text: str | None) -> int | None:
    """Ordinal of a date known to the day."""
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def near(a: int | None, b: int | None, apart: int = DAYS) -> bool:
    """Whether two articles may tell one story: an article without a date is refused nothing."""
    return a is None or b is None or abs(a - b) <= apart
