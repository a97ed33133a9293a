"""Articles → which ones repeat another, and which share an origin. Knows only words, not what they mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rensa import RMinHash, RMinHashLSH

from briefing.records import Article

_WORD = re.compile(r"\w+")
SHINGLE = 4  # words
PERMUTATIONS = 128
BANDS = 64  # two rows a band finds pairs of a third of common shingles with near certainty
SHORTEST = 8  # words; below that two texts are alike by chance


@dataclass(frozen=True)
class Copies:
    """``original``: copy → the article shown in its place. ``origin``: for each article the first of its origin."""

    original: dict[int, int] = field(default_factory=dict)
    origin: list[int] = field(default_factory=list)


def find(articles: Sequence[Article], *, near_copy: float) -> Copies:
    """Near-copies: articles of which the smaller one's shingles are in the larger one by ``near_copy`` or more."""
    shingles = [_shingles(a.text) for a in articles]
    parent = list(range(len(articles)))
    original: dict[int, int] = {}
    for i, j in _candidates(shingles):
        share = overlap(shingles[i], shingles[j])
        if share >= near_copy:
            a, b = _root(parent, i), _root(parent, j)
            if a != b:
                parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(articles)):
        members[_root(parent, i)].append(i)
    for group in members.values():
        shown = min(group, key=lambda i: (-len(shingles[i]), i))
        original.update({i: shown for i in group if i != shown})
    return Copies(original, [_root(parent, i) for i in range(len(articles))])


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the larger one holds."""
    small = min(len(a), len(b))
    return len(a & b) / small if small else 0.0


def _shingles(text: str) -> frozenset[str]:
    words = [w.lower() for w in _WORD.findall(text)]
    if len(words) < SHORTEST:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _candidates(shingles: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    index = RMinHashLSH(threshold=0.4, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes = []
    for i, found in enumerate(shingles):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update(sorted(found))
        hashes.append(sketch)
        index.insert(i, sketch)
    pairs = {(min(i, j), max(i, j)) for i, h in enumerate(hashes) for j in index.query(h) if i != j}
    return sorted(pairs)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
