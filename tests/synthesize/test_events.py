"""Extractions → events told once, with origins, credibility and order."""

from __future__ import annotations

import pytest

from briefing.config import SynthesizeSettings
from briefing.synthesize import synthesize
from briefing.synthesize.events import credibility
from tests.synthesize.made import article, event, extraction

A = "Norland Rebels shelled Ardin Barracks on Tuesday with mortars, killing two cooks."
B = "On Tuesday Ardin Barracks was shelled by Norland Rebels with mortars; two cooks died."
C = "Norland Rebels visited Sudmark Council to discuss fishing quotas and ferries."


def told(name: str, text: str, date: str | None = "2031-03-04"):  # type: ignore[no-untyped-def]
    made = article(name, text, date="2031-03-05")
    return made, extraction(made, event(text, "shelled", "ASSAULT", "Norland Rebels", "Ardin Barracks", date=date))


def test_two_tellings_are_one_event_of_two_origins() -> None:
    (a, x), (b, y) = told("a", A), told("b", B)
    (found,) = synthesize([a, b], [x, y], config=SynthesizeSettings()).events
    assert [t.article for t in found.tellings] == ["a", "b"]
    assert (found.origins, found.credibility, found.date) == (2, 2, "2031-03-04")
    assert len(found.source) == len(found.target) == 1


def test_a_reprint_is_no_second_origin() -> None:
    (a, x), (b, y) = told("a", A), told("b", A + " More to follow.")
    result = synthesize([a, b], [x, y], config=SynthesizeSettings())
    assert [e.origins for e in result.events] == [1]
    assert {p.origin for p in result.placed} == {"a"}


def test_an_undated_telling_is_no_bridge() -> None:
    (u, z), (a, x), (b, y) = (
        told("u", C.replace("visited", "shelled") + A, date=None),
        told("a", A),
        told("b", B, "2031-02-01"),
    )
    z = z.model_copy(update={"events": (z.events[0].model_copy(update={"evidence": (len(C), len(u.text))}),)})
    for found in synthesize([u, a, b], [z, x, y], config=SynthesizeSettings()).events:
        assert len({t.article for t in found.tellings} & {"a", "b"}) < 2


def test_a_day_that_is_said_beats_the_day_of_publication() -> None:
    """The headline has no date of its own; what follows names the day."""
    headline = "Norland Rebels shelled Ardin Barracks with mortars."
    text = f"{headline} {A}"
    made = article("a", text, date="2031-03-05")
    first = event(headline, "shelled", "ASSAULT", "Norland Rebels", "Ardin Barracks", date="2031-03-05")
    at = len(headline) + 1
    second = first.model_copy(
        update={
            "date": "2031-03-04",
            "evidence": (at, len(text)),
            "when": (text.index("Tuesday"), text.index("Tuesday") + 7),
        }
    )
    (found,) = synthesize([made], [extraction(made, first, second)], config=SynthesizeSettings()).events
    assert (found.date, len(found.tellings)) == ("2031-03-04", 2)


def test_evidence_quotes_the_article() -> None:
    (a, x), (b, y) = told("a", A), told("b", B)
    texts = {"a": A, "b": B}
    for found in synthesize([a, b], [x, y], config=SynthesizeSettings()).events:
        for telling in found.tellings:
            said = telling.evidence
            assert said.quote == texts[said.article][said.start : said.end]


def test_oldest_first_and_undated_last() -> None:
    c = article("c", C, date="2031-03-05")
    z = extraction(c, event(C, "visited", "CONSULT", "Norland Rebels", "Sudmark Council"))
    (a, x), (b, y) = told("a", A), told("b", B, date="2031-02-01")
    dates = [e.date for e in synthesize([c, a, b], [z, x, y], config=SynthesizeSettings()).events]
    assert dates == ["2031-02-01", "2031-03-04", None]


@pytest.mark.parametrize(
    ("origins", "factuality", "grade"),
    [(3, "actual", 1), (2, "actual", 2), (1, "actual", 3), (1, "alleged", 6), (1, "planned", 6), (3, "denied", 4)],
)
def test_credibility(origins: int, factuality: str, grade: int) -> None:
    assert credibility(origins, factuality) == grade  # type: ignore[arg-type]
