"""A string from an article in, a string that is safe to show out; ISO dates in, dates as people write them out.

Display only: records keep every character. Invisible characters that turn the reading direction, hide letters or carry
hidden text are taken out, so that a name cannot read backwards and a word cannot hide another.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Marks that shape Arabic, Persian and Indic words: kept between letters of such scripts, hidden text elsewhere.
_JOINED = re.compile(r"(?<=[\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d](?=[\u0600-\u08ff\u0900-\u0dff])")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}


def display(value: str) -> str:
    """``value`` without control and format characters, lone surrogates and private-use letters, on one line."""
    if value.isascii() and value.isprintable():
        return value
    out = []
    joined = {m.start() for m in _JOINED.finditer(value)}
    for i, char in enumerate(value):
        category = unicodedata.category(char)
        if char in "\n\t\r\x0b\x0c\u2028\u2029":
            out.append(" ")
        elif category in {"Cc", "Cs", "Co", "Cn"} or (category == "Cf" and i not in joined):
            continue
        else:
            out.append(char)
    return "".join(out)


def clip(value: str, limit: int) -> str:
    """At most ``limit`` characters of ``value``, cut at a word's end with an ellipsis that says so."""
    if len(value) <= limit:
        return value
    head = value[: limit - 2]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:–—-") + " …"


def quoted(value: str) -> str:
    """``value`` in quotation marks, where it does not bring its own."""
    shown = display(value).strip()
    return shown if shown[:1] in "“‘\"'«„" else f"“{shown}”"


def safe_url(value: str | None) -> str | None:
    """``value`` where it is an http or https address without a login in it, else None."""
    if not value or any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf"} for c in value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    return value if parts.scheme in {"http", "https"} and host and "@" not in parts.netloc else None


def slug(value: str) -> str:
    """``value`` as an anchor: ASCII letters, digits, hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", value).strip("-") or "x"


def date(value: str | None, *, short: bool = False, american: bool = False) -> str:
    """An ISO date, interval, week, season, month, year or decade as text; what is none of them comes back unchanged."""
    if not value:
        return ""
    if "/" in value:
        return interval(*value.split("/", 1), short=short, american=american)
    if m := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", value):
        return _day(m[1], m[2], m[3], short=short, american=american)
    if (m := re.fullmatch(r"(\d{4})-(\d{2})", value)) and 1 <= int(m[2]) <= 12:
        return f"{_month(m[2], short)} {m[1]}"
    if m := re.fullmatch(r"(\d{4})-W(\d{2})", value):
        return f"week {int(m[2])} of {m[1]}"
    if (m := re.fullmatch(r"(\d{4})-([A-Z]{2})", value)) and m[2] in _SEASONS:
        return f"{_SEASONS[m[2]]} {m[1]}"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0s"
    return value


def interval(start: str, end: str, *, short: bool = False, american: bool = False) -> str:
    """Two ISO dates as ``11 to 20 April 2024``."""
    a, b = date(start, short=short, american=american), date(end, short=short, american=american)
    if a == b or not b:
        return a
    same = re.fullmatch(r"(\d{4}-\d{2})-(\d{2})", start[:10])
    if same and not american and end.startswith(same[1]):
        return f"{int(same[2])} to {b}"
    return f"{a} to {b}" if a else f"to {b}"


def _day(year: str, month: str, day: str, *, short: bool, american: bool) -> str:
    if not 1 <= int(month) <= 12:
        return f"{year}-{month}-{day}"
    name = _month(month, short)
    return f"{name} {int(day)}, {year}" if american else f"{int(day)} {name} {year}"


def _month(number: str, short: bool) -> str:
    name = _MONTHS[int(number) - 1]
    return name[:3] if short else name
