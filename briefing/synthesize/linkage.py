"""Unit vectors → groups, by average linkage over likely neighbours alone; near-linear in the number of vectors.

Candidates come from an inverted index over each vector's strongest terms, with a bounded look-back, so that a term that
thousands share costs no more than a rare one. Two groups join while their members' mean likeness stays at a threshold
and is not far below the likeness inside either: twin subjects (two trials, two elections) are close to each other, but
much closer in themselves. Deterministic: ties break by position.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from briefing.synthesize.vectors import Vector, cosine

KEYS = 24  # strongest terms that a vector is found by
LOOK_BACK = 20  # most recent vectors of a term that are looked at
NEIGHBOURS = 16  # nearest vectors that are linked
FORGOTTEN = 0.3  # a link below this share of the threshold is dropped
CLOSENESS = 0.6  # least likeness between two groups, as a share of the lesser likeness inside them

Joinable = Callable[[int, int], bool]


def group(vectors: Sequence[Vector], *, threshold: float, joinable: Joinable | None = None) -> list[int]:
    """For each vector the position of the first one of its group. Pairs that are not ``joinable`` are not linked."""
    near = _neighbours(vectors, threshold)
    forest = _Forest(vectors, threshold)
    for a, b in near:
        if joinable is None or joinable(a, b):
            forest.link(a, b)
    return forest.grown()


def _neighbours(vectors: Sequence[Vector], threshold: float) -> Iterable[tuple[int, int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        shared: dict[int, float] = {}
        for term in sorted(vector, key=lambda t: (-vector[t], t))[:KEYS]:
            for j in postings[term][-LOOK_BACK:]:
                shared[j] = shared.get(j, 0.0) + vector[term] * vectors[j][term]
            postings[term].append(i)
        best = sorted(shared.items(), key=lambda x: (-x[1], x[0]))[:NEIGHBOURS]
        yield from ((j, i) for j, s in best if s > threshold / 3)


class _Forest:
    """Groups while they grow: each has the sum of its vectors, its size, and the square of that sum."""

    def __init__(self, vectors: Sequence[Vector], threshold: float) -> None:
        self.threshold = threshold
        self.vectors = vectors
        self.sums: list[Vector] = [dict(v) for v in vectors]
        self.squares = [cosine(v, v) for v in vectors]
        self.sizes = [1] * len(vectors)
        self.parent = list(range(len(vectors)))
        self.links: list[dict[int, float]] = [{} for _ in vectors]
        self.heap: list[tuple[float, int, int]] = []

    def link(self, a: int, b: int) -> None:
        """Notes how like two groups are: the mean over all pairs of their members."""
        self._note(a, b, self._likeness(a, b))

    def _likeness(self, a: int, b: int) -> float:
        return cosine(self.sums[a], self.sums[b]) / (self.sizes[a] * self.sizes[b])

    def _note(self, a: int, b: int, likeness: float) -> None:
        if likeness < self.threshold * FORGOTTEN:
            return
        self.links[a][b] = self.links[b][a] = likeness
        if likeness >= self.threshold:
            heapq.heappush(self.heap, (-likeness, min(a, b), max(a, b)))

    def grown(self) -> list[int]:
        """Joins the likest groups until none may join; the root of each vector."""
        while self.heap:
            distance, a, b = heapq.heappop(self.heap)
            if self.links[a].get(b) == -distance and self._close(a, b, -distance):
                self._join(a, b, -distance)
        return [self._root(i) for i in range(len(self.parent))]

    def _inside(self, a: int) -> float:
        n = self.sizes[a]
        return (self.squares[a] - n) / (n * (n - 1)) if n > 1 else 0.0

    def _close(self, a: int, b: int, likeness: float) -> bool:
        return likeness >= CLOSENESS * min(self._inside(a), self._inside(b))

    def _join(self, a: int, b: int, likeness: float) -> None:
        """Puts b into a. Means of means need no new products where both likenesses are known."""
        self.squares[a] += self.squares[b] + 2 * likeness * self.sizes[a] * self.sizes[b]
        near_a, near_b = self.links[a], self.links[b]
        self.links[a], self.links[b] = {}, {}
        size_a, size_b = self.sizes[a], self.sizes[b]
        new = {
            c: (size_a * self._known(near_a, a, c) + size_b * self._known(near_b, b, c)) / (size_a + size_b)
            for c in sorted({*near_a, *near_b} - {a, b})
        }
        large, small = sorted((self.sums[a], self.sums[b]), key=len, reverse=True)
        for term, weight in small.items():
            large[term] = large.get(term, 0.0) + weight
        self.sums[a], self.sums[b] = large, {}
        self.sizes[a] += size_b
        self.parent[b] = a
        for c, mean in new.items():
            self.links[c].pop(a, None)
            self.links[c].pop(b, None)
            self._note(a, c, mean)

    def _known(self, near: dict[int, float], a: int, c: int) -> float:
        found = near.get(c)
        return self._likeness(a, c) if found is None else found

    def _root(self, i: int) -> int:
        while self.parent[i] != i:
            i = self.parent[i]
        return i
