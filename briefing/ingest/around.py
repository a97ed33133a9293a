"""A page's tree and its article → what stood around the article, for those who ask what was cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

LEAST = 4  # words; shorter stretches are menus
LOOK = 2_000  # stretches of a page that are looked at
MOST = 100  # stretches that are kept; a portal's other headlines go on for long
LONGEST = 300  # characters of one stretch

# Whole elements would say more, but walking them costs a third of what reading the page does.
_stretches = etree.XPath(
    "//body//*[not(self::script or self::style or self::noscript or self::template)]/text()[string-length(.) > 15]",
    smart_strings=False,
)


def stretches(tree: Any) -> list[str]:
    """The page's longer pieces of text between two tags, in order."""
    return [" ".join(text.split()) for text in _stretches(tree)[:LOOK]]


def around(found: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Each stretch once that is no part of what was kept or named already, in the page's order."""
    inside = "\n".join(" ".join(k.split()) for k in kept)
    rest = dict.fromkeys(s for s in found if len(s.split()) >= LEAST and s not in inside)
    return [s[:LONGEST] for s in list(rest)[:MOST]]
