"""Desk → coverage: which inputs were read, partial, copies, dropped or failed, and why."""

from __future__ import annotations

from typing import Literal

from briefing.compose.desk import Desk, words
from briefing.records import Article, Coverage, Problem

Outcome = Literal["read", "partial", "duplicate", "dropped", "failed"]


def coverage(desk: Desk) -> tuple[Coverage, ...]:
    """Articles in input order, then what gave none, or not all that it held."""
    read = {a.source for a in desk.found.articles}
    # A remark on an article stands in the article's own line.
    apart = [p for p in desk.found.problems if p.fails or p.subject not in read]
    return (*(_article(desk, a) for a in desk.found.articles), *(_problem(p, read) for p in apart))


def _article(desk: Desk, a: Article) -> Coverage:
    p = desk.placed[a.id]
    name = a.title or a.source
    if p.duplicate_of:
        other = desk.article[p.duplicate_of]
        detail = f"a copy of {other.title or other.id}; counted as one origin"
        return Coverage(subject=name, outcome="duplicate", detail=detail, articles=(a.id,))
    notes = [n.message for n in (*a.problems, *desk.extraction[a.id].problems)]
    cuts = [f"{len(a.cut)} stretches cut in cleaning"] if a.cut else []
    detail = "; ".join([f"{words(a.text)} words", *cuts, *notes])
    return Coverage(subject=name, outcome="partial" if a.partial else "read", detail=detail, articles=(a.id,))


def _problem(p: Problem, read: set[str]) -> Coverage:
    """Dropped where it was read and put aside, partial where other parts of the same input were read, else failed."""
    outcome: Outcome = "failed"
    if p.stage != "ingest" or p.code == "language":
        outcome = "dropped"
    elif p.subject in read or not p.fails:
        outcome = "partial"
    detail = f"{p.message} ({p.hint})" if p.hint else p.message
    return Coverage(subject=p.subject, outcome=outcome, detail=detail)
