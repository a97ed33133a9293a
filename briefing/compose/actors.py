"""Desk → the table of key actors, most salient first, each with the words that give its role."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import ActorLine, Evidence, KnownActor


def actor_lines(desk: Desk) -> tuple[ActorLine, ...]:
    """Every actor of the set; templates cut."""
    return tuple(_line(desk, a) for a in desk.found.actors)


def _line(desk: Desk, a: KnownActor) -> ActorLine:
    return ActorLine(
        id=a.id,
        name=a.name,
        type=a.type,
        roles=a.roles,
        affiliation=a.affiliation,
        aliases=a.aliases,
        salience=a.salience,
        mentions=a.mentions,
        evidence=_evidence(desk, a),
        user=a.user,
        acts=a.acts,
        named=a.named,
    )


def _evidence(desk: Desk, a: KnownActor) -> tuple[Evidence, ...]:
    said = [r.evidence for r in a.history if r.role or r.affiliation]
    if said:
        return tuple(dict.fromkeys(said))[:3]
    if a.mentions:
        m = a.mentions[0]
        return (desk.cited_sentence(m.article, m.start, m.end),)
    return ()
