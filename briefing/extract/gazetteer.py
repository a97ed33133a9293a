"""Text → known names: states with their people and seats of government, blocs, state bodies, agencies, outlets.

Country names come from CLDR, the rest from ``lexicons/``. A name is known only as it is written there: case counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale

from briefing.extract import lexicon

Sort = Literal["state", "seat", "house", "people", "region", "city", "body", "outlet", "product"]
LABELS: dict[Sort, str] = {
    "state": "GPE", "seat": "GPE", "house": "ORG", "people": "NORP", "region": "LOC", "city": "GPE",
    "body": "ORG", "outlet": "ORG", "product": "PRODUCT",
}  # fmt: skip
_WORD = re.compile(r"\w+")
# CLDR writes some names as no newspaper does; the second half of "Congo - Kinshasa" is not a country.
_CLDR_ODD = re.compile(r" - | SAR |[()]")


@dataclass(frozen=True)
class Known:
    """A known name: ``key`` is one for all names of a thing, ``name`` the one to show."""

    key: str
    name: str
    sort: Sort
    country: str | None = None

    @property
    def label(self) -> str:
        return LABELS[self.sort]


@dataclass(frozen=True)
class Match:
    start: int
    end: int
    known: Known


class Gazetteer:
    """Names by their first word, longest first."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[tuple[str, Known]]] = {}
        self._exact: dict[str, Known] = {}

    def add(self, form: str, known: Known) -> None:
        """Makes ``form`` known, and its capitals ("NORTH KOREA") where it is no acronym."""
        bare = form.removeprefix("the ")
        self._put(bare, known)
        if known.sort in ("state", "seat", "people", "city") and len(bare) > 3:
            self._put(bare.upper(), known)

    def _put(self, form: str, known: Known) -> None:
        if form in self._exact:
            return
        self._exact[form] = known
        first = _WORD.match(form)
        if first:
            forms = self._by_word.setdefault(first.group(), [])
            forms.append((form, known))
            forms.sort(key=lambda f: -len(f[0]))

    def get(self, form: str) -> Known | None:
        """The thing that ``form`` names, or None."""
        return self._exact.get(form.removeprefix("the ").removeprefix("The "))

    def matches(self, text: str) -> Iterator[Match]:
        """Known names in ``text``, left to right, longest first, none inside another."""
        at = 0
        for word in _WORD.finditer(text):
            if word.start() < at:
                continue
            for form, known in self._by_word.get(word.group(), ()):
                end = word.start() + len(form)
                if text.startswith(form, word.start()) and not text[end : end + 1].isalnum():
                    yield Match(word.start(), end, known)
                    at = end
                    break


@lru_cache
def gazetteer() -> Gazetteer:
    """The gazetteer with everything in it; built once a process."""
    found = Gazetteer()
    names = country_names()
    for code, more in lexicon.load("capitals").items():
        _add_country(found, code, names.get(code, code), more)
    for code, name in names.items():
        found.add(name, Known(f"state:{code}", name, "state", code))
        for long in ("Republic", "Kingdom"):
            found.add(f"{long} of {name}", Known(f"state:{code}", name, "state", code))
    for code, people in lexicon.load("nationalities").items():
        for form in people:
            found.add(form, Known(f"state:{code}", names.get(code, code), "people", code))
    for name in _regions():
        found.add(name, Known(f"region:{name.lower()}", name, "region"))
    for name in (*lexicon.load("regions")["states"], *lexicon.load("regions")["cities"]):
        found.add(name, Known(f"city:{name.lower()}", name, "city"))
    for short, name in lexicon.load("regions")["state_short"].items():
        found.add(short, Known(f"city:{name.lower()}", name, "city"))
    _add_bodies(found)
    return found


@lru_cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → the name that news uses."""
    cldr = {c: n for c, n in Locale("en").territories.items() if len(c) == 2 and c.isalpha()}
    own = lexicon.load("regions")["country_names"]
    skipped = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}  # no countries
    out = {c: own.get(c, n).replace("’", "'") for c, n in cldr.items() if c not in skipped}
    return {c: n.replace("St. ", "Saint ") for c, n in out.items() if not _CLDR_ODD.search(n)}


def country_of(word: str) -> str | None:
    """ISO code of a country, its people or its seat of government."""
    known = gazetteer().get(word)
    return known.country if known and known.key.startswith("state:") else None


def _add_country(found: Gazetteer, code: str, name: str, more: dict[str, list[str]]) -> None:
    state = Known(f"state:{code}", name, "state", code)
    for form in more.get("also", ()):
        found.add(form, state)
        found.add(form.replace("'", "’"), state)
    for form in more.get("seat", ()):
        found.add(form, Known(f"seat:{code}:{form.lower()}", form, "seat", code))
    for form in more.get("house", ()):
        found.add(form, Known(f"state:{code}", name, "house", code))


def _regions() -> list[str]:
    cldr = [n for c, n in Locale("en").territories.items() if c.isdigit() and n[0].isupper()]
    return sorted({*cldr, *lexicon.load("regions")["regions"]})


def _add_bodies(found: Gazetteer) -> None:
    bodies = lexicon.load("bodies")
    groups: list[tuple[str | None, dict[str, list[str]]]] = [
        (None, bodies["blocs"]),
        (None, bodies["international_groups"]),
        *bodies["national"].items(),
    ]
    for code, names in groups:
        for name, forms in names.items():
            known = Known(f"body:{name.lower()}", name, "body", code)
            for form in (name, *forms):
                found.add(form, known)
                if form.endswith((" Party", " Army", " Police")):
                    found.add(form[: form.rindex(" ") + 1] + form.split()[-1].lower(), known)
    outlets = lexicon.load("outlets")
    for name, forms in (*outlets["agencies"].items(), *outlets["outlets"].items()):
        known = Known(f"outlet:{name.lower()}", name, "outlet")
        for form in (name, *forms):
            found.add(form, known)
