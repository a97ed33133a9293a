"""The room's word lists, read once: a name in, compiled patterns or look-up tables out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from briefing import yamlfile

_HERE = Path(__file__).parent / "lexicons"


def _load(name: str) -> Any:
    return yamlfile.read(_HERE / f"{name}.yaml")[0]


@cache
def agencies() -> dict[str, str]:
    """Lower-case alias → the name that a brief shows."""
    return {alias.lower(): row["name"] for row in _load("agencies") for alias in row["aliases"]}


@cache
def agency_pattern() -> str:
    """An alternation of all aliases, longest first."""
    aliases = sorted((a for row in _load("agencies") for a in row["aliases"]), key=lambda a: (-len(a), a))
    return "(?:" + "|".join(re.escape(a) for a in aliases) + ")"


@cache
def surnames() -> frozenset[str]:
    """Surnames after which a hyphenated given name keeps its second part small."""
    return frozenset(str(s) for s in _load("surnames"))


@cache
def furniture() -> dict[str, re.Pattern[str]]:
    """Reason → pattern that a whole line must match."""
    return {k: re.compile("(?:" + "|".join(v) + ")", re.IGNORECASE) for k, v in _load("furniture").items()}


@cache
def photo() -> dict[str, re.Pattern[str]]:
    """``tail``: within the last brackets; ``line``: anywhere the pattern itself says."""
    return {k: re.compile("|".join(v)) for k, v in _load("photo").items()}


@cache
def months() -> dict[str, int]:
    """Lower-case month name or short form → its number."""
    return {str(name): number for number, names in _load("months").items() for name in names}
