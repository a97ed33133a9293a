"""Calendar arithmetic, counts in words and the lexer: no model needed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from briefing.extract.times.calendar import Stretch, add_months, easter, nth_weekday, season, stretch_of
from briefing.extract.times.choose import by_tense
from briefing.extract.times.grammar import grammar
from briefing.extract.times.holidays import day_in
from briefing.extract.times.numbers import duration_value, parse_count

DAY = date(2024, 4, 24)


@pytest.mark.parametrize(
    ("unit", "value", "resolved"),
    [
        ("D", "2024-04-24", "2024-04-24"),
        ("W", "2024-W17", "2024-04-22/2024-04-28"),
        ("WE", "2024-W17-WE", "2024-04-27/2024-04-28"),
        ("M", "2024-04", "2024-04"),
        ("Q", "2024-Q2", "2024-04-01/2024-06-30"),
        ("S", "2024-SP", "2024-03-01/2024-05-31"),
        ("H", "2024-H1", "2024-01-01/2024-06-30"),
        ("Y", "2024", "2024"),
        ("E", "202", "2020-01-01/2029-12-31"),
        ("C", "20", "2000-01-01/2099-12-31"),
    ],
)
def test_stretch(unit: str, value: str, resolved: str) -> None:
    stretch = stretch_of(DAY, unit)
    assert (stretch.value, stretch.resolved) == (value, resolved)
    assert stretch.holds(DAY) or unit == "WE"


def test_winter_has_the_year_it_begins_in() -> None:
    assert season(2023, "WI").resolved == "2023-12-01/2024-02-29"
    assert stretch_of(date(2024, 1, 5), "S").value == "2023-WI"


def test_the_week_of_new_year_has_the_iso_year() -> None:
    assert stretch_of(date(2021, 1, 1), "W").value == "2020-W53"


@pytest.mark.parametrize(("n", "expected"), [(1, date(2024, 2, 29)), (13, date(2025, 2, 28)), (-2, date(2023, 11, 30))])
def test_months_end_where_they_end(n: int, expected: date) -> None:
    assert add_months(date(2024, 1, 31 if n > 0 else 30), n) == expected


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))]
)
def test_easter(year: int, expected: date) -> None:
    assert easter(year) == expected


def test_nth_weekday() -> None:
    assert nth_weekday(2024, 11, 4, 4) == date(2024, 11, 28)
    assert nth_weekday(2024, 5, 1, -1) == date(2024, 5, 27)


@pytest.mark.parametrize("rule", [r for r in grammar().holidays.values() if r])
def test_every_holiday_rule_gives_a_day(rule: str) -> None:
    assert day_in(rule, 2024).year == 2024


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("twenty-five", Fraction(25)),
        ("two hundred and ten", Fraction(210)),
        ("two and a half", Fraction(5, 2)),
        ("half an", Fraction(1, 2)),
        ("a couple of", Fraction(2)),
        ("1,500", Fraction(1500)),
        ("a dozen", Fraction(12)),
        ("two thousand and five", Fraction(2005)),
        ("several", None),
    ],
)
def test_counts(words: str, expected: Fraction | None) -> None:
    assert parse_count(words.replace("-", " - ").split()) == expected


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (Fraction(3), "Y", "P3Y"),
        (Fraction(5, 2), "Y", "P2.5Y"),
        (Fraction(1, 2), "TH", "PT30M"),
        (Fraction(3, 2), "TM", "PT1M30S"),
        (None, "TH", "PTXH"),
        (Fraction(1, 2), "Y", "P6M"),
        (Fraction(1), "FN", "P2W"),
    ],
)
def test_duration_values(count: Fraction | None, unit: str, expected: str) -> None:
    assert duration_value(count, unit) == expected


def test_a_day_nearly_a_year_off_gives_way_to_a_near_one() -> None:
    options = [Stretch(date(y, 5, 2), "D") for y in (2023, 2024, 2025)]
    assert by_tense(options, DAY, "past").value == "2024-05-02"
    assert by_tense(options, date(2024, 3, 1), "past").value == "2024-05-02"
    assert by_tense(options, date(2024, 1, 5), "past").value == "2023-05-02"


def test_a_name_with_figures_is_no_number() -> None:
    lexed = grammar().lexer.lex("A380 737s 1990s 10th 7pm")
    assert lexed.words == ["A380", "737s", "1990s", "10th", "7", "pm"]
    assert [c == "." for c in lexed.code] == [True, True, False, False, False, False]
