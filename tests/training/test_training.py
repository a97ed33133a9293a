"""The corpus: markup in, exact offsets out; what breaks the guideline is named; labels fit the pieces."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from briefing.extract.tagger import FOLDER, LABELS, Encoder
from training import agree, check, corpus
from training.encode import labels, varied, windows, without_headline
from training.evaluate import figures
from training.sets import held_out

HERE = Path(corpus.__file__).parent
MARKED = """desk: wire
register: news
subject: strikes
actor barth: party_official | Ines Barth
---
{s1@barth|Union} {q1|sees} {c1|an end to the strike}

{c2|The strike will end on Monday}, {s2@barth|Ines Barth} {q2|told} reporters. {c3|“We won,”} {s3@barth|she} {q3|said}. {c3|“Nearly.”}
---
assessment: 1
"""  # noqa: E501


def test_offsets_are_exact() -> None:
    found = corpus.parse(MARKED)
    assert found.text.startswith("Union sees an end to the strike\n\nThe strike")
    pieces = [[found.piece(s) for s in (*a.source, *a.cue, *a.content)] for a in found.attributions]
    assert pieces == [
        ["Union", "sees", "an end to the strike"],
        ["Ines Barth", "told", "The strike will end on Monday"],
        ["she", "said", "“We won,”", "“Nearly.”"],
    ]
    assert [a.kind for a in found.attributions] == ["assessment", "statement", "statement"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{q1|sees}", "{q1|sees", "never closed"),
        ("{q1|sees}", "sees}", "closes nothing"),
        ("assessment: 1", "assessment: 9", "name 9, which has no tag"),
        ("assessment: 1", "guess: 1", "layer 'guess'"),
        ("actor barth: party_official |", "actor barth: boss |", "STANDING one of"),
    ],
)
def test_faults_of_markup_are_named(old: str, new: str, words: str) -> None:
    with pytest.raises(corpus.MarkupError, match=words):
        corpus.parse(MARKED.replace(old, new))


def test_the_corpus_is_clean_large_and_twice_annotated() -> None:
    assert check.main([str(HERE / "corpus"), str(HERE / "second")]) == 0
    articles = corpus.load([HERE / "corpus"])
    assert len(articles) >= 250
    assert sum(len(a.flat) for a in articles) >= 4_500
    both = agree.pairs(HERE / "corpus", HERE / "second")
    assert len(both) >= 24
    found = figures([corpus.to_gold(a) for a, _ in both], [agree.as_found(b) for _, b in both])
    assert found["content J≥.5"] > 0.9


def test_labels_stand_on_the_pieces_of_their_spans() -> None:
    record = corpus.to_gold(corpus.parse(MARKED))
    pieces = Encoder(FOLDER / "tokenizer.json")(record["text"])
    named = [LABELS[i] for i in labels(pieces, record)]
    words = [record["text"][a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert named[words.index("told")] == "B-cue"
    # Rare names fall into several pieces; the first of them begins the source.
    assert named[pieces.starts.index(record["text"].index("Ines"))] == "B-source-right"
    assert named[words.index("end", 8)] == "I-content-right"
    assert named[words.index("reporters")] == "O"
    assert named[words.index("Nearly")] == "I-content-left"


def test_windows_hold_every_piece() -> None:
    record = {"id": "x", "text": "word " * 600, "quotes": []}
    encoder = Encoder(FOLDER / "tokenizer.json")
    found = windows([record], encoder, size=254, step=190)
    assert sum(len(w.ids) - 2 for w in found) >= 600
    assert all(len(w.ids) == len(w.labels) <= 256 for w in found)


def test_variants_keep_spans_on_their_words() -> None:
    record = corpus.to_gold(corpus.parse(MARKED))
    for seed in range(12):
        other = varied(record, random.Random(seed))
        for quote in other["quotes"]:
            for a, b in quote["cue_spans"]:
                assert other["text"][a:b] in {"sees", "told", "said"}
    assert len(without_headline(record)["quotes"]) == 2


def test_holding_out_depends_on_the_name_alone() -> None:
    ids = [{"id": f"hand/{n:03}"} for n in range(1000)]
    assert 60 < sum(held_out(r, 0.1) for r in ids) < 140
    assert held_out(ids[0], 0.1) == held_out({"id": "hand/000", "text": "else"}, 0.1)
