"""Articles and extractions → who is who across articles, the merges that were refused, and problems."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config import SynthesizeSettings
from briefing.records import (
    Actor,
    ActorMention,
    Alias,
    Article,
    Extraction,
    KnownActor,
    Problem,
    RefusedMerge,
)  # fmt: skip


def resolve_actors(
    articles: Sequence[Article], extractions: Sequence[Extraction], *, settings: SynthesizeSettings
) -> tuple[tuple[KnownActor, ...], tuple[RefusedMerge, ...], tuple[Problem, ...]]:
    """Actors of the same type and the same full name are one; nothing else is merged."""
    del articles, settings
    groups: dict[tuple[str, str], list[tuple[Extraction, Actor]]] = {}
    for extraction in extractions:
        for actor in extraction.actors:
            groups.setdefault((actor.type, actor.name.casefold()), []).append((extraction, actor))
    known = [_known(n, members) for n, members in enumerate(groups.values(), 1)]
    return tuple(sorted(known, key=lambda a: (-a.salience, a.id))), (), ()


def _known(number: int, members: Sequence[tuple[Extraction, Actor]]) -> KnownActor:
    first = members[0][1]
    others = dict.fromkeys(alias for _, a in members for alias in a.aliases if alias != first.name)
    return KnownActor(
        id=f"k{number}",
        name=first.name,
        type=first.type,
        roles=tuple(dict.fromkeys(role for _, a in members for role in a.roles)),
        affiliation=next((a.affiliation for _, a in members if a.affiliation), None),
        aliases=tuple(Alias(name=name, why="used in the same article") for name in others),
        salience=max(a.salience for _, a in members),
        mentions=tuple(
            ActorMention(article=x.id, start=m.start, end=m.end)
            for x, a in members
            for m in x.mentions
            if m.actor == a.id
        ),
        members=tuple((x.id, a.id) for x, a in members),
    )
