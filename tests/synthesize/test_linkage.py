"""Vectors → groups."""

from __future__ import annotations

import math

from briefing.synthesize.linkage import group
from briefing.synthesize.vectors import Vector, common_words, cosine, stem, vectors
from tests.synthesize.made import article


def unit(**weights: float) -> Vector:
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {t: w / length for t, w in weights.items()}


def test_alike_join_and_strangers_do_not() -> None:
    found = group([unit(a=1, b=1), unit(c=1, d=1), unit(a=1, b=1.2)], threshold=0.3)
    assert found == [0, 1, 0]


def test_twin_subjects_stay_apart() -> None:
    """Two trials share their vocabulary; each shares more in itself."""
    one = [unit(trial=1, ada=2, bank=1), unit(trial=1, ada=2, bank=1.1)]
    two = [unit(trial=1, bo=2, ship=1), unit(trial=1, bo=2, ship=1.1)]
    assert group([*one, *two], threshold=0.1) == [0, 0, 2, 2]


def test_pairs_that_may_not_join() -> None:
    same = [unit(a=1), unit(a=1)]
    assert group(same, threshold=0.3) == [0, 0]
    assert group(same, threshold=0.3, joinable=lambda _a, _b: False) == [0, 1]


def test_vectors_are_of_length_one_and_leave_common_words_out() -> None:
    (found,) = vectors([article("a", "The mayor of Velmora opened the Karsk dam. He said that it was new.")])
    assert math.isclose(cosine(found, found), 1.0)
    assert "velmora" in found
    assert "the" not in found


def test_stems() -> None:
    words = ["cities", "buses", "Ada's", "gas", "news", "dams"]
    assert [stem(w) for w in words] == ["city", "buse", "Ada", "gas", "new", "dam"]


def test_common_words_are_ranked() -> None:
    ranks = common_words()
    assert ranks["the"] < ranks["government"] < ranks["bridge"]
