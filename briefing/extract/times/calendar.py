"""Stretches of the calendar: their TIMEX3 value, their ISO date or interval, and arithmetic with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["D", "W", "WE", "M", "Q", "S", "H", "Y", "E", "C"]

# What a value of each unit looks like when nothing is known of it.
UNKNOWN: dict[str, str] = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "S": "XXXX",
    "H": "XXXX-HX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
}
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS = {"M": 1, "Q": 3, "S": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
_FIRST_YEAR, _LAST_YEAR = 1, 9999


@dataclass(frozen=True)
class Stretch:
    """A piece of the calendar of one unit, by its first day: a day, week, weekend (WE), month, …"""

    first: date
    unit: Unit

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit == "D":
            return self.first
        if self.unit in ("W", "WE"):
            return self.first + timedelta(days=6 if self.unit == "W" else 1)
        return add_months(self.first, _MONTHS[self.unit]) - timedelta(days=1)

    @property
    def value(self) -> str:
        """The TIMEX3 value: 2024-04-23, 2024-W17, 2024-W17-WE, 2024-04, 2024-Q2, 2024-SU, 2024-H1, 2024, 202, 20."""
        f = self.first
        if self.unit == "D":
            return f.isoformat()
        if self.unit in ("W", "WE"):
            year, week, _ = f.isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if self.unit == "WE" else "")
        number = f"{f.year:04}"
        tails = {
            "M": f"-{f.month:02}",
            "Q": f"-Q{(f.month + 2) // 3}",
            "H": f"-H{1 if f.month <= 6 else 2}",
            "S": "-" + season_of(f),
            "Y": "",
        }
        return number + tails[self.unit] if self.unit in tails else number[: 3 if self.unit == "E" else 2]

    @property
    def resolved(self) -> str:
        """ISO date as precise as the unit, or an interval ``from/to`` where ISO has no such unit."""
        if self.unit in ("D", "M", "Y"):
            return self.value
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def shift(self, n: int) -> Stretch:
        """The stretch ``n`` units on."""
        if self.unit in ("D", "W", "WE"):
            return Stretch(self.first + timedelta(days=n * (1 if self.unit == "D" else 7)), self.unit)
        return Stretch(add_months(self.first, n * _MONTHS[self.unit]), self.unit)

    def years(self, n: int) -> Stretch:
        """The same stretch ``n`` years on."""
        if self.unit in ("W", "WE"):
            return stretch_of(self.first + timedelta(days=364 * n), self.unit)
        return Stretch(add_months(self.first, 12 * n), self.unit)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def stretch_of(day: date, unit: str) -> Stretch:
    """The stretch of a unit that holds ``day``; of a weekend, the one at the end of its week."""
    if unit == "W":
        return Stretch(day - timedelta(days=day.weekday()), "W")
    if unit == "WE":
        return Stretch(day - timedelta(days=day.weekday()) + timedelta(days=5), "WE")
    if unit == "M":
        return Stretch(day.replace(day=1), "M")
    if unit == "Q":
        return Stretch(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), "Q")
    if unit == "H":
        return Stretch(date(day.year, 1 if day.month <= 6 else 7, 1), "H")
    if unit == "S":
        return Stretch(_season_start(day), "S")
    if unit == "Y":
        return Stretch(date(day.year, 1, 1), "Y")
    if unit == "E":
        return Stretch(date(max(day.year // 10 * 10, 1), 1, 1), "E")
    if unit == "C":
        return Stretch(date(max(day.year // 100 * 100, 1), 1, 1), "C")
    return Stretch(day, "D")


def season(year: int, name: str) -> Stretch:
    """A season of the northern hemisphere; winter has the year it begins in."""
    return Stretch(date(year, SEASON_MONTH[name], 1), "S")


def season_of(day: date) -> str:
    """SP, SU, FA or WI."""
    return ("WI", "SP", "SU", "FA")[day.month % 12 // 3]


def day_of(year: int, month: int, day: int) -> date | None:
    """A date, or None for one that is not in the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, n: int) -> date:
    """The same day ``n`` months on, or the last one of a shorter month; held inside the years 1 to 9999."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    year = min(max(year, _FIRST_YEAR), _LAST_YEAR)
    return day.replace(year=year, month=month + 1, day=min(day.day, _days_in(year, month + 1)))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (1) to Sunday (7) of a month; nth -1 is the last."""
    if nth < 0:
        last = date(year, month, _days_in(year, month))
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _season_start(day: date) -> date:
    start = SEASON_MONTH[season_of(day)]
    return date(day.year - (start == 12 and day.month < 3), start, 1)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
