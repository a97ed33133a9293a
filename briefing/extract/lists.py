"""Text → names in result lists and league tables, where no sentence is to parse; and headings in capitals."""

from __future__ import annotations

import re

LONGEST_HEADING = 200
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z0-9][\w.'’-]*|of|de|la|du|and|&))*?"
_STANDING = re.compile(rf"^(?:\d+\. )?({_NAME})(?: -?\d+){{5,}}\s*$", re.M)
_SCORES = re.compile(rf"^(?:{_NAME} \d+ {_NAME} \d+\s*)+$", re.M)
_SIDE = re.compile(rf"({_NAME}) \d+(?= |$)", re.M)
_ATHLETE = re.compile(
    r"(?:^|\d+\s?[.)] )([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}) \( ?([A-Z][\w. ]+?) ?\) (?=[\d:.]+)", re.M
)


def listed_names(text: str) -> list[tuple[int, int, str]]:
    """(start, end, type): sides of a result or a table, athletes with their country in brackets."""
    found: dict[tuple[int, int], str] = {}
    for m in _STANDING.finditer(text):
        found[m.span(1)] = "ORG"
    for line in _SCORES.finditer(text):
        for m in _SIDE.finditer(line.group()):
            found[line.start() + m.start(1), line.start() + m.end(1)] = "ORG"
    for m in _ATHLETE.finditer(text):
        found[m.span(1)] = "PERSON"
    return [(a, b, label) for (a, b), label in sorted(found.items())]


def capital_lines(text: str) -> list[tuple[int, int]]:
    """Headings: lines in capitals, or with nearly every word capitalised, where capitals say nothing of names."""
    out = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = _WORD.findall(line) if len(line) < LONGEST_HEADING else []
        capitals = sum(w.isupper() for w in words)
        long = [w for w in words if len(w) > 3]
        titled = len(long) > 3 and all(w[0].isupper() for w in long) and not line.rstrip().endswith(".")
        if len(words) >= 3 and (capitals > 0.8 * len(words) or titled):
            out.append((at, at + len(line)))
        at += len(line)
    return out
