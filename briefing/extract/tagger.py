"""Text → [TaggedSpan]: contents, cues and sources, found by a small encoder that was trained on the project's corpus.

The weights (int8, ONNX) and the word-piece vocabulary ship with the project; the model card beside them says what they
were trained on. Windows overlap, and each piece is judged by the window in which it stands farthest from an edge.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from briefing.extract.attribution_links import Label, Side, TaggedSpan

LABELS = (
    "O",
    "B-cue", "I-cue",
    "B-content-left", "I-content-left", "B-content-right", "I-content-right",
    "B-source-left", "I-source-left", "B-source-right", "I-source-right",
)  # fmt: skip
FOLDER = Path(__file__).with_name("models") / "attribution"
SIZE = 254  # pieces a window, without the two specials
OVERLAP = 48  # pieces that neighbouring windows share

# Stands for the end of a paragraph, which the word pieces do not show; an unused place of the vocabulary.
PARAGRAPH = "[unused1]"

_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text: ids, and start and end offset of each; paragraph ends have an empty span."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def between(self, start: int, end: int) -> range:
        """Places of the pieces that lie wholly inside two offsets."""
        first = bisect_left(self.starts, start)
        last = first
        while last < len(self.ids) and self.ends[last] <= end and self.starts[last] < end:
            last += 1
        return range(first, last)


class Encoder:
    """Text → Pieces, by the vocabulary that ships with the weights."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.cls, self.sep, self.pad, self.mask, self.paragraph = (
            int(self._tokenizer.token_to_id(t) or 0) for t in ("[CLS]", "[SEP]", "[PAD]", "[MASK]", PARAGRAPH)
        )

    def __call__(self, text: str) -> Pieces:
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        stretches = [*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text), len(text))]
        encoded = self._tokenizer.encode_batch(_between(text, stretches), add_special_tokens=False)
        for (stop, after), found in zip(stretches, encoded, strict=True):
            ids += found.ids
            starts += [at + a for a, _ in found.offsets]
            ends += [at + b for _, b in found.offsets]
            if after < len(text):
                ids.append(self.paragraph)
                starts.append(stop)
                ends.append(stop)
            at = after
        return Pieces(ids, starts, ends)


def _between(text: str, stretches: list[tuple[int, int]]) -> list[str]:
    out, at = [], 0
    for stop, after in stretches:
        out.append(text[at:stop])
        at = after
    return out


@dataclass(frozen=True)
class Tagger:
    """The loaded weights. ``version`` is what the production record shows."""

    session: Any
    encoder: Encoder
    version: str

    def tag(self, text: str) -> list[TaggedSpan]:
        """Tagged spans in order of start; none overlap. Scores are mean label probabilities."""
        pieces = self.encoder(text)
        if not pieces.ids:
            return []
        logits = self.logits(pieces)
        return spans(pieces, best_path(logits), _softmax(logits))

    def logits(self, pieces: Pieces) -> NDArray[np.float32]:
        """One row of label scores a piece."""
        n = len(pieces.ids)
        out = np.zeros((n, len(LABELS)), dtype=np.float32)
        margin = np.full(n, -1)
        for start in range(0, max(1, n - OVERLAP), SIZE - OVERLAP):
            ids = pieces.ids[start : start + SIZE]
            found = self._run(ids)
            places = np.arange(len(ids))
            left = places if start else np.full(len(ids), SIZE)
            right = len(ids) - 1 - places if start + len(ids) < n else np.full(len(ids), SIZE)
            inner = np.minimum(left, right)
            better = inner > margin[start : start + len(ids)]
            out[start : start + len(ids)][better] = found[better]
            margin[start : start + len(ids)] = np.maximum(inner, margin[start : start + len(ids)])
        return out

    def _run(self, ids: list[int]) -> NDArray[np.float32]:
        row = np.array([[self.encoder.cls, *ids, self.encoder.sep]], dtype=np.int64)
        found: NDArray[np.float32] = self.session.run(None, {"ids": row})[0]
        return found[0, 1:-1]


@lru_cache(maxsize=1)
def load(folder: Path = FOLDER) -> Tagger | None:
    """The tagger whose weights lie in a folder; None where there are none."""
    weights = folder / "tagger.onnx"
    if not weights.is_file():
        return None
    import onnxruntime as ort

    options = ort.SessionOptions()
    # One thread: the same sums in the same order on every machine.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    return Tagger(session, Encoder(folder / "tokenizer.json"), str(card["version"]))


# ------------------------------------------------------------------------------------------------------------ decoding
def _transitions() -> NDArray[np.float32]:
    """0 where a label may follow another, else minus infinity: I- only after B- or I- of the same name."""
    allowed = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if after.startswith("I-") and before[2:] != after[2:]:
                allowed[i, j] = -np.inf
    return allowed


_ALLOWED = _transitions()


def best_path(logits: NDArray[np.float32]) -> list[int]:
    """The label sequence with the largest sum of scores in which every I- continues something."""
    n = len(logits)
    score = logits[0].copy()
    score[[i for i, label in enumerate(LABELS) if label.startswith("I-")]] = -np.inf
    back = np.zeros((n, len(LABELS)), dtype=np.int64)
    for k in range(1, n):
        paths = score[:, None] + _ALLOWED
        back[k] = paths.argmax(axis=0)
        score = paths.max(axis=0) + logits[k]
    path = [int(score.argmax())]
    for k in range(n - 1, 0, -1):
        path.append(int(back[k, path[-1]]))
    return path[::-1]


def spans(pieces: Pieces, path: list[int], probabilities: NDArray[np.float32]) -> list[TaggedSpan]:
    """The stretches of one label that a path has."""
    found: list[TaggedSpan] = []
    opened: list[int] = []
    for n in range(len(path) + 1):
        label = LABELS[path[n]] if n < len(path) else "O"
        if opened and not label.startswith("I-"):
            found += _span(pieces, opened, path, probabilities)
            opened = []
        if label.startswith("B-") or opened:
            opened.append(n)
    return found


def _span(pieces: Pieces, places: list[int], path: list[int], probabilities: NDArray[np.float32]) -> list[TaggedSpan]:
    solid = [n for n in places if pieces.ends[n] > pieces.starts[n]]
    if not solid:
        return []
    name, _, where = LABELS[path[places[0]]][2:].partition("-")
    label: Label = "cue" if name == "cue" else "content" if name == "content" else "source"
    side: Side | None = "left" if where == "left" else "right" if where == "right" else None
    score = float(np.mean([probabilities[n, path[n]] for n in places]))
    return [TaggedSpan(label, pieces.starts[solid[0]], pieces.ends[solid[-1]], side, round(score, 4))]


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: NDArray[np.float32] = e / e.sum(axis=1, keepdims=True)
    return found


def version(folder: Path = FOLDER) -> str:
    """Version of the weights in a folder, without loading them."""
    return str(json.loads((folder / "card.json").read_text(encoding="utf-8"))["version"])
