"""ISO dates in, the columns of a time axis out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.render import text

MAX_DAYS = 31  # every day has a column
MAX_NAMED = 12  # only the dates that are named have one
MAX_WEEKS = 16


@dataclass(frozen=True)
class Axis:
    """Columns in time order, each from its start to the next; ``precise`` counts a start's characters."""

    starts: tuple[str, ...]
    labels: tuple[str, ...]
    exact: bool = False  # a date has a column only where it is a start

    def at(self, value: str) -> int | None:
        """The column of an ISO date or interval, or None where it is too vague or before the first."""
        start = value.split("/", 1)[0][:10]
        if self.exact:
            return self.starts.index(start) if start in self.starts else None
        if len(start) < len(self.starts[0]):
            return None
        at = bisect_right(self.starts, start) - 1
        return at if at >= 0 else None


def axis(values: Iterable[str]) -> Axis | None:
    """dates where they lie close together; else the dates that are named; else weeks, months or years."""
    starts = sorted({v.split("/", 1)[0][:10] for v in values if re.fullmatch(r"\d{3}[\d-]*(T.*)?(/.*)?", v)})
    days = [d for s in starts if (d := _day(s)) is not None]
    span = (days[-1] - days[0]).days + 1 if days else 0
    if days and len(days) == len(starts) and span <= MAX_DAYS:
        return _days(days[0], span, 1)
    if starts and len(starts) <= MAX_NAMED:
        return Axis(tuple(starts), tuple(_labels(starts)), exact=True)
    if days and span <= 7 * MAX_WEEKS:
        return _days(days[0], -(-span // 7), 7)
    for length in (7, 4, 3):
        keys = sorted({s[:length] for s in starts if len(s) >= length})
        if 1 < len(keys) <= MAX_WEEKS:
            return Axis(tuple(keys), tuple(_labels(keys)))
    return None


def _days(first: date, count: int, step: int) -> Axis:
    keys = [(first + timedelta(n * step)).isoformat() for n in range(count)]
    return Axis(tuple(keys), tuple(_labels(keys)))


def _labels(keys: list[str]) -> list[str]:
    """Short dates, each part named where it changes: 29 Apr, 30, 1 May."""
    out, before = [], ""
    years = {k[:4] for k in keys}
    for key in keys:
        shown = text.date(key, short=True)
        if _day(key) is not None:
            day, month, year = shown.split(" ")
            shown = day if key[:7] == before[:7] and len(before) == 10 else f"{day} {month}"
            if len(years) > 1 and key[:4] != before[:4]:
                shown += f" {year}"
        elif len(key) == 7 and key[:4] == before[:4]:
            shown = shown.split(" ")[0]
        out.append(shown)
        before = key
    return out


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
