"""Pairs of tellings → one event or two."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.records import Event
from briefing.synthesize.same_event import days_apart, same
from briefing.synthesize.tellings import Told, content_words, head_noun

ATTACK = "Rebels attacked a convoy near Ardin with mortars and burned four lorries"
AGAIN = "The convoy was burned near Ardin when rebels with mortars attacked four lorries"
TALKS = "Norland and Sudmark held talks on fishing quotas in Ardin"
OTHER = "A choir sang carols while the market opened its winter stalls"


def told(kind: Any, source: str, target: str, date: str | None, text: str, verb: str = "attack", **more: Any) -> Told:
    """Sides are words apart by blanks: names in capitals, descriptions as noun:…"""
    made = Event(trigger=(0, 1), evidence=(0, 1), type=kind, verb=verb, date=date, **more)
    return Told(
        article=0,
        index=0,
        event=made,
        story="s",
        origin="o",
        source=frozenset(source.split()),
        target=frozenset(target.split()),
        words=content_words(text),
        verb=frozenset(verb.split()),
    )


def pair(**second: Any) -> tuple[Told, Told]:
    """A telling of an attack, and the same with something changed."""
    first: dict[str, Any] = {
        "kind": "ASSAULT", "source": "REBELS", "target": "CONVOY", "date": "2031-03-04", "text": ATTACK,
    }  # fmt: skip
    return told(**first), told(**{**first, "text": AGAIN, **second})


SAME: dict[str, tuple[Told, Told]] = {
    "the same in other words": pair(),
    "another verb of the class": pair(verb="shell"),
    "one gives the month": pair(date="2031-03"),
    "one gives the year": pair(date="2031"),
    "one has no date": pair(date=None),
    "one has no target": pair(target=""),
    "one only describes the doer": pair(source="noun:gunmen desc:k9", verb="attack"),
    "one names nobody as target but the words agree": pair(target="noun:lorries"),
    "one is hearsay": pair(factuality="alleged"),
    "a day apart, all else alike": pair(date="2031-03-05"),
    "three days apart, all else alike": pair(date="2031-03-07"),
    "country in one only": pair(country="NO"),
    "no type, same verb": pair(kind=None),
    "talks seen from the other side": (
        told("CONSULT", "NORLAND", "SUDMARK", "2031-03-04", TALKS, "hold talk"),
        told("CONSULT", "SUDMARK", "NORLAND", "2031-03-04", TALKS, "meet"),
    ),
    "both sides on both": (
        told("CONSULT", "NORLAND SUDMARK", "NORLAND SUDMARK", "2031-03-04", TALKS, "hold talk"),
        told("CONSULT", "NORLAND", "SUDMARK", "2031-03-04", TALKS, "meet"),
    ),
    "both undated, words agree": (
        told("ASSAULT", "REBELS", "CONVOY", None, ATTACK),
        told("ASSAULT", "REBELS", "CONVOY", None, AGAIN),
    ),
}
APART: dict[str, tuple[Told, Told]] = {
    "another doer": pair(source="ARMY"),
    "another target": pair(target="BARRACKS"),
    "another class": pair(kind="AID"),
    "a week later": pair(date="2031-03-11"),
    "a year earlier": pair(date="2030-03-04"),
    "another year": pair(date="2029"),
    "another country": (pair(country="NO")[1], pair(country="SE")[1]),
    "denied": pair(factuality="denied"),
    "planned": pair(factuality="planned"),
    "only thought of": pair(factuality="hypothetical"),
    "two days apart and other words": pair(date="2031-03-06", text=OTHER),
    "no type and another verb": pair(kind=None, verb="sing"),
    "undated, other words, other verb": pair(date=None, text=OTHER, verb="ambush", target=""),
    "background and news, one undated": pair(date=None, background=True),
    "nobody shared": pair(source="noun:men", target="noun:camp"),
    "attack and counter-attack": pair(source="CONVOY", target="REBELS"),
    "a vague month and other words": pair(date="2031-03", text=OTHER, verb="raid"),
    "no type and one side only": pair(kind=None, target=""),
}


@pytest.mark.parametrize("case", SAME, ids=list(SAME))
def test_same(case: str) -> None:
    a, b = SAME[case]
    assert same(a, b)
    assert same(b, a)


@pytest.mark.parametrize("case", APART, ids=list(APART))
def test_apart(case: str) -> None:
    a, b = APART[case]
    assert not same(a, b)
    assert not same(b, a)


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [("2031-03-04", "2031-03-04", 0), ("2031-03-04", "2031-03", 0),
     ("2031", "2031-03", 0), ("2031-03-04", "2031-03-09", 5),
     ("2031-03", "2031-04", 9999), (None, "2031", None)],
)  # fmt: skip
def test_days_apart(a: str | None, b: str | None, days: int | None) -> None:
    assert days_apart(a, b) == days


@pytest.mark.parametrize(
    ("phrase", "head"),
    [("a group led by Ada Brook", "group"), ("Ada Brook", None), ("three Western diplomats", "diplomat"),
     ("The delegation, which left", "delegation"), ("the Ministry of Health", None)],
)  # fmt: skip
def test_head_noun(phrase: str, head: str | None) -> None:
    assert head_noun(phrase) == head
