"""Sentences → acts of the PLOVER classes with their sides; places, dates, evidence."""

from __future__ import annotations

import pytest

from briefing.extract import events, times
from briefing.extract.reading import Cast
from briefing.records import Event
from tests.conftest import Read
from tests.extract.events_table import EVENTS, NONE


def found(read: Read, text: str, date: str | None = None) -> tuple[Event, ...]:
    reading = read(text, date=date)
    return events.find_events(reading, Cast(), times.find_times(reading), ())


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " | ".join(text[a:b] for a, b in spans)


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind", "source", "target"), EVENTS, ids=[e[0] for e in EVENTS])
def test_act(read: Read, text: str, kind: str, source: str, target: str) -> None:
    seen = [(e.type, words(text, e.source_spans), words(text, e.target_spans)) for e in found(read, text)]
    assert any(k == kind and source in s and target in t and (source or not s) for k, s, t in seen), seen


@pytest.mark.model
@pytest.mark.parametrize("text", NONE)
def test_no_act(read: Read, text: str) -> None:
    assert found(read, text) == ()


@pytest.mark.model
def test_two_who_act_together_are_each_others_target(read: Read) -> None:
    text = "Kenya and Uganda held talks in Nairobi."
    (event,) = found(read, text)
    assert words(text, event.source_spans) == words(text, event.target_spans) == "Kenya | Uganda"
    assert (event.place, event.country) == ("Nairobi", "KE")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Rebels attacked a convoy on Tuesday.", "2031-03-04"),
        ("Police arrested the editor in May 2029.", "2029-05"),
        ("Spain signed a treaty with Portugal in 2019.", "2019"),
        ("The mayor said on Tuesday that the bank had collapsed.", None),
    ],
)
def test_date(read: Read, text: str, date: str | None) -> None:
    long_ago = "The town lies on the river and has lived from its mills, its ferries and its market for many years.\n\n"
    text = long_ago + long_ago + text
    assert [e.date for e in found(read, text, "2031-03-05")] == ([date] if date else [])


@pytest.mark.model
def test_an_undated_act_of_the_lead_is_of_the_day(read: Read) -> None:
    text = "Rebels attacked a convoy near the town of Ardin in the hills of the north, the army said."
    (event,) = found(read, text, "2031-03-05")
    assert event.date == "2031-03-05"
    assert event.when is None


@pytest.mark.model
def test_a_week_after_is_counted_back(read: Read) -> None:
    text = "This appeal comes a week after Ambassador Ada Brook called for the council to be alert."
    (event,) = found(read, text, "2031-03-05")
    assert (event.type, event.date) == ("REQUEST", "2031-02-26")


@pytest.mark.model
def test_a_clause_about_a_date_has_it(read: Read) -> None:
    text = "The previous round took place in May 2027, when a team headed by Ivo Lund made a visit to Kenya."
    (event,) = found(read, text, "2031-03-05")
    assert (event.type, event.date, event.background) == ("CONSULT", "2027-05", True)


@pytest.mark.model
def test_evidence_stays_in_its_paragraph(read: Read) -> None:
    text = "HEADING WITHOUT A VERB\n\nRebels attacked a convoy.\n\nMore below"
    (event,) = found(read, text)
    assert text[slice(*event.evidence)] == "Rebels attacked a convoy."


@pytest.mark.model
def test_an_old_act_is_background(read: Read) -> None:
    text = "Rebels attacked a convoy on Tuesday. The two countries had signed a treaty in 2019."
    assert [e.background for e in found(read, text, "2031-03-05")] == [False, True]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Nestle announced that its shares were undervalued.", ["announce"]),
        ("Nestle announced on Monday that it had sold the mill to Danone.", ["announce", "sell"]),
        ("Nestle announced that it had sold the mill to Danone.", ["sell"]),
        ("Nestle said that its shares were undervalued.", []),
        ("The plan was announced.", []),
        ("Nestle took delivery of a new ship.", ["take"]),
        ("Nestle took a long time.", []),
    ],
)
def test_what_is_announced_or_performed_is_an_act(read: Read, text: str, verbs: list[str]) -> None:
    assert [e.verb for e in found(read, text)] == verbs
