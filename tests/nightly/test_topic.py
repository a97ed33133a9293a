"""Which articles belong to a profile."""

import pytest

from briefing.nightly.topic import belongs
from briefing.profiles import Profile, Sources, Topic
from briefing.records import Article


def _article(text: str, title: str = "") -> Article:
    return Article(id="a", title=title or None, text=text, source="a.txt", sha256="0")


def _profile(*, watch: tuple[str, ...] = (), **topic: tuple[str, ...]) -> Profile:
    return Profile(sources=Sources(feeds=("https://example.org/feed",)), topic=Topic(**topic), watchlist=watch)


@pytest.mark.parametrize(
    ("topic", "text", "belonging"),
    [
        ({}, "Anything at all.", True),
        ({"any": ("strait",)}, "Ships pass the Strait again.", True),
        ({"any": ("strait",)}, "The straitened budget was passed.", False),
        ({"any": ("halden strait",)}, "Ships pass the Halden\nStrait again.", True),
        ({"any": ("strait", "harbour")}, "The harbour is closed.", True),
        ({"all": ("strait", "harbour")}, "The harbour is closed.", False),
        ({"all": ("strait", "harbour")}, "The harbour at the strait is closed.", True),
        ({"none": ("football",)}, "Football in Halden.", False),
        ({"any": ("strait",), "none": ("football",)}, "Football at the strait.", False),
        ({"any": ("C++",)}, "A C++ compiler.", True),
        ({"any": ("Søsterhavn",)}, "SØSTERHAVN closes.", True),
    ],
)
def test_topic(topic: dict[str, tuple[str, ...]], text: str, belonging: bool) -> None:
    assert belongs(_article(text), _profile(**topic)) is belonging


def test_headline_counts() -> None:
    assert belongs(_article("It was closed.", "The strait"), _profile(any=("strait",)))


def test_a_watched_name_brings_an_article_in_but_none_keeps_it_out() -> None:
    article = _article("Mara Lindqvist plays football.")
    assert belongs(article, _profile(any=("strait",), watch=("Mara Lindqvist",)))
    assert not belongs(article, _profile(any=("strait",), none=("football",), watch=("Mara Lindqvist",)))
