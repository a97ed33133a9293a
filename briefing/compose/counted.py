"""Words → the figures in them: counts with the noun that they count, sums of money, shares. Knows no events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing import yamlfile

_LEXICON, _ = yamlfile.read(Path(__file__).with_name("lexicons") / "counted.yaml")
_UNITS, _TENS = str(_LEXICON["units"]).split(), str(_LEXICON["tens"]).split()
_WORDS = {w: float(n) for n, w in enumerate(_UNITS)} | {w: 10.0 * n for n, w in enumerate(_TENS, 2)} | {"dozen": 12.0}
_TIMES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + "|".join([*_UNITS, *_TENS, "dozen"]) + r")"
_TIMES_RE = r"(?:[\s-](?P<times>dozen|hundred|thousand|million|billion|trillion)|(?P<short>m|bn)\b)?"

_MONEY = re.compile(r"(?P<sign>[$£€¥])\s?" + _NUMBER + r"(?:[\s-]?(?P<times>million|billion|trillion|m\b|bn\b))?", re.I)
_SHARE = re.compile(r"(?<![\w.,$£€¥-])" + _NUMBER + r"\s?(?:%|per\s?cent\b|percentage points?\b)", re.I)
_COUNT = re.compile(
    r"(?<![\w.,$£€¥:/-])" + _NUMBER + _TIMES_RE + r"\s+(?:(?!(?:in|on|at|of|to|and|or|per|with)\b)[a-z-]+\s+){0,2}?"
    r"(?P<noun>[a-z]{2,}s|people|men|women|children|police|personnel)(?![\w-])",
    re.I,
)
# A toll without a noun: "killing 34", "34 dead".
_BARE = re.compile(
    r"(?<![\w.,$£€¥:/-])" + _NUMBER + r"\s+(?:were\s+|others?\s+)?(?:killed|dead|injured|wounded|missing|arrested)\b",
    re.I,
)
_AFTER = re.compile(
    r"\b(?:killed|killing|kills|injured|injuring|wounded|wounding)\s+(?:at least\s+|about\s+|some\s+|more than\s+)?"
    + _NUMBER + r"(?=[.,;]|\s+(?:in|on|and|at)\b|$)",
    re.I,
)  # fmt: skip
_NO_COUNT = frozenset(str(_LEXICON["no_count"]).split())
_CONTEXTS = tuple(
    (str(name), re.compile(rf"\b(?:{'|'.join(str(stems).split())})", re.I)) for name, stems in _LEXICON["tolls"].items()
)
NEAR = 80  # characters around a figure in which its predicate stands
BEYOND = 40  # characters that a joint counts for: "killing 14 and injuring 31"
_JOINT = re.compile(r",|\b(?:and|or|while|but)\b")
PERSONS = frozenset(str(_LEXICON["persons"]).split())
Key = tuple[str, str | None]
FAR = 10  # times: what is so much more or less is another thing, tolls aside
ROUNDED = 0.04  # figures of a thousand and more that differ by less are one figure, rounded


@dataclass(frozen=True)
class Figure:
    """A value, what it counts (singular), the predicate of a toll, and the words as they stand."""

    value: float
    unit: str
    context: str | None
    words: str

    @property
    def key(self) -> Key:
        """What two figures must have in common to be held against each other."""
        return ("people" if self.context and self.unit in PERSONS else self.unit, self.context)


@lru_cache(maxsize=50_000)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order.

    >>> [(f.value, f.unit, f.context) for f in figures("At least seven people died and $2 million was spent.")]
    [(7.0, 'people', 'killed'), (2000000.0, '$', None)]
    """
    found: dict[int, Figure] = {}
    for m in _MONEY.finditer(text):
        found[m.start("number")] = Figure(_value(m), m["sign"], None, _words(m))
    for m in _SHARE.finditer(text):
        found.setdefault(m.start("number"), Figure(_value(m), "%", None, _words(m)))
    for m in _COUNT.finditer(text):
        noun = m["noun"].lower()
        if noun not in _NO_COUNT and not _is_year(m):
            figure = Figure(_value(m), _singular(noun), _context(text, m), _words(m))
            found.setdefault(m.start("number"), figure)
    for m in _BARE.finditer(text):
        found.setdefault(m.start("number"), Figure(_value(m), "people", _context(text, m), _words(m)))
    for m in _AFTER.finditer(text):
        found.setdefault(m.start("number"), Figure(_value(m), "people", _context(text, m), m["number"]))
    return tuple(found[at] for at in sorted(found))


def moved(
    before: Sequence[Figure], after: Sequence[Figure], *, tolls_only: bool = False
) -> list[tuple[Figure, Figure]]:
    """Pairs of one thing counted whose value is another now; what several values count on one side is left alone."""
    out = []
    for key in dict.fromkeys(f.key for f in after):
        old, new = [f for f in before if f.key == key], [f for f in after if f.key == key]
        if not old or not new or (tolls_only and not key[1]):
            continue
        if any(same(a, b) for a in old for b in new) or len(_apart(old)) > 1 or len(_apart(new)) > 1:
            continue
        if not new[0].context and max(old[-1].value, new[0].value) > FAR * min(old[-1].value, new[0].value):
            continue
        out.append((old[-1], new[0]))
    return out


def same(a: Figure, b: Figure) -> bool:
    """Whether two figures are one, rounding aside."""
    most = max(abs(a.value), abs(b.value))
    return a.value == b.value or (most >= 1000 and abs(a.value - b.value) / most < ROUNDED)


def _apart(found: Sequence[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for f in found:
        if not any(same(f, k) for k in kept):
            kept.append(f)
    return kept


def _value(m: re.Match[str]) -> float:
    groups = m.groupdict()
    number = m["number"].lower()
    value = _WORDS[number] if number in _WORDS else float(number.replace(",", ""))
    times = (groups.get("times") or groups.get("short") or "").lower()
    return value * _TIMES.get(times, 1.0)


def _words(m: re.Match[str]) -> str:
    return " ".join(m[0].split())


def _is_year(m: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"(?:1[89]|20|21)\d\d", m["number"])) and not m.groupdict().get("times")


def _singular(noun: str) -> str:
    if noun in {"men", "women", "children"}:
        return {"men": "man", "women": "woman", "children": "child"}[noun]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _context(text: str, m: re.Match[str]) -> str | None:
    """The nearest predicate of a toll in the same clause."""
    start, end = max(0, m.start() - NEAR), min(len(text), m.end() + NEAR)
    best: tuple[int, str] | None = None
    for name, pattern in _CONTEXTS:
        for found in pattern.finditer(text, start, end):
            between = text[min(found.end(), m.end()) : max(found.start(), m.start())]
            far = max(m.start() - found.end(), found.start() - m.end(), 0) + BEYOND * bool(_JOINT.search(between))
            if not re.search(r"[.;!?]\s", between) and (best is None or far < best[0]):
                best = (far, name)
    return best[1] if best else None
