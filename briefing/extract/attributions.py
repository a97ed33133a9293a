"""Reading, Cast → [Attribution]: source, cue, content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_phrases import find_by_phrases
from briefing.extract.attribution_rules import find_by_verbs
from briefing.extract.direct_quotes import find_direct
from briefing.extract.kinds import is_forward, kind_of
from briefing.extract.likelihood import likelihood_of
from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.reading import Cast, Reading
from briefing.extract.sources import Matter, speaker_of, standing_of
from briefing.records import Actor, Attribution, AttributionType, Span


def find_attributions(reading: Reading, cast: Cast) -> tuple[Attribution, ...]:
    """Every attribution of the body, in order of content."""
    quotations = find_quotations(reading.article.text, reading.paragraphs)
    matter = Matter.of(cast)
    actors = {a.id: a for a in cast.actors}
    return tuple(_attribution(f, reading, cast, quotations, matter, actors) for f in find_parts(reading))


def _attribution(
    found: Found,
    reading: Reading,
    cast: Cast,
    quotations: tuple[Quotation, ...],
    matter: Matter,
    actors: Mapping[str, Actor],
) -> Attribution:
    text = reading.article.text
    estimate = likelihood_of(" ".join(text[a:b] for a, b in found.content))
    kind = kind_of(found, reading, estimative=estimate is not None)
    speaker = speaker_of(found, reading, cast)
    return Attribution(
        content=found.content,
        cue=found.cue,
        source=found.source,
        speaker=speaker,
        type=type_of(found.content, quotations, text),
        kind=kind,
        likelihood=estimate if kind in {"assessment", "intent", "allegation"} else None,
        standing=standing_of(found, actors.get(speaker or ""), reading, matter),
        forward=is_forward(found, reading, kind),
    )


def find_parts(reading: Reading) -> list[Found]:
    """Source, cue and content of every attribution, as spans, in order of content."""
    text = reading.article.text
    quotations = find_quotations(text, reading.paragraphs)
    direct = find_direct(reading, quotations)
    found = [*direct, *_free_of(direct, [*find_by_verbs(reading), *find_by_phrases(reading)])]
    return outermost([snapped(f, quotations, text) for f in found])


def _free_of(direct: list[Found], others: list[Found]) -> list[Found]:
    """The others whose cue no whole quotation uses."""
    taken = {i for f in direct for a, b in f.cue for i in range(a, b)}
    return [f for f in others if not any(a in taken for a, _ in f.cue)]


def outermost(found: list[Found]) -> list[Found]:
    """Those whose cue stands in nobody else's content, in order of content."""
    kept: list[Found] = []
    for f in found:
        at = f.cue[0][0] if f.cue else f.start
        if not any(g is not f and any(a <= at < b for a, b in g.content) and not _within(g, f) for g in found):
            kept.append(f)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _within(inner: Found, outer: Found) -> bool:
    """Whether the one's cue stands in the other's content as well: crossed parses; the longer content wins."""
    at = inner.cue[0][0] if inner.cue else inner.start
    inside = any(a <= at < b for a, b in outer.content)
    return inside and sum(b - a for a, b in inner.content) < sum(b - a for a, b in outer.content)


def snapped(found: Found, quotations: tuple[Quotation, ...], text: str) -> Found:
    """Content that covers most of a quotation, or opens it, is stretched to the whole of it, marks included."""
    own = [*found.cue, *found.source]
    pieces = []
    for start, end in found.content:
        for q in quotations:
            if q.depth or not q.closed:
                continue
            for a, b in q.pieces:
                overlap = min(b, end) - max(a, start)
                if overlap <= 0 or any(x < b and a < y for x, y in own):
                    continue
                if overlap * 2 > b - a or start <= a < end:
                    start, end = min(start, a), max(end, b)
        pieces.append((start, end))
    return replace(found, content=merged(pieces))


def merged(pieces: list[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones joined."""
    out: list[Span] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


def type_of(content: tuple[Span, ...], quotations: tuple[Quotation, ...], text: str) -> AttributionType:
    """Direct where every word stands in quotation marks, mixed where some do."""
    quoted = [piece for q in quotations for piece in q.pieces]
    inside = outside = 0
    for start, end in content:
        for i in range(start, end):
            if not text[i].isalnum():
                continue
            if any(a <= i < b for a, b in quoted):
                inside += 1
            else:
                outside += 1
    return "indirect" if not inside else "mixed" if outside else "direct"
