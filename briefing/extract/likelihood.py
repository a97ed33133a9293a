"""Words → how likely they say something is: the estimative term with its scope, and its band where it is on a scale.

"not likely" is no "likely": a negated word is kept with its negation and gets no number. Nor does a word that stands on
no scale ("could", "a real risk", "extremely likely"), nor one that tells who rather than how likely ("likely voters").
"""

from __future__ import annotations

import re
from functools import cache

from briefing import yardstick as yardsticks
from briefing.extract import lexicon
from briefing.records import Likelihood
from briefing.yardstick import Yardstick

_AUXILIARY = r"(?:is|are|was|were|be|been|being|am|it|that|will|would|do|does|did|has|have|had|seem|seems|look|looks)"
_CLAUSE_END = re.compile(r"[.;:!?\n”\"]|,\s")
_DETERMINER = re.compile(r"\b(?:an?|the|his|her|its|their|this|that|any|another)\s+$", re.I)
_LONGEST_SCOPE = 120


def likelihood_of(text: str, *, modals: bool = True, yardstick: Yardstick = "icd203") -> Likelihood | None:
    """The estimative term of what somebody says: one on the yardstick first, then phrases, then modal verbs.

    >>> likelihood_of("further strikes are very likely")
    Likelihood(term='very likely', low=0.8, high=0.95, condition=None, limit=None)
    """
    found = _best(text, modals=modals, yardstick=yardstick)
    if found is None:
        return None
    condition, limit = scope_of(text, found.term)
    return found.model_copy(update={"condition": condition, "limit": limit})


def _best(text: str, *, modals: bool, yardstick: Yardstick) -> Likelihood | None:
    found = _graded(text, yardstick)
    on_scale = next((f for f in found if f.low is not None), None)
    if on_scale is not None:
        return on_scale
    phrases = [*found, *_phrases(text, yardstick)]
    on_scale = next((f for f in phrases if f.low is not None), None)
    if on_scale is not None:
        return on_scale
    if phrases:
        return phrases[0]
    return _plain(text, modals=modals)


def band(term: str, yardstick: Yardstick = "icd203") -> tuple[float, float] | None:
    """The band of a term that stands on the yardstick word for word, else None."""
    return yardsticks.band(term, yardstick)


def scope_of(text: str, term: str) -> tuple[str | None, str | None]:
    """The condition and the time limit under which a term is said, in the text's own words."""
    return _scope(text, term, "conditions"), _scope(text, term, "limits")


def _made(term: str, yardstick: Yardstick) -> Likelihood:
    found = band(term, yardstick)
    return Likelihood(term=term, low=found[0], high=found[1]) if found else Likelihood(term=term)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(w) for w in lexicon.load("estimative")[key])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    data = lexicon.load("estimative")
    if kind == "graded":
        grades = _either(data["grades"])
        negations = _either(data["negations"])
        negated = rf"(?:(?:\b|(?<=\w)){negations}\s+(?:{_AUXILIARY}\s+)?)"
        return re.compile(
            rf"(?P<neg>{negated})?(?P<grade>(?:\b{grades}\s+)*)\b(?P<word>{_either(data['graded'])})\b", re.I
        )
    if kind == "phrases":
        size = _either(data["sizes"])
        nouns = _either(data["nouns"])
        sized = rf"\b(?:an?\s+)?(?:{size}\s+){nouns}\b|\ban?\s+{nouns}\b"
        return re.compile(rf"{sized}|\b{_either(data['phrases'])}\b", re.I)
    if kind == "adverbs":
        return re.compile(rf"\b{_either(data['adverbs'])}\b", re.I)
    # A modal is small: May is a month, Might a name.
    # Nor is "military might" one.
    modal = rf"(?<!['’]s )(?<!y )(?<!c )(?<!l )\b{_either(data['estimating'])}\b(?=\s+[a-z])"
    return re.compile(rf"{modal}(?:\s+(?:well|not|yet|still|also|soon|even))?\b")


def _either(words: list[str]) -> str:
    """A group of alternatives, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


def _graded(text: str, yardstick: Yardstick) -> list[Likelihood]:
    found = []
    for m in _pattern("graded").finditer(text):
        if m["word"].lower() in {"certain"} and not m["grade"]:
            continue  # "certain goods"
        if _tells_who(text, m.end()):
            continue
        if _DETERMINER.search(text[: m.start("grade")]) and re.match(
            r"\s+(?!that\b|to\b|is\b|but\b|and\b)\w", text[m.end() :]
        ):
            continue  # "an unlikely ally", "the likely cause": a description, not an estimate
        if m["word"].lower() == "likely" and re.match(r"\s+than\b", text[m.end() :]):
            found.append(Likelihood(term=text[m.start() : m.end()]))
            continue
        start = m.start("grade") if m["grade"] else m.start("word")
        if m["neg"]:
            found.append(Likelihood(term=_negated(text, m)))
        else:
            found.append(_made(" ".join(text[start : m.end()].split()), yardstick))
    return found


def _negated(text: str, m: re.Match[str]) -> str:
    """The term with its negation; of a contraction ("isn't likely") the whole word."""
    start = m.start()
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return " ".join(text[start : m.end()].split())


def _tells_who(text: str, end: int) -> bool:
    after = re.match(r"\s+(?:\w+\s+)?(\w+)", text[end:])
    near = re.match(r"\s+(\w+)", text[end:])
    people = _words("likely_people")
    return any(m is not None and m[1].lower() in people for m in (near, after))


def _phrases(text: str, yardstick: Yardstick) -> list[Likelihood]:
    return [_made(" ".join(m.group().split()), yardstick) for m in _pattern("phrases").finditer(text)]


def _plain(text: str, *, modals: bool) -> Likelihood | None:
    for kind in ("adverbs", "modals") if modals else ("adverbs",):
        m = _pattern(kind).search(text)
        if m is not None:
            return Likelihood(term=m.group())
    return None


def _scope(text: str, term: str, key: str) -> str | None:
    if term not in " ".join(text.split()):
        return None
    starts = _either(lexicon.load("estimative")[key])
    best: str | None = None
    for m in re.finditer(rf"\b{starts}\s+\w", text, re.I):
        rest = text[m.start() : m.start() + _LONGEST_SCOPE]
        stop = _CLAUSE_END.search(rest, 1)
        clause = rest[: stop.start()] if stop else rest
        if key == "limits" and not _TIME.search(clause):
            continue
        best = clause.strip()
        break
    return best


_TIME = re.compile(
    r"\b(?:\d{4}|day|days|week|weeks|month|months|year|years|hour|hours|decade|decades|today|tomorrow|tonight|now|end|"
    r"spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|election|deadline|midnight)\b",
    re.I,
)
