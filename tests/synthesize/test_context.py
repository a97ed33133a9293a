"""Which old articles come in again: those of the stories that new ones are in, few and always the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.records import Article
from briefing.synthesize.context import context
from tests.synthesize.made import article

RAID = "Marines of Ostra boarded the tanker Meridian Star off Cape Vell and held its sailors, admiral Koss said."
MINE = "Ansel Brook dug copper from the hills above Hesk, and farmers there feared for their wells and goats."
FAIR = "Bakers from Lindow and Tarn filled the market hall of Norrin with rye loaves at the harvest fair."
STORIES = (RAID, MINE, FAIR)


def told(story: int, n: int, *, date: str | None = "2031-05-10", url: str | None = None) -> Article:
    """The n-th article of a story."""
    turn = ("It was dawn.", "Nobody spoke.", "Rain fell.", "Bells rang.", "Dogs barked.")[n % 5]
    words = f"{STORIES[story]} {turn} Report {n} adds that {STORIES[story].split(' ', 1)[1]}"
    return article(f"s{story}n{n}", words, date=date, url=url)


OLD = [told(n % 3, n) for n in range(24)]


def test_only_the_stories_of_new_articles_come_in() -> None:
    found = context([told(0, 90)], OLD)
    assert found == [a.id for a in OLD if a.id.startswith("s0")]


def test_nothing_new_or_nothing_old_gives_nothing() -> None:
    assert context([], OLD) == []
    assert context([told(0, 90)], []) == []


def test_at_most_so_many_a_story_and_the_newest_of_equals() -> None:
    dated = [article(f"d{n}", f"{RAID} {MINE}", date=f"2031-05-{10 + n}") for n in range(8)]
    assert context([told(0, 90, date="2031-05-20")], dated, most_per_story=3) == ["d5", "d6", "d7"]


@pytest.mark.parametrize(("days", "found"), [(5, []), (15, ["s0n1"])])
def test_articles_too_far_apart_are_in_no_story(days: int, found: list[str]) -> None:
    assert context([told(0, 9, date="2031-05-20")], [told(0, 1)], days=days) == found


def test_an_undated_article_is_refused_nothing() -> None:
    assert context([told(0, 9, date=None)], [told(0, 1)], days=1) == ["s0n1"]


def test_another_version_of_a_page_belongs_whatever_it_says() -> None:
    old = article("o1", FAIR, url="https://post.example/live")
    new = article("n1", RAID, url="https://post.example/live")
    assert context([new], [old, *OLD[1:2]]) == ["o1"]


@settings(max_examples=25)
@given(st.permutations(range(12)), st.lists(st.integers(0, 2), min_size=1, max_size=3))
def test_the_order_of_articles_makes_no_difference(order: list[int], stories: list[int]) -> None:
    old, new = OLD[:12], [told(s, 90 + k) for k, s in enumerate(stories)]
    shuffled = [old[n] for n in order]
    assert sorted(context(new, shuffled)) == sorted(context(new[::-1], old))
    assert context(new, shuffled) == [a.id for a in shuffled if a.id in set(context(new, old))]
