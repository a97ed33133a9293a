"""Brief and an actor's name in, the part of the brief that is about this actor out."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.errors import ConfigError
from briefing.records import ActorLine, Brief, Change


def on_actor(brief: Brief, wanted: str | None) -> Brief:
    """What this actor did, said and answered, and whom it stands to. Raises ConfigError where it is not there."""
    if not brief.actors:
        return brief
    actor = _find(brief.actors, wanted) if wanted else brief.actors[0]
    if actor is None:
        near = ", ".join(a.name for a in brief.actors[:8])
        raise ConfigError("render.actor", f"no actor {wanted!r} in these articles", allowed=near)
    me = actor.id
    joined = {r.source for r in brief.relations if r.target == me} | {
        r.target for r in brief.relations if r.source == me
    }
    met = {a for e in brief.events if me in e.actors for a in e.actors}
    return brief.model_copy(
        update={
            "title": actor.name,
            "actors": (actor, *(a for a in brief.actors if a.id in joined | met and a.id != me)),
            "summary": (),
            "bottom_line": (),
            "key_judgements": tuple(j for j in brief.key_judgements if j.speaker_name == actor.name),
            "events": tuple(e for e in brief.events if me in e.actors),
            "assessments": tuple(a for a in brief.assessments if a.speaker == me),
            "claims": tuple(c for c in brief.claims if c.claimant == me or any(d.speaker == me for d in c.denials)),
            "relations": tuple(r for r in brief.relations if me in (r.source, r.target)),
            "watch": tuple(w for w in brief.watch if me in w.actors),
            "discrepancies": (),
            "gaps": (),
            "changes": tuple(c for c in brief.changes if _about(c, actor)),
        }
    )


def _about(change: Change, actor: ActorLine) -> bool:
    """Whether the words of a change name the actor."""
    places = [(m.article, m.start, m.end) for m in actor.mentions]
    return any(e.article == a and e.start <= s and end <= e.end for e in change.evidence for a, s, end in places) or (
        not change.evidence and actor.name.casefold() in change.text.casefold()
    )


def _find(actors: Iterable[ActorLine], wanted: str) -> ActorLine | None:
    key = wanted.casefold().strip()
    found = list(actors)
    by_id = [a for a in found if a.id.casefold() == key]
    by_name = [a for a in found if a.name.casefold() == key]
    by_alias = [a for a in found if key in {x.name.casefold() for x in a.aliases}]
    return next(iter([*by_id, *by_name, *by_alias]), None)
