"""Tagged spans (content, cue, source) → attributions still without speaker, kind or type: ``Found`` records.

Whoever tagged the spans says of each content and source on which side its cue stands; the cue meant is the nearest one
on that side. Fed with perfect tags this gives nearly every attribution back, so what is lost is lost in tagging.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.records import Span

Label = Literal["content", "cue", "source"]
Side = Literal["left", "right"]

# A tagger that stumbles over a word leaves a hole in a content; longer ones are something else.
LARGEST_HOLE = 40
# Of a content in several pieces, shorter ones that stand apart are mostly noise.
FRAGMENT_WORDS = 1

_LONGEST_TITLE = 4
_QUOTES = frozenset("“”\"‘'«„`")
_STOP = re.compile(r"(\w+)[.!?][\"”’')]*\s+(?=[“\"‘'(]?[A-Z])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TaggedSpan:
    """A stretch of text with its label; ``side`` says where the cue of a content or source stands (None for cues)."""

    label: Label
    start: int
    end: int
    side: Side | None = None
    score: float = 1.0

    @property
    def span(self) -> Span:
        """``(start, end)``."""
        return self.start, self.end


@dataclass(frozen=True)
class Found:
    """Who said what, as spans only. ``score`` is the least score of its parts, 1 where a rule is sure."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    score: float = 1.0
    rule: str = ""

    @property
    def start(self) -> int:
        """Where the first piece of content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where the last piece of content ends."""
        return self.content[-1][1]


def link(spans: Sequence[TaggedSpan], text: str) -> tuple[Found, ...]:
    """The attributions that tagged spans make, in order of content. Contents without any cue are left out."""
    ordered = sorted(spans, key=lambda s: (s.start, s.end))
    cues = [s for s in ordered if s.label == "cue"]
    by_content = _by_cue(_without_holes([s for s in ordered if s.label == "content"], ordered, text), cues, text)
    by_source = _by_cue([s for s in ordered if s.label == "source"], cues, text)
    sources = [s for s in ordered if s.label == "source"]
    found = []
    for n, cue in enumerate(cues):
        pieces = _sizeable(by_content.get(n, []), text)
        if not pieces:
            continue
        own = by_source.get(n) or _shared(cue, cues, sources, pieces, text)
        parts = [*pieces, cue, *own]
        found.append(
            Found(
                content=tuple(p.span for p in pieces),
                cue=(cue.span,),
                source=tuple(s.span for s in own),
                score=min(p.score for p in parts),
                rule="tagger",
            )
        )
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def unlinked(spans: Sequence[TaggedSpan], found: Sequence[Found]) -> tuple[TaggedSpan, ...]:
    """Tagged cues and contents that no attribution uses: the tagger saw half of something."""
    used = [piece for f in found for piece in (*f.content, *f.cue)]
    return tuple(s for s in spans if s.label != "source" and not any(a < s.end and s.start < b for a, b in used))


def _by_cue(spans: Sequence[TaggedSpan], cues: Sequence[TaggedSpan], text: str) -> dict[int, list[TaggedSpan]]:
    """Index of a cue → the spans whose nearest cue on the labelled side it is."""
    found: dict[int, list[TaggedSpan]] = {}
    for span in spans:
        n = nearest(span, cues)
        if n is not None and _reaches(span, cues[n], text):
            found.setdefault(n, []).append(span)
    return found


def _reaches(span: TaggedSpan, cue: TaggedSpan, text: str) -> bool:
    """Whether a span can belong to a cue: in one line with it, or a quotation, or behind its colon."""
    between = text[min(span.end, cue.end) : max(span.start, cue.start)]
    if "\n" not in between:
        return not (crosses_sentence(between) and (span.label == "source" or text[span.start] not in _QUOTES))
    return span.label == "content" and (
        text[span.start] in _QUOTES or text[: cue.end].endswith(":") or between.lstrip().startswith(":")
    )


def crosses_sentence(text: str) -> bool:
    """Whether a sentence ends inside a stretch of text. "Capt. Ray Holt" and "J. Poe" hold no end."""
    return any(not (m[1][0].isupper() and len(m[1]) <= _LONGEST_TITLE) for m in _STOP.finditer(text))


def nearest(span: TaggedSpan, cues: Sequence[TaggedSpan]) -> int | None:
    """Index of the nearest cue on the span's labelled side, else of the nearest on the other."""
    left = bisect_right([c.end for c in cues], span.start + 1) - 1
    right = bisect_left([c.start for c in cues], span.end - 1)
    has_left, has_right = left >= 0, right < len(cues)
    if span.side == "left" and has_left:
        return left
    if span.side == "right" and has_right:
        return right
    if has_left and has_right:
        return left if span.start - cues[left].end <= cues[right].start - span.end else right
    return left if has_left else right if has_right else None


def _without_holes(contents: Sequence[TaggedSpan], all_spans: Sequence[TaggedSpan], text: str) -> list[TaggedSpan]:
    """Neighbours of one side joined over small gaps that nothing else stands in."""
    starts = [s.start for s in all_spans]
    joined: list[TaggedSpan] = []
    for span in contents:
        last = joined[-1] if joined else None
        near = last is not None and 0 <= span.start - last.end <= LARGEST_HOLE
        if last and near and last.side == span.side and "\n" not in text[last.end : span.start]:
            between = all_spans[bisect_left(starts, last.end) : bisect_left(starts, span.start)]
            if not any(s.label != "content" for s in between):
                joined[-1] = replace(last, end=span.end, score=min(last.score, span.score))
                continue
        joined.append(span)
    return joined


def _sizeable(pieces: list[TaggedSpan], text: str) -> list[TaggedSpan]:
    """The pieces without fragments beside a longer one."""
    sizes = [len(_WORD.findall(text, p.start, p.end)) for p in pieces]
    if len(pieces) < 2 or max(sizes) <= FRAGMENT_WORDS:
        return pieces
    return [p for p, n in zip(pieces, sizes, strict=True) if n > FRAGMENT_WORDS]


def _shared(
    cue: TaggedSpan,
    cues: Sequence[TaggedSpan],
    sources: Sequence[TaggedSpan],
    pieces: Sequence[TaggedSpan],
    text: str,
) -> list[TaggedSpan]:
    """The source of a cue that has none of its own: the one before it in its sentence ("she said …, and added …")."""
    del pieces, cues
    before = [s for s in sources if s.end <= cue.start]
    if before and not re.search(r"[.!?]\s|\n", text[before[-1].end : cue.start]):
        return [before[-1]]
    return []
