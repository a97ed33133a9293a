"""ISO dates in, the columns of a time axis out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta

from briefing.render import text

MAX_COLUMNS = 14
MAX_DAYS = 16


@dataclass(frozen=True)
class Axis:
    """Columns in time order; ``keys`` are ISO prefixes. ``even`` says that equal steps are equal times."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    even: bool

    def at(self, value: str) -> int | None:
        """The column of an ISO date, or None."""
        start = value.split("/", 1)[0]
        for length in (10, 7, 4, 3):
            if (key := start[:length]) in self.keys:
                return self.keys.index(key)
        return None


def axis(values: Iterable[str]) -> Axis:
    """Every day where they lie close together; else the dates that are named, by month or year where they are many."""
    starts = sorted({v.split("/", 1)[0][:10] for v in values if re.match(r"\d{3}", v)})
    days = [_day(s) for s in starts]
    whole = [d for d in days if d is not None]
    if len(whole) == len(starts) and whole and (whole[-1] - whole[0]).days < MAX_DAYS:
        span = (whole[-1] - whole[0]).days + 1
        keys = [(whole[0] + timedelta(n)).isoformat() for n in range(span)]
        return Axis(tuple(keys), tuple(_labels(keys)), even=True)
    for length in (10, 7, 4, 3):
        keys = sorted({s[:length] for s in starts})
        if len(keys) <= MAX_COLUMNS:
            break
    keys = keys[-MAX_COLUMNS:]
    return Axis(tuple(keys), tuple(_labels(keys)), even=False)


def _labels(keys: list[str]) -> list[str]:
    """Short dates, each part named where it changes: 29 Apr, 30, 1 May."""
    out, before = [], ""
    years = {k[:4] for k in keys}
    for key in keys:
        shown = text.date(key, short=True)
        if len(key) == 10:
            day, month, year = shown.split(" ") if shown.count(" ") == 2 else (key, "", "")
            same = key[:7] == before[:7] and len(before) == 10
            shown = day if same else f"{day} {month}"
            if len(years) > 1 and key[:4] != before[:4]:
                shown += f" {year}"
        elif len(key) == 7 and len(years) == 1 and before:
            shown = shown.split(" ")[0]
        out.append(shown)
        before = key
    return out


def _day(value: str) -> Day | None:
    try:
        return Day.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
