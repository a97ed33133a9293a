"""Reading → [Time]: TIMEX3 expressions, found and normalised against the article's date."""

from __future__ import annotations

from briefing.extract.times.find import find_times

__all__ = ["find_times"]
