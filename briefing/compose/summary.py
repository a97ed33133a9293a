"""Desk → bottom line and summary: the few sentences that carry the stories, in the sources' own words.

A concept is a pair of neighbouring words. Its weight grows with the number of origins that tell it and with how early
they do; sentences are taken greedily by the weight of the concepts that they add. The choice of method and its
figures stand in docs/decisions/summary.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as day
from itertools import pairwise
from weakref import WeakKeyDictionary

from briefing.compose import wording
from briefing.compose.desk import Desk, words
from briefing.records import Sentence, Statement

Concept = tuple[str, str]

SHORTEST, LONGEST = 7, 60  # words: shorter sentences say too little alone, longer ones are rarely sentences
BREADTH = 2.0  # a concept of n articles weighs n ** BREADTH
EARLINESS = 0.7  # … times 1 / position ** EARLINESS, of its earliest telling
LEAD = 0.25  # a sentence's gain grows by this share, divided by its place in the article, counted from one
BREVITY = 0.6  # a sentence's gain is divided by its length in words ** BREVITY
NEWNESS = 0.3  # a sentence's gain grows by this share, divided by its article's age in days, counted from one
BOTTOM_SHARE = 0.4  # of the first choice's gain, that a further sentence of the bottom line must add
SHARE = 0.5  # a summary is at most this share of the words it was made from
MOST_TELLERS = 3  # articles that a concept needs, at most; fewer where there are few articles

LEANING = frozenset({"he", "she", "they", "it", "him", "her", "them", "this", "that", "these", "those"})

_ECHO = re.compile(r"(?i)\b(?:so|too|likewise|the same|as well|otherwise|either)\W*$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be lifted: where it stands, what it would say, its concepts."""

    article: str
    origin: str
    story: str
    position: int
    statement: Statement
    concepts: frozenset[Concept]
    length: int
    age: int | None = None  # days from the article to the brief's date, where both are known
    copy: bool = False  # of an article that is a copy of another


_FOUND: WeakKeyDictionary[Desk, list[Candidate]] = WeakKeyDictionary()


Place = tuple[str, int]  # article, where the sentence begins


def bottom_line(desk: Desk, limit: int, *, without: Collection[Place] = ()) -> tuple[Statement, ...]:
    """What matters most in the leading story, at most ``limit`` words, the first choice first, and no filling.

    Sentences ``without`` which it is to do are those that no longer hold.
    """
    story = desk.story_order[0] if desk.story_order else ""
    told = [c for c in candidates(desk) if c.story == story]
    pool = [c for c in told if not c.copy and _place(c) not in without]
    return tuple(c.statement for c in choose(pool, weights(desk, told), limit, least=BOTTOM_SHARE))


def summary(desk: Desk, limit: int, *, without: Collection[Place] = ()) -> tuple[Statement, ...]:
    """Sentences that cover most of what the articles say, at most ``limit`` words together, leading story first."""
    told = candidates(desk)
    pool = [c for c in told if not c.copy and _place(c) not in without]
    budget = min(limit, max(SHARE * sum(c.length for c in pool), min((c.length for c in pool), default=0)))
    chosen = choose(pool, weights(desk, told), int(budget))
    order = {story: n for n, story in enumerate(desk.story_order)}
    return tuple(c.statement for c in sorted(chosen, key=lambda c: order[c.story]))


def _place(c: Candidate) -> Place:
    e = c.statement.evidence[0]
    return e.article, e.start


def candidates(desk: Desk) -> list[Candidate]:
    """Sentences that could be lifted, whole: dropping appositions cost more than the room that it gave.

    Those of copies are marked: they are not lifted, but that an editor reprinted them says what matters. Refusals to
    comment stand in the section on what is not known, not here. Found once a desk.
    """
    if desk not in _FOUND:
        _FOUND[desk] = _candidates(desk)
    return _FOUND[desk]


