"""A page's shown paragraphs and its article → what stood around the article, for those who ask what was cut."""

from __future__ import annotations

from collections.abc import Iterable

LEAST = 4  # words; shorter stretches are menus
MOST = 100  # stretches of one page; a portal's other headlines go on for long
LONGEST = 300  # characters of one stretch


def around(paragraphs: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Each paragraph once that is no part of what was kept or named already, in the page's order."""
    inside = "\n".join(" ".join(k.split()) for k in kept)
    found = dict.fromkeys(p for p in paragraphs if p not in inside and len(p.split()) >= LEAST)
    return [p[:LONGEST] for p in list(found)[:MOST]]
