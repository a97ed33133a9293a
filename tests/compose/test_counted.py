"""Figures in words: what counts, what does not, and when one thing has another number."""

from __future__ import annotations

import pytest

from briefing.compose.counted import figures, moved

FOUND: list[tuple[str, list[tuple[float, str, str | None]]]] = [
    ("At least seven people were killed and 120 wounded.", [(7, "people", "killed"), (120, "people", "injured")]),
    ("Rates rose 3.2 per cent; $1.5bn was lost by 40,000 households.",
     [(3.2, "%", None), (1.5e9, "$", None), (4e4, "household", None)]),
    ("The blast killed 34.", [(34, "people", "killed")]),
    ("A blast, killing at least 14 workers and injuring 31, hit Vell.",
     [(14, "worker", "killed"), (31, "people", "injured")]),
    ("Two dozen soldiers are missing.", [(24, "soldier", "missing")]),
    ("In 2017 elections were held after 14 days.", []),
    ("Flight 214 left gate 12 at 10:45.", []),
    ("Some 2.3 million people fled their homes.", [(2.3e6, "people", "displaced")]),
    ("Twelve countries and 3 children.", [(12, "country", None), (3, "child", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_figures(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert [(f.value, f.unit, f.context) for f in figures(text)] == expected


MOVED: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("12 sailors were injured.", "19 sailors were injured.", [("12 sailors", "19 sailors")]),
    ("12 sailors were injured.", "12 sailors were hurt.", []),
    ("12 sailors were injured.", "12 sailors died.", []),
    ("12 people were killed.", "Killed were 15 people.", [("12 people", "15 people")]),
    ("About 40,000 households have no light.", "Some 41,000 households have no light.", []),
    ("About 40,000 households have no light.", "Some 60,000 households have no light.",
     [("40,000 households", "60,000 households")]),
    ("1,500 marchers came.", "41 marchers were seen.", []),
    ("2 ships sank and 5 ships fled.", "3 ships sank.", []),
    ("Rates rose 3 per cent.", "Ships numbered 4 boats.", []),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), MOVED)
def test_moved(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.words, b.words) for a, b in moved(figures(before), figures(after))] == expected
