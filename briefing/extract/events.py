"""Reading, Cast, times, attributions → [Event]: who did what to whom, when and where, and whether it happened."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.reading import Cast, Reading
from briefing.records import Attribution, Event, Time


def find_events(
    reading: Reading, cast: Cast, times: Sequence[Time], attributions: Sequence[Attribution]
) -> tuple[Event, ...]:
    """Every event of the body, in order of trigger."""
    del reading, cast, times, attributions
    return ()
