"""Reading → [Time]: TIMEX3 expressions, found and normalised against the article's date."""

from __future__ import annotations

from briefing.extract.reading import Reading
from briefing.records import Time


def find_times(reading: Reading) -> tuple[Time, ...]:
    """Every time expression of the body, in order of place."""
    del reading
    return ()
