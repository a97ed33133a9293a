"""Openings of articles → who, what, when, where, why and how."""

from __future__ import annotations

import pytest

from briefing.extract import main_event, times
from briefing.extract.reading import Cast
from tests.conftest import Read

CRASH = (
    "A ferry sank near Ardin on Tuesday because its doors had been left open, the coast guard said.\n\n"
    "Nineteen passengers were rescued by fishermen."
)
PROTEST = (
    "Teachers marched in Velmora on Friday in protest over unpaid wages.\n\n"
    "The march ended when police closed the bridge."
)
VISIT = "Chancellor Ida Moor visited Kenya on 4 March 2031 to sign a treaty.\n\nShe met the president in Nairobi."
RAID = "Gunmen killed six guards at a bank in Quito by throwing grenades, the police chief said on Sunday."
BLAME = (
    "Nestle blamed the drought for the fall in its profits on Monday.\n\nThe shares of the company lost five percent."
)
LEAK = "Two streets in Ardin were closed on Monday.\n\nThe damage was caused by a leaking pipe, engineers say."
STORM = "Five people died and ten were hurt in Ardin when a crane fell on a bus on Monday."
PAGE = "Click to share this page with your friends.\n\nMiners marched in Quito on Monday by the thousand."


def answers(read: Read, text: str) -> dict[str, str | None]:
    reading = read(text, date="2031-03-05")
    found = main_event.find_main_event(reading, Cast(), times.find_times(reading), ())
    return {q: text[slice(*span)] if span else None for q, span in found}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        (CRASH, "who", "ferry"),
        (CRASH, "what", "sank"),
        (CRASH, "when", "Tuesday"),
        (CRASH, "where", "Ardin"),
        (CRASH, "why", "doors had been left open"),
        (PROTEST, "who", "Teachers"),
        (PROTEST, "what", "marched in Velmora"),
        (PROTEST, "when", "Friday"),
        (PROTEST, "where", "Velmora"),
        (PROTEST, "why", "unpaid wages"),
        (VISIT, "who", "Ida Moor"),
        (VISIT, "what", "visited Kenya"),
        (VISIT, "when", "4 March 2031"),
        (VISIT, "why", "sign a treaty"),
        (RAID, "who", "Gunmen"),
        (RAID, "what", "killed six guards"),
        (RAID, "where", "Quito"),
        (RAID, "how", "throwing grenades"),
        (BLAME, "why", "the drought"),
        (LEAK, "why", "a leaking pipe"),
        (STORM, "how", "crane fell on a bus"),
        (PAGE, "who", "Miners"),
        (PAGE, "what", "marched in Quito"),
    ],
)
def test_answer(read: Read, text: str, question: str, words: str) -> None:
    found = answers(read, text)
    assert words in (found[question] or ""), found


@pytest.mark.model
def test_what_the_text_does_not_say_stays_open(read: Read) -> None:
    found = answers(read, "Prices fell again.")
    assert (found["who"], found["when"], found["where"], found["why"]) == ("Prices", None, None, None)


@pytest.mark.model
def test_an_empty_text_has_no_main_event(read: Read) -> None:
    assert set(answers(read, "***").values()) == {None}
