"""A byline → the people it names."""

from __future__ import annotations

import re

from briefing.ingest import lexicon

_PARTICLES = frozenset({
    "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "y", "zu",
})  # fmt: skip
_SMALL = r"(?:al|el|bin|ibn|da|de|del|della|den|der|di|dos|du|la|le|ten|ter|van|von|y)(?:-[A-Z]\w+)?"
_WORD = rf"(?:(?!AND\b|WITH\b)[A-ZÀ-ÞĀ-Ž][\w’'.-]*|{_SMALL})"
_NAME = rf"[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?: {_WORD}){{1,4}}"
_JOIN = r"(?:,? (?:and|AND|And|&|with|WITH|With) |, ?|; )"
_BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten |WRITTEN |[Rr]eported |[Ss]tory |STORY |Text )?(?:[Bb]y|BY)(?::|\s)\s*)"
    rf"(?P<who>{_NAME}(?:{_JOIN}{_NAME}){{0,7}})"
    r"(?P<rest>(?:[,|/;•·—–-]|\s+(?:in|IN|at|for|FOR|of|\||/|[—–-])\s).{0,80}|\s*(?:\(|@).{0,60})?$"
)
_NOBODY = re.compile(
    r"(?:staff|desk|editors?|newsroom|reporters?|correspondents?|agencies|team|writers?|bureau|"
    r"contributor|news|post|times|service|wire|press|agency|journal|herald|tribune|gazette|magazine|radio|tv|media)$",
    re.IGNORECASE,
)
_AGENCY_BYLINE = re.compile(r"(?:[Bb]y|BY) (?:the |The |THE )?(?P<who>.{2,40})$")


def byline(line: str) -> tuple[list[str], str] | None:
    """``"By Jane Roe and John Doe, Reuters"`` → (["Jane Roe", "John Doe"], "Reuters"); None where it is no byline.

    A byline of a desk or an agency gives no names and the desk or agency as the rest.
    """
    line = line.strip()
    if len(line) > 200 or line[:1] not in "BbWwRrST":
        return None
    if found := _BYLINE.match(line):
        who, rest = found["who"], (found["rest"] or "").strip(" ,|/;•·—–-()")
        closed = re.match(r"(.* (?:and|AND|And|&) [^,]+), (.+)$", who)  # what follows the last name is an outlet
        if closed:
            who, rest = closed[1], closed[2]
        names = people(who)
        if names:
            return names, rest
    if (found := _AGENCY_BYLINE.match(line)) and (
        found["who"].lower() in lexicon.agencies() or (_NOBODY.search(found["who"]) and line[-1] not in ".!?")
    ):
        return [], found["who"]
    return None


def people(who: str) -> list[str]:
    """``"JANE ROE and KIM TONG-HYUNG"`` → ["Jane Roe", "Kim Tong-hyung"]; desks and agencies are left out."""
    out: list[str] = []
    for part in re.split(r",? (?:and|AND|And|&|with|WITH|With) |, ?| \| | / |; ?", who):
        name = part.strip(" .,")
        if (
            not name
            or name.lower() in lexicon.agencies()
            or _NOBODY.search(name)
            or len(name.split()) > 6
            or name.startswith("The ")
        ):
            continue
        name = _cased(name) if name.upper() == name else name
        if name not in out:
            out.append(name)
    return out


def _cased(name: str) -> str:
    words = name.split()
    small_after = words[0].lower() in lexicon.surnames()
    return " ".join(
        _word(w, small_after) if w.lower() not in _PARTICLES or n == 0 else w.lower() for n, w in enumerate(words)
    )


def _word(word: str, small_after_hyphen: bool) -> str:
    if re.fullmatch(r"(?:[A-Z]\.)+", word):
        return word
    if "-" in word and small_after_hyphen:
        return word.capitalize()
    word = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)
    return re.sub(r"^(Mc)([a-z])", lambda m: m[1] + m[2].upper(), word)
