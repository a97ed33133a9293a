"""Doc and the known names in it → further names: short forms that stand for a state because the article names it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from briefing.extract import lexicon
from briefing.extract.gazetteer import Known, country_names
from briefing.extract.spread import Name


class ShortForm(NamedTuple):
    words: tuple[str, ...]
    bare: bool  # stands without "the"
    states: tuple[str, ...]
    named: tuple[str, ...]  # one of these must be in the article


@lru_cache(maxsize=1)
def short_forms() -> tuple[ShortForm, ...]:
    """The forms of ``lexicons/short_forms.yaml``."""
    out = []
    for row in lexicon.load("short_forms")["forms"]:
        words = tuple(row["form"].removeprefix("the ").split())
        states = (row["state"],) if "state" in row else tuple(row["one_of"])
        out.append(ShortForm(words, not row["form"].startswith("the "), states, tuple(row.get("named", states))))
    return tuple(out)


def find_short_forms(doc: Doc, known: Sequence[Name]) -> list[Name]:
    """Names that none of the known ones covers."""
    countries = {n.known.country for n in known if n.known is not None and n.known.country}
    meant: dict[tuple[str, ...], set[tuple[str, bool]]] = {}
    for form in short_forms():
        state = _state(form, countries)
        if state:
            meant.setdefault(form.words, set()).add((state, form.bare))
    covered = {i for n in known for i in range(n.start, n.end)}
    out = []
    for words, states in meant.items():
        if len(states) == 1:
            [(state, bare)] = states
            whole = Known(f"state:{state}", country_names()[state], "state", state)
            places = _places(doc, words, bare, covered, whole.name)
            out += [Name(i, i + len(words), "GPE", whole) for i in places]
    return sorted(out, key=lambda n: n.start)


def _state(form: ShortForm, countries: set[str]) -> str | None:
    """The state that a form stands for where these countries are named."""
    if len(form.states) == 1:
        return form.states[0] if countries & set(form.named) else None
    here = [s for s in form.states if s in countries]
    return here[0] if len(here) == 1 else None


def _places(doc: Doc, words: tuple[str, ...], bare: bool, covered: set[int], whole: str) -> list[int]:
    """Where the words stand as a name of their own."""
    return [
        i
        for i in range(len(doc) - len(words) + 1)
        if doc[i].text == words[0]
        and tuple(t.text for t in doc[i : i + len(words)]) == words
        and (_leads(doc, i + len(words), whole) or (i > 0 and (bare or doc[i - 1].lower_ == "the")))
        and not covered & set(range(i, i + len(words)))
        and not _goes_on(doc, i + len(words))
    ]


def _leads(doc: Doc, after: int, whole: str) -> bool:
    """ "North and South Korea": the first shares the noun of the second."""
    behind = [t.text for t in doc[after : after + 3]]
    begins = doc[after - 1].text
    return len(behind) == 3 and behind[0] in ("and", "or") and behind[1] != begins and f"{begins} {behind[2]}" == whole


def _goes_on(doc: Doc, after: int) -> bool:
    """Whether the name is longer: "the North Sea", "the South-West", "the North of England"."""
    if after >= len(doc):
        return False
    follows = doc[after].text
    longer = follows == "of" and after + 1 < len(doc) and doc[after + 1].text[:1].isupper()
    return longer or follows[:1].isupper() or follows == "-"
