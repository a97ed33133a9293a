"""Reading → Cast: who is in an article, under which names, in which role."""

from __future__ import annotations

from briefing.extract.reading import Cast, Reading


def find_actors(reading: Reading) -> Cast:
    """The people and bodies of an article, with every mention that resolves to one of them."""
    del reading
    return Cast()
