"""Pairs of names a person typed: one name or two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.names import plain, score

ONE_PERSON = [
    ("Yun Dae Ho", "Yun Tae Ho", False),  # one letter in a short syllable is another name
    ("Ri Jong Su", "Ri Jung Su", True),  # one vowel, two spellings
    ("Kim Dae Song", "Kim Dae-song", True),
    ("Kim Dae Song", "Kim Daesong", True),
    ("Kim Dae Song", "Kim Un Song", False),
    ("Nari Kim", "Kim Dae Song", False),
    ("Grace Pak", "Pak Chol Su", False),
    ("Anna Keller", "Keller, Anna", True),
    ("Anna Keller", "Anna M. Keller", True),
    ("Anna Keller", "Ms. Anna Keller", True),
    ("Anna Keller", "Paul Keller", False),
    ("Anna Keller", "Anna Weber", False),
    ("Anna Keller", "Keller", False),
    ("Bill Marlow", "William Marlow", True),
    ("Liz Hale", "Elizabeth Hale", True),
    ("Hugo Brandt", "Hugo Brand", True),
    ("Serhiy Bondar", "Sergey Bondar", True),
    ("Muammar Haddafi", "Moammar Khadafi", True),
    ("Mohammed al-Rashid", "Muhammad Al Rashid", True),
    ("Omar al-Rashid", "Khalid al-Rashid", False),
    ("Виктор Белов", "Viktor Belov", True),
    ("Søren Ørsted", "Soren Orsted", True),
    ("Rosa García Márquez", "Rosa Garcia Marquez", True),
    ("Viktor Ivanovich Belov", "Viktor Belov", True),
    ("Viktor Ivanovich Belov", "Viktor Petrovich Belov", False),
    ("JanMaria Kowalski", "Jan Maria Kowalski", True),
]
ONE_BODY = [
    ("Marwell Motors Inc.", "Marwell Motors Incorporated", True),
    ("Marwell Motors AG", "Marwell Motors Aktiengesellschaft", True),
    ("The Marwell Group", "Marwell Group", True),
    ("Marwell & Sons", "Marwell and Sons", True),
    ("Ministry of Defence", "Ministry of Defense", True),
    ("Ministry of Defence", "Ministry of Justice", False),
    ("Bank of Arnsdorf", "Bank of Marlow", False),
    ("Arnsdorf Oil Company", "Arnsdorf Gas Company", False),
    ("Marwell Capital", "Marwell Capital Trust", False),
    ("Marwell Bank", "Marwell Bank Germany", True),
    ("FOM", "Federation of Miners", True),
    ("F.O.M.", "FOM", True),
    ("FOM", "Union of Bakers", False),
    ("1st Brigade", "First Brigade", True),
    ("Brigade 22", "Brigade Twenty-Two", True),
    ("Brigade 22", "Brigade 23", False),
    ("U.S. Fisheries Board", "United States Fisheries Board", True),
    ("Hezbollah", "Hizbollah", True),
    ("Nordwind Airlines", "Nordwind Airways", False),
]


@pytest.mark.parametrize(("a", "b", "same"), ONE_PERSON)
def test_people(a: str, b: str, same: bool) -> None:
    assert (score(a, b, "PERSON") >= 0.5) is same


@pytest.mark.parametrize(("a", "b", "same"), ONE_BODY)
def test_bodies(a: str, b: str, same: bool) -> None:
    assert (score(a, b, "ORG") >= 0.5) is same


def test_a_surname_is_close_to_the_line_but_below_it() -> None:
    assert 0.3 < score("Anna Keller", "Keller", "PERSON") < 0.5


def test_plain() -> None:
    assert plain("  Søren   d’Ørsted-Müller ") == "soren dorsted muller"


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["PERSON", "ORG", "GPE"]))
def test_any_text_gives_a_score_the_same_both_ways(a: str, b: str, kind: str) -> None:
    assert 0.0 <= score(a, b, kind) <= 1.0
    assert score(a, b, kind) == pytest.approx(score(b, a, kind), abs=1e-6)


@given(st.text(min_size=1, max_size=30))
def test_a_name_is_itself(a: str) -> None:
    assert score(a, a, "PERSON") == 1.0