def _candidates(desk: Desk) -> list[Candidate]:
    pool = []
    for article in desk.found.articles:
        silent = _refusals(desk, article.id)
        for position, sentence in enumerate(desk.extraction[article.id].sentences):
            if any(sentence.start <= at < sentence.end for at in silent):
                continue
            found = _candidate(desk, article.id, position, sentence)
            if SHORTEST <= found.length <= LONGEST and carries(found.statement.text):
                pool.append(found)
    return pool


def carries(text: str) -> bool:
    """Whether a sentence can carry a story alone: whole, no question, no mere refusal, no words without a speaker."""
    return (
        wording.whole(text)
        and not _leans(text)
        and not wording.asks(text)
        and not wording.only_refuses(text)
        and not wording.only_quoted(text)
    )


def _leans(text: str) -> bool:
    """Whether a sentence opens with a pronoun that nobody is known for, or only echoes another one."""
    first = _WORD.match(text)
    return (first is not None and first[0].lower() in LEANING) or _ECHO.search(text) is not None


def _refusals(desk: Desk, article: str) -> list[int]:
    return [a.content[0][0] for a in desk.extraction[article].attributions if a.kind == "no_comment"]


def _candidate(desk: Desk, article: str, position: int, sentence: Sentence) -> Candidate:
    statement = desk.lift(article, sentence)
    placed = desk.placed[article]
    return Candidate(
        article,
        placed.origin,
        placed.story,
        position,
        statement,
        concepts(statement.text),
        words(statement.text),
        _age(desk, placed.date),
        placed.duplicate_of is not None,
    )


def _age(desk: Desk, date: str | None) -> int | None:
    told, now = (date or "")[:10], (desk.as_of or "")[:10]
    if len(told) < 10 or len(now) < 10:
        return None
    return max(0, (day.fromisoformat(now) - day.fromisoformat(told)).days)


def concepts(text: str) -> frozenset[Concept]:
    """Pairs of neighbouring words of which at least one is no function word."""
    found = [w.lower() for w in _WORD.findall(text)]
    stop = wording.stopwords()
    return frozenset((a, b) for a, b in pairwise(found) if not (a in stop and b in stop))


def weights(desk: Desk, pool: Sequence[Candidate]) -> dict[Concept, float]:
    """Concept → weight; concepts that too few articles tell have none. A headline counts as a teller of its own."""
    tellers: dict[Concept, set[str]] = {}
    earliest: dict[Concept, int] = {}
    for c in pool:
        for k in c.concepts:
            tellers.setdefault(k, set()).add(c.article)
            earliest[k] = min(earliest.get(k, c.position), c.position)
    needed = min(MOST_TELLERS, max(1, len({c.article for c in pool}) // 3))
    titles = [concepts(a.title) for a in desk.found.articles if a.title]
    return {
        k: (len(by) + sum(k in t for t in titles)) ** BREADTH / (1 + earliest[k]) ** EARLINESS
        for k, by in tellers.items()
        if len(by) >= needed
    }


def choose(
    pool: Sequence[Candidate], weight: dict[Concept, float], limit: int, *, least: float = 0.0
) -> list[Candidate]:
    """Greedy choice of the sentences that add most, until nothing that fits adds ``least`` of the first one's gain."""
    chosen: list[Candidate] = []
    covered: set[Concept] = set()
    rest, left, floor = list(pool), limit, 0.0
    while True:
        rest = [c for c in rest if c.length <= left]
        gains = [(_gain(c, covered, weight), -n) for n, c in enumerate(rest)]
        best, place = max(gains, default=(0.0, 0))
        floor = floor if chosen else best * least
        if best <= floor:
            return chosen
        taken = rest.pop(-place)
        chosen.append(taken)
        covered |= taken.concepts
        left -= taken.length


def _gain(c: Candidate, covered: set[Concept], weight: dict[Concept, float]) -> float:
    # Sorted, because the order of a float sum shows in its last digit, and that can decide between two sentences.
    added = sum(sorted(weight.get(k, 0.0) for k in c.concepts - covered))
    new = 1.0 if c.age is None else 1 + NEWNESS / (1 + c.age)
    return float(added * new * (1 + LEAD / (1 + c.position)) / c.length**BREVITY)
