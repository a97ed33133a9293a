"""Evidence of what is shown in, numbered citations and the quotations behind them out.

A citation shows its source's number and leads to the quoted words in the source list; each quotation leads back to
every sentence that cites it. Only what a page really shows is cited, so sections are set before the source list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefing.records import Brief, Evidence, SourceLine

# A quotation up to this length is shown whole, so that it can stand for shorter ones inside it.
WHOLE = 420


@dataclass
class Quotation:
    """Words of a source that something in the brief rests on."""

    anchor: str
    quote: str
    start: int
    paragraph: int | None
    back: list[str] = field(default_factory=list)  # anchors of the citations
    within: list[str] = field(default_factory=list)  # anchors of quotations whose words stand in this one

    @property
    def end(self) -> int:
        """Where the words end in the text."""
        return self.start + len(self.quote)


@dataclass(frozen=True)
class Citation:
    """One bracketed number behind a sentence."""

    anchor: str
    number: int
    target: str
    label: str  # what a screen reader says


class Citations:
    """The citations of one document, in reading order."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._articles = {a.id: a for a in brief.articles}
        self._numbers = {a.id: a.number for a in brief.articles if a.number is not None}
        self._next = max(self._numbers.values(), default=0) + 1
        self._quotes: dict[tuple[str, int, int], Quotation] = {}
        self._count = 0

    def cite(self, evidence: Sequence[Evidence]) -> list[Citation]:
        """One citation a source, in the order of their numbers, and a quotation for each piece of evidence."""
        by_source: dict[str, list[Evidence]] = {}
        for piece in evidence:
            if piece.article in self._articles:
                by_source.setdefault(piece.article, []).append(piece)
        return [self._one(a, by_source[a]) for a in sorted(by_source, key=self.number)]

    def number(self, article: str) -> int:
        """The source's number: the brief's own, or the next free one where it gives none."""
        if article not in self._numbers:
            self._numbers[article] = self._next
            self._next += 1
        return self._numbers[article]

    def sources(self) -> list[tuple[int, SourceLine, list[Quotation]]]:
        """The sources that something shown cites, by number, with their quotations in the order of the text."""
        found: dict[str, list[Quotation]] = {}
        for (article, _, _), quotation in self._quotes.items():
            found.setdefault(article, []).append(quotation)
        rows = [(self.number(a), self._articles[a], _merged(quotations)) for a, quotations in found.items()]
        return sorted(rows, key=lambda row: row[0])

    def _one(self, article: str, evidence: Sequence[Evidence]) -> Citation:
        self._count += 1
        anchor, number = f"c{self._count}", self.number(article)
        quotations = [self._quotation(e) for e in evidence]
        for quotation in quotations:
            if anchor not in quotation.back:
                quotation.back.append(anchor)
        first = quotations[0]
        where = f", paragraph {first.paragraph}" if first.paragraph else ""
        return Citation(anchor, number, first.anchor, f"Source {number}{where}")

    def _quotation(self, e: Evidence) -> Quotation:
        key = (e.article, e.start, e.end)
        if key not in self._quotes:
            anchor = f"q{self.number(e.article)}-{e.start}-{e.end}"
            self._quotes[key] = Quotation(anchor, e.quote, e.start, self._paragraph(e))
        return self._quotes[key]

    def _paragraph(self, e: Evidence) -> int | None:
        spans = self._brief.paragraphs.get(e.article, ())
        at = bisect_right([start for start, _ in spans], e.start)
        return at or None


def _merged(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Quotations in the order of the text; one whose words stand in a longer one is taken into it."""
    out: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        last = out[-1] if out else None
        if last is not None and q.end <= last.end and len(last.quote) <= WHOLE:
            last.within.append(q.anchor)
            last.back.extend(b for b in q.back if b not in last.back)
            last.back.sort(key=lambda b: int(b[1:]))
        else:
            out.append(replace(q, back=list(q.back), within=[]))
    return out
