"""Brief in, tables as CSV out: one file a kind of finding, with all rows and the words that each rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from briefing.records import Brief, Evidence, Likelihood

# A cell that starts so is run as a formula by spreadsheets; an apostrophe before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def dump(brief: Brief) -> list[tuple[str, bytes]]:
    """(name, bytes) of each table: UTF-8 with a byte order mark, as spreadsheets want it."""
    names = {a.id: a.name for a in brief.actors}
    return [
        *([("changes.csv", _changes(brief))] if brief.since else []),
        ("sources.csv", _file(_SOURCE, ((*_source_row(brief, i),) for i in range(len(brief.articles))))),
        (
            "judgements.csv",
            _file(
                ("text", "speaker", "likelihood", "low", "high", "confidence", "why", *_EVIDENCE),
                (
                    (j.text, j.speaker_name, *_likelihood(j.likelihood), j.confidence, j.why, *_words(j.evidence))
                    for j in brief.key_judgements
                ),
            ),
        ),
        (
            "events.csv",
            _file(
                ("id", "date", "type", "factuality", "actors", "place", "origins", "credibility", "text", *_EVIDENCE),
                (
                    (
                        e.id, e.date, e.type, e.factuality, "; ".join(names.get(a, a) for a in e.actors), e.place,
                        e.origins, e.credibility, e.text, *_words(e.evidence),
                    )
                    for e in brief.events
                ),
            ),
        ),
        (
            "actors.csv",
            _file(
                ("id", "name", "type", "roles", "affiliation", "aliases", "salience", "mentions"),
                (
                    (
                        a.id, a.name, a.type, "; ".join(a.roles), a.affiliation, "; ".join(x.name for x in a.aliases),
                        a.salience, len(a.mentions),
                    )
                    for a in brief.actors
                ),
            ),
        ),
        (
            "assessments.csv",
            _file(
                ("speaker", "role", "affiliation", "kind", "type", "likelihood", "low", "high", "text", *_EVIDENCE),
                (
                    (
                        a.speaker_name, a.role, a.affiliation, a.kind, a.type, *_likelihood(a.likelihood), a.text,
                        *_words(a.evidence),
                    )
                    for a in brief.assessments
                ),
            ),
        ),
        (
            "claims.csv",
            _file(
                ("claimant", "status", "text", "denials", *_EVIDENCE),
                (
                    (
                        c.claimant_name, c.status, c.text,
                        " / ".join(f"{d.speaker_name or 'unnamed'}: {d.text}" for d in c.denials), *_words(c.evidence),
                    )
                    for c in brief.claims
                ),
            ),
        ),
        (
            "relations.csv",
            _file(
                ("source", "kind", "target", *_EVIDENCE),
                (
                    (names.get(r.source, r.source), r.kind, names.get(r.target, r.target), *_words(r.evidence))
                    for r in brief.relations
                ),
            ),
        ),
    ]  # fmt: skip


_EVIDENCE = ("article", "start", "end", "quote")
_SOURCE = (
    "number",
    "id",
    "title",
    "publisher",
    "date",
    "reliability",
    "origin",
    "duplicate_of",
    "words",
    "url",
    "source",
)


def _changes(brief: Brief) -> bytes:
    head = ("change", "aspect", "watched", "item", "before", "after", "text", *_EVIDENCE)
    rows = (
        (c.change, c.aspect, "yes" if c.watched else "", c.item, c.before, c.after, c.text, *_words(c.evidence))
        for c in brief.changes
    )
    return _file(head, rows)


def _source_row(brief: Brief, i: int) -> Sequence[object]:
    a = brief.articles[i]
    return (
        a.number,
        a.id,
        a.title,
        a.publisher,
        a.date,
        a.reliability,
        a.origin,
        a.duplicate_of,
        a.words,
        a.url,
        a.source,
    )


def _likelihood(value: Likelihood | None) -> tuple[object, object, object]:
    return (value.term, value.low, value.high) if value else (None, None, None)


def _words(evidence: Sequence[Evidence]) -> tuple[object, ...]:
    """The first piece in columns of its own; brief.json has them all."""
    return (evidence[0].article, evidence[0].start, evidence[0].end, evidence[0].quote) if evidence else ("",) * 4


def _file(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
