"""robots.txt (RFC 9309) → whether an address may be fetched, and how slowly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

MOST = 500_000  # bytes that are looked at, as the RFC asks


@dataclass(frozen=True)
class Rules:
    """The rules for one agent, and the host's wish for seconds between requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """The longest matching rule decides; of two as long, the one that allows."""
        best = (-1, True)
        for allowed, pattern in self.rules:
            if _matches(pattern, unquote(path)):
                best = max(best, (len(pattern), allowed))
        return best[1]


EVERYTHING = Rules()
NOTHING = Rules(rules=((False, "/"),))


def parse(data: bytes, agent: str) -> Rules:
    """The group that names ``agent`` (a product name, lower case), else the one for all."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    open_head = False
    for raw in data[:MOST].decode("utf-8", "replace").splitlines():
        key, mark, value = raw.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not mark:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if open_head else [value.lower()]
            open_head = True
            continue
        open_head = False
        for name in agents:
            if key in {"allow", "disallow"} and value:
                groups.setdefault(name, []).append((key == "allow", unquote(value)))
            elif key in {"allow", "disallow"}:
                groups.setdefault(name, [])
            elif key == "crawl-delay" and re.fullmatch(r"\d{1,4}(?:\.\d+)?", value):
                delays[name] = float(value)
    own = agent if agent in groups or agent in delays else "*"
    return Rules(tuple(groups.get(own, ())), delays.get(own, 0.0))


def _matches(pattern: str, path: str) -> bool:
    """``*`` stands for anything, a last ``$`` for the end. Piece by piece, so that no pattern can be slow."""
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not anchored:
        return True
    return path.endswith(pieces[-1]) and (len(pieces) > 1 or at == len(path))
