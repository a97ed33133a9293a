"""Reading, Cast → [Attribution]: source, cue, content."""

from __future__ import annotations

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_rules import find_by_verbs
from briefing.extract.direct_quotes import find_direct
from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.reading import Cast, Reading
from briefing.records import Attribution, AttributionType, Span


def find_attributions(reading: Reading, cast: Cast) -> tuple[Attribution, ...]:
    """Every attribution of the body, in order of content."""
    del cast
    text = reading.article.text
    quotations = find_quotations(text, reading.paragraphs)
    return tuple(
        Attribution(
            content=f.content,
            cue=f.cue,
            source=f.source,
            type=type_of(f.content, quotations, text),
            kind="statement",
        )
        for f in find_parts(reading)
    )


def find_parts(reading: Reading) -> list[Found]:
    """Source, cue and content of every attribution, as spans, in order of content."""
    quotations = find_quotations(reading.article.text, reading.paragraphs)
    direct = find_direct(reading, quotations)
    taken = {i for f in direct for a, b in f.cue for i in range(a, b)}
    rest = [f for f in find_by_verbs(reading) if not any(a in taken for a, _ in f.cue)]
    return sorted([*direct, *rest], key=lambda f: (f.start, f.end))


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
