"""Reading, Cast → [Attribution]: source, cue, content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.extract.attribution_links import Found, link, unlinked
from briefing.extract.attribution_phrases import find_by_phrases
from briefing.extract.attribution_rules import find_by_verbs
from briefing.extract.attribution_union import combine, length, nested
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
    found = find_parts(reading)
    return tuple(
        _attribution(f, reading, cast, quotations, matter, actors).model_copy(update={"parent": parent_of(f, found)})
        for f in found
    )


def parent_of(found: Found, others: Sequence[Found]) -> int | None:
    """Index of the attribution whose content holds another whole; of several, the shortest."""
    holding = [
        (length(other.content), n)
        for n, other in enumerate(others)
        if other is not found and all(any(a <= x and y <= b for a, b in other.content) for x, y in found.cue)
    ]
    return min(holding)[1] if holding and found.cue else None


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
    tagged = link(reading.tagged, text)
    ruled = [*find_by_verbs(reading), *find_by_phrases(reading)]
    direct = find_direct(reading, quotations)
    kept = combine(tagged, direct, ruled, quotations, unlinked(reading.tagged, tagged))
    return sorted([*kept, *nested(kept, ruled, text)], key=lambda f: (f.start, -f.end))


def type_of(content: tuple[Span, ...], quotations: tuple[Quotation, ...], text: str) -> AttributionType:
    """Direct where every word stands in quotation marks, mixed where some do."""
    quoted = [piece for q in quotations if not q.depth for piece in q.pieces]
    words = sum(_words(text, span) for span in content)
    inside = sum(_words(text, (max(a, c), min(b, d))) for a, b in content for c, d in quoted if max(a, c) < min(b, d))
    return "indirect" if not inside else "mixed" if inside < words else "direct"


def _words(text: str, span: Span) -> int:
    """Letters and digits in a span."""
    return sum(c.isalnum() for c in text[slice(*span)])
