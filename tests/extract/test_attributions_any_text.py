"""What must hold of attributions on any text: exact words, speakers of the cast, numbers only from the yardsticks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import yardstick
from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.actors import find_actors
from briefing.extract.attributions import find_attributions
from briefing.extract.likelihood import likelihood_of
from tests.conftest import article

SUBJECTS = [
    "The minister",
    "Ada Poe",
    "Ivo Moe, a baker,",
    "She",
    "Three diplomats",
    "The agency",
    "Norway",
    "Who",
    "It",
]
CUES = [
    "said",
    "denied",
    "warned that",
    "told reporters",
    "called for",
    "was accused of",
    "did not respond to",
    "plans to",
]
CONTENTS = [
    "the port is closed",
    "a second flood is very likely",
    "“we will stay”",
    "rain could come by noon",
    "war",
    "it",
]
MARKS = ["“", "”", '"', "'", "‘", "’", "``", "''", "«", "»", ",", ".", ":", "—", "\n\n", "\n", " ", "(AP) — ", "Q: "]

pieces = st.sampled_from([*SUBJECTS, *CUES, *CONTENTS, *MARKS])
texts = st.lists(pieces, min_size=1, max_size=24).map(" ".join)
PIPELINE: list[nlp.Pipeline] = []


def pipeline() -> nlp.Pipeline:
    """Loaded once: the fixture of the session cannot be used inside @given."""
    if not PIPELINE:
        PIPELINE.append(nlp.load(ExtractSettings()))
    return PIPELINE[0]


@pytest.mark.model
@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts)
def test_every_span_is_the_text_s_own_and_nothing_is_invented(text: str) -> None:
    reading = pipeline().read(article(text))
    cast = find_actors(reading)
    actors = {a.id for a in cast.actors}
    scale = {(band.low, band.high) for band in yardstick.bands("icd203")}
    for found in find_attributions(reading, cast):
        for spans in (found.content, found.cue, found.source):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert list(spans) == sorted(spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert found.content
        assert found.speaker is None or found.speaker in actors
        if found.likelihood is not None and found.likelihood.low is not None:
            assert (found.likelihood.low, found.likelihood.high) in scale
            assert found.likelihood.term.lower().split()[-1] in text.lower()


@pytest.mark.model
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts)
def test_the_same_text_gives_the_same_attributions(text: str) -> None:
    reading = pipeline().read(article(text))
    cast = find_actors(reading)
    assert find_attributions(reading, cast) == find_attributions(reading, cast)


@given(st.text(max_size=200))
def test_no_number_for_a_word_that_is_on_no_scale(text: str) -> None:
    found = likelihood_of(text)
    assert found is None or found.low is None or yardstick.band(found.term, "icd203") == (found.low, found.high)


@given(
    st.lists(
        st.sampled_from(["not", "very", "likely", "unlikely", "extremely", "a", "could", "voters", "no", "longer"])
    )
)
def test_a_term_is_the_text_s_own_words(words: list[str]) -> None:
    text = " ".join(words)
    found = likelihood_of(text)
    assert found is None or found.term in text
