"""Two actors of two articles → are they one, and why. Names give the candidates, context is the judge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from briefing import names
from briefing.records import Actor

PLACES = {"GPE", "LOC", "FAC"}
PRODUCT = "PRODUCT"
_STOP = {
    "the",
    "a",
    "an",
    "of",
    "for",
    "to",
    "in",
    "at",
    "and",
    "on",
    "with",
    "former",
    "ex",
    "then",
    "senior",
    "top",
    "new",
}
NEARLY_SAME = 0.97  # spellings that differ in hyphens, accents or one sound
COMPANY = 2  # actors met in both articles that make company kept


@dataclass(frozen=True)
class Member:
    """An actor of an article, with those who are named beside it."""

    article: str
    actor: Actor
    named: bool
    date: str | None = None
    company: frozenset[str] = frozenset()  # plain names of the article's other persons and bodies

    @cached_property
    def key(self) -> str:
        return names.plain(self.actor.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.key.split())

    @cached_property
    def office(self) -> frozenset[str]:
        """Telling words of role and affiliation, cut to six letters: "trade minister", "minister of trade"."""
        a = self.actor
        said = [w for text in (*a.roles, a.affiliation or "") for w in names.plain(text).split()]
        return frozenset(w[:6] for w in said if w not in _STOP and len(w) > 2)


@dataclass(frozen=True)
class Verdict:
    same: bool
    why: str
    score: float = 1.0


def judge(a: Member, b: Member, *, merge_at: float) -> Verdict | None:
    """Whether two members are one; None where not even their names are alike."""
    if not (a.named and b.named):
        return None
    if PRODUCT in (a.actor.type, b.actor.type):
        return _models(a, b)
    if a.actor.type in PLACES or b.actor.type in PLACES:
        return _places(a, b)
    if a.actor.type == "PERSON" and b.actor.type == "PERSON":
        return _people(a, b, merge_at)
    if a.key == b.key:
        return Verdict(True, "same name")
    if "PERSON" in (a.actor.type, b.actor.type):
        return None
    return _bodies(a, b, merge_at)


# -------------------------------------------------------------------------------------------------------------- models
def _models(a: Member, b: Member) -> Verdict | None:
    """Makes and models: by the designation, whatever nickname goes with it; two designations are two models."""
    if a.actor.type != b.actor.type:
        return None
    if a.key.removesuffix("s") == b.key.removesuffix("s"):
        return Verdict(True, "same name")
    (maker, model), (other_maker, other) = _designation(a), _designation(b)
    if not model or not other or (maker and other_maker and maker != other_maker):
        return None
    bare = maker == other_maker and re.sub(r"^\D+", "", model) == re.sub(r"^\D+", "", other)
    if model == other or (bare and (model.isdigit() or other.isdigit())):  # "Arden 40" for the Arden A40
        return Verdict(True, "same model")
    return None


def _designation(m: Member) -> tuple[str, str]:
    """Maker and designation of a model's name: "Arden A40-200 Skyliner" → arden, a40."""
    words = m.actor.name.lower().split()
    at = next((k for k, w in enumerate(words) if any(c.isdigit() for c in w)), None)
    if at is None:
        return "", ""
    return " ".join(words[:at]), re.sub(r"(?<=\d{2})-\d{2,3}[a-z]{0,4}$", "", words[at]).replace("-", "")


def _places(a: Member, b: Member) -> Verdict | None:
    if a.actor.country and a.actor.country == b.actor.country and a.actor.name == b.actor.name:
        return Verdict(True, "same country")
    if a.key == b.key and "PERSON" not in (a.actor.type, b.actor.type):
        return Verdict(True, "same name")
    place, other = (a, b) if a.actor.type in PLACES else (b, a)
    if a.key == b.key and len(a.words) == 1 and place.actor.country is None and not other.office:
        return Verdict(True, "same name, a place in the other article", 0.7)
    return None


