"""Sentences and a word of them → the time that dates what the word names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.extract.reading import Reading
from briefing.extract.time_links import date_of_event, precision
from briefing.extract.times import find_times
from briefing.records import Time

Read = Callable[..., Reading]
pytestmark = pytest.mark.model

# sentence, trigger, text of the time
CASES = [
    ("The army shelled the port on Monday.", "shelled", "Monday"),
    ("On Monday, the army shelled the port.", "shelled", "Monday"),
    ("The minister said on Tuesday that the army shelled the port on Sunday.", "shelled", "Sunday"),
    ("The minister said on Tuesday that the army shelled the port on Sunday.", "said", "Tuesday"),
    ("The minister said on Tuesday that the army had shelled the port.", "shelled", None),
    ("The April 12 summit failed.", "summit", "April 12"),
    ("The summit in Lima was held on April 12.", "summit", "April 12"),
    ("They held a summit in Lima on April 12.", "summit", "April 12"),
    ("On Monday they met the king and signed a pact.", "signed", "Monday"),
    ("The king resigned two days after the April 12 summit.", "resigned", "two days"),
    ("Rebels took the town in 2019.", "took", "2019"),
    ("Rebels currently hold the town.", "hold", None),
    ("The siege lasted three years.", "siege", None),
    ("The king was born in 1956. Rebels took the town.", "took", None),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), CASES, ids=[f"{c[1]}: {c[0][:50]}" for c in CASES])
def test_date_of_event(read: Read, text: str, trigger: str, expected: str | None) -> None:
    reading = read(text, date="2024-04-24")
    token = next(t for t in reading.doc if t.text == trigger)
    found = date_of_event(token, find_times(reading), reading)
    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    ("resolved", "expected"),
    [("2024-04-23", 0), ("2024-04", 1), ("2024", 2), ("2024-04-15/2024-04-21", 3), (None, 4)],
)
def test_precision(resolved: str | None, expected: int) -> None:
    assert precision(Time(start=0, end=1, text="x", type="DATE", value="x", resolved=resolved)) == expected
