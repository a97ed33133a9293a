"""Candidates of a date that the text does not fully give, and the anchor → the one that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.extract.times.calendar import Stretch
from briefing.extract.times.tense import Tense

# "extended to Nov. 20" in a story of November looks like the past and means the future: a day nearly a year off is not
# meant where one of these weeks would do.
_FAR, _NEAR = 300, 65


def by_tense(candidates: Sequence[Stretch], anchor: date, tense: Tense | None) -> Stretch:
    """The last one begun for the past, the first one not over for the future, else the nearest."""
    begun = [c for c in candidates if c.first <= anchor]
    ahead = [c for c in candidates if c.last >= anchor]
    nearest = min(candidates, key=lambda c: (distance(c, anchor), c.first > anchor))
    if tense not in ("past", "future") or not begun or not ahead:
        return nearest
    choice = begun[-1] if tense == "past" else ahead[0]
    if distance(choice, anchor) > _FAR and distance(nearest, anchor) < _NEAR:
        return nearest
    return choice


def distance(stretch: Stretch, anchor: date) -> int:
    """Days between the anchor and a stretch; 0 inside it."""
    if stretch.holds(anchor):
        return 0
    return (stretch.first - anchor).days if stretch.first > anchor else (anchor - stretch.last).days
