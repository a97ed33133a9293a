"""Sentences with times counted from now or from other times, and the publication date → time expressions."""

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
FROM_NOW = [
    (WED, "The king left today.", [("today", "DATE", "2024-04-24", "2024-04-24")]),
    (WED, "The king left yesterday.", [("yesterday", "DATE", "2024-04-23", "2024-04-23")]),
    (WED, "The king leaves tomorrow.", [("tomorrow", "DATE", "2024-04-25", "2024-04-25")]),
    (
        WED,
        "The king left the day before yesterday.",
        [("the day before yesterday", "DATE", "2024-04-22", "2024-04-22")],
    ),
    (WED, "The king leaves the day after tomorrow.", [("the day after tomorrow", "DATE", "2024-04-26", "2024-04-26")]),
    (WED, "The king left last week.", [("last week", "DATE", "2024-W16", "2024-04-15/2024-04-21")]),
    (WED, "The king left this week.", [("this week", "DATE", "2024-W17", "2024-04-22/2024-04-28")]),
    (WED, "The king leaves next week.", [("next week", "DATE", "2024-W18", "2024-04-29/2024-05-05")]),
    (
        WED,
        "The king left the week before last.",
        [("the week before last", "DATE", "2024-W15", "2024-04-08/2024-04-14")],
    ),
    (WED, "The king left last month.", [("last month", "DATE", "2024-03", "2024-03")]),
    ("2024-01-10", "The king left last month.", [("last month", "DATE", "2023-12", "2023-12")]),
    (WED, "The king left earlier this month.", [("earlier this month", "DATE", "2024-04", "2024-04")]),
    (WED, "The king leaves late next month.", [("late next month", "DATE", "2024-05", "2024-05")]),
    (WED, "The king left last year.", [("last year", "DATE", "2023", "2023")]),
    (WED, "The king leaves next year.", [("next year", "DATE", "2025", "2025")]),
    (WED, "The king left over the weekend.", [("the weekend", "DATE", "2024-W16-WE", "2024-04-20/2024-04-21")]),
    (WED, "The king leaves next weekend.", [("next weekend", "DATE", "2024-W17-WE", "2024-04-27/2024-04-28")]),
    (WED, "The king left three weeks ago.", [("three weeks ago", "DATE", "2024-W14", "2024-04-01/2024-04-07")]),
    (WED, "The king left ten days ago.", [("ten days ago", "DATE", "2024-04-14", "2024-04-14")]),
    (WED, "The king left five years ago.", [("five years ago", "DATE", "2019", "2019")]),
    (WED, "The king left a month ago.", [("a month ago", "DATE", "2024-03", "2024-03")]),
    (WED, "The king left nearly two years ago.", [("nearly two years ago", "DATE", "2022", "2022")]),
    (WED, "The king left a year and a half ago.", [("a year and a half ago", "DATE", "2022", "2022")]),
    (WED, "The king left 36 hours ago.", [("36 hours ago", "DATE", "2024-04-23", "2024-04-23")]),
    (WED, "The king left years ago.", [("years ago", "DATE", "PAST_REF", None)]),
    (WED, "The king leaves three days from now.", [("three days from now", "DATE", "2024-04-27", "2024-04-27")]),
    (WED, "The king will return in three days.", [("three days", "DURATION", "P3D", "2024-04-27")]),
    (WED, "The king is now in Oslo.", [("now", "DATE", "PRESENT_REF", None)]),
    (WED, "The king currently lives in Oslo.", [("currently", "DATE", "PRESENT_REF", None)]),
    (WED, "The king recently moved to Oslo.", [("recently", "DATE", "PAST_REF", None)]),
    (WED, "The king will soon move to Oslo.", [("soon", "DATE", "FUTURE_REF", None)]),
    (WED, "The king has sinned in the past.", [("the past", "DATE", "PAST_REF", None)]),
    (WED, "The king may return in the near future.", [("the near future", "DATE", "FUTURE_REF", None)]),
    (WED, "The king fled as soon as the guards slept.", []),
]

BESIDE_OTHERS = [
    (
        WED,
        "He landed on June 17, 2023, and left the next day.",
        [("June 17, 2023", "DATE", "2023-06-17", "2023-06-17"), ("the next day", "DATE", "2023-06-18", "2023-06-18")],
    ),
    (
        WED,
        "He landed on June 17, 2023. Two days later he left.",
        [("June 17, 2023", "DATE", "2023-06-17", "2023-06-17"), ("Two days later", "DATE", "2023-06-19", "2023-06-19")],
    ),
    (
        WED,
        "He rose in 1995. The following year he fell.",
        [("1995", "DATE", "1995", "1995"), ("The following year", "DATE", "1996", "1996")],
    ),
    (
        WED,
        "He rose in 1995. Three years earlier he had fallen.",
        [("1995", "DATE", "1995", "1995"), ("Three years earlier", "DATE", "1992", "1992")],
    ),
    (
        WED,
        "He spoke two days after the April 17 summit.",
        [("two days", "DURATION", "P2D", "2024-04-19"), ("April 17", "DATE", "2024-04-17", "2024-04-17")],
    ),
    (
        WED,
        "The summit opened on April 12. He resigned two days after the summit.",
        [("April 12", "DATE", "2024-04-12", "2024-04-12"), ("two days", "DURATION", "P2D", "2024-04-14")],
    ),
    (
        WED,
        "He resigned three days before the summit. The summit opened on April 12.",
        [("three days", "DURATION", "P3D", "2024-04-09"), ("April 12", "DATE", "2024-04-12", "2024-04-12")],
    ),
    (WED, "He resigned two days after the summit.", [("two days", "DURATION", "P2D", None)]),
    (
        WED,
        "He arrived on the night of April 3 and left the following morning.",
        [
            ("the night of April 3", "TIME", "2024-04-03TNI", "2024-04-03"),
            ("the following morning", "TIME", "2024-04-04TMO", "2024-04-04"),
        ],
    ),
    (
        WED,
        "Opening night, April 12, drew crowds. Nobody forgets opening night.",
        [
            ("Opening night", "DATE", "2024-04-12", "2024-04-12"),
            ("April 12", "DATE", "2024-04-12", "2024-04-12"),
            ("opening night", "DATE", "2024-04-12", "2024-04-12"),
        ],
    ),
]

