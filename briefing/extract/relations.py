"""Reading, Cast, events → [Relation]: what the text states between two actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Span, Token

from briefing.extract import lexicon
from briefing.extract.reading import Cast, Reading
from briefing.records import Actor, Event, Relation


def find_relations(reading: Reading, cast: Cast, events: Sequence[Event]) -> tuple[Relation, ...]:
    """Relations with the sentence that states each, in order of place; a relation once a sentence."""
    found = [*_of_events(events), *_of_roles(reading, cast), *_between(reading, cast)]
    once = {(r.kind, r.source, r.target, r.evidence): r for r in found if r.source != r.target}
    return tuple(sorted(once.values(), key=lambda r: (r.evidence, r.kind, r.source, r.target)))


def _of_events(events: Sequence[Event]) -> Iterator[Relation]:
    """Acts that happened, from each who did to each to whom it was done."""
    for e in events:
        kind = _verbs().get(e.verb) or lexicon.load("relations")["classes"].get(e.type)
        if kind is None or e.factuality != "actual":
            continue
        for source in e.source:
            for target in e.target:
                yield Relation(kind=kind, source=source, target=target, evidence=e.evidence)


@lru_cache
def _verbs() -> dict[str, str]:
    return {verb: kind for kind, verbs in lexicon.load("relations")["verbs"].items() for verb in verbs}


def _of_roles(reading: Reading, cast: Cast) -> Iterator[Relation]:
    """ "the president of X, NAME": who leads or belongs to what."""
    bodies = {name: a for a in reversed(cast.actors) if a.type != "PERSON" for name in (a.name, *a.aliases)}
    for a in cast.actors:
        if a.type != "PERSON":
            continue
        for d in a.descriptions:
            body = bodies.get(d.affiliation or "")
            sentence = _sentence(reading, d.span)
            if body is not None and sentence is not None and d.role:
                kind = "leads" if _leads(d.role) else "belongs_to"
                yield Relation(kind=kind, source=a.id, target=body.id, evidence=sentence)


def _leads(role: str) -> bool:
    head = role.lower().split(" of ")[0].split(" for ")[0].strip()
    if any(word in head for word in ("deputy", "vice", "former", "assistant")):
        return False
    return any(head == word or head.endswith(f" {word}") for word in lexicon.words("relations", "leads"))


def _between(reading: Reading, cast: Cast) -> Iterator[Relation]:
    """ "an alliance between X and Y", "X's ally Y"."""
    nouns = {noun: kind for kind, listed in lexicon.load("relations")["between"].items() for noun in listed}
    for token in reading.doc:
        kind = nouns.get(token.lower_)
        pair = _pair(token, cast) if kind else None
        if token.lower_ in lexicon.words("relations", "allies"):
            kind, pair = "allied_with", _ally(token, cast)
        if kind is None or pair is None:
            continue
        span = _sentence(reading, (token.idx, token.idx + len(token)))
        if span is not None:
            yield Relation(kind=kind, source=pair[0].id, target=pair[1].id, evidence=span)


def _pair(noun: Token, cast: Cast) -> tuple[Actor, Actor] | None:
    for preposition in noun.children:
        if preposition.lower_ != "between":
            continue
        for one in preposition.children:
            other = next((c for c in one.conjuncts if c.i > one.i), None)
            ids = cast.of_token(one), cast.of_token(other) if other is not None else None
            if ids[0] and ids[1]:
                return cast.actor(ids[0]), cast.actor(ids[1])
    return None


def _ally(noun: Token, cast: Cast) -> tuple[Actor, Actor] | None:
    """The possessor of "ally" and the one in apposition to it."""
    owner = next((cast.of_token(c) for c in noun.children if c.dep_ == "poss"), None)
    named = [cast.of_token(c) for c in noun.children if c.dep_ == "appos"]
    if noun.dep_ == "appos":
        named.append(cast.of_token(noun.head))
    other = next((i for i in named if i and i != owner), None)
    return (cast.actor(owner), cast.actor(other)) if owner and other else None


def _sentence(reading: Reading, span: tuple[int, int]) -> tuple[int, int] | None:
    """The sentence around a span, inside its paragraph."""
    found: Span | None = reading.span(*span)
    if found is None:
        return None
    whole = found.sent
    low, high = next((p for p in reading.paragraphs if p[0] <= span[0] < p[1]), (whole.start_char, whole.end_char))
    start, end = max(low, whole.start_char), min(high, whole.end_char)
    text = reading.article.text[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
