"""Lifting: what is changed in a sentence that is to stand alone, and what never is."""

from __future__ import annotations

import pytest

from briefing.compose.desk import quotations, tidy, written
from briefing.records import Sentence
from tests.compose.briefs import day, desk, evidence, known


def lifted(text: str, *, subject: str | None = None, weekday: tuple[str, str] | None = None, drop: str = "") -> str:
    d = desk(text, actors=(known("Petra Lindqvist", ("a1", "p")),))
    times = (day(d, *weekday),) if weekday else ()
    opening = evidence(d, "a1", subject) if subject else None
    gone = evidence(d, "a1", drop) if drop else None
    s = Sentence(
        start=0,
        end=len(text),
        paragraph=1,
        subject=(opening.start, opening.end) if opening else None,
        subject_actor="p" if opening else None,
        optional=((gone.start, gone.end),) if gone else (),
    )
    extraction = d.extraction["a1"].model_copy(update={"times": times, "sentences": (s,)})
    d = desk(text, actors=d.found.actors, extractions=(extraction,))
    found = d.lift("a1", s, short=True)
    assert found.evidence[0].quote == text
    return found.text


def test_names_and_days_are_made_plain_in_brackets() -> None:
    assert lifted("She resigned.", subject="She") == "[Petra Lindqvist] resigned."
    assert lifted("Lindqvist resigned.", subject="Lindqvist") == "[Petra Lindqvist] resigned."
    found = lifted("She left on Friday.", subject="She", weekday=("Friday", "2026-03-13"))
    assert found == "[Petra Lindqvist] left on [13 March 2026]."


def test_possessives_and_full_names_stay() -> None:
    assert lifted("Her office is shut.", subject="Her") == "Her office is shut."
    assert lifted("Petra Lindqvist left.", subject="Petra Lindqvist") == "Petra Lindqvist left."


def test_words_in_quotation_marks_are_never_touched() -> None:
    text = "He said “we sail on Friday (at dawn)” and left."
    assert lifted(text, weekday=("Friday", "2026-03-13"), drop="(at dawn)") == text


def test_months_and_intervals_are_not_written_over() -> None:
    assert lifted("She left last week.", weekday=("last week", "2026-03-02/2026-03-08")) == "She left last week."


def test_free_clauses_go() -> None:
    assert lifted("Lindqvist, the minister, left.", drop=", the minister,") == "Lindqvist left."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a “b” c", ["“b”"]),
        ('a "b" c "d"', ['"b"', '"d"']),
        ("a “b c", ["“b c"]),
        ("a «b» c", ["«b»"]),
        ("a b", []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == found


@pytest.mark.parametrize(
    ("iso", "found"),
    [
        ("2024-04-23", "23 April 2024"),
        ("2024-04", "April 2024"),
        ("2023", "2023"),
        ("198", "198"),
        ("2024-04-15/2024-04-21", "15 April 2024 to 21 April 2024"),
        ("2024-W17", "2024-W17"),
        ("PAST_REF", "PAST_REF"),
    ],
)
def test_dates_are_written_out(iso: str, found: str) -> None:
    assert written(iso) == found


def test_tidy_mends_gaps() -> None:
    assert tidy("a  ,  b\n c , .") == "a, b c."
