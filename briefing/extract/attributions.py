"""Reading, Cast → [Attribution]: source, cue, content."""

from __future__ import annotations

from briefing.extract.reading import Cast, Reading
from briefing.records import Attribution


def find_attributions(reading: Reading, cast: Cast) -> tuple[Attribution, ...]:
    """Every attribution of the body, in order of content."""
    del reading, cast
    return ()
