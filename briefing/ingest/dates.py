"""A line that may be a date stamp → (ISO date, kind). Only whole lines that say nothing else count.

Numbers whose order is open ("04/05/2024") are left alone: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from briefing.ingest import lexicon

Kind = Literal["published", "updated"]

MONTHS = lexicon.months()
_MONTH = r"(?P<mon>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"\b{_MONTH} {_DAY},? ?{_YEAR}\b",
        rf"\b{_DAY}\.?[ -](?:de |of )?{_MONTH},?[ -](?:de |del )?{_YEAR}\b",
        rf"\b{_YEAR}-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_YEAR}[./](?P<m>\d\d)[./](?P<day>\d\d)\b",
        rf"(?<!\d){_YEAR}[年년] ?(?P<m>\d{{1,2}})[月월] ?(?P<day>\d{{1,2}})[日일]",
        rf"\b(?P<a>\d{{1,2}})[./-](?P<b>\d{{1,2}})[./-]{_YEAR}\b",
    )
)
_UPDATED = re.compile(r"\b(?:updated?|modified|last (?:updated|modified|edited)|revised)\b", re.IGNORECASE)
# What may stand around the date in a stamp: labels, weekdays, clock times, zones.
_AROUND = re.compile(
    r"(?:\b(?:published|posted|first|updated?|last|modified|edited|revised|created|date|dated|issued|released|filed|on|at|of|"
    r"and|the|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|am|pm|a\.m\.?|p\.m\.?|"
    r"hrs?|hours|noon|midnight|local time|time|gmt|utc|ist|bst|edt|est|et|cdt|cst|ct|mdt|mst|pdt|pst|pt|cet|"
    r"msk|hkt|sgt|[a-z]{2,4}t)\b|\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?|"
    r"\b\d{1,2} ?[ap]\.?m\b\.?|[+-]\d{1,2}:?\d{0,2}|"
    r"\d+ (?:minutes?|hours?|days?) ago|\b\d{4} hrs\b|[tTzZ](?=\d|\b)|[\s,;:|/()\[\]•·—–.-])*",
    re.IGNORECASE,
)


def stamp(line: str) -> tuple[str, Kind] | None:
    """``"Updated 3:45 PM EDT, April 24, 2024"`` → ``("2024-04-24", "updated")``; None where words stand beside it."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return None
    for form in _FORMS:
        found = form.search(line)
        if found is None:
            continue
        iso = _iso(found)
        if iso is None:
            return None
        before, after = line[: found.start()], line[found.end() :]
        rest = after
        for other in _FORMS:  # "Published April 2, 2024; updated April 3, 2024"
            rest = other.sub(" ", rest)
        if _AROUND.fullmatch(before) and _AROUND.fullmatch(rest):
            return iso, "updated" if _UPDATED.search(before) and "ublished" not in before else "published"
        return None
    return None


def find(text: str) -> str | None:
    """The first full date that a short string names, whatever stands beside it."""
    for form in _FORMS:
        found = form.search(text[:200])
        if found and (iso := _iso(found)):
            return iso
    return None


def machine(value: str) -> str | None:
    """A date that a machine wrote (ISO 8601, RFC 5322, feed formats) → ISO day in its own zone."""
    value = value.strip()
    if re.fullmatch(r"\d{4}-\d\d", value) or re.fullmatch(r"(?:19|20)\d\d", value):
        return value
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", value) or re.match(r"(\d{4})(\d\d)(\d\d)(?!\d)", value):
        return _valid(*(int(g) for g in found.groups()))
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):  # seconds or milliseconds since 1970
        return datetime.fromtimestamp(int(value[:10]), UTC).date().isoformat()
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return find(value)


def moment(value: str) -> str | None:
    """A time that a machine wrote, with its zone, as ISO 8601; None without a zone."""
    value = value.strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
            found = datetime.fromisoformat(value)
        else:
            found = parsedate_to_datetime(value)
        return found.isoformat(timespec="seconds") if found.tzinfo is not None else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(found: re.Match[str]) -> str | None:
    group = found.groupdict()
    year = int(group["year"])
    if group.get("mon"):
        return _valid(year, MONTHS[group["mon"].lower().rstrip(".")], int(group["day"]))
    if group.get("m"):
        return _valid(year, int(group["m"]), int(group["day"]))
    a, b = int(group["a"]), int(group["b"])
    if a > 12:
        return _valid(year, b, a)
    return _valid(year, a, b) if b > 12 or a == b else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
