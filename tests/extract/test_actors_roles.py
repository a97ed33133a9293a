"""Titles, appositions and relative clauses → role and affiliation; what is found and what is not an actor."""

from __future__ import annotations

import pytest

from briefing.extract.actors import find_actors
from tests.conftest import Read

pytestmark = pytest.mark.model

ROLES = [
    ("President Ana Lopes signed the law.", "Ana Lopes", "President", None),
    ("Brazilian President Ana Lopes signed the law.", "Ana Lopes", "President", "Brazil"),
    ("External Trade Minister Ri Song Ho left on Monday.", "Ri Song Ho", "External Trade Minister", None),
    (
        "Ri Song Ho, North Korea's minister of external trade, left on Monday.",
        "Ri Song Ho",
        "minister of external trade",
        "North Korea",
    ),
    (
        "“It is late,” said Joan Hale, a professor of law at Marlow University.",
        "Joan Hale",
        "professor of law",
        "Marlow University",
    ),
    (
        "The Energy Department's senior official for grids, Mary Stone, agreed.",
        "Mary Stone",
        "senior official for grids",
        "Energy Department",
    ),
    (
        "“It is late,” said Min Seo Yeon, a research professor at Busan National University’s Asia Center.",
        "Min Seo Yeon",
        "research professor",
        "Busan National University’s Asia Center",
    ),
    ("Marwell chief executive Karl Weber resigned.", "Karl Weber", "chief executive", "Marwell"),
    (
        "US Ambassador to the United Nations Clara Finch spoke on Monday.",
        "Clara Finch",
        "Ambassador to the United Nations",
        "US",
    ),
    ("Otto Brandt, chairman of Nordwind Airlines, apologised.", "Otto Brandt", "chairman", "Nordwind Airlines"),
    ("Zhao Meiling, who heads the trade board, flew home.", "Zhao Meiling", "heads the trade board", None),
    ("Peter Marlow is a researcher at the Hanseo Institute.", "Peter Marlow", "researcher", "Hanseo Institute"),
    ("Gen. Pak Chol Su inspected the port.", "Pak Chol Su", "Gen.", None),
    ("Defence analyst Joan Hale doubts the figures.", "Joan Hale", "Defence analyst", None),
    ("Clara Finch, 52, mayor of Arnsdorf, won again.", "Clara Finch", "mayor of Arnsdorf", None),
    ("Kim Un Ju, the North Korean leader's sister, was there.", "Kim Un Ju", "North Korean leader's sister", None),
    ("Prime Minister Rajan Pillai's office denied it.", "Rajan Pillai", "Prime Minister", None),
    ("Former finance minister Ana Lopes was acquitted.", "Ana Lopes", "Former finance minister", None),
    ("The delegation was led by Foreign Minister Hugo Brandt.", "Hugo Brandt", "Foreign Minister", None),
]


@pytest.mark.parametrize(("text", "name", "role", "affiliation"), ROLES)
def test_role_and_affiliation(read: Read, text: str, name: str, role: str, affiliation: str | None) -> None:
    cast = find_actors(read(text))
    actor = next(a for a in cast.actors if a.name == name)
    assert role in actor.roles
    assert actor.affiliation == affiliation


def test_descriptions_are_words_of_the_text(read: Read) -> None:
    text = "“It is late,” said Joan Hale, a professor of law at Marlow University."
    actor = next(a for a in find_actors(read(text)).actors if a.type == "PERSON")
    start, end = actor.descriptions[0].span
    assert text[start:end] == "professor of law at Marlow University"


# Text, name, type: what the model alone gets wrong.
FOUND = [
    ("KCNA said the launch had failed.", "Korean Central News Agency", "ORG"),
    ("The report was carried by KCNA on Monday.", "Korean Central News Agency", "ORG"),
    ("The IAEA sent inspectors to the site.", "International Atomic Energy Agency", "ORG"),
    ("Daesh fighters fled the town.", "Islamic State", "ORG"),
    ("The DPRK closed its border.", "North Korea", "GPE"),
    ("The Ministry of Fisheries denied the claim.", "Ministry of Fisheries", "ORG"),
    ("The Federation of Miners (FOM) called a strike. The FOM wants more pay.", "Federation of Miners", "ORG"),
    ("Hezbollah said it had fired first.", "Hezbollah", "ORG"),
    ("Ana Lopes of the Democratic Unionist Party objected. The DUP will abstain.", "Democratic Unionist Party", "ORG"),
]


@pytest.mark.parametrize(("text", "name", "kind"), FOUND)
def test_found_with_its_type(read: Read, text: str, name: str, kind: str) -> None:
    cast = find_actors(read(text))
    assert (name, kind) in [(a.name, a.type) for a in cast.actors]


def test_an_acronym_is_its_body(read: Read) -> None:
    cast = find_actors(read("The Federation of Miners (FOM) called a strike. The FOM wants more pay."))
    assert [m.text for m in cast.mentions if m.actor == "a1" and m.form == "name"] == [
        "Federation of Miners",
        "FOM",
        "FOM",
    ]


NOBODY = [
    ("(Newswire) -- The mayor of Arnsdorf resigned on Monday.", "Newswire"),
    ("BY CLARA FINCH\n\nThe mayor of Arnsdorf resigned on Monday after a vote.", "CLARA FINCH"),
    ("The mayor waves to voters in Arnsdorf. (Otto Brandt/Pool Photo via AP, File)", "Otto Brandt"),
    ("The bridge at Arnsdorf was closed. Image: Clara Finch.\n\nThe mayor said it was safe.", "Clara Finch"),
    ("©2024 Newswire L.P.\n\nThe mayor of Arnsdorf resigned on Monday.", "Newswire"),
    ("Shops closed early for Ramadan on Friday.", "Ramadan"),
    ("Visitors laid flowers at the Marlow Memorial Hall in Arnsdorf.", "Marlow"),
]


@pytest.mark.parametrize(("text", "name"), NOBODY)
def test_not_an_actor(read: Read, text: str, name: str) -> None:
    cast = find_actors(read(text))
    assert name not in [a.name for a in cast.actors]


def test_a_title_is_no_body(read: Read) -> None:
    cast = find_actors(read("External Economic Relations Minister Ri Song Ho left for Oslo on Tuesday."))
    assert [a.name for a in cast.actors if a.type == "ORG"] == []


def test_tables_and_results(read: Read) -> None:
    text = "Standings\nMarlow Town 15 10 4 1 46 19 34\nArnsdorf 15 8 3 4 26 17 27\n"
    cast = find_actors(read(text))
    assert [(m.text, m.type) for m in cast.mentions] == [("Marlow Town", "ORG"), ("Arnsdorf", "ORG")]


def test_headings_in_capitals(read: Read) -> None:
    text = "LOPES BLAMES UNION FOR LATE VOTE\n\nAna Lopes blamed the union on Monday. Lopes spoke in Lisbon."
    cast = find_actors(read(text))
    lopes = next(a for a in cast.actors if a.name == "Ana Lopes")
    assert [m.text for m in cast.mentions if m.actor == lopes.id][:2] == ["LOPES", "Ana Lopes"]


def test_offsets_and_ids_are_sound(read: Read) -> None:
    text = "The mayor of Paris, Anne Dupont, met Karl Weber of Marwell Motors. She thanked him."
    cast = find_actors(read(text))
    ids = [a.id for a in cast.actors]
    assert ids == [f"a{n}" for n in range(1, len(ids) + 1)]
    assert all(m.text == text[m.start : m.end] for m in cast.mentions)
    assert all(m.actor is None or m.actor in ids for m in cast.mentions)
