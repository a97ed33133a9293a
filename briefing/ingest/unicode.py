"""Characters that hide or turn text: taken out of cleaned text, only told of where text is verbatim."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

_TURNING = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_HIDDEN = "\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_UNSEEN = re.compile(f"[{_TURNING}{_HIDDEN}{_CONTROL}]|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])")
_TRICK = re.compile(f"[{_TURNING}\u200b\u2060\U000e0000-\U000e007f]")
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
_LOOKALIKES = frozenset("асԁеһіјӏорԛѕԝхуүνορα")  # Cyrillic and Greek letters that print as Latin ones
_LONE = re.compile("[\ud800-\udfff]")
_MIXED = re.compile(
    r"\b(?=\w*[A-Za-zÀ-ɏ])(?=\w*[\u0370-\u03ff\u0400-\u04ff])[A-Za-zÀ-ɏ\u0370-\u03ff\u0400-\u04ff]{3,}\b"
)


def whole(text: str) -> str:
    """Lone surrogates cannot be written to a file: each becomes U+FFFD, so that offsets stay."""
    return _LONE.sub("\ufffd", text)


def seen(text: str) -> str:
    """The text without what cannot be seen."""
    return _UNSEEN.sub("", whole(text))


def tricks(text: str) -> list[tuple[str, str]]:
    """(code, message) of each kind of trick that a text holds."""
    found: list[tuple[str, str]] = []
    if hidden := _TRICK.findall(text):
        names = sorted({f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in hidden})[:3]
        found.append(("format_characters", f"{len(hidden)} characters that hide or turn text: {', '.join(names)}"))
    if mixed := sorted(set(_MIXED.findall(text[:100_000])))[:3]:
        found.append(("mixed_script", f"words that mix alphabets: {', '.join(mixed)}"))
    return found


def suspicious_host(url: str) -> str | None:
    """The host of a URL, in letters, where a part mixes alphabets or is made of letters that look like Latin ones."""
    try:
        host = urlsplit(url).hostname or ""
        shown = ".".join(p.encode("ascii").decode("idna") if p.startswith("xn--") else p for p in host.split("."))
    except (ValueError, UnicodeError):
        return url[:80]
    for part in shown.split("."):
        letters = {c for c in part if c.isalpha()}
        alphabets = {unicodedata.name(c, "?").split()[0] for c in letters} & _ALIKE
        if len(alphabets) > 1 or (letters and letters <= _LOOKALIKES):
            return f"{host} ({shown})" if shown != host else host
    return None


def plain_host(url: str) -> str:
    """The URL with its host in ASCII, as it is sent."""
    try:
        split = urlsplit(url)
        host = (split.hostname or "").encode("idna").decode("ascii")
        port = f":{split.port}" if split.port else ""
    except (ValueError, UnicodeError):
        return url
    return url if (split.hostname or "").isascii() else urlunsplit(split._replace(netloc=host + port))
