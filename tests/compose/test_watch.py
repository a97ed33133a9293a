"""What to watch: what is dated after the brief, conditions, announcements; no demands and nothing stale."""

from __future__ import annotations

import pytest

from briefing.compose.watch import ahead, watch_lines
from briefing.records import KnownEvent, Telling, Time
from tests.compose.briefs import day, desk, evidence

AS_OF = "2026-03-13"


def planned(text: str, *, date: str | None = None, told: str | None = None) -> list[tuple[str | None, str]]:
    """What is to watch of a planned event that the text tells; ``told`` is when the article appeared."""
    d = desk(text)
    event = KnownEvent(
        id="e1", date=date, type=None, verb="sail", actors=(), place=None, factuality="planned", origins=1,
        credibility=3, tellings=(Telling(article="a1", event=0, evidence=evidence(d, "a1", text)),),
    )  # fmt: skip
    placed = (d.found.placed[0].model_copy(update={"date": told}),)
    return [(w.date, w.text) for w in watch_lines(desk(text, events=(event,), placed=placed))]


def test_planned_events_on_or_after_the_day() -> None:
    text = "The fleet will sail north."
    assert planned(text, date="2026-03-20") == [("2026-03-20", text)]
    assert planned(text, date="2026-03-02") == []
    assert planned(text) == [(None, text)]


def test_an_old_announcement_without_a_date_is_stale() -> None:
    text = "The fleet will sail north."
    assert planned(text, told="2026-03-10") == [(None, text)]
    assert planned(text, told="2025-11-02") == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister demanded that the ship be released.",
        "They must be freed, and it will be done.",
        "Will the fleet sail north?",
        "“We will sail north.”",
        "will sail north.",
        "The fleet lay in port.",
    ],
)
def test_demands_questions_and_fragments_are_left_out(text: str) -> None:
    assert planned(text) == []


def test_deadlines_in_the_text_come_by_date() -> None:
    text = (
        "The fleet will sail on March 20.\nRepairs will take until March 18.\nThe owner will pay if the court agrees."
    )
    d = desk(text)
    times = (day(d, "March 20", "2026-03-20"), day(d, "March 18", "2026-03-18"))
    d = desk(text, extractions=(d.extraction["a1"].model_copy(update={"times": times}),))
    found = [(w.date, w.text.split()[1]) for w in watch_lines(d)]
    assert found == [("2026-03-18", "will"), ("2026-03-20", "fleet"), (None, "owner")]


@pytest.mark.parametrize(
    ("resolved", "found"),
    [
        ("2026-03-14", "2026-03-14"),
        ("2026-03-13", None),
        ("2026-03-16/2026-03-22", "2026-03-16"),
        ("2026-03-09/2026-03-15", None),
        ("2026-04", "2026-04"),
        ("2026-03", None),
        ("2027", "2027"),
    ],
)
def test_ahead(resolved: str, found: str | None) -> None:
    time = Time(start=0, end=1, text="x", type="DATE", value="x", resolved=resolved)
    assert ahead(time, AS_OF) == found


def test_durations_are_no_dates() -> None:
    assert ahead(Time(start=0, end=1, text="x", type="DURATION", value="P3D", resolved="2027"), AS_OF) is None


def test_the_same_announcement_stands_once() -> None:
    d = desk("The fleet will sail north on March 20.", "The fleet will sail north on March 20, he said.")
    times = [day(d, "March 20", "2026-03-20")]
    extractions = tuple(e.model_copy(update={"times": tuple(times)}) for e in d.found.extractions)
    texts = tuple(a.text for a in d.found.articles)
    assert len(watch_lines(desk(*texts, extractions=extractions))) == 1
