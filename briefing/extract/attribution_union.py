"""What the tagger, the quotation rule and the parse rules found → one list of attributions.

The tagger is right more often about who, the quotation marks are always right about what: a whole quotation keeps its
words and takes the tagger's source and cue; a tagged content that opens or covers a quotation is stretched to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.attribution_links import Found, TaggedSpan
from briefing.extract.cues import cues
from briefing.extract.quotes import Quotation
from briefing.records import Span

_SPEECH_RULES = frozenset({"clause", "around", "according", "direct"})

# Rules whose attributions are kept beside a tagger's, where it saw nothing at all in that place.
SURE_RULES = frozenset({"direct", "label", "silence", "according"})


def combine(
    tagged: Sequence[Found],
    direct: Sequence[Found],
    ruled: Sequence[Found],
    quotations: Sequence[Quotation],
    loose: Sequence[TaggedSpan] = (),
) -> list[Found]:
    """The outermost attributions, in order of content. Without a tagger: whole quotations first, then the rules."""
    if not tagged:
        rest = [*direct, *_without_cues_of(direct, ruled)]
        return outermost([snapped(f, quotations) for f in rest])
    kept = [snapped(_with_source(f, [*direct, *ruled]), quotations) for f in tagged]
    for quoted in direct:
        kept = _with_quotation(kept, quoted)
    for other in ruled:
        sure = other.rule in SURE_RULES or any(_confirms(span, other) for span in loose)
        if sure and not any(_touch(other, k) for k in kept):
            kept.append(snapped(other, quotations))
    return outermost(kept)


def _with_source(tagged: Found, others: Sequence[Found]) -> Found:
    """An attribution whose source the tagger missed, with the one that a rule gives the same cue."""
    if tagged.source:
        return tagged
    same = next((o for o in others if o.source and _overlap(o.cue, tagged.cue)), None)
    if same is None or _overlap(same.source, [*tagged.content, *tagged.cue]):
        return tagged
    return replace(tagged, source=same.source)


def _confirms(span: TaggedSpan, other: Found) -> bool:
    """Whether a tagged cue or content that is left over is that of a rule's attribution."""
    mine = other.cue if span.label == "cue" else other.content
    shared = _overlap([span.span], mine)
    return shared * 2 > max(length(mine), span.end - span.start)


def _with_quotation(kept: list[Found], quoted: Found) -> list[Found]:
    """The attributions with a whole quotation put in: it takes the place of what overlaps it."""
    same = [k for k in kept if _overlap(k.content, quoted.content)]
    if not same:
        return [*kept, quoted]
    best = max(same, key=lambda k: (_overlap(k.content, quoted.content), -k.start))
    inside = _overlap(best.content, quoted.content)
    if inside * 2 < length(best.content):
        return kept  # the quotation is part of a longer content, whose words go on outside the marks
    # An attribution that lies in the quotation beside the best one is what somebody says in it.
    others = [k for k in kept if k not in same or (k is not best and not _within(k.content, quoted.content))]
    cue, source = (best.cue, best.source) if best.source or not quoted.source else (quoted.cue, quoted.source)
    return [*others, replace(quoted, cue=cue, source=source, score=best.score)]


def outermost(found: Sequence[Found]) -> list[Found]:
    """Those whose cue stands in nobody else's content, in order of content."""
    kept = [f for f in found if holder(f, found) is None]
    return sorted(kept, key=lambda f: (f.start, f.end))


def nested(kept: Sequence[Found], ruled: Sequence[Found], text: str) -> list[Found]:
    """Speech told inside other speech, one level deep, where it is somebody else's who is named or described."""
    return [f for f in ruled if _is_speech(f, text) and _inside_another(f, kept)]


def _is_speech(found: Found, text: str) -> bool:
    if not found.source or found.rule not in _SPEECH_RULES:
        return False
    words = [w.lower() for a, b in found.cue for w in text[a:b].split()]
    return (
        words[0] != "to"
        and not cues().speech.isdisjoint(words)
        and (text[slice(*found.source[0])].lower() not in cues().nobody)
    )


def _inside_another(found: Found, kept: Sequence[Found]) -> bool:
    own = [*found.content, *found.cue, *found.source]
    for outer in kept:
        if _overlap(own, outer.content) >= length(own) and length(found.content) < length(outer.content):
            return not _overlap(found.cue, outer.cue)
    return False


def holder(inner: Found, found: Sequence[Found]) -> Found | None:
    """The attribution in whose content another's cue stands; of two that stand in each other, the longer holds."""
    at = inner.cue[0][0] if inner.cue else inner.start
    for outer in found:
        if outer is not inner and any(a <= at < b for a, b in outer.content) and not _holds_longer(inner, outer):
            return outer
    return None


def _holds_longer(inner: Found, outer: Found) -> bool:
    at = outer.cue[0][0] if outer.cue else outer.start
    inside = any(a <= at < b for a, b in inner.content)
    return inside and length(outer.content) < length(inner.content)


def snapped(found: Found, quotations: Sequence[Quotation]) -> Found:
    """Content that opens a quotation, or covers most of one, is stretched to the whole of it, marks included."""
    own = [*found.cue, *found.source]
    free = [(a, b) for a, b in _pieces(quotations) if not any(x < b and a < y for x, y in own)]
    return replace(found, content=merged([_stretched(piece, free) for piece in found.content]))


def _stretched(piece: Span, quotations: Sequence[Span]) -> Span:
    start, end = piece
    for a, b in quotations:
        overlap = min(b, end) - max(a, start)
        if overlap > 0 and (overlap * 2 > b - a or start <= a < end):
            start, end = min(start, a), max(end, b)
    return start, end


def merged(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones joined."""
    out: list[Span] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


def length(spans: Sequence[Span]) -> int:
    """Characters in all."""
    return sum(b - a for a, b in spans)


def _pieces(quotations: Sequence[Quotation]) -> list[Span]:
    return [piece for q in quotations if q.closed and not q.depth for piece in q.pieces]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _within(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return _overlap(one, other) * 10 >= length(one) * 9


def _touch(one: Found, other: Found) -> bool:
    mine = [*one.content, *one.cue]
    return _overlap(mine, [*other.content, *other.cue]) > 0


def _without_cues_of(direct: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    taken = [span for f in direct for span in f.cue]
    return [f for f in others if not _overlap(f.cue, taken)]
