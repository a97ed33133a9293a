"""Tokens of a sentence → numbers that count something: where they stand, how large, how exact. Knows no nouns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$|\d+(?:\.\d+)?$")
_LEXICON = Path(__file__).parent / "lexicons" / "quantities.yaml"
_SETS = ("degrees", "uncounted", "apart", "parts", "range", "link", "possible", "stop", "plain")
_BOUNDS = ("least", "most", "about", "under", "over")
ROUND = 1000  # from here on a number is rounded also without an "about"
YEARS = (1900, 2100)


class Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True)
class Numeral:
    """A number: tokens from ``first`` (with "at least") over ``at`` (the digits) to before ``after``."""

    first: int
    at: int
    after: int
    number: float
    low: float
    high: float
    said: str  # "at least 7"


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """Words around numbers: lists as sets, ``acts`` as word → act, ``bounds`` as last word → phrases, longest first."""
    data = yaml.safe_load(_LEXICON.read_text(encoding="utf-8"))
    acts = {word: act for act, words in data["acts"].items() for word in words}
    bounds: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for words, kind in sorted(((p.split(), k) for k in _BOUNDS for p in data[k]), key=lambda b: -len(b[0])):
        bounds[words[-1]].append((words, kind))
    return {**data, **{key: frozenset(data[key]) for key in _SETS}, "acts": acts, "bounds": dict(bounds)}


@lru_cache(maxsize=1)
def _worded() -> dict[str, int]:
    """ "one" → 1 … "ninety-nine" → 99."""
    numbers: dict[str, int] = lexicon()["numbers"]
    tens = [w for w, n in numbers.items() if n >= 20]
    return numbers | {f"{t}-{w}": numbers[t] + n for t in tens for w, n in numbers.items() if n < 10}


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """What stands in every sentence that holds a number; most hold none and are not cut into words."""
    words = "|".join([*lexicon()["numbers"], *lexicon()["scales"]])
    return re.compile(rf"\d|\b(?:{words})\b", re.IGNORECASE)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Words, numbers and marks of a stretch; nothing where no number is in it."""
    if not _hint().search(text, start, end):
        return []
    return [Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """The numbers that count something, in order."""
    out, i = [], 0
    while i < len(tokens):
        found = read(tokens, i)
        if found is None:
            i += 1
            continue
        number, after = found
        first, bound = _bound(tokens, i)
        if _stands_alone(tokens, i, after, number) and _is_whole(tokens, first, after):
            low, high = _between(number, bound or ("about" if tokens[i].low in ("a", "an") else ""))
            words = [t.low for t in tokens[first:after]]
            if after == i + 1:  # one word or one row of digits
                words[-1] = f"{number:,.0f}" if number == int(number) else tokens[i].text
            out.append(Numeral(first, i, after, number, low, high, " ".join(words)))
        i = after
    return out


def read(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """The number that begins at a token, and the token behind it: "two dozen" → 24."""
    scales: dict[str, int] = lexicon()["scales"]
    token = tokens[i]
    number: float | None
    if token.text[0].isdigit():
        if not _DIGITS.match(token.text):
            return None
        number = float(token.text.replace(",", ""))
    elif token.low in ("a", "an") and i + 1 < len(tokens) and tokens[i + 1].low in scales:
        number = 1
    else:
        number = _worded().get(token.low)
    if number is None:
        return None
    i += 1
    while i < len(tokens) and tokens[i].low in scales:
        number *= scales[tokens[i].low]
        i += 1
    return number, i


def _bound(tokens: Sequence[Token], i: int) -> tuple[int, str]:
    """Where the words before a number begin that make it a bound ("at least"), and which kind."""
    for words, kind in lexicon()["bounds"].get(tokens[i - 1].low, ()) if i else ():
        n = len(words)
        if i >= n and [t.low for t in tokens[i - n : i]] == words:
            return i - n, kind
    return i, ""


def _stands_alone(tokens: Sequence[Token], i: int, after: int, number: float) -> bool:
    """No year, price, time, score, age, ordinal or part of a name."""
    year = tokens[i].text.isdigit() and after == i + 1 and YEARS[0] <= number <= YEARS[1]
    return number >= 1 and not year and not _is_led(tokens, i) and not _is_followed(tokens, after)


def _is_led(tokens: Sequence[Token], i: int) -> bool:
    """ "$5", "1-0", "Flight 447", "120 , 000"."""
    if not i:
        return False
    before = tokens[i - 1]
    glued = before.end == tokens[i].start and before.text not in "(“\"‘'—–["
    named = i > 1 and before.text.isalpha() and before.text[0].isupper()
    split = i > 1 and before.text in ",.:" and tokens[i - 2].text[-1].isdigit()
    return glued or named or split or before.text in "$£€#"


def _is_followed(tokens: Sequence[Token], after: int) -> bool:
    """ "5%", "7-year-old", "10th", "2:40"."""
    if after >= len(tokens):
        return False
    behind = tokens[after]
    glued = behind.start == tokens[after - 1].end and behind.text not in ",.;:)”\"’'—–]?!"
    split = behind.text in ",.:/" and after + 1 < len(tokens) and tokens[after + 1].text[0].isdigit()
    return glued or split or behind.text in "%-"


def _is_whole(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Not "another 12", "12 more", "7 of the 27", "20 to 30", "40 people per day"."""
    lex = lexicon()
    behind = [t.low for t in tokens[after : after + 5]]
    if first and (tokens[first - 1].low in lex["apart"] | lex["range"] or _ends_range(tokens, first)):
        return False
    if _part_of(tokens, first):
        return False
    if behind and (behind[0] in lex["apart"] or behind[0] in ("of", "to", "or", "out")):
        return False
    return not any(w in ("per", "every", "each") for w in behind)


def _ends_range(tokens: Sequence[Token], first: int) -> bool:
    """ "20 to 30", "20 or 30", "between 20 and 30", but not "from 20 to 30", which says what it is now."""
    if first < 2 or tokens[first - 1].low not in ("to", "or", "and") or read(tokens, first - 2) is None:
        return False
    before = tokens[first - 3].low if first > 2 else ""
    return before == "between" if tokens[first - 1].low == "and" else before != "from"


def _part_of(tokens: Sequence[Token], first: int) -> bool:
    """ "7 of the 27", "one of 40"."""
    the = first > 0 and tokens[first - 1].low in ("the", "its", "their", "those")
    at = first - 1 - the
    if at < 1 or tokens[at].low != "of":
        return False
    return tokens[at - 1].low in lexicon()["parts"] or read(tokens, at - 1) is not None


def _between(number: float, bound: str) -> tuple[float, float]:
    """Between which numbers the true one lies."""
    if bound == "least":
        return number, float("inf")
    if bound == "most":
        return 0, number
    half = _step(number) / 2
    if bound:
        give = max(half, number / 10)
        return number - (bound != "over") * give, number + (bound != "under") * give
    give = half if number >= ROUND and half > 1 else 0
    return number - give, number + give


def _step(number: float) -> float:
    """The place of the last digit that is no nought: 40,000 → 10,000."""
    step = 1
    while number >= step * 10 and number % (step * 10) == 0:
        step *= 10
    return step
