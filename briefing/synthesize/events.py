"""Extractions, actors and places in stories → events across articles, each told once with all its tellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.records import (
    Article,
    Credibility,
    Event,
    Evidence,
    Extraction,
    Factuality,
    KnownActor,
    KnownEvent,
    Placed,
    Telling,
)  # fmt: skip

_FIRM: tuple[Factuality, ...] = ("actual", "planned", "alleged", "denied", "hypothetical")


def merge(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    placed: Sequence[Placed],
) -> tuple[KnownEvent, ...]:
    """One KnownEvent a happening, oldest first, undated last."""
    known = {member: actor.id for actor in actors for member in actor.members}
    groups: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for a, extraction in enumerate(extractions):
        for e, event in enumerate(extraction.events):
            groups.setdefault(_key(a, e, event, extraction, known, placed), []).append((a, e))
    origin = {p.id: p.origin for p in placed}
    events = [_event(articles, extractions, members, known, origin) for members in groups.values()]
    return tuple(sorted(events, key=lambda e: (e.date is None, e.date or "", e.id)))


def _key(
    a: int, e: int, event: Event, extraction: Extraction, known: Mapping[tuple[str, str], str], placed: Sequence[Placed]
) -> tuple[object, ...]:
    who = frozenset(_known(extraction.id, event, known))
    if event.type is None or event.date is None or not who:
        return (a, e)
    return (placed[a].story, event.type, event.date, who)


def _known(article: str, event: Event, known: Mapping[tuple[str, str], str]) -> list[str]:
    ids = [known.get((article, actor)) for actor in (*event.source, *event.target)]
    return list(dict.fromkeys(i for i in ids if i))


def _event(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    members: Sequence[tuple[int, int]],
    known: Mapping[tuple[str, str], str],
    origin: Mapping[str, str],
) -> KnownEvent:
    told = [extractions[a].events[e] for a, e in members]
    tellings = tuple(_telling(articles[a], e, event) for (a, e), event in zip(members, told, strict=True))
    origins = len({origin[t.article] for t in tellings})
    sides = []
    for side in ("source", "target"):
        ids = [
            known.get((extractions[a].id, actor))
            for (a, _), event in zip(members, told, strict=True)
            for actor in getattr(event, side)
        ]
        sides.append(tuple(dict.fromkeys(i for i in ids if i)))
    factuality = min((event.factuality for event in told), key=_FIRM.index)
    first = members[0]
    return KnownEvent(
        id=f"e:{extractions[first[0]].id}:{first[1]}",
        date=next((e.date for e in told if e.date), None),
        type=next((e.type for e in told if e.type), None),
        verb=Counter(e.verb for e in told).most_common(1)[0][0],
        actors=tuple(dict.fromkeys((*sides[0], *sides[1]))),
        source=sides[0],
        target=sides[1],
        place=next((e.place for e in told if e.place), None),
        factuality=factuality,
        tellings=tellings,
        origins=origins,
        credibility=credibility(origins, factuality),
        background=all(e.background for e in told),
        weight=float(origins),
    )


def _telling(article: Article, index: int, event: Event) -> Telling:
    start, end = event.evidence
    quote = article.text[start:end]
    return Telling(
        article=article.id, event=index, evidence=Evidence(article=article.id, start=start, end=end, quote=quote)
    )


def credibility(origins: int, factuality: Factuality) -> Credibility:
    """NATO/Admiralty: 1 confirmed by other independent sources … 6 cannot be judged."""
    if factuality == "denied":
        return 4
    if origins >= 3:
        return 1
    if origins == 2:
        return 2
    return 3 if factuality == "actual" else 6
