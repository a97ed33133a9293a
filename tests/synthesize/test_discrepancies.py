"""Tellings of one event → what they say differently."""

from __future__ import annotations

import pytest

from briefing.config import SynthesizeSettings
from briefing.records import Event
from briefing.synthesize import synthesize
from briefing.synthesize.discrepancies import is_variant
from tests.synthesize.made import article, event, extraction, span

SEVEN = "On Tuesday Norland Rebels shelled Ardin Barracks with mortars, killing seven soldiers."
NINE = "Nine soldiers died when Norland Rebels on Monday shelled Ardin Barracks with heavy mortars."


def _shelling(text: str, date: str) -> Event:
    when = span(text, "On" if text.startswith("On") else "on")
    return event(text, "shelled", "ASSAULT", "Norland Rebels", "Ardin Barracks", date=date, when=when)


def found(a: str, b: str, dates: tuple[str, str] = ("2031-03-04", "2031-03-04")) -> dict[str, list[str]]:
    made = [article(n, t, date="2031-03-05") for n, t in (("a", a), ("b", b))]
    extractions = [extraction(m, _shelling(m.text, d)) for m, d in zip(made, dates, strict=True)]
    result = synthesize(made, extractions, config=SynthesizeSettings())
    return {d.what: [v.value for v in d.values] for d in result.discrepancies}


def test_numbers() -> None:
    assert found(SEVEN, NINE) == {"how many: soldiers (killed)": ["7", "9"]}


def test_dates() -> None:
    shown = found(SEVEN, NINE.replace("Nine", "Seven"), ("2031-03-04", "2031-03-03"))
    assert shown == {"when: shelled": ["2031-03-03", "2031-03-04"]}


def test_agreement_is_no_discrepancy() -> None:
    assert found(SEVEN, NINE.replace("Nine", "Seven")) == {}


def test_a_month_does_not_contradict_its_day() -> None:
    assert found(SEVEN, NINE.replace("Nine", "7"), ("2031-03-04", "2031-03")) == {}


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("Ivo Lund", "Ivo Lindt", True),
        ("Ivo Lund", "Iva Lund", True),
        ("Ivo Lund", "Ívo LUND", False),
        ("Ivo Lund", "Lund", False),
        ("Ivo Lund", "Ivo Marquez", False),
        ("Ivo Lund", "Ivar Lindt", False),
    ],
)
def test_spellings(a: str, b: str, apart: bool) -> None:
    assert is_variant(a, b) is apart
