"""``lexicons/events.yaml`` → which verbs, nouns and pairs of them are acts of which PLOVER class. Knows no parse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from briefing.extract import lexicon
from briefing.records import PloverType


@dataclass(frozen=True)
class Acts:
    """The lexicon, ready for look-up by lemma."""

    verbs: dict[str, PloverType]
    nouns: dict[str, tuple[PloverType, ...]]
    light: frozenset[str]
    phrases: dict[str, tuple[tuple[frozenset[str], PloverType], ...]]
    clause: dict[str, PloverType]
    transparent: frozenset[str]
    speech: frozenset[str]
    promised: frozenset[str]
    hostile: frozenset[str]
    prepositions: dict[str, tuple[str, ...]]
    intransitive: frozenset[str]
    stative: frozenset[str]
    announcing: frozenset[str]
    performed: frozenset[str]
    with_object: dict[str, PloverType]

    def phrase(self, verb: str, nouns: Iterable[str]) -> PloverType | None:
        """Class of a verb with one of the nouns that hang on it."""
        held = frozenset(nouns)
        return next((kind for wanted, kind in self.phrases.get(verb, ()) if wanted & held), None)

    def noun(self, lemma: str) -> PloverType | None:
        """The likeliest class of a noun that names an act."""
        kinds = self.nouns.get(lemma)
        return kinds[0] if kinds else None

    def order(self, kind: PloverType | None) -> tuple[str, ...]:
        """Prepositions that may stand before a target, likeliest first."""
        return self.prepositions.get(kind or "default", self.prepositions["default"])


@lru_cache(maxsize=1)
def acts() -> Acts:
    """The lexicon, loaded once a process."""
    data = lexicon.load("events")
    nouns: dict[str, list[PloverType]] = {}
    phrases: dict[str, list[tuple[frozenset[str], PloverType]]] = {}
    for name, words in data["nouns"].items():
        for word in words.split():
            nouns.setdefault(word, []).append(cast("PloverType", name))
    for row in data["phrases"]:
        for verb in row["verbs"].split():
            phrases.setdefault(verb, []).append((frozenset(row["nouns"].split()), cast("PloverType", row["class"])))
    return Acts(
        verbs=_by_word(data["verbs"]),
        nouns={n: tuple(k) for n, k in nouns.items()},
        light=_set(data["light"]),
        phrases={v: tuple(rows) for v, rows in phrases.items()},
        clause=_by_word(data["clause"]),
        transparent=_set(data["transparent"]),
        speech=_set(data["speech"]),
        promised=_set(data["promised"]),
        hostile=_set(data["hostile"]),
        prepositions={k: tuple(v.split()) for k, v in data["prepositions"].items()},
        intransitive=_set(data["intransitive"]),
        with_object=_by_word(data["with_object"]),
        announcing=_set(data["announcing"]),
        performed=_set(data["performed"]),
        stative=_set(data["stative"]),
    )


def _by_word(lists: dict[str, str]) -> dict[str, PloverType]:
    """Class → words, turned round; the first class of a word wins."""
    out: dict[str, PloverType] = {}
    for name, words in lists.items():
        for word in words.split():
            out.setdefault(word, cast("PloverType", name))
    return out


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
