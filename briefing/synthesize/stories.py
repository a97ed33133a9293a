"""Articles and extractions → for each article its story, its origin, the copy it repeats, and its date."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.records import Article, Extraction, Placed
from briefing.synthesize import anchoring, copies, grading
from briefing.synthesize.linkage import group
from briefing.synthesize.vectors import vectors

SAME_STORY = 0.10  # mean likeness of two articles of one story; measured on three sets of news


def place(
    articles: Sequence[Article], extractions: Sequence[Extraction], *, near_copy: float, graded: grading.Grades
) -> tuple[Placed, ...]:
    """One Placed an article, in input order. A story or origin is named after its first article."""
    first = group(vectors(articles), threshold=SAME_STORY)
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
