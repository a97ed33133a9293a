"""Text → where photographers, agencies and authors are credited: they are nobody in the story."""

from __future__ import annotations

import re

_CREDIT = re.compile(
    # a bracket with photographer, pool and agency
    r"\((?:[^()]|\([^()]*\))*(?:/[^()]*\b(?:Photo|Pool|AP|AFP|Reuters|Getty)|\bvia\b [A-Z]|, File|Getty Images)[^()]*\)"
    r"|©[^\n]*"
    # a dateline with the agency in brackets
    r"|\A\s*\([A-Z][\w ]{1,20}\)(?= ?(?:[-–—]|[A-Z]))"
    r"|(?m:^[A-Z][^\n()]{1,40}\((?:AP|AFP|Reuters|REUTERS|dpa|UPI|Xinhua)\)(?= ?[-–—]))"
    # a credit with its label, a byline
    r"|\b(?:Image|Photo|Photograph|Picture|Video|Audio|Credit)s?: [^\n.]{2,60}"
    r"|(?m:^\s*(?:BY|By) [A-Z][^\n]{2,60}$)"
)
_CAPTION = re.compile(
    r"(?m)^[^\n]*\b(?:Image|Photo|Photograph|Picture|Video|Audio|Credit)s?: [^\n]{2,60}$"
    r"|^[^\n]*\([^()\n]*(?:/[^()\n]*Photo|via AP)[^()\n]*\)"
)


def credits_of(text: str) -> list[tuple[int, int]]:
    """Stretches that say who took, wrote or sent something."""
    return [m.span() for m in _CREDIT.finditer(text)]


def captions(text: str) -> list[tuple[int, int]]:
    """Lines that end in a picture's credit."""
    return [m.span() for m in _CAPTION.finditer(text)]


_DATELINE = re.compile(
    r"(?m)^[ \t]*[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:, \w+\.? \d+)?"
    r"(?: ?\([^()\n]{2,30}\))? ?(?:[-–—_]+|(?=\d{4}-\d\d-\d\d))"
)


def datelines(text: str) -> list[tuple[int, int]]:
    """Where a report was sent from, at a line's beginning: "CITY, Country (Agency) —"."""
    return [m.span() for m in _DATELINE.finditer(text)]
