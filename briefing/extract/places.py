"""An act in a parse → where it happened, as written, with the country of that place where it is known."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from briefing.extract.gazetteer import country_of, gazetteer

_PLACES = ("GPE", "LOC", "FAC")
_AT = {"in", "at", "near", "outside", "inside", "across", "around", "off", "on", "over", "within", "throughout"}
_TO = {"to", "for", "into", "toward", "towards"}
_MOVES = {
    "visit",
    "arrive",
    "travel",
    "fly",
    "go",
    "come",
    "enter",
    "reach",
    "tour",
    "leave",
    "depart",
    "return",
    "head",
    "land",
}


def place_of(act: Token, sentence: Span) -> tuple[str | None, str | None]:
    """The place as written and its ISO country: the place that the act's own words name, else the only one there is."""
    found = next(_own(act), None)
    if found is None:
        return None, None
    name = _name(found)
    return name, _country(found, name, sentence)


def _own(act: Token) -> Iterator[Token]:
    """Places on the act itself, then on its object: "in X", "visited X", "flew to X"."""
    wanted = _AT | _TO if act.lemma_.lower() in _MOVES else _AT
    if act.lemma_.lower() in ("visit", "tour", "enter", "reach", "invade", "leave"):
        yield from (c for c in act.children if c.dep_ == "dobj" and c.ent_type_ in _PLACES)
    nouns = [c for c in act.children if c.dep_ in ("dobj", "nsubjpass", "attr")]
    ways = sorted(wanted, key=lambda w: w not in _TO)
    for base in (act, *nouns):
        for way in ways:
            for preposition in base.children:
                if preposition.dep_ == "prep" and preposition.lower_ == way:
                    yield from (o for o in _objects(preposition) if o.ent_type_ in _PLACES)


def _objects(preposition: Token) -> Iterator[Token]:
    for o in preposition.children:
        if o.dep_ == "pobj":
            yield o
            for inner in o.children:
                if inner.dep_ == "prep" and inner.lower_ in ("of", "in"):
                    yield from (g for g in inner.children if g.dep_ == "pobj")


def _name(token: Token) -> str:
    for entity in token.doc.ents:
        if entity.start <= token.i < entity.end:
            return entity.text.removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()
    return token.text


def _country(token: Token, name: str, sentence: Span) -> str | None:
    """Of the place itself, of what stands behind it ("Samarra, Iraq"), or of the adjective before it."""
    known = gazetteer().get(name)
    if known is not None and known.country is not None:
        return known.country
    near = [t for t in token.subtree if t.ent_type_ in ("GPE", "NORP")]
    near += [t for t in sentence if token.i < t.i <= token.i + 3 and t.ent_type_ == "GPE"]
    return next((c for t in near if (c := country_of(_name(t))) is not None), None)
