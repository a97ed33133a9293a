"""Extractions, known actors and places in stories → each telling of an event with what it is compared by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.records import Article, Event, Extraction, KnownActor, Placed
from briefing.synthesize.vectors import common_words, stem

_WORD = re.compile(r"[^\W\d_]+")
PLAIN = 150  # ranks of words that tell no event from another


@dataclass(frozen=True)
class Told:
    """One event of one article. ``source`` and ``target`` hold actor ids, and head nouns of unnamed actors."""

    article: int
    index: int
    event: Event
    story: str
    origin: str
    source: frozenset[str]
    target: frozenset[str]
    words: frozenset[str]  # of the sentence
    verb: frozenset[str]  # of the act


def told(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    placed: Sequence[Placed],
) -> list[Told]:
    """Every telling, in order of article and place."""
    known = {member: actor for actor in actors for member in actor.members}
    return [
        _told(n, i, event, article, placed[n], known)
        for n, (article, extraction) in enumerate(zip(articles, extractions, strict=True))
        for i, event in enumerate(extraction.events)
    ]


def _told(
    n: int, i: int, event: Event, article: Article, place: Placed, known: Mapping[tuple[str, str], KnownActor]
) -> Told:
    def side(ids: Sequence[str], spans: Sequence[tuple[int, int]]) -> frozenset[str]:
        found = [known[article.id, a] for a in ids if (article.id, a) in known]
        heads = [h for a, b in spans if (h := head_noun(article.text[a:b]))]
        return frozenset([_key(a) for a in found] + [f"noun:{h}" for h in heads])

    start, end = event.evidence
    return Told(
        article=n,
        index=i,
        event=event,
        story=place.story,
        origin=place.origin,
        source=side(event.source, event.source_spans),
        target=side(event.target, event.target_spans),
        words=content_words(article.text[start:end]),
        verb=frozenset(stem(w) for w in event.verb.split()),
    )


def _key(actor: KnownActor) -> str:
    """Id of a named actor; of one that is only described, marked as such: two descriptions may mean one actor."""
    return f"desc:{actor.id}" if head_noun(actor.name) else actor.id


def actor_ids(side: frozenset[str]) -> list[str]:
    """The ids of a side, in order."""
    return sorted(key.removeprefix("desc:") for key in side if not key.startswith("noun:"))


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that say something."""
    stems = (stem(w.lower()) for w in _WORD.findall(text))
    return frozenset(w for w in stems if len(w) > 2 and common_words().get(w, 9999) > PLAIN)


def head_noun(phrase: str) -> str | None:
    """The noun of a description in lower case ("a group led by …" → group); None for a name."""
    before = re.split(r",|\b(?:of|led|from|in|by|for|to|with|who|which|that)\b", phrase)[0].split()
    return stem(before[-1].lower()) if before and before[-1].islower() else None
