"""Sentences with calendar dates and weekdays, and the publication date → time expressions."""

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
CALENDAR = [
    (WED, "The envoy died on April 3, 2019.", [("April 3, 2019", "DATE", "2019-04-03", "2019-04-03")]),
    (WED, "The envoy died on 3 April 2019.", [("3 April 2019", "DATE", "2019-04-03", "2019-04-03")]),
    (
        WED,
        "The envoy died on Wednesday, April 3, 2019.",
        [("Wednesday, April 3, 2019", "DATE", "2019-04-03", "2019-04-03")],
    ),
    (WED, "The envoy died on the 3rd of April 2019.", [("the 3rd of April 2019", "DATE", "2019-04-03", "2019-04-03")]),
    (WED, "The envoy died on 2019-04-03.", [("2019-04-03", "DATE", "2019-04-03", "2019-04-03")]),
    (WED, "The envoy died on 4/23/2019.", [("4/23/2019", "DATE", "2019-04-23", "2019-04-23")]),
    (WED, "The envoy died on 23/4/2019.", [("23/4/2019", "DATE", "2019-04-23", "2019-04-23")]),
    (WED, "The envoy died on 23.04.2019.", [("23.04.2019", "DATE", "2019-04-23", "2019-04-23")]),
    (WED, "The envoy died on Sept. 9, 2019.", [("Sept. 9, 2019", "DATE", "2019-09-09", "2019-09-09")]),
    (WED, "The envoy died in August 2019.", [("August 2019", "DATE", "2019-08", "2019-08")]),
    (WED, "The envoy died in August of 2019.", [("August of 2019", "DATE", "2019-08", "2019-08")]),
    (WED, "The envoy visited the port in 2019.", [("2019", "DATE", "2019", "2019")]),
    (WED, "The envoy died on March 30.", [("March 30", "DATE", "2024-03-30", "2024-03-30")]),
    (WED, "The envoy died on December 30.", [("December 30", "DATE", "2023-12-30", "2023-12-30")]),
    (WED, "The court will hear the case on May 7.", [("May 7", "DATE", "2024-05-07", "2024-05-07")]),
    (WED, "The court will hear the case on January 9.", [("January 9", "DATE", "2025-01-09", "2025-01-09")]),
    (WED, "The offer was extended to May 2.", [("May 2", "DATE", "2024-05-02", "2024-05-02")]),
    (WED, "The mill closed in February.", [("February", "DATE", "2024-02", "2024-02")]),
    (WED, "The mill closed in November.", [("November", "DATE", "2023-11", "2023-11")]),
    (WED, "The mill will close in November.", [("November", "DATE", "2024-11", "2024-11")]),
    (WED, "The mill closed last June.", [("last June", "DATE", "2023-06", "2023-06")]),
    (WED, "The mill closed in June last year.", [("June last year", "DATE", "2023-06", "2023-06")]),
    (WED, "The mill opens next March.", [("next March", "DATE", "2025-03", "2025-03")]),
    (
        WED,
        "They talked from June 3 to June 5, 2023.",
        [("June 3", "DATE", "2023-06-03", "2023-06-03"), ("June 5, 2023", "DATE", "2023-06-05", "2023-06-05")],
    ),
    (
        WED,
        "They talked on June 3-5, 2023.",
        [("June 3", "DATE", "2023-06-03", "2023-06-03"), ("5, 2023", "DATE", "2023-06-05", "2023-06-05")],
    ),
    (WED, "They fought from 2011 to 2015.", [("2011", "DATE", "2011", "2011"), ("2015", "DATE", "2015", "2015")]),
    (WED, "A bridge fell in 1848.", [("1848", "DATE", "1848", "1848")]),
    (WED, "They left in the year 2000.", [("the year 2000", "DATE", "2000", "2000")]),
    (WED, "They left in nineteen ninety-eight.", [("nineteen ninety-eight", "DATE", "1998", "1998")]),
    (WED, "They left by the year two thousand.", [("the year two thousand", "DATE", "2000", "2000")]),
    (WED, "They left in '98.", [("'98", "DATE", "1998", "1998")]),
    (WED, "The town was taken in 44 BC.", [("44 BC", "DATE", "BC0044", None)]),
    (WED, "They fought through the 1990s.", [("the 1990s", "DATE", "199", "1990-01-01/1999-12-31")]),
    (WED, "They fought through the late 1970s.", [("the late 1970s", "DATE", "197", "1970-01-01/1979-12-31")]),
    (WED, "They fought in the '80s.", [("the '80s", "DATE", "198", "1980-01-01/1989-12-31")]),
    (WED, "They fought in the sixties.", [("the sixties", "DATE", "196", "1960-01-01/1969-12-31")]),
    (WED, "The fort is from the 12th century.", [("the 12th century", "DATE", "11", "1100-01-01/1199-12-31")]),
    (
        WED,
        "The fort is from the nineteenth century.",
        [("the nineteenth century", "DATE", "18", "1800-01-01/1899-12-31")],
    ),
    (WED, "They left in early 2021.", [("early 2021", "DATE", "2021", "2021")]),
    (WED, "They left in mid-2021.", [("mid-2021", "DATE", "2021", "2021")]),
    (WED, "They left at the beginning of March.", [("the beginning of March", "DATE", "2024-03", "2024-03")]),
    (
        WED,
        "They must leave by the end of November 2024.",
        [("the end of November 2024", "DATE", "2024-11", "2024-11-30")],
    ),
    (WED, "They must leave by the end of the year.", [("the end of the year", "DATE", "2024", "2024-12-31")]),
    (WED, "The hall cost 2000 dollars, and 1500 people came.", []),
    (WED, "The 2000 year old temple fell.", []),
    (WED, "They may march in April, and the march may fall on them.", [("April", "DATE", "2024-04", "2024-04")]),
    (WED, "June Harper met April Jones.", []),
    (WED, "Prime Minister Theresa May met Mr. Barker.", []),
    (WED, "He reads USA Today.", []),
    (WED, "It pays if they win in June.", [("June", "DATE", "2024-06", "2024-06")]),
    (WED, "Monday's debate shows it.", [("Monday", "DATE", "2024-04-22", "2024-04-22")]),
    (WED, "The crash of February 30 was a myth.", [("February", "DATE", "2024-02", "2024-02")]),
]

