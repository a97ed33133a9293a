"""Short articles → the order in which an editor would list their actors; relations that the text states."""

from __future__ import annotations

import pytest

from briefing.extract.actors import find_actors
from briefing.extract.relations import find_relations
from briefing.extract.salience import rank
from briefing.records import Event, MainEvent
from tests.conftest import Read

pytestmark = pytest.mark.model

FIRST = [
    (
        "Ana Lopes signed the fishing law on Monday. The law bans nets. Otto Brandt, a fisherman, said it was late.",
        None,
        "Ana Lopes",
    ),
    (
        "The port was closed on Monday. Otto Brandt said so. Marwell Motors waits for parts.",
        "Marwell Motors halts work",
        "Marwell Motors",
    ),
    ("Miners blocked the road to the plant on Monday. They want better pay. The police watched.", None, "Miners"),
    (
        "The Xinhua news agency reported that Brazil had raised its tariffs. Brazil will keep them for a year.",
        None,
        "Brazil",
    ),
    (
        "Norway will send aid to Malawi. “It is needed,” said Joan Hale, a professor at Marlow University.",
        None,
        "Norway",
    ),
]


@pytest.mark.parametrize(("text", "title", "expected"), FIRST)
def test_most_salient_first(read: Read, text: str, title: str | None, expected: str) -> None:
    reading = read(text, title=title)
    ranked = rank(reading, find_actors(reading), (), (), MainEvent())
    assert ranked[0].name == expected
    assert ranked[0].salience == 1.0
    assert [a.salience for a in ranked] == sorted((a.salience for a in ranked), reverse=True)


def test_no_actors(read: Read) -> None:
    reading = read("It rained.")
    assert rank(reading, find_actors(reading), (), (), MainEvent()) == ()


RELATIONS = [
    ("An alliance between Brazil and Norway was signed.", ("allied_with", "Brazil", "Norway")),
    ("Talks between Moscow and Ankara failed.", ("meets", "Russia", "Turkey")),
    ("Otto Brandt, chairman of Nordwind Airlines, apologised.", ("leads", "Otto Brandt", "Nordwind Airlines")),
    ("Joan Hale, a researcher at Marlow University, agreed.", ("belongs_to", "Joan Hale", "Marlow University")),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_stated_relations(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    reading = read(text)
    cast = find_actors(reading)
    name = {a.id: a.name for a in cast.actors}
    found = find_relations(reading, cast, ())
    assert [(r.kind, name[r.source], name[r.target]) for r in found] == [expected]
    assert text[found[0].evidence[0] : found[0].evidence[1]] == text


def test_relations_of_events(read: Read) -> None:
    reading = read("Brazil accused Norway of dumping.")
    cast = find_actors(reading)
    event = Event(trigger=(7, 14), type="ACCUSE", verb="accuse", source=("a1",), target=("a2",), evidence=(0, 33))
    planned = event.model_copy(update={"factuality": "planned"})
    assert [r.kind for r in find_relations(reading, cast, (event,))] == ["accuses"]
    assert find_relations(reading, cast, (planned,)) == ()


def test_being_named_together_is_no_relation(read: Read) -> None:
    reading = read("Brazil and Norway export fish. Otto Brandt likes Peru.")
    assert find_relations(reading, find_actors(reading), ()) == ()
