"""Sentences: borders, openings, and clauses that may be dropped."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.extract.reading import Cast, Reading
from briefing.extract.sentences import find_sentences, optional
from tests.conftest import Read, article


def parsed(words: str, heads: list[int], deps: str, pos: str) -> Doc:
    tokens = words.split()
    spaces = [i + 1 < len(tokens) and tokens[i + 1] not in ",.;)" and w != "(" for i, w in enumerate(tokens)]
    return Doc(Vocab(), words=tokens, spaces=spaces, heads=heads, deps=deps.split(), pos=pos.split())


APPOSED = parsed(
    "Lindqvist , the interior minister , resigned .",
    [6, 0, 4, 4, 0, 0, 6, 6],
    "nsubj punct det amod appos punct ROOT punct",
    "PROPN PUNCT DET ADJ NOUN PUNCT VERB PUNCT",
)


def test_the_apposition_of_an_actor_may_go() -> None:
    found = optional(APPOSED[:], Cast(by_token={0: "a1"}))
    assert [APPOSED.text[a:b] for a, b in found] == [", the interior minister,"]


def test_the_apposition_of_nobody_stays() -> None:
    assert optional(APPOSED[:], Cast()) == ()


def test_brackets_may_go_and_open_ones_stay() -> None:
    doc = parsed("Ships ( all old ) sail .", [5, 3, 3, 0, 3, 5, 5], "nsubj punct det amod punct ROOT punct",
                 "NOUN PUNCT DET ADJ PUNCT VERB PUNCT")  # fmt: skip
    assert [doc.text[a:b] for a, b in optional(doc[:], Cast())] == ["(all old)"]
    doc = parsed("Ships ( all old sail .", [4, 3, 3, 0, 4, 4], "nsubj punct det amod ROOT punct",
                 "NOUN PUNCT DET ADJ VERB PUNCT")  # fmt: skip
    assert optional(doc[:], Cast()) == ()


def test_no_sentence_reaches_over_a_paragraph() -> None:
    words = ["Ships", "sail", "\n\n", "Ports", "wait", "."]
    doc = Doc(Vocab(), words=words, spaces=[True, False, False, True, False, False],
              sent_starts=[True, False, False, False, False, False])  # fmt: skip
    doc.set_ents([])
    for token in doc:
        token.pos_ = "NOUN"
    found = find_sentences(Reading(article=article(doc.text), doc=doc), Cast())
    assert [doc.text[s.start : s.end] for s in found] == ["Ships sail", "Ports wait."]
    assert [s.paragraph for s in found] == [1, 2]


@pytest.mark.model
def test_openings_are_pronouns_and_bare_names(read: Read) -> None:
    reading = read("She resigned on Monday. Lindqvist left the room. The old minister stayed.")
    subjects = [s.subject for s in find_sentences(reading, Cast())]
    assert [reading.article.text[a:b] for a, b in filter(None, subjects)] == ["She", "Lindqvist"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("PORT ELSIN, Karvenia (KPA) — Ships sailed on Monday.", "Ships sailed on Monday."),
        ("(Wire) -- Ships sailed on Monday.", "Ships sailed on Monday."),
        ("GENEVA, March 3 - Ships sailed on Monday.", "Ships sailed on Monday."),
        ("The NATO-led force sailed on Monday.", "The NATO-led force sailed on Monday."),
        ("Ships — old ones — sailed.", "Ships — old ones — sailed."),
    ],
)
def test_datelines_are_no_part_of_the_first_sentence(read: Read, text: str, first: str) -> None:
    reading = read(text)
    found = find_sentences(reading, Cast())[0]
    assert text[found.start : found.end] == first
