"""Sentences with times of day, durations and sets, and the publication date → time expressions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.extract.reading import Reading
from briefing.extract.times import find_times

Read = Callable[..., Reading]
WED = "2024-04-24"  # a Wednesday
FRI = "2024-04-26"
pytestmark = pytest.mark.model

# publication date, sentence, [(text, type, value, resolved)]
CLOCK = [
    (WED, "A bomb went off at 10 p.m. Tuesday.", [("10 p.m. Tuesday", "TIME", "2024-04-23T22:00", "2024-04-23")]),
    (WED, "A bomb went off at noon on Tuesday.", [("noon on Tuesday", "TIME", "2024-04-23T12:00", "2024-04-23")]),
    (WED, "A bomb went off on Tuesday morning.", [("Tuesday morning", "TIME", "2024-04-23TMO", "2024-04-23")]),
    (WED, "A bomb went off early Tuesday.", [("early Tuesday", "DATE", "2024-04-23", "2024-04-23")]),
    (WED, "A bomb went off this morning.", [("this morning", "TIME", "2024-04-24TMO", "2024-04-24")]),
    (WED, "A bomb went off last night.", [("last night", "TIME", "2024-04-23TNI", "2024-04-23")]),
    (WED, "The talks end tonight.", [("tonight", "TIME", "2024-04-24TNI", "2024-04-24")]),
    (WED, "A bomb went off at 18:00 UTC.", [("18:00 UTC", "TIME", "2024-04-24T18:00Z", "2024-04-24")]),
    (
        WED,
        "A bomb went off at 9:15 a.m. EST on April 3.",
        [("9:15 a.m. EST on April 3", "TIME", "2024-04-03T09:15-05:00", "2024-04-03")],
    ),
    (
        WED,
        "A bomb went off at 6:40 p.m. (GMT +8).",
        [("6:40 p.m. (GMT +8)", "TIME", "2024-04-24T18:40+08:00", "2024-04-24")],
    ),
    (
        WED,
        "A bomb went off at 0830 GMT on Monday.",
        [("0830 GMT on Monday", "TIME", "2024-04-22T08:30Z", "2024-04-22")],
    ),
    (WED, "A bomb went off at half past nine.", [("half past nine", "TIME", "2024-04-24T09:30", "2024-04-24")]),
    (
        WED,
        "A bomb went off at 7:30 p.m. on Wednesday, April 17.",
        [("7:30 p.m. on Wednesday, April 17", "TIME", "2024-04-17T19:30", "2024-04-17")],
    ),
    (
        WED,
        "The court meets on April 30, 2024, at 10 a.m.",
        [("April 30, 2024, at 10 a.m.", "TIME", "2024-04-30T10:00", "2024-04-30")],
    ),
    (
        WED,
        "The talks begin at 9 p.m. E.T. on Monday.",
        [("9 p.m. E.T. on Monday", "TIME", "2024-04-29T21:00", "2024-04-29")],
    ),
    (WED, "A bomb went off yesterday afternoon.", [("yesterday afternoon", "TIME", "2024-04-23TAF", "2024-04-23")]),
    (
        WED,
        "A bomb went off at 3 o'clock in the afternoon.",
        [("3 o'clock in the afternoon", "TIME", "2024-04-24T15:00", "2024-04-24")],
    ),
    (
        WED,
        "On Monday a bomb went off at 11:05 p.m.",
        [("Monday", "DATE", "2024-04-22", "2024-04-22"), ("11:05 p.m.", "TIME", "2024-04-22T23:05", "2024-04-22")],
    ),
]

DURATIONS_AND_SETS = [
    (WED, "The siege lasted three years.", [("three years", "DURATION", "P3Y", None)]),
    (WED, "The siege lasted two and a half years.", [("two and a half years", "DURATION", "P2.5Y", None)]),
    (WED, "The siege lasted half an hour.", [("half an hour", "DURATION", "PT30M", None)]),
    (WED, "The siege lasted an hour and a half.", [("an hour and a half", "DURATION", "PT1H30M", None)]),
    (WED, "The siege lasted two years and three months.", [("two years and three months", "DURATION", "P2Y3M", None)]),
    (WED, "The siege lasted twenty-five days.", [("twenty-five days", "DURATION", "P25D", None)]),
    (WED, "The siege lasted 1,001 nights.", [("1,001 nights", "DURATION", "P1001D", None)]),
    (WED, "The siege lasted several weeks.", [("several weeks", "DURATION", "PXW", None)]),
    (WED, "The siege lasted a couple of weeks.", [("a couple of weeks", "DURATION", "P2W", None)]),
    (WED, "The siege lasted about a decade.", [("about a decade", "DURATION", "P1E", None)]),
    (WED, "The siege lasted no more than sixty days.", [("no more than sixty days", "DURATION", "P60D", None)]),
    (WED, "The siege lasted 48 hours.", [("48 hours", "DURATION", "PT48H", None)]),
    (WED, "He ended a three-hour talk.", [("three-hour", "DURATION", "PT3H", None)]),
    (WED, "He ended a years-long feud.", [("years-long", "DURATION", "PXY", None)]),
    (WED, "He fought for years.", [("years", "DURATION", "PXY", None)]),
    (WED, "Prices rose in recent weeks.", [("recent weeks", "DURATION", "PXW", None)]),
    (
        WED,
        "Prices rose over the past three months.",
        [("the past three months", "DURATION", "P3M", "2024-01-24/2024-04-24")],
    ),
    (
        WED,
        "Prices will rise over the next two weeks.",
        [("the next two weeks", "DURATION", "P2W", "2024-04-24/2024-05-08")],
    ),
    (WED, "He fled days after the coup.", [("days", "DURATION", "PXD", None)]),
    (
        WED,
        "The rock is two million years old and will last a billion years.",
        [("a billion years", "DURATION", "P1000000000Y", None)],
    ),
    (WED, "It took three to five days.", [("three to five days", "DURATION", "P5D", None)]),
    (WED, "They will stay for another two weeks.", [("another two weeks", "DURATION", "P2W", None)]),
    (WED, "The guard, 52 years old, fell.", []),
    (WED, "A 12-year-old boy fell.", []),
    (WED, "The rent is 200 euros a month.", []),
    (WED, "They meet every day.", [("every day", "SET", "P1D", None)]),
    (WED, "They meet every Friday.", [("every Friday", "SET", "XXXX-WXX-5", None)]),
    (WED, "They meet every two weeks.", [("every two weeks", "SET", "P2W", None)]),
    (WED, "They meet every other month.", [("every other month", "SET", "P2M", None)]),
    (WED, "They meet twice a week.", [("twice a week", "SET", "P1W", None)]),
    (WED, "They meet daily.", [("daily", "SET", "P1D", None)]),
]

CASES = [*CLOCK, *DURATIONS_AND_SETS]


@pytest.mark.parametrize(("published", "text", "expected"), CASES, ids=[f"{c[0]} {c[1][:60]}" for c in CASES])
def test_times(read: Read, published: str | None, text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = find_times(read(text, date=published))
    assert [(t.text, t.type, t.value, t.resolved) for t in found] == expected