# -------------------------------------------------------------------------------------------------------------- people
def _people(a: Member, b: Member, merge_at: float) -> Verdict | None:
    if len(a.words) < 2 or len(b.words) < 2:
        return _surname(a, b)
    score = names.score(a.actor.name, b.actor.name, "PERSON")
    if a.key == b.key or "".join(a.words) == "".join(b.words):
        if _differ(a, b):
            return Verdict(False, f"same name, other office: {_said(a)}; {_said(b)}", score)
        return Verdict(True, "same name", score)
    if score < merge_at:
        return None
    if set(a.words) < set(b.words) or set(b.words) < set(a.words):
        if _differ(a, b):
            return Verdict(False, f"one name inside the other, other office: {_said(a)}; {_said(b)}", score)
        return Verdict(True, "same name with a middle name", score)
    context = _context(a, b)
    if context:
        return Verdict(True, f"spelling variant, {context}", score)
    return Verdict(False, "alike in spelling, nothing else in common", score)


def _surname(a: Member, b: Member) -> Verdict | None:
    """A bare surname: never by itself."""
    short, full = (a, b) if len(a.words) <= len(b.words) else (b, a)
    if len(short.words) != 1:
        return None
    at_edge = short.words[0] in (full.words[0], full.words[-1])
    if not at_edge:
        return None
    if len(full.words) == 1:
        context = _context(a, b)
        return Verdict(True, f"same surname, {context}", 0.6) if context else Verdict(False, "a surname alone", 0.5)
    context = _context(a, b)
    if context:
        return Verdict(True, f"surname, {context}", 0.6)
    return Verdict(False, "a surname alone", 0.42)


def _context(a: Member, b: Member) -> str | None:
    """What else the two have in common: office, or the company they keep."""
    shared = a.office & b.office
    if len(shared) >= 2 or (shared and shared >= min(a.office, b.office, key=len)):
        return f"same office ({_said(a)}; {_said(b)})"
    if a.office and b.office and not shared:
        return None
    company = a.company & b.company
    if len(company) >= COMPANY:
        return f"named beside the same {len(company)} others ({', '.join(sorted(company)[:3])})"
    return None


def _differ(a: Member, b: Member) -> bool:
    """Offices that have no word in common, and no company either."""
    return bool(a.office and b.office) and not a.office & b.office and len(a.company & b.company) == 0


def _said(m: Member) -> str:
    a = m.actor
    text = ", ".join(x for x in (a.roles[0] if a.roles else None, a.affiliation) if x)
    return text or "no office given"


# -------------------------------------------------------------------------------------------------------------- bodies
def _bodies(a: Member, b: Member, merge_at: float) -> Verdict | None:
    for x, y in ((a, b), (b, a)):
        for alias in x.actor.aliases:
            if names.plain(alias) == y.key and _tells(alias):
                return Verdict(True, f"called {alias} in {x.article}")
    shared = {names.plain(s): s for s in a.actor.aliases if _tells(s)}
    for alias in b.actor.aliases:
        if names.plain(alias) in shared and _tells(alias):
            return Verdict(True, f"both called {alias}", 0.8)
    score = names.score(a.actor.name, b.actor.name, "ORG")
    if score < merge_at:
        return None
    if score < 0.8 and len(a.words) == len(b.words) == 1:
        return Verdict(False, "alike in spelling, nothing else in common", score)
    return Verdict(True, "variant of one name", score)


def _tells(alias: str) -> bool:
    """Is a short name telling enough to merge by: an acronym, or more than one word, or a rare single one?"""
    return len(alias.split()) > 1 or (alias.isupper() and len(alias) > 2) or len(alias) > 5


def blocks(members: Iterable[Member]) -> dict[str, list[int]]:
    """Members that could be one, by words that both names have: only these are held against each other."""
    out: dict[str, list[int]] = {}
    for i, m in enumerate(members):
        if not m.named:
            continue
        keys = set(m.words)
        keys |= {re.sub(r"[aeiouyhw]", "", w) for w in m.words if len(w) > 3}
        keys |= {names.plain(a) for a in m.actor.aliases}
        if m.actor.type == PRODUCT:
            keys |= {_designation(m)[1].lstrip("abcdefghijklmnopqrstuvwxyz"), m.key.removesuffix("s")}
        if len(m.words) > 1:
            keys.add("".join(w[0] for w in m.words))
        keys.add("".join(m.words))
        for key in sorted(keys):
            if len(key) > 1:
                out.setdefault(key, []).append(i)
    return out
