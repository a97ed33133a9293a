"""Unit vectors → groups, by average linkage over likely neighbours alone; near-linear in the number of vectors.

Candidates come from an inverted index over each vector's strongest terms, with a bounded look-back, so that a term that
thousands share costs no more than a rare one. Deterministic: ties break by position.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence

from briefing.synthesize.vectors import Vector, cosine

KEYS = 24  # strongest terms that a vector is found by
LOOK_BACK = 60  # most recent vectors of a term that are looked at
NEIGHBOURS = 24  # nearest vectors that are linked

Adjust = Callable[[int, int], float]


def group(vectors: Sequence[Vector], *, threshold: float, adjust: Adjust | None = None) -> list[int]:
    """For each vector the position of the first one of its group. ``adjust`` is added to a pair's likeness."""
    near = _neighbours(vectors, threshold)
    return _merge(vectors, near, threshold, adjust)


def _neighbours(vectors: Sequence[Vector], threshold: float) -> list[tuple[int, int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    out: list[tuple[int, int]] = []
    for i, vector in enumerate(vectors):
        keys = sorted(vector, key=lambda t: (-vector[t], t))[:KEYS]
        shared: dict[int, float] = {}
        for term in keys:
            for j in postings[term][-LOOK_BACK:]:
                shared[j] = shared.get(j, 0.0) + vector[term] * vectors[j].get(term, 0.0)
            postings[term].append(i)
        best = sorted(shared.items(), key=lambda x: (-x[1], x[0]))[:NEIGHBOURS]
        out += [(j, i) for j, s in best if s > threshold / 4]
    return out


def _merge(
    vectors: Sequence[Vector], near: Sequence[tuple[int, int]], threshold: float, adjust: Adjust | None
) -> list[int]:
    """Average linkage: the likest two groups join while their members' mean likeness stays at ``threshold``."""
    n = len(vectors)
    sums: list[Vector | None] = [dict(v) for v in vectors]
    sizes = [1] * n
    parent = list(range(n))
    links: list[dict[int, float]] = [{} for _ in range(n)]  # group → neighbour → likeness
    heap: list[tuple[float, int, int]] = []
    for a, b in near:
        s = cosine(vectors[a], vectors[b]) + (adjust(a, b) if adjust else 0.0)
        links[a][b] = links[b][a] = s
        if s >= threshold:
            heapq.heappush(heap, (-s, a, b))
    while heap:
        s, a, b = heapq.heappop(heap)
        if parent[a] != a or parent[b] != b or links[a].get(b) != -s:
            continue
        sum_a, sum_b = sums[a], sums[b]
        assert sum_a is not None
        assert sum_b is not None
        if len(sum_b) > len(sum_a):
            sum_a, sum_b = sum_b, sum_a
        for t, w in sum_b.items():
            sum_a[t] = sum_a.get(t, 0.0) + w
        sums[a], sums[b] = sum_a, None
        sizes[a] += sizes[b]
        parent[b] = a
        for c in sorted({*links[a], *links[b]} - {a, b}):
            other = sums[c]
            links[c].pop(b, None)
            links[c].pop(a, None)
            links[a].pop(c, None)
            if other is None:
                continue
            likeness = cosine(sum_a, other) / (sizes[a] * sizes[c])
            links[a][c] = links[c][a] = likeness
            if likeness >= threshold:
                heapq.heappush(heap, (-likeness, min(a, c), max(a, c)))
        links[a].pop(b, None)
        links[b] = {}
    return [_root(parent, i) for i in range(n)]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
