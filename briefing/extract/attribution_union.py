"""What the tagger, the quotation rule and the parse rules found → one list of attributions.

Two that agree are nearly always right, and the rule knows the borders better; for the rest each has the precision that
was measured for its kind, and of those that exclude each other the surer one stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.extract.attribution_links import Found, TaggedSpan
from briefing.extract.cues import cues
from briefing.extract.quotes import Quotation
from briefing.records import Span

# How often a rule is right where the tagger saw nothing like it. Measured on development articles, rounded.
PRECISION = {
    "direct": 0.85, "label": 0.85, "according": 0.85, "around": 0.75, "silence": 0.5, "gerund": 0.6, "complement": 0.5,
    "clause": 0.75, "object": 0.5, "object+": 0.5, "preposition": 0.5, "infinitive": 0.45, "adjective": 0.45,
    "noun": 0.33, "passive clause": 0.6, "passive infinitive": 0.45, "passive preposition": 0.45, "passive object": 0.5,
}  # fmt: skip
_SPEECH_RULES = frozenset({"clause", "around", "according", "direct"})
AGREED = 0.95
# A rule whose cue or content the tagger saw alone gains by that.
CONFIRMED = 0.2
# How often the tagger is right at a score where no rule sees what it sees: outside quotation marks it trusts itself too
# much. Measured on development articles.
WORTH = ((0.4, 0.3), (0.6, 0.32), (0.75, 0.42), (0.85, 0.53), (0.97, 0.66))
# Below this, one more attribution costs more precision than it gains recall.
LEAST = 0.41
# Contents that share more than this part of the shorter one exclude each other.
_SHARED = 0.2


def combine(
    tagged: Sequence[Found],
    direct: Sequence[Found],
    ruled: Sequence[Found],
    quotations: Sequence[Quotation],
    loose: Sequence[TaggedSpan] = (),
) -> list[Found]:
    """The outermost attributions, in order of content. Without a tagger: whole quotations first, then the rules."""
    rules = [snapped(f, quotations) for f in (*direct, *_without_cues_of(direct, ruled))]
    if not tagged:
        return outermost(rules)
    seen = [snapped(_with_source(f, rules), quotations) for f in tagged]
    pairs = _agreeing(seen, outermost(rules))
    agreed = [replace(rule, score=AGREED) for _, rule in pairs]
    alone = [replace(f, score=_worth(f, quotations)) for f in seen if not any(f is t for t, _ in pairs)]
    others = [replace(f, score=_precision(f, loose)) for f in rules if not any(f is r for _, r in pairs)]
    kept: list[Found] = []
    for found in sorted([*agreed, *alone, *others], key=lambda f: (-f.score, f.start, -f.end)):
        if found.score >= LEAST and not any(_exclude(found, k) for k in kept):
            kept.append(found)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _worth(found: Found, quotations: Sequence[Quotation]) -> float:
    """What the score of an attribution is worth that the tagger alone has seen."""
    if _overlap(found.content, [piece for q in quotations for piece in q.pieces]):
        return found.score
    if found.score <= WORTH[0][0]:
        return WORTH[0][1]
    for (a, low), (b, high) in pairwise(WORTH):
        if found.score <= b:
            return low + (high - low) * (found.score - a) / (b - a)
    return WORTH[-1][1]


def _agreeing(seen: Sequence[Found], rules: Sequence[Found]) -> list[tuple[Found, Found]]:
    """Pairs of tagger and rule whose contents share half of their characters, best first."""
    scored = [(_alike(t, r), n, m) for n, t in enumerate(seen) for m, r in enumerate(rules)]
    pairs: list[tuple[Found, Found]] = []
    used: set[tuple[str, int]] = set()
    for share, n, m in sorted(scored, key=lambda x: (-x[0], x[1], x[2])):
        if share >= 0.5 and ("t", n) not in used and ("r", m) not in used:
            used |= {("t", n), ("r", m)}
            pairs.append((seen[n], rules[m]))
    return pairs


def _alike(one: Found, other: Found) -> float:
    shared = _overlap(one.content, other.content)
    return shared / (length(one.content) + length(other.content) - shared)


def _precision(found: Found, loose: Sequence[TaggedSpan]) -> float:
    bonus = CONFIRMED if any(_confirms(span, found) for span in loose) else 0.0
    return PRECISION.get(found.rule, 0.4) + bonus


def _exclude(one: Found, other: Found) -> bool:
    """Whether two cannot both stand: contents that share words, one cue, or a cue in the other's content."""
    shared = _overlap(one.content, other.content)
    if shared > _SHARED * min(length(one.content), length(other.content)):
        return True
    cues_in = _overlap(one.cue, [*other.content, *other.cue]) + _overlap(other.cue, one.content)
    return cues_in > 0


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


def _without_cues_of(direct: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    taken = [span for f in direct for span in f.cue]
    return [f for f in others if not _overlap(f.cue, taken)]
