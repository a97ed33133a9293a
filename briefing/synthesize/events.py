"""Extractions, actors and places in stories → events across articles, each told once with all its tellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.records import (
    Article,
    Credibility,
    Evidence,
    Extraction,
    Factuality,
    KnownActor,
    KnownEvent,
    Placed,
    Telling,
)
from briefing.synthesize.same_event import DAYS, days_apart, same
from briefing.synthesize.tellings import Told, actor_ids, told

_FIRM: tuple[Factuality, ...] = ("actual", "alleged", "planned", "denied", "hypothetical")
BUCKET = 80  # tellings that share a story, a kind and an actor and are still held against each other
LEAD = 700  # characters; what stands there is what the article is about


def merge(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    placed: Sequence[Placed],
) -> tuple[KnownEvent, ...]:
    """One KnownEvent a happening, oldest first, undated last."""
    tellings = told(articles, extractions, actors, placed)
    salience = {a.id: a.salience for a in actors}
    ids = frozenset(salience)
    events = [_event(articles, group, ids, salience) for group in _groups(tellings)]
    return tuple(sorted(events, key=lambda e: (e.date is None, e.date or "", -e.weight, e.id)))


def _groups(tellings: Sequence[Told]) -> list[list[Told]]:
    """Tellings of one event together: each is held against those that share its story and an actor.

    The first telling of a group speaks for it, so that a chain of half-likenesses does not join what differs.
    """
    parent = list(range(len(tellings)))
    dated = {n: t.event.date for n, t in enumerate(tellings) if t.event.date}
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, telling in enumerate(tellings):
        for key in _keys(telling):
            for m in buckets[key][-BUCKET:]:
                a, b = _root(parent, m), _root(parent, n)
                if a != b and same(tellings[a], telling) and same(tellings[a], tellings[b]) and _in_time(dated, a, b):
                    parent[max(a, b)] = min(a, b)
                    if (day := dated.get(a) or dated.get(b)) is not None:
                        dated[min(a, b)] = day
            buckets[key].append(n)
    groups: dict[int, list[Told]] = defaultdict(list)
    for n, telling in enumerate(tellings):
        groups[_root(parent, n)].append(telling)
    return list(groups.values())


def _in_time(dated: dict[int, str], a: int, b: int) -> bool:
    """Whether the dates of two groups agree: an undated telling is no bridge between two happenings."""
    gap = days_apart(dated.get(a), dated.get(b))
    return gap is None or gap <= DAYS


def _keys(telling: Told) -> list[tuple[str, str]]:
    actors = sorted(telling.source | telling.target)
    return [(telling.story, actor) for actor in actors]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i


def _event(
    articles: Sequence[Article], group: Sequence[Told], ids: frozenset[str], salience: dict[str, float]
) -> KnownEvent:
    events = [t.event for t in group]
    origins = len({t.origin for t in group})
    sides = [
        tuple(dict.fromkeys(a for t in group for a in actor_ids(side(t)) if a in ids)) for side in (_sources, _targets)
    ]
    actors = tuple(dict.fromkeys((*sides[0], *sides[1])))
    factuality = min((e.factuality for e in events), key=_FIRM.index)
    background = all(e.background for e in events)
    lead = any(e.trigger[0] < LEAD for e in events)
    weight = origins + 0.25 * min(len(group), 8) + max((salience[a] for a in actors), default=0.0) + 0.5 * lead
    return KnownEvent(
        id=f"e:{articles[group[0].article].id}:{group[0].index}",
        date=_date(group),
        type=Counter(e.type for e in events if e.type).most_common(1)[0][0] if any(e.type for e in events) else None,
        verb=Counter(e.verb for e in events).most_common(1)[0][0],
        actors=actors,
        source=sides[0],
        target=sides[1],
        place=next((e.place for e in events if e.place), None),
        factuality=factuality,
        tellings=tuple(_telling(articles[t.article], t) for t in group),
        origins=origins,
        credibility=credibility(origins, factuality),
        background=background,
        weight=round(weight - 0.75 * background - 0.5 * (events[0].type is None) - 0.5 * (factuality != "actual"), 4),
    )


def _sources(telling: Told) -> frozenset[str]:
    return telling.source


def _targets(telling: Told) -> frozenset[str]:
    return telling.target


def _date(group: Sequence[Told]) -> str | None:
    """The date that most tellings give; of those the most precise, then the earliest."""
    said = Counter(t.event.date for t in group if t.event.date and t.event.when)
    dates = said or Counter(t.event.date for t in group if t.event.date)  # the day of publication where none is said
    exact = {d: sum(n for other, n in dates.items() if d.startswith(other)) for d in dates}
    return min(exact, key=lambda d: (-exact[d], -len(d), d), default=None)


def _telling(article: Article, telling: Told) -> Telling:
    start, end = telling.event.evidence
    said = Evidence(article=article.id, start=start, end=end, quote=article.text[start:end])
    return Telling(article=article.id, event=telling.index, evidence=said)


def credibility(origins: int, factuality: Factuality) -> Credibility:
    """NATO/Admiralty: 1 confirmed by other independent sources … 6 cannot be judged."""
    if factuality == "denied":
        return 4
    if origins >= 3:
        return 1
    if origins == 2:
        return 2
    return 3 if factuality == "actual" else 6
