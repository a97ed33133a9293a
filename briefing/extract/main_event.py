"""Reading, Cast, times, events → MainEvent: who, what, when, where, why and how of the whole article."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.reading import Cast, Reading
from briefing.records import Event, MainEvent, Time


def find_main_event(reading: Reading, cast: Cast, times: Sequence[Time], events: Sequence[Event]) -> MainEvent:
    """Each a span of the body, or nothing."""
    del reading, cast, times, events
    return MainEvent()
