"""The tagger's decoding and windows, without and with the weights that ship."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract import tagger
from briefing.extract.tagger import FOLDER, LABELS, OVERLAP, SIZE, Encoder, Pieces, Tagger, best_path, spans

VOCABULARY = FOLDER / "tokenizer.json"


def scores(*labels: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Scores that favour one label a piece."""
    out = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    for n, label in enumerate(labels):
        out[n, LABELS.index(label)] = 5
    return out


def names(path: list[int]) -> list[str]:
    return [LABELS[i] for i in path]


def test_a_path_never_continues_what_did_not_begin() -> None:
    assert names(best_path(scores("I-cue", "O")))[0] in {"O", "B-cue"}
    assert names(best_path(scores("B-cue", "I-content-left", "O")))[1] != "I-content-left"
    assert names(best_path(scores("B-cue", "I-cue", "O"))) == ["B-cue", "I-cue", "O"]


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=11, max_size=11), min_size=1, max_size=30))
def test_every_path_is_sound(rows: list[list[float]]) -> None:
    path = names(best_path(np.array(rows, dtype=np.float32)))
    for before, after in zip(["O", *path], path, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


def test_spans_have_side_offsets_and_score() -> None:
    pieces = Pieces(ids=[1, 2, 3, 4], starts=[0, 4, 9, 10], ends=[3, 8, 10, 14])
    path = [LABELS.index(x) for x in ("B-source-right", "B-cue", "B-content-left", "I-content-left")]
    found = spans(pieces, path, np.full((4, len(LABELS)), 0.5, dtype=np.float32))
    assert [(s.label, s.start, s.end, s.side, s.score) for s in found] == [
        ("source", 0, 3, "right", 0.5),
        ("cue", 4, 8, None, 0.5),
        ("content", 9, 14, "left", 0.5),
    ]


def test_paragraph_ends_are_no_part_of_a_span() -> None:
    pieces = Pieces(ids=[1, 2], starts=[0, 5], ends=[5, 5])
    path = [LABELS.index("B-content-left"), LABELS.index("I-content-left")]
    assert [s.end for s in spans(pieces, path, np.ones((2, len(LABELS)), dtype=np.float32))] == [5]


class Counting:
    """A session that labels each piece with its own id, to see which window judged it."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[Any]:
        ids = inputs["ids"]
        self.calls.append(ids.shape[1])
        out = np.zeros((1, ids.shape[1], len(LABELS)), dtype=np.float32)
        out[0, :, 1] = ids[0]
        out[0, :, 2] = len(self.calls)
        return [out]


def test_windows_cover_every_piece_and_the_inner_one_judges() -> None:
    session = Counting()
    found = Tagger(session, Encoder(VOCABULARY), "0")
    n = 2 * SIZE
    logits = found.logits(Pieces(list(range(n)), list(range(n)), list(range(1, n + 1))))
    assert logits[:, 1].tolist() == list(range(n))
    assert max(session.calls) == SIZE + 2
    # Where two windows overlap, the first half belongs to the first and the second half to the second.
    first = SIZE - OVERLAP
    assert logits[first + OVERLAP // 4, 2] == 1
    assert logits[first + OVERLAP - OVERLAP // 4, 2] == 2


@given(st.text(max_size=300))
def test_pieces_lie_in_the_text_in_order(text: str) -> None:
    pieces = Encoder(VOCABULARY)(text)
    assert all(0 <= a <= b <= len(text) for a, b in zip(pieces.starts, pieces.ends, strict=True))
    assert pieces.starts == sorted(pieces.starts)


@pytest.mark.model
def test_the_shipped_weights_find_a_plain_attribution() -> None:
    found = tagger.load()
    assert found is not None
    text = "The strike will end on Monday, the union’s chairwoman, Ines Barth, told reporters."
    tagged = {s.label: text[s.start : s.end] for s in found.tag(text)}
    assert tagged["content"] == "The strike will end on Monday"
    assert tagged["cue"] == "told"
    assert "Ines Barth" in tagged["source"]


@pytest.mark.model
@given(st.text(max_size=200))
def test_any_text_gives_spans_of_itself(text: str) -> None:
    found = tagger.load()
    assert found is not None
    last = 0
    for s in found.tag(text):
        assert last <= s.start < s.end <= len(text)
        last = s.end


def test_no_weights_no_tagger(tmp_path: Any) -> None:
    assert tagger.load(tmp_path) is None
