"""Text → words of time: each word as one symbol that stands for the classes it belongs to. Contains no calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PLAIN = "."  # a word without any class
BREAK = "\n"  # the end of a paragraph: no expression reaches over it

_PATTERN = r"""
 (?P<ISODATE>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\w))
|(?P<SLASHDATE>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d))
|(?P<CLOCK>\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?=[apAP]|\b))
|(?P<DECADE>[12]\d{2}0['’]?s\b|['’]\d0s\b)
|(?P<ORDINT>\d{1,3}(?:st|nd|rd|th)\b)
|(?P<QTOKEN>Q[1-4]\b|[1-4]Q(?:\d\d)?\b)
|(?P<HTOKEN>H[12]\b|[12]H(?:\d\d)?\b)
|(?P<FYTOKEN>FY\s?['’]?(?:\d{4}|\d\d)\b)
|(?P<INT>\d+(?:,\d{3})*(?:\.\d+)?(?=[apAP]\.?[mM]\b|\b)(?![\w]))
|(?P<HALF>\d+(?=[apAP]\.?[mM]\b))
|(?P<AMPM>[apAP]\.\s?[mM]\b\.?)
|(?P<ZONED>\b[ECMP]\.(?:[SD]\.)?T\.)
|(?P<OCLOCK>o['’]clock\b)
|(?P<POSS>['’]s\b)
|(?P<WORD>[^\W\d_]+\b)
|(?P<OTHER>\w+)
|(?P<BREAK>%s)
|(?P<MARK>[^\w\s])
"""
_LINES = re.compile(_PATTERN % r"\n\s*", re.VERBOSE)
_PARAGRAPHS = re.compile(_PATTERN % r"\n[\ \t\r]*\n\s*", re.VERBOSE)
_BLANK_LINE = re.compile(r"\S[ \t\r]*\n[ \t\r]*\n\s*\S")
_MARKS = {
    ",": "COMMA",
    ".": "DOT",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "HYPHEN",
    "‑": "HYPHEN",
    "'": "QUOTE",
    "’": "QUOTE",
    "‘": "QUOTE",
    "(": "LPAR",
    ")": "RPAR",
    "/": "SLASH",
    "+": "PLUS",
    "&": "AMP",
}
_SHAPES = ("ISODATE", "SLASHDATE", "CLOCK", "DECADE", "QTOKEN", "HTOKEN", "FYTOKEN", "POSS")


@dataclass
class Lexed:
    """Words of a text with their offsets; ``code`` has one symbol a word."""

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    code: str = ""


class Lexer:
    """Gives words their symbols. ``literals`` are words that the grammar names itself."""

    def __init__(
        self, classes: Mapping[str, Mapping[str, object]], capital: Iterable[str], literals: Iterable[str]
    ) -> None:
        self._capital = frozenset(capital)
        by_word: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                by_word.setdefault(word, set()).add(name)
        for word in literals:
            by_word.setdefault(word, set()).add("=" + word)
        self._by_word = {w: frozenset(c) for w, c in sorted(by_word.items())}
        self._symbols: dict[frozenset[str], str] = {}
        self._cache: dict[tuple[str, str], str] = {}
        for known in self._all_sets():
            if known:
                self._symbols.setdefault(known, chr(0xE000 + len(self._symbols)))

    def chars(self, name: str) -> str:
        """The symbols of all words of a class."""
        return "".join(char for classes, char in self._symbols.items() if name in classes)

    def lex(self, text: str) -> Lexed:
        """The words of a text. Single line ends part paragraphs only where no blank lines do."""
        pattern = _PARAGRAPHS if _BLANK_LINE.search(text) else _LINES
        found = Lexed()
        code: list[str] = []
        cache = self._cache
        for m in pattern.finditer(text):
            word, kind = m.group(), m.lastgroup or ""
            key = (kind, word)
            symbol = cache.get(key)
            if symbol is None:
                symbol = self._symbol(kind, word)
                if len(cache) < 100_000:
                    cache[key] = symbol
            code.append(symbol)
            found.words.append(word)
            found.starts.append(m.start())
            found.ends.append(m.end())
        found.code = "".join(code)
        return found

    def _symbol(self, kind: str, word: str) -> str:
        if kind == "BREAK":
            return BREAK
        return self._symbols.get(self._classes(kind, word), PLAIN)

    def _classes(self, kind: str, word: str) -> frozenset[str]:
        if kind == "ZONED":
            return self._classes("WORD", word.replace(".", ""))
        if kind in ("INT", "HALF"):
            return number_classes(word)
        if kind == "ORDINT":
            return frozenset({"ORDINT", "ORD31"} if 1 <= int(word[:-2]) <= 31 else {"ORDINT"})
        if kind in _SHAPES:
            return frozenset({kind}) | self._by_word.get(word.replace("’", "'"), frozenset())
        if kind == "MARK":
            mark = _MARKS.get(word)
            return frozenset({mark}) if mark else frozenset()
        lower = word.lower().replace("’", "'").replace(" ", "")
        classes = self._by_word.get(lower, frozenset())
        return classes if word[0].isupper() else classes - self._capital

    def _all_sets(self) -> Iterable[frozenset[str]]:
        yield from (self._by_word[w] for w in self._by_word)
        yield from (self._by_word[w] - self._capital for w in self._by_word)
        yield from (frozenset({mark}) for mark in sorted(set(_MARKS.values())))
        for shape in _SHAPES:
            yield frozenset({shape}) | self._by_word.get("'s" if shape == "POSS" else "", frozenset())
        yield from (frozenset({"ORDINT", "ORD31"}), frozenset({"ORDINT"}))
        for n in range(2400):
            for form in (str(n), f"{n:02}", f"{n:04}"):
                yield number_classes(form)
        yield from (number_classes("99999"), number_classes("1,000"), number_classes("1.5"))


def number_classes(word: str) -> frozenset[str]:
    """Classes of a number by its shape: INT, DECIMAL, D12 (an hour), D31 (a day), D2, D4 (0830), YEAR."""
    if "." in word:
        return frozenset({"DECIMAL"})
    if "," in word:
        return frozenset({"INT"})
    n, classes = int(word), {"INT"}
    if len(word) <= 2:
        classes |= {"D31"} if 1 <= n <= 31 else set()
        classes |= {"D12"} if n <= 24 else set()
        classes |= {"D2"} if len(word) == 2 else set()
    if len(word) == 4:
        classes |= {"D4"} if n % 100 < 60 and n < 2400 else set()
        classes |= {"YEAR"} if 1400 <= n < 2200 else set()
    return frozenset(classes)
