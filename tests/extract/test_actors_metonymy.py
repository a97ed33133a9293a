"""Capitals and houses of government: when they act they are their country's government, else they are places."""

from __future__ import annotations

import pytest

from briefing.extract.actors import find_actors
from tests.conftest import Read

pytestmark = pytest.mark.model

ACTS = [
    ("Moscow denied that it had sent the trucks.", "Moscow", "Russia"),
    ("Moscow and Beijing signed the pact after a year of talks.", "Beijing", "China"),
    ("The order was issued by Tehran after the vote.", "Tehran", "Iran"),
    ("Ankara has rejected the offer twice.", "Ankara", "Turkey"),
    ("The minister accused Paris of breaking its word.", "Paris", "France"),
    ("Trade between Pyongyang and Moscow has doubled since March.", "Pyongyang", "North Korea"),
    ("Trade between Pyongyang and Moscow has doubled since March.", "Moscow", "Russia"),
    ("Berlin's decision surprised its allies.", "Berlin", "Germany"),
    ("The envoy said Kabul would not accept the plan.", "Kabul", "Afghanistan"),
    ("Washington wants a new treaty with its partners.", "Washington", "United States"),
    ("New sanctions against Minsk were agreed on Monday.", "Minsk", "Belarus"),
    ("The union put more pressure on Baku this week.", "Baku", "Azerbaijan"),
    ("The Kremlin dismissed the report on Tuesday.", "Kremlin", "Russia"),
    ("The White House declined to comment on the letter.", "White House", "United States"),
    ("Downing Street said the talks had gone well.", "Downing Street", "United Kingdom"),
    ("Tokyo protested to Seoul over the drills.", "Tokyo", "Japan"),
    ("Officials said Damascus had agreed to open the crossing.", "Damascus", "Syria"),
    ("London and Dublin disagree about the border.", "London", "United Kingdom"),
    ("Khartoum's army was blamed for the raid.", "Khartoum", "Sudan"),
    ("Talks with Hanoi were delayed again.", "Hanoi", "Vietnam"),
    ("The president urged Jakarta to release the sailors.", "Jakarta", "Indonesia"),
    ("Riyadh, which leads the group, cut its output.", "Riyadh", "Saudi Arabia"),
    ("A message to Islamabad was sent through a third country.", "Islamabad", "Pakistan"),
]
PLACES = [
    ("The two leaders met in Moscow on Friday.", "Moscow"),
    ("A fire broke out near Tehran early on Sunday.", "Tehran"),
    ("The delegation flew to Hanoi on Monday.", "Hanoi"),
    ("The minister arrived in Kabul for talks.", "Kabul"),
    ("The team left Pyongyang for Beijing on Tuesday.", "Pyongyang"),
    ("Thousands marched through Paris against the law.", "Paris"),
    ("He visited Ankara last week.", "Ankara"),
    ("Shops in Jakarta stayed closed.", "Jakarta"),
    ("Missiles hit Kyiv before dawn.", "Kyiv"),
    ("Nairobi's streets were empty on Saturday.", "Nairobi"),
    ("The embassy in Baku was evacuated.", "Baku"),
]


@pytest.mark.parametrize(("text", "capital", "state"), ACTS)
def test_a_capital_that_acts_is_the_government(read: Read, text: str, capital: str, state: str) -> None:
    cast = find_actors(read(text))
    actor = cast.actor(_owner(cast.mentions, capital))
    assert actor.name == state
    assert actor.acts


@pytest.mark.parametrize(("text", "capital"), PLACES)
def test_a_capital_where_things_happen_is_a_place(read: Read, text: str, capital: str) -> None:
    cast = find_actors(read(text))
    actor = cast.actor(_owner(cast.mentions, capital))
    assert actor.name == capital
    assert not actor.acts


def test_both_in_one_article(read: Read) -> None:
    cast = find_actors(
        read("Moscow denied the claim. Its envoy was questioned in Moscow on Monday. Russia also cut gas.")
    )
    owners = [m.actor for m in cast.mentions if m.text in ("Moscow", "Russia")]
    assert owners[0] == owners[2] != owners[1]


def test_the_government_of_a_country_is_the_country(read: Read) -> None:
    cast = find_actors(read("Iran closed the strait. The Iranian government blamed a storm."))
    assert [m.text for m in cast.mentions if m.actor == "a1"][:2] == ["Iran", "Iranian government"]


@pytest.mark.parametrize(
    ("text", "short", "state"),
    [
        ("North Korea and South Korea traded fire. On Monday the North blamed a drill.", "North", "North Korea"),
        ("North Korea and South Korea traded fire. On Monday the South blamed a drill.", "South", "South Korea"),
        ("Seoul sent rice. Troops of Korea were there.", "Korea", "South Korea"),
        ("On Monday North and South Korea traded fire.", "North", "North Korea"),
        ("Sudan and South Sudan met. On Monday the South blamed a raid.", "South", "South Sudan"),
        ("Sudan and South Sudan met. On Monday the North blamed a raid.", "North", "Sudan"),
        ("Kinshasa sent rice. Troops of Congo were there.", "Congo", "Democratic Republic of Congo"),
        ("Iran sent rice. On Monday the Islamic Republic blamed a drill.", "Islamic Republic", "Iran"),
        ("Saudi Arabia sent rice. On Monday the Kingdom blamed a drill.", "Kingdom", "Saudi Arabia"),
    ],
)
def test_a_short_form_stands_for_the_state_that_is_named(read: Read, text: str, short: str, state: str) -> None:
    cast = find_actors(read(text))
    assert cast.actor(_owner(cast.mentions, short)).name == state


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Rain fell in the North of England.", "North"),
        ("North Korea bought rice. Rain fell in the North of England.", "North"),
        ("North Korea and South Korea met. Friends of Korea were there.", "Korea"),
        ("South Korea and South Sudan met. On Monday the South blamed a raid.", "South"),
        ("Iran and Pakistan met. On Monday the Islamic Republic blamed a drill.", "Islamic Republic"),
        ("North Korea bought rice. Ships crossed the North Sea.", "North"),
    ],
)
def test_a_short_form_that_could_be_another_place_is_no_state(read: Read, text: str, short: str) -> None:
    cast = find_actors(read(text))
    last = text.rindex(short)
    states = {a.id for a in cast.actors if a.name in ("North Korea", "South Korea", "South Sudan", "Iran", "Pakistan")}
    assert [m for m in cast.mentions if m.start == last and m.text == short and m.actor in states] == []


def _owner(mentions: object, text: str) -> str:
    found = [m.actor for m in mentions if m.text == text and m.actor]  # type: ignore[attr-defined]
    assert found, f"{text} is nobody"
    return str(found[0])
