"""Desk → bottom line and summary: the few sentences that carry the stories, in the sources' own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefing.compose.desk import Desk, words
from briefing.records import Sentence, Statement

SHORTEST = 6  # words; shorter sentences say too little alone


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be lifted: its place, its text as it would stand, its concepts."""

    article: str
    position: int
    sentence: Sentence
    statement: Statement
    concepts: frozenset[tuple[str, str]]
    length: int


def bottom_line(desk: Desk, limit: int) -> tuple[Statement, ...]:
    """The summary of the leading stories, cut to ``limit`` words."""
    return summary(desk, limit)


def summary(desk: Desk, limit: int) -> tuple[Statement, ...]:
    """Sentences that cover most of what several articles say, at most ``limit`` words together."""
    pool = candidates(desk)
    weights = concept_weights(desk, pool)
    chosen = _greedy(pool, weights, limit)
    return tuple(c.statement for c in sorted(chosen, key=lambda c: (c.position, c.article)))


def candidates(desk: Desk) -> list[Candidate]:
    """Sentences of articles that are no copies, short forms where the parse allows them."""
    pool = []
    for a in desk.shown:
        for n, s in enumerate(desk.extraction[a.id].sentences):
            statement = desk.lift(a.id, s, short=True)
            length = words(statement.text)
            if length >= SHORTEST:
                pool.append(Candidate(a.id, n, s, statement, _concepts(s), length))
    return pool


def _concepts(s: Sentence) -> frozenset[tuple[str, str]]:
    return frozenset(zip(s.terms, s.terms[1:], strict=False))


def concept_weights(desk: Desk, pool: list[Candidate]) -> Counter[tuple[str, str]]:
    """How many origins tell each pair of neighbouring content words."""
    tellers: dict[tuple[str, str], set[str]] = {}
    for c in pool:
        for concept in c.concepts:
            tellers.setdefault(concept, set()).add(desk.placed[c.article].origin)
    return Counter({k: len(v) for k, v in tellers.items()})


def _greedy(pool: list[Candidate], weights: Counter[tuple[str, str]], limit: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    covered: set[tuple[str, str]] = set()
    left = limit
    while True:
        fitting = [c for c in pool if c.length <= left and c not in chosen]
        if not fitting:
            return chosen
        best = max(fitting, key=lambda c: (_gain(c, covered, weights), -c.position))
        if _gain(best, covered, weights) <= 0:
            return chosen
        chosen.append(best)
        covered |= best.concepts
        left -= best.length


def _gain(c: Candidate, covered: set[tuple[str, str]], weights: Counter[tuple[str, str]]) -> float:
    lead = 1.0 + 1.0 / (1 + c.position)
    return lead * sum(weights[k] for k in c.concepts - covered) / c.length**0.5