ACCOUNTS = [
    (
        WED,
        "Profit fell in the fourth quarter of 2022.",
        [("the fourth quarter of 2022", "DATE", "2022-Q4", "2022-10-01/2022-12-31")],
    ),
    (WED, "Profit fell in the first quarter.", [("the first quarter", "DATE", "2024-Q1", "2024-01-01/2024-03-31")]),
    (WED, "Third-quarter profit fell.", [("Third-quarter", "DATE", "2023-Q3", "2023-07-01/2023-09-30")]),
    (WED, "Profit fell in Q3 2022.", [("Q3 2022", "DATE", "2022-Q3", "2022-07-01/2022-09-30")]),
    (
        WED,
        "Profit fell in last year's third quarter.",
        [("last year's third quarter", "DATE", "2023-Q3", "2023-07-01/2023-09-30")],
    ),
    (
        WED,
        "Profit fell in the first quarter from a year earlier.",
        [
            ("the first quarter", "DATE", "2024-Q1", "2024-01-01/2024-03-31"),
            ("a year earlier", "DATE", "2023-Q1", "2023-01-01/2023-03-31"),
        ],
    ),
    (
        WED,
        "First-quarter profit fell. In the year-ago quarter it rose.",
        [
            ("First-quarter", "DATE", "2024-Q1", "2024-01-01/2024-03-31"),
            ("the year-ago quarter", "DATE", "2023-Q1", "2023-01-01/2023-03-31"),
        ],
    ),
    (
        WED,
        "First-quarter profit fell. The latest quarter was bad.",
        [
            ("First-quarter", "DATE", "2024-Q1", "2024-01-01/2024-03-31"),
            ("The latest quarter", "DATE", "2024-Q1", "2024-01-01/2024-03-31"),
        ],
    ),
    (
        WED,
        "Profit fell in the first half of 2023.",
        [("the first half of 2023", "DATE", "2023-H1", "2023-01-01/2023-06-30")],
    ),
    (WED, "Profit fell in fiscal 2023.", [("fiscal 2023", "DATE", "2023", None)]),
    (WED, "Profit fell in FY2023.", [("FY2023", "DATE", "2023", None)]),
    (WED, "For the nine months, profit fell.", [("the nine months", "DURATION", "P9M", None)]),
    (WED, "He played in the 2019-20 season.", [("the 2019-20 season", "DATE", "2019/2020", "2019/2020")]),
]

SEASONS_AND_HOLIDAYS = [
    (WED, "They fled in the summer of 2019.", [("the summer of 2019", "DATE", "2019-SU", "2019-06-01/2019-08-31")]),
    (WED, "They fled last summer.", [("last summer", "DATE", "2023-SU", "2023-06-01/2023-08-31")]),
    (WED, "They fled last winter.", [("last winter", "DATE", "2023-WI", "2023-12-01/2024-02-29")]),
    ("2024-01-10", "They fled last winter.", [("last winter", "DATE", "2022-WI", "2022-12-01/2023-02-28")]),
    (WED, "They will flee next spring.", [("next spring", "DATE", "2025-SP", "2025-03-01/2025-05-31")]),
    (WED, "They fled on Christmas Day.", [("Christmas Day", "DATE", "2023-12-25", "2023-12-25")]),
    (WED, "They fled on Good Friday.", [("Good Friday", "DATE", "2024-03-29", "2024-03-29")]),
    (WED, "They fled on Easter Sunday 2019.", [("Easter Sunday 2019", "DATE", "2019-04-21", "2019-04-21")]),
    (WED, "They fled last Thanksgiving.", [("last Thanksgiving", "DATE", "2023-11-23", "2023-11-23")]),
    (WED, "They will flee on Memorial Day.", [("Memorial Day", "DATE", "2024-05-27", "2024-05-27")]),
    (WED, "They fled on New Year's Eve.", [("New Year's Eve", "DATE", "2023-12-31", "2023-12-31")]),
    (
        WED,
        "They fled on Martin Luther King Day 2023.",
        [("Martin Luther King Day 2023", "DATE", "2023-01-16", "2023-01-16")],
    ),
    (WED, "They fled during Ramadan.", [("Ramadan", "DATE", "XXXX-XX-XX", None)]),
    (WED, "They fled on Black Friday.", [("Black Friday", "DATE", "2023-11-24", "2023-11-24")]),
    (WED, "Prices may fall in spring water towns.", []),
]

CASES = [*FROM_NOW, *BESIDE_OTHERS, *ACCOUNTS, *SEASONS_AND_HOLIDAYS]


@pytest.mark.parametrize(("published", "text", "expected"), CASES, ids=[f"{c[0]} {c[1][:60]}" for c in CASES])
def test_times(read: Read, published: str | None, text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = find_times(read(text, date=published))
    assert [(t.text, t.type, t.value, t.resolved) for t in found] == expected
