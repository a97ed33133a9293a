"""Desk → where sources differ, side by side, in the order in which they were found."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.records import Discrepancy


def discrepancies(desk: Desk) -> tuple[Discrepancy, ...]:
    """Only differences with at least two values that each have evidence."""
    return tuple(d for d in desk.found.discrepancies if sum(bool(v.evidence) for v in d.values) > 1)