WEEKDAYS = [
    (WED, "The court met on Tuesday.", [("Tuesday", "DATE", "2024-04-23", "2024-04-23")]),
    (WED, "The court will meet on Tuesday.", [("Tuesday", "DATE", "2024-04-30", "2024-04-30")]),
    (WED, "The court is due to meet on Tuesday.", [("Tuesday", "DATE", "2024-04-30", "2024-04-30")]),
    (WED, "The trial opens Monday.", [("Monday", "DATE", "2024-04-29", "2024-04-29")]),
    (FRI, "The bank failed Friday.", [("Friday", "DATE", "2024-04-26", "2024-04-26")]),
    (
        FRI,
        "The bank said on Friday it would close on Monday.",
        [("Friday", "DATE", "2024-04-26", "2024-04-26"), ("Monday", "DATE", "2024-04-29", "2024-04-29")],
    ),
    (WED, "The court met last Friday.", [("last Friday", "DATE", "2024-04-19", "2024-04-19")]),
    (FRI, "The court met last Friday.", [("last Friday", "DATE", "2024-04-19", "2024-04-19")]),
    (WED, "The court meets next Friday.", [("next Friday", "DATE", "2024-04-26", "2024-04-26")]),
    (FRI, "The court meets next Friday.", [("next Friday", "DATE", "2024-05-03", "2024-05-03")]),
    (WED, "The court meets this Thursday.", [("this Thursday", "DATE", "2024-04-25", "2024-04-25")]),
    (WED, "The court met on Tuesday of last week.", [("Tuesday of last week", "DATE", "2024-04-16", "2024-04-16")]),
    (WED, "The court will meet a week from Monday.", [("a week from Monday", "DATE", "2024-05-06", "2024-05-06")]),
    (
        WED,
        "The vote is on the second Tuesday of November.",
        [("the second Tuesday of November", "DATE", "2024-11-12", "2024-11-12")],
    ),
    (
        WED,
        "The vote was on the last Friday in May 2023.",
        [("the last Friday in May 2023", "DATE", "2023-05-26", "2023-05-26")],
    ),
    (WED, "The truce holds until Sunday.", [("Sunday", "DATE", "2024-04-28", "2024-04-28")]),
    (WED, "Officials agreed to meet Sunday.", [("Sunday", "DATE", "2024-04-28", "2024-04-28")]),
    (WED, "Officials were to meet Sunday.", [("Sunday", "DATE", "2024-04-28", "2024-04-28")]),
    (WED, "A Sunday attack killed two guards.", [("Sunday", "DATE", "2024-04-21", "2024-04-21")]),
    (WED, "The market is shut on Mondays.", [("Mondays", "SET", "XXXX-WXX-1", None)]),
]

