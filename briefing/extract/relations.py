"""Reading, Cast, events → [Relation]: what the text states between two actors."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.reading import Cast, Reading
from briefing.records import Event, Relation


def find_relations(reading: Reading, cast: Cast, events: Sequence[Event]) -> tuple[Relation, ...]:
    """Relations with the sentence that states each."""
    del reading, cast, events
    return ()
