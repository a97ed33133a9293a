"""Outlet lexicon and the user's file → the reliability, A to F, of an article's outlet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from briefing import yamlfile
from briefing.errors import ConfigError
from briefing.records import Article, Reliability

_LEXICON = Path(__file__).parent / "lexicons" / "sources.yaml"
_NOISE = re.compile(r"^the\s+|[^\w\s]|\b(?:news agency|news service|newspaper|online|com)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Grades:
    """Outlet names (folded) and web hosts → letter."""

    letters: Mapping[str, Reliability]

    def of(self, article: Article) -> Reliability:
        """The letter of the outlet, found by name, by host, or by the agency it credits; F where none is known."""
        for name in (article.publisher, article.agency):
            if name and (letter := self.letters.get(fold(name))):
                return letter
        host = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
        while "." in host:
            if letter := self.letters.get(host):
                return letter
            host = host.split(".", 1)[1]
        return "F"


def fold(name: str) -> str:
    """An outlet's name without case, article and punctuation."""
    return " ".join(_NOISE.sub(" ", name.casefold()).split()) or name.casefold()


def load(path: Path | None) -> Grades:
    """The project's lexicon, with the user's file on top. Raises ConfigError."""
    return Grades({**_standard(), **(_read(path) if path else {})})


@lru_cache(maxsize=1)
def _standard() -> dict[str, Reliability]:
    return _read(_LEXICON)


def _read(path: Path) -> dict[str, Reliability]:
    data, lines = yamlfile.read(path)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigError(f"{path}:1", f"found {type(data).__name__}", allowed="letters A to F, each with outlets")
    out: dict[str, Reliability] = {}
    for letter, outlets in data.items():
        if letter not in get_args(Reliability):
            where = f"{path}:{lines.get((letter,), 1)}"
            raise ConfigError(where, f"{letter}: unknown reliability", allowed="A, B, C, D, E, F")
        for name in _names(outlets or {}, f"{path}:{lines.get((letter,), 1)}"):
            out[name] = cast("Reliability", letter)
    return out


def _names(outlets: Any, where: str) -> list[str]:
    """Folded names and hosts of ``{name: [host, other name]}``, or of a plain list of names."""
    if isinstance(outlets, list):
        outlets = dict.fromkeys(map(str, outlets))
    if not isinstance(outlets, dict):
        raise ConfigError(where, f"found {type(outlets).__name__}", allowed="names, or names with their hosts")
    out = []
    for name, others in outlets.items():
        out.append(fold(str(name)))
        out += [o.lower() if "." in o and " " not in o else fold(o) for o in map(str, others or ())]
    return out
