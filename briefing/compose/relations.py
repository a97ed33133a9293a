"""Desk → relations that the text states: the network figure's edges."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import RelationLine


def relation_lines(desk: Desk) -> tuple[RelationLine, ...]:
    """Every stated relation between two known actors, with its sentences."""
    return tuple(
        RelationLine(
            text=desk.lifted(desk.cited_sentence(r.evidence[0].article, r.evidence[0].start, r.evidence[0].end)).text,
            evidence=r.evidence,
            kind=r.kind,
            source=r.source,
            target=r.target,
        )
        for r in desk.found.relations
        if r.evidence and r.source in desk.actor and r.target in desk.actor
    )
