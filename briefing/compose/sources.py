"""Desk → the source list with its citation numbers, a descriptor each, and a source summary statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.compose.desk import Desk, words
from briefing.records import Article, Change, Discrepancy, Gap, SourceLine, Statement

GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}


def source_lines(
    desk: Desk, cited: Iterable[Statement | Change], differing: Iterable[Discrepancy], unknown: Iterable[Gap]
) -> tuple[SourceLine, ...]:
    """One line an article in input order; ``number`` counts in the order in which the brief first cites them."""
    order: dict[str, int] = {}
    spans = [e for s in cited for e in s.evidence]
    spans += [e for d in differing for v in d.values for e in v.evidence]
    spans += [e for g in unknown for e in g.evidence]
    for e in spans:
        order.setdefault(e.article, len(order) + 1)
    return tuple(_line(desk, a, order.get(a.id)) for a in desk.found.articles)


def _line(desk: Desk, a: Article, number: int | None) -> SourceLine:
    p = desk.placed[a.id]
    return SourceLine(
        id=a.id,
        title=a.title,
        publisher=a.publisher,
        date=a.date,
        story=p.story,
        origin=p.origin,
        duplicate_of=p.duplicate_of,
        reliability=p.reliability,
        url=a.url,
        source=a.source,
        authors=a.authors,
        agency=a.agency,
        words=words(a.text),
        partial=a.partial,
        number=number,
        date_why=p.date_why,
        descriptor=_descriptor(desk, a),
    )


def _descriptor(desk: Desk, a: Article) -> str:
    p = desk.placed[a.id]
    parts = [a.publisher or "outlet not named", f"graded {p.reliability} ({GRADES[p.reliability]})"]
    if a.agency:
        parts.append(f"rests on {a.agency} copy")
    if p.duplicate_of:
        parts.append("a copy, not counted again")
    if a.partial:
        parts.append("text incomplete")
    if a.date is None:
        parts.append("undated")
    return "; ".join(parts)


def source_summary(desk: Desk) -> str:
    """Strengths and weaknesses of the sources in two sentences, from counts alone."""
    total = len(desk.found.articles)
    origins = len({p.origin for p in desk.found.placed})
    grades = Counter(p.reliability for p in desk.found.placed if not p.duplicate_of)
    good = sum(grades[g] for g in ("A", "B"))
    said = len(desk.found.attributions)
    named = sum(a.speaker is not None for a in desk.found.attributions)
    first = f"The brief rests on {_count(total, 'article')} of {_count(origins, 'independent origin')}"
    first += f", {good} of them graded B or better." if good else ", none of them graded B or better."
    second = f" Of {_count(said, 'attribution')}, {named} name their source." if said else ""
    return first + second


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
