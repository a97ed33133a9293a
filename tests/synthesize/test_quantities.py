"""Sentences → the quantities in them."""

from __future__ import annotations

import pytest

from briefing.synthesize import quantities
from briefing.synthesize.quantities import Quantity

Row = tuple[str, str, str]  # as told, what is counted, what became of it


def found(text: str) -> list[Quantity]:
    return list(quantities.find(text, [(0, len(text))]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least seven people died.", [("at least 7", "people", "killed")]),
        ("The storm hit 1,200 homes.", [("1,200", "homes", "")]),
        ("Two senior officers and 3 cooks left.", [("2", "senior officers", ""), ("3", "cooks", "")]),
        ("It killed 37 and injured some 90.", [("37", "people", "killed"), ("some 90", "people", "injured")]),
        ("It left 37 dead.", [("37", "people", "killed")]),
        ("Of the crew, 12 were rescued.", [("12", "people", "rescued")]),
        ("Police counted 9 deaths.", [("9", "people", "killed")]),
        ("The flood claimed 40 lives.", [("40", "people", "killed")]),
        ("The death toll rose to 41.", [("41", "people", "killed")]),
        ("The death toll rose from 37 to 41.", [("41", "people", "killed")]),
        ("Up to 84 people, including ten children, were killed.",
         [("up to 84", "people", "killed"), ("10", "children", "")]),
        ("The number of homes without power stood at 3,000.", [("3,000", "homes", "")]),
        ("The quake destroyed more than two hundred houses.", [("more than two hundred", "houses", "destroyed")]),
        ("Thirty-one sailors are missing.", [("31", "sailors", "missing")]),
        ("It sold 1.5 million phones.", [("1.5 million", "phones", "")]),
        ("Some 60 Norland soldiers were killed or wounded.", [("some 60", "Norland soldiers", "injured or killed")]),
    ],
)  # fmt: skip
def test_found(text: str, expected: list[Row]) -> None:
    assert [(q.numeral.said, q.counted.shown, q.counted.act) for q in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "No numbers here.",
        "It rose 5 percent in 3 days.",
        "On 4 May he left.",
        "In 2019 prices rose.",
        "It cost $40 passengers say.",
        "The 7-year-old boys sang.",
        "The 10th riders came.",
        "On Flight 447 passengers waited.",
        "It killed another 12 people.",
        "It hurt 12 more people.",
        "It freed 7 of the 27 prisoners.",
        "It sank with 20 to 30 sailors.",
        "It has between 20 and 30 sailors.",
        "It carries 7 people per boat.",
        "They live 12 kilometres away.",
        "The score of 3:1 goals stood.",
        "It serves 120 , 000 homes.",
    ],
)
def test_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("at least 40", "more than 30", True),
        ("at least 40", "35", False),
        ("at least 40", "55", True),
        ("up to 40", "55", False),
        ("about 40,000", "39,800", True),
        ("40,000", "39,800", True),
        ("60,000", "61,000", True),
        ("about 40,000", "60,000", False),
        ("about 40", "43", True),
        ("nearly 80", "84", False),
        ("nearly 80", "77", True),
        ("just over 80", "77", False),
        ("22", "23", False),
        ("20", "23", False),
        ("seven", "7", True),
        ("two dozen", "24", True),
    ],
)
def test_agreement(a: str, b: str, agree: bool) -> None:
    [p], [q] = found(f"They saw {a} ships."), found(f"They saw {b} ships.")
    assert quantities.agree([p, q]) is agree
    assert quantities.agree([q, p]) is agree


def test_degrees_and_what_is_only_possible_are_marked() -> None:
    [q] = found("Four people with serious injuries could be moved.")
    assert q.degrees == {"serious"}
    assert q.possible
    [q] = found("May brought 12 ships.")
    assert not q.possible
