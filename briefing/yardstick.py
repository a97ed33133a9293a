"""A word of likelihood and the yardstick in force → its band; the yardstick's name and rows. Knows no room.

One product uses one yardstick; ``Yardstick`` names which.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

Yardstick = Literal["icd203", "phia"]


@dataclass(frozen=True)
class Band:
    """One row: the words that stand in the table, their bounds, and the chance as the source prints it."""

    words: tuple[str, ...]
    low: float
    high: float
    chance: str
    forms: tuple[str, ...] = ()


def name(yardstick: Yardstick) -> str:
    """As the field calls it: ``ICD 203``."""
    return str(_data()[yardstick]["name"])


@lru_cache
def bands(yardstick: Yardstick) -> tuple[Band, ...]:
    """The rows, least likely first."""
    return tuple(
        Band(tuple(r["words"]), float(r["low"]), float(r["high"]), str(r["chance"]), tuple(r.get("forms", ())))
        for r in _data()[yardstick]["bands"]
    )


def band(term: str, yardstick: Yardstick) -> tuple[float, float] | None:
    """The bounds of a term that stands on the yardstick word for word, else None.

    >>> band("A realistic possibility", "phia")
    (0.4, 0.5)
    """
    return _scale(yardstick).get(_normal(term))


def breaks(yardstick: Yardstick) -> tuple[tuple[float, float], ...]:
    """Where one band ends and the next begins: one point where they touch, a gap where the source leaves one."""
    rows = bands(yardstick)
    return tuple((a.high, b.low) for a, b in pairwise(rows))


@lru_cache
def _scale(yardstick: Yardstick) -> dict[str, tuple[float, float]]:
    return {w: (b.low, b.high) for b in bands(yardstick) for w in (*b.words, *b.forms)}


def _normal(term: str) -> str:
    return " ".join(term.lower().replace("’", "'").split()).removeprefix("a ").removeprefix("an ")


@lru_cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
