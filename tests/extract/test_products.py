"""Sentences → the makes and models named in them, the names they leave to others, and the events they take part in."""

from __future__ import annotations

import pytest

from briefing.extract import actors, events, times
from briefing.records import Actor, Event
from tests.conftest import Read

_LEAD = "Siemens AG builds trains and Lufthansa AG flies.\n\n"


def models(read: Read, text: str) -> list[Actor]:
    return [a for a in actors.find_actors(read(text)).actors if a.type == "PRODUCT"]


def shared_events(read: Read, text: str) -> list[tuple[Event, list[str]]]:
    reading = read(text, date="2031-03-05")
    cast = actors.find_actors(reading)
    found = events.find_events(reading, cast, times.find_times(reading), ())
    return [(e, [cast.actor(i).name for i in dict.fromkeys((*e.source, *e.target))]) for e in found]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Boeing said the 979 would fly soon. Its Boeing 979 is a large aircraft.", ["Boeing 979"]),
        ("Boeing showed a version of its 979 airliner.", ["979"]),
        ("Boeing's 979 landed in Oslo on Monday.", ["Boeing 979"]),
        ("Airbus delivered two Airbus A990 jets, and the A990 flew home.", ["Airbus A990"]),
        ("Airbus delivered an Airbus A990-200. A second A990 is to follow.", ["Airbus A990"]),
        ("Airbus showed the A990 and the A995 airliner. Airbus A990 sales rose.", ["Airbus A990", "A995"]),
        ("The army fired two KN-77 missiles into the sea.", ["KN-77"]),
        ("The air force lost an F-91 fighter over the desert.", ["F-91"]),
        ("Airlines ordered the Boeing 979 Skyliner. The Skyliner is late.", ["Boeing 979 Skyliner"]),
        ("Shops sold out of the iSlate within a day, and more iSlates are on the way.", ["iSlate"]),
        ("The Airbus A990 is big. The Airbus 990 is also loud.", ["Airbus A990"]),
    ],
)
def test_model(read: Read, text: str, names: list[str]) -> None:
    found = models(read, _LEAD + text)
    assert [a.name for a in found] == names
    assert not any(a.acts for a in found)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The ministry gave Boeing 120 million dollars.",
        "The order is for Boeing and covers 120 tankers.",
        "Leaders of the G20 met in Rome.",
        "Shares in the Fortune 500 fell in London.",
        "Some 300 aircraft were grounded in 2019.",
        "Lufthansa Flight 447 was late.",
        "The UN Security Council adopted Resolution 815.",
        "Covid-19 vaccines arrived in Lima.",
        "The police shut the A40 near Oxford.",
        "He was paid in MP3 players.",
    ],
)
def test_no_model(read: Read, text: str) -> None:
    assert models(read, _LEAD + text) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Dow fell 90 points on Monday.", ["Dow Jones Industrial Average"]),
        ("In London the FTSE 100 lost ground, and the FTSE closed lower.", ["FTSE 100"]),
        ("The Nikkei rose while the Hang Seng index fell.", ["Nikkei 225", "Hang Seng"]),
        ("The Dow Chemical plant was closed.", []),
        ("Dow Jones & Company reported a loss.", []),
    ],
)
def test_index(read: Read, text: str, names: list[str]) -> None:
    assert [a.name for a in models(read, text)] == names


@pytest.mark.model
def test_the_index_is_one_and_the_plane_is_another(read: Read) -> None:
    cast = actors.find_actors(read("The Nikkei fell on Monday. The plane was late. The index rose on Tuesday."))
    assert [m.text for m in cast.mentions if m.form == "nominal" and m.actor] == ["index"]


@pytest.mark.model
def test_the_maker_stays_a_body_of_its_own(read: Read) -> None:
    cast = actors.find_actors(read("Ryanair bought five Boeing 979s. Boeing is in Chicago."))
    assert {(a.name, a.type) for a in cast.actors} >= {("Boeing", "ORG"), ("Boeing 979", "PRODUCT")}


@pytest.mark.model
def test_the_plane_goes_back_to_its_model(read: Read) -> None:
    text = "Airbus showed the A990 airliner in Paris. The plane landed in Oslo on Monday."
    assert [names[0] for e, names in shared_events(read, text) if e.verb == "land"] == ["A990"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("Airbus unveiled plans for the Airbus A990 in Oslo.", "unveil", {"Airbus", "Airbus A990"}),
        ("Ryanair negotiated the purchase of ten Boeing 979 jets.", "negotiate", {"Ryanair", "Boeing 979"}),
        ("The Airbus A990 made its first flight on Monday.", "make", {"Airbus A990"}),
        ("Boeing's newest plane, the Boeing 979, landed in Oslo on Monday.", "land", {"Boeing", "Boeing 979"}),
        ("The Airbus A990 was revealed in Oslo on Monday.", "reveal", {"Airbus A990"}),
    ],
)
def test_models_take_part_in_events(read: Read, text: str, verb: str, names: set[str]) -> None:
    assert names <= {n for e, who in shared_events(read, text) if e.verb.startswith(verb) for n in who}
