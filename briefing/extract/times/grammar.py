"""Lexicons → compiled grammar, and words of time → the expressions in them, unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing import yamlfile
from briefing.errors import ConfigError
from briefing.extract.times.lexer import BREAK, PLAIN, Lexed, Lexer

_LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"
_ATOM = re.compile(
    r"<(?P<macro>[A-Z]\w*)>|(?P<special>\(\?(?:P<\w+>|P=\w+\)|<=|<!|[:=!]))|(?P<cls>[A-Z][A-Z0-9]+)|(?P<word>[a-z][a-z'.]*)|(?P<op>[()|?*+])"
)
_MARK_OF = {".": "DOT", "-": "HYPHEN", "'s": "POSS", "'": "QUOTE"}


@dataclass(frozen=True)
class Rule:
    """A pattern, the name of the function that reads it, and constants for that function."""

    name: str
    make: str
    pattern: re.Pattern[str]
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Affix:
    """Words before or after an expression that belong to it."""

    pattern: re.Pattern[str]
    mod: str | None
    applies: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """Words ``first`` to ``end`` (exclusive) of ``lexed`` that a rule covers."""

    rule: Rule
    lexed: Lexed
    first: int
    end: int
    groups: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Grammar:
    """Everything compiled once a process."""

    lexer: Lexer
    values: dict[str, dict[str, Any]]
    holidays: dict[str, str | None]
    rules: tuple[Rule, ...]
    any_rule: re.Pattern[str]
    region: re.Pattern[str]
    prefixes: tuple[Affix, ...]
    suffixes: tuple[Affix, ...]

    def regions(self, lexed: Lexed) -> Iterator[tuple[int, int]]:
        """Runs of words of time that hold at least one word that no expression can do without."""
        for region in self.region.finditer(lexed.code):
            yield region.span()

    def at_or_after(self, lexed: Lexed, at: int, end: int) -> list[Match]:
        """What the rules see at the first place from ``at`` on where one matches: the longest first."""
        hit = self.any_rule.search(lexed.code, at, end)
        if hit is None:
            return []
        found = [(m, rule) for rule in self.rules if (m := rule.pattern.match(lexed.code, hit.start(), end))]
        found.sort(key=lambda f: -f[0].end())
        return [Match(rule, lexed, m.start(), m.end(), _groups(m)) for m, rule in found]


def _groups(m: re.Match[str]) -> dict[str, tuple[int, int]]:
    return {name: m.span(name) for name in m.groupdict() if m.start(name) >= 0}


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar of the shipped lexicons."""
    words, _ = yamlfile.read(_LEXICONS / "times_words.yaml")
    spec, _ = yamlfile.read(_LEXICONS / "times_grammar.yaml")
    days, _ = yamlfile.read(_LEXICONS / "times_holidays.yaml")
    return _compile(words, spec, days["holidays"])


def _compile(words: dict[str, Any], spec: dict[str, Any], holidays: dict[str, str | None]) -> Grammar:
    macros = dict(spec["macros"])
    names = [_holiday_pattern(h) for h in sorted(holidays, key=lambda h: (-len(h), h))]
    lasts = sorted({n.split()[-1] for n in names})
    texts = [*macros.values(), *names, *(a["pattern"] for k in ("prefixes", "suffixes") for a in spec[k])]
    texts += [r["pattern"] for r in spec["rules"]]
    literals = {m["word"] for t in texts for m in _ATOM.finditer(t) if m["word"]}
    literals |= {t for t in spec["triggers"] if t.islower()}
    lexer = Lexer(words["classes"], words["capital"], sorted(literals))
    macros["HOLIDAYNAME"] = "(?:" + "|".join(names) + ")"
    macros["HOLIDAYEND"] = "(?:" + "|".join(lasts) + ")"
    build = _Builder(lexer, macros)
    rules = tuple(
        Rule(r["name"], r["make"], re.compile(build(r["pattern"])), dict(r.get("with") or {})) for r in spec["rules"]
    )
    triggers = build("|".join(spec["triggers"]))
    inside = f"[^{PLAIN}{BREAK}]"
    return Grammar(
        lexer=lexer,
        values=words["classes"],
        holidays=holidays,
        rules=rules,
        any_rule=re.compile("|".join(f"(?:{build(r['pattern'], named=False)})" for r in spec["rules"])),
        region=re.compile(f"(?=(?P<x>{inside}*?(?:{triggers}))){inside}+"),
        prefixes=tuple(_affix(build, a, "(?:{})$") for a in spec["prefixes"]),
        suffixes=tuple(_affix(build, a, "(?:{})") for a in spec["suffixes"]),
    )


def _affix(build: _Builder, spec: dict[str, Any], form: str) -> Affix:
    return Affix(re.compile(form.format(build(spec["pattern"]))), spec["mod"], tuple(spec["applies"]))


def _holiday_pattern(name: str) -> str:
    return " ".join(_MARK_OF.get(p, p) for p in re.findall(r"'s\b|[a-z]+|[.'-]", name))


@dataclass(frozen=True)
class _Builder:
    """Patterns over words → regular expressions over symbols."""

    lexer: Lexer
    macros: dict[str, str]

    def __call__(self, pattern: str, *, named: bool = True) -> str:
        out: list[str] = []
        at = 0
        for m in _ATOM.finditer(pattern):
            self._only_blanks(pattern, at, m.start())
            out.append(self._atom(m, named=named))
            at = m.end()
        self._only_blanks(pattern, at, len(pattern))
        return "".join(out)

    def _atom(self, m: re.Match[str], *, named: bool) -> str:
        if m["macro"]:
            return self(self.macros[m["macro"]], named=named)
        if m["special"]:
            return m["special"] if named or not m["special"].startswith("(?P<") else "(?:"
        if m["op"]:
            return m["op"]
        name = m["cls"] or "=" + m["word"]
        chars = self.lexer.chars(name)
        if not chars:
            raise ConfigError("times_grammar.yaml", f"{name} is not a class of words", hint="see times_words.yaml")
        return f"[{chars}]"

    @staticmethod
    def _only_blanks(pattern: str, start: int, end: int) -> None:
        if pattern[start:end].strip():
            raise ConfigError("times_grammar.yaml", f"{pattern[start:end]!r} in {pattern!r} is no part of a pattern")
