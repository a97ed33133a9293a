"""The two yardsticks: their bands, and that neither knows the other's words."""

from __future__ import annotations

import pytest

from briefing import yardstick
from briefing.yardstick import Yardstick


@pytest.mark.parametrize(
    ("term", "scale", "found"),
    [
        ("very likely", "icd203", (0.80, 0.95)),
        ("Almost certainly", "icd203", (0.95, 0.99)),
        ("highly likely", "icd203", None),
        ("highly likely", "phia", (0.80, 0.90)),
        ("very likely", "phia", None),
        ("a realistic possibility", "phia", (0.40, 0.50)),
        ("likely", "icd203", (0.55, 0.80)),
        ("likely", "phia", (0.55, 0.75)),
        ("not likely", "phia", None),
        ("could", "icd203", None),
    ],
)
def test_bands(term: str, scale: Yardstick, found: tuple[float, float] | None) -> None:
    assert yardstick.band(term, scale) == found


@pytest.mark.parametrize("scale", ["icd203", "phia"])
def test_rows_rise_and_never_overlap(scale: Yardstick) -> None:
    assert all(end <= start for end, start in yardstick.breaks(scale))
    assert all(0 <= b.low < b.high <= 1 for b in yardstick.bands(scale))
    assert len(yardstick.breaks(scale)) == 6


def test_icd_bands_touch_and_phia_leaves_gaps() -> None:
    assert all(end == start for end, start in yardstick.breaks("icd203"))
    assert all(end < start for end, start in yardstick.breaks("phia"))
