"""The title: a headline that tells the leading story, without outlet and label."""

from __future__ import annotations

import pytest

from briefing.compose.desk import Desk
from briefing.compose.title import plain, title
from briefing.config import BriefSettings, Config
from tests.compose.briefs import desk


@pytest.mark.parametrize(
    ("headline", "publisher", "found"),
    [
        ("Third cable cut in strait | Almen Courier", None, "Third cable cut in strait"),
        ("Third cable cut in strait - BBC News", None, "Third cable cut in strait"),
        ("Third cable cut in strait — Almen Bote", "Almen Bote", "Third cable cut in strait"),
        ("Third cable cut - harbour shut", None, "Third cable cut - harbour shut"),
        ("Cable-cutting ship held", "Bote", "Cable-cutting ship held"),
        ("BREAKING: third cable cut", None, "Third cable cut"),
        ("Live updates | Third cable cut in strait", None, "Third cable cut in strait"),
        ("Almen | Third cable cut", None, "Almen | Third cable cut"),
    ],
)
def test_plain(headline: str, publisher: str | None, found: str) -> None:
    assert plain(headline, publisher) == found


def titled(*headlines: str | None, text: str = "Divers found a third cable cut in the strait.") -> Desk:
    d = desk(*[text] * len(headlines))
    pairs = zip(d.found.articles, headlines, strict=True)
    articles = tuple(a.model_copy(update={"title": h}) for a, h in pairs)
    return desk(*[text] * len(headlines), articles=articles)


def test_the_headline_that_tells_the_story_wins() -> None:
    assert title(titled("Night at sea for Almen", "Third cable cut in the strait")) == "Third cable cut in the strait"


def test_questions_and_labels_are_the_last_resort() -> None:
    assert (
        title(titled("Who cut the third cable in the strait?", "Ship held off Almen coast"))
        == "Ship held off Almen coast"
    )
    assert title(titled("Who cut it?")) == "Who cut it?"


def test_without_a_headline_the_first_sentence_cut_at_a_word() -> None:
    assert title(titled(None)) == "Divers found a third cable cut in the strait"
    long = title(titled(None, text="Divers found " + "a cable and " * 20 + "left."))
    assert len(long) <= 112
    assert long.endswith("and …")


def test_the_configured_title_wins() -> None:
    d = titled("Third cable cut in the strait")
    assert title(Desk(d.found, Config(brief=BriefSettings(title="Strait watch")), None)) == "Strait watch"


def test_a_brief_of_nothing_has_a_title() -> None:
    assert title(desk()) == "Brief"
