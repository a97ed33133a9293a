"""Gold-format records in, windows of word pieces with one label each out: what the tagger is trained on.

A record is `{"text", "quotes": [{"content_spans", "cue_spans", "speaker_spans"}]}`, as `to_gold` makes it.
Eleven labels: O, and B- and I- of cue, and of content and source with the side on which their cue stands.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.extract.tagger import LABELS, Encoder, Pieces

INDEX = {label: n for n, label in enumerate(LABELS)}
CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})

Span = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """One training example: piece ids and label ids of equal length, specials included (their label is -100)."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]


def marked(record: dict[str, Any]) -> list[tuple[Span, str]]:
    """(span, label without B- or I-) of every piece of every attribution with a cue; cues last, so that they win."""
    contents: list[tuple[Span, str]] = []
    sources: list[tuple[Span, str]] = []
    cues: list[tuple[Span, str]] = []
    for quote in record["quotes"]:
        own = [tuple(s) for s in quote.get("cue_spans") or []]
        if not own:
            continue
        cues += [((a, b), "cue") for a, b in own]
        contents += [((a, b), f"content-{_side((a, b), own)}") for a, b in quote["content_spans"]]
        sources += [((a, b), f"source-{_side((a, b), own)}") for a, b in quote.get("speaker_spans") or []]
    return contents + sources + cues


def _side(span: Span, cues: Sequence[Any]) -> str:
    nearest = min(cues, key=lambda c: max(c[0] - span[1], span[0] - c[1]))
    return "left" if nearest[0] < span[0] else "right"


def labels(pieces: Pieces, record: dict[str, Any]) -> list[int]:
    """One label id a piece; a piece that only touches a span with a blank or mark outside it stays outside."""
    out = [INDEX["O"]] * len(pieces.ids)
    for (start, end), name in marked(record):
        first = True
        for n in pieces.between(start, end):
            out[n] = INDEX[("B-" if first else "I-") + name]
            first = False
    return out


def windows(records: Iterable[dict[str, Any]], encoder: Encoder, *, size: int, step: int) -> list[Window]:
    """Every record cut into overlapping windows of ``size`` pieces."""
    out = []
    for record in records:
        pieces = encoder(record["text"])
        wanted = labels(pieces, record)
        for start in range(0, max(1, len(pieces.ids) - (size - step)), step):
            ids, own = pieces.ids[start : start + size], wanted[start : start + size]
            out.append(
                Window((encoder.cls, *ids, encoder.sep), (-100, *own, -100)),
            )
    return out


def varied(record: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The record as another desk would have it: now and then without its headline, or with straight quotation marks."""
    if rng.random() < 0.4:
        record = {**record, "text": record["text"].translate(CURLY)}
    if rng.random() < 0.4:
        record = without_headline(record)
    return record


def without_headline(record: dict[str, Any]) -> dict[str, Any]:
    """The record from its second paragraph on, offsets moved."""
    found = re.search(r"\n\s*", record["text"])
    if not found:
        return record
    cut = found.end()
    quotes = [q for q in record["quotes"] if all(a >= cut for a, _ in q["content_spans"] + (q["cue_spans"] or []))]
    keys = ("content_spans", "cue_spans", "speaker_spans")
    moved = [{**q, **{k: [[a - cut, b - cut] for a, b in q.get(k) or [] if a >= cut] for k in keys}} for q in quotes]
    return {**record, "text": record["text"][cut:], "quotes": moved}