UNDATED = [
    (None, "The court met on Friday.", [("Friday", "DATE", "XXXX-WXX-5", None)]),
    (None, "The court met on June 18.", [("June 18", "DATE", "XXXX-06-18", None)]),
    (None, "The court met yesterday.", [("yesterday", "DATE", "XXXX-XX-XX", None)]),
    (None, "The court met last week.", [("last week", "DATE", "XXXX-WXX", None)]),
    (None, "The court met in March.", [("March", "DATE", "XXXX-03", None)]),
    (None, "The court met last year.", [("last year", "DATE", "XXXX", None)]),
    (None, "The court met in the third quarter.", [("the third quarter", "DATE", "XXXX-Q3", None)]),
    (None, "The court met last summer.", [("last summer", "DATE", "XXXX-SU", None)]),
    (None, "The court met at 10 p.m. Tuesday.", [("10 p.m. Tuesday", "TIME", "XXXX-WXX-2T22:00", None)]),
    (None, "The court met in 2019.", [("2019", "DATE", "2019", "2019")]),
    (None, "The court met two weeks ago.", [("two weeks ago", "DATE", "XXXX-WXX", None)]),
    (None, "The court met on Christmas Day.", [("Christmas Day", "DATE", "XXXX-12-25", None)]),
    (
        None,
        "GENEVA, June 18, 2023 (AP) - The court met on Friday.",
        [("June 18, 2023", "DATE", "2023-06-18", "2023-06-18"), ("Friday", "DATE", "2023-06-16", "2023-06-16")],
    ),
    (
        None,
        "June 18, 2023\nThe court met today.",
        [("June 18, 2023", "DATE", "2023-06-18", "2023-06-18"), ("today", "DATE", "2023-06-18", "2023-06-18")],
    ),
    (
        None,
        "The court met on June 18, 2023 for an hour. It met again on Friday.",
        [
            ("June 18, 2023", "DATE", "2023-06-18", "2023-06-18"),
            ("an hour", "DURATION", "PT1H", None),
            ("Friday", "DATE", "XXXX-WXX-5", None),
        ],
    ),
]

CASES = [*CALENDAR, *WEEKDAYS, *UNDATED]


@pytest.mark.parametrize(("published", "text", "expected"), CASES, ids=[f"{c[0]} {c[1][:60]}" for c in CASES])
def test_times(read: Read, published: str | None, text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = find_times(read(text, date=published))
    assert [(t.text, t.type, t.value, t.resolved) for t in found] == expected


def test_spans_are_the_text(read: Read) -> None:
    text = "“Earlier this month” – so he said on Tuesday – the ’90s were over."
    found = find_times(read(text, date=WED))
    assert [t.text for t in found] == ["Earlier this month", "Tuesday", "the ’90s"]
    assert all(text[t.start : t.end] == t.text for t in found)


def test_an_expression_ends_with_its_paragraph(read: Read) -> None:
    found = find_times(read("The games of 2019\n\nJune 3, 2021\n\nA crowd came.", date=None))
    assert [t.value for t in found] == ["2019", "2021-06-03"]
