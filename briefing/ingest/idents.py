"""Sources and texts → article ids: short, readable, the same for the same input in any folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

LONGEST = 48


class Ids:
    """Gives each article of a run its own id."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, wanted: str, sha256: str) -> str:
        """``wanted``, or where it is taken, with the first digits of the text's hash."""
        for candidate in (wanted, f"{wanted}-{sha256[:6]}"):
            if candidate not in self._used:
                self._used.add(candidate)
                return candidate
        n = 2
        while f"{wanted}-{sha256[:6]}-{n}" in self._used:
            n += 1
        self._used.add(f"{wanted}-{sha256[:6]}-{n}")
        return f"{wanted}-{sha256[:6]}-{n}"


def from_source(source: str, sha256: str) -> str:
    """``"in/Talks in Geneva.txt"`` → ``"talks-in-geneva"``; a URL gives its last path part, or its host."""
    if source == "-":
        return "stdin"
    if re.match(r"https?://", source):
        parts = urlsplit(source)
        name = unquote(next((p for p in reversed(parts.path.split("/")) if p), "") or (parts.hostname or ""))
    else:
        name = source.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    stem = PurePosixPath(name).stem or name
    return slug(stem) or f"article-{sha256[:8]}"


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; cut at a word's end."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit("-", 1)[0] if "-" in words[:LONGEST] else words[:LONGEST]
