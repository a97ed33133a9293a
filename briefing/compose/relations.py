"""Desk → relations that the text states: the network figure's edges."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import RelationLine

BELONGING = "belongs_to"  # stands in the actor table


def relation_lines(desk: Desk) -> tuple[RelationLine, ...]:
    """Every stated relation between two actors that have a name and act, with its sentences."""
    return tuple(
        RelationLine(
            text=desk.lifted(desk.cited_sentence(r.evidence[0].article, r.evidence[0].start, r.evidence[0].end)).text,
            evidence=r.evidence,
            kind=r.kind,
            source=r.source,
            target=r.target,
        )
        for r in desk.found.relations
        if r.evidence and r.kind != BELONGING and _acts(desk, r.source) and _acts(desk, r.target)
    )


def _acts(desk: Desk, actor: str) -> bool:
    known = desk.actor.get(actor)
    return known is not None and known.acts and known.named
