"""Three nights of invented news through the real extractor: what changed, and a quiet night at the end."""

from __future__ import annotations

import pytest

from briefing.config import Config, ExtractSettings
from briefing.extract import load_extractor
from briefing.records import Article
from tests.compose.nights import Page, Profile
from tests.conftest import article

pytestmark = pytest.mark.model

FIRST = """A train derailed near Halvet in southern Orsova on Monday, killing at least 4 people, the ministry said.

Interior Minister Dana Orlik said sabotage on the line was unlikely.

The rail company Norrail accused the government of Orsova of cutting money for repairs.

President Viktor Hasek will visit Halvet on 16 May, his office said."""

SECOND = """The death toll from a train crash near Halvet in southern Orsova rose to 9 people on Tuesday, rescuers said.

Interior Minister Dana Orlik said sabotage on the line was now very likely after investigators found a loosened rail.

The government of Orsova denied cutting money for repairs, as Norrail had claimed.

Police in Orsova arrested two former employees of Norrail in Halvet on Tuesday."""

COPY = SECOND + "\n\nThis report first appeared elsewhere."

OTHER = """Fishermen on the lakes of Tolmar say they are catching fewer perch than at any time since records began.

The fisheries board of Tolmar closed the northern lake to nets on Tuesday."""


def made(name: str, text: str, date: str) -> Article:
    """An article of an outlet of its own."""
    return article(text, id=name, date=date, title=None).model_copy(update={"publisher": f"The {name} Gazette"})


def test_three_nights() -> None:
    extractor = load_extractor(ExtractSettings())

    def read(name: str, text: str, date: str) -> Page:
        a = made(name, text, date)
        return a, extractor(a)

    profile = Profile(config=Config())
    assert profile.night(read("Halvet", FIRST, "2031-05-12")).changes == ()
    second = profile.night(read("Orsova", SECOND, "2031-05-13"), read("Tolmar", OTHER, "2031-05-13"))
    found = {(c.change, c.aspect) for c in second.changes}
    assert {("updated", "likelihood"), ("updated", "denied"), ("updated", "figures"), ("new", None)} <= found
    likely = next(c for c in second.changes if c.aspect == "likelihood")
    assert (likely.before, likely.after) == ("unlikely", "very likely")
    toll = next(c for c in second.changes if c.aspect == "figures")
    assert (toll.before, toll.after) == ("4 people", "9 people")
    new = [c.text for c in second.changes if c.change == "new"]
    assert any("arrested two former employees" in t for t in new)
    assert any(t.startswith("New story: ") and "Tolmar" in t for t in new)
    third = profile.night(read("Copy", COPY, "2031-05-14"))
    assert third.changes == ()
    assert third.since is not None
    assert third.since.quiet
    assert third.title == "No material change"
