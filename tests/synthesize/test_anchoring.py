"""Undated articles get their date from events that dated ones share with them."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.records import Extraction, Placed, Time
from briefing.synthesize import anchoring
from tests.synthesize.made import article, event, extraction, span

DATED = "Harl Mission left Velmora for Ardin on Tuesday to discuss the ferry treaty with engineers."
OPEN = "On Tuesday Harl Mission left Velmora to discuss the ferry treaty in Ardin."


def time(text: str, words: str, value: str, resolved: str | None) -> Time:
    start, end = span(text, words)
    return Time(start=start, end=end, text=words, type="DATE", value=value, resolved=resolved)


def both(value: str = "XXXX-WXX-2", kind: str = "CONSULT", day: str = "2031-03-04"):  # type: ignore[no-untyped-def]
    a = article("a", DATED, date="2031-03-05")
    b = article("b", OPEN)
    x = extraction(a, event(DATED, "left", "CONSULT", "Harl Mission", date=day, when=span(DATED, "Tuesday")))
    y = extraction(
        b,
        event(OPEN, "left", kind, "Harl Mission", when=span(OPEN, "Tuesday")),
        times=(time(OPEN, "Tuesday", value, None),),
    )
    return [a, b], [x, y]


def test_anchored_through_a_shared_event() -> None:
    articles, extractions = both()
    first, second = anchoring.dates(articles, extractions, [0, 0])
    assert first == ("2031-03-05", None)
    assert second[0] == "2031-03-05"
    assert second[1] is not None
    assert "Tuesday" in second[1]
    assert "2031-03-04" in second[1]


@pytest.mark.parametrize(
    ("changed", "story"),
    [
        ({"value": "XXXX-WXX-4"}, [0, 0]),  # another weekday
        ({"kind": "ASSAULT"}, [0, 0]),  # another act
        ({"day": "2031-02-04"}, [0, 0]),  # a Tuesday too long ago
        ({}, [0, 1]),  # another story
    ],
)
def test_left_open(changed: dict[str, str], story: list[int]) -> None:
    articles, extractions = both(**changed)
    assert anchoring.dates(articles, extractions, story)[1] == (None, None)


def test_events_of_the_anchored_article_are_dated() -> None:
    _, extractions = both()
    placed = [
        Placed(id="a", story="a", origin="a", date="2031-03-05"),
        Placed(id="b", story="a", origin="b", date="2031-03-05", date_why="shared"),
    ]
    first, second = anchoring.filled(extractions, placed)
    assert first is extractions[0]
    assert [e.date for e in second.events] == ["2031-03-04"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("XXXX-WXX-2", "2031-03-04"), ("XXXX-WXX-3", "2031-03-05"), ("XXXX-WXX-4", "2031-02-27"), ("XXXX-02", "2031-02"),
     ("XXXX-11", "2030-11"), ("XXXX-XX", "2031-03"), ("PAST_REF", None), ("P3D", None), ("", None)],
)  # fmt: skip
def test_open_values(value: str, expected: str | None) -> None:
    assert anchoring.read(value, date(2031, 3, 5)) == expected


def test_nothing_to_anchor_on() -> None:
    assert anchoring.dates([article("b", OPEN)], [Extraction(id="b")], [0]) == [(None, None)]
