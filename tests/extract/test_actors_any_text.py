"""Any text at all → a sound cast: no crash, spans inside the text, no reference to an actor that is not there."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.extract.actors import find_actors
from briefing.extract.credits import captions, credits_of, datelines
from briefing.extract.lists import capital_lines, listed_names
from briefing.extract.salience import rank
from briefing.records import MainEvent
from tests.conftest import Read

WORDS = (
    "Kim|Ana Lopes| |\n|\n\n|\t|(|)|“|”|\"|'s|’s|,|.|:|-| — |the |The |minister |President |Mr. |Moscow |North |Korea |"
    "IS |he |they |it |said |met |15 |2 |AP|©|🙂|é|\u202e|\u00a0|of |and |who heads |University |Image: |By |@x |A.|’"
)
PIECES = st.sampled_from(WORDS.split("|"))


@pytest.mark.model
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=40))
def test_sound_cast(read: Read, pieces: list[str]) -> None:
    text = "".join(pieces)
    reading = read(text)
    cast = find_actors(reading)
    ids = {a.id for a in cast.actors}
    assert all(m.text == text[m.start : m.end] and m.start < m.end for m in cast.mentions)
    assert {m.actor for m in cast.mentions} <= ids | {None}
    assert set(cast.by_token.values()) <= ids
    assert {a.id for a in rank(reading, cast, (), (), MainEvent())} == ids
    assert all(0 <= d.span[0] < d.span[1] <= len(text) for a in cast.actors for d in a.descriptions)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_stretches_lie_inside_the_text(text: str) -> None:
    found = [*credits_of(text), *captions(text), *datelines(text), *capital_lines(text)]
    found += [(a, b) for a, b, _ in listed_names(text)]
    assert all(0 <= a < b <= len(text) for a, b in found)


@pytest.mark.parametrize(
    "text", ["(" * 3000, "(a" * 3000, "A 1 " * 2000, "Image: " * 800, "AAA " * 3000, "A.A " * 2000, "(AP) — " * 500]
)
def test_no_pattern_runs_away(text: str) -> None:
    started = time.process_time()
    for find in (credits_of, captions, datelines, capital_lines, listed_names):
        find(text)
    assert time.process_time() - started < 2.0
