"""Source span, Cast → the speaker's actor id, and in what capacity the source speaks (its standing)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefing.extract import lexicon
from briefing.extract.attribution_links import Found
from briefing.extract.reading import Cast, Reading
from briefing.records import Actor, Standing

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
# Hanging on the head in these ways, a name is the head's own; behind a preposition it is somebody else's.
_SAME = frozenset({"compound", "appos", "flat", "nmod"})
# Countries named so often, beside the first, are parties to the matter.
_PARTY_SHARE = 0.34


def speaker_of(found: Found, reading: Reading, cast: Cast) -> str | None:
    """Actor id of who speaks, or None: nobody is named, or the phrase names nobody of the cast."""
    for start, end in found.source:
        words = reading.span(start, end)
        if words is not None and len(words):
            actor = _of_phrase(words, cast)
            if actor is not None:
                return actor
    return None


def _of_phrase(words: Words, cast: Cast) -> str | None:
    head = words.root
    if head.lower_ in _RELATIVE:
        head = _antecedent(head)
    own = cast.of_token(head)
    last = words[-1]
    if last.pos_ == "PROPN" and last != head and not _behind_preposition(last, head):
        return cast.of_token(last) or own  # "arms expert Ana Ruiz"
    if own is not None:
        return own
    for token in sorted(head.subtree, key=lambda t: t.i):
        if token.i in cast.by_token and _is_same(token, head):
            return cast.by_token[token.i]
    return None


def _behind_preposition(token: Token, head: Token) -> bool:
    """Whether a name hangs on the head by a preposition or possessive: it is somebody else's."""
    while token not in (head, token.head):
        if token.dep_ in {"pobj", "poss", "prep", "agent", "relcl", "acl", "advcl", "conj", "dobj"}:
            return True
        token = token.head
    return False


def _antecedent(pronoun: Token) -> Token:
    """What a relative pronoun stands for: the noun that its clause hangs on."""
    verb = pronoun.head
    while verb.dep_ not in {"relcl", "ROOT"} and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else pronoun


def _is_same(token: Token, head: Token) -> bool:
    """Whether a token names the same as the head of the phrase: "Foreign Minister Ana Ruiz", "her aide, Jon Vik"."""
    while token != head:
        if token.dep_ not in _SAME:
            return False
        token = token.head
    return True


# --------------------------------------------------------------------------------------------------------- standing
@dataclass(frozen=True)
class Matter:
    """Which countries an article is about most: officials of these are parties."""

    parties: frozenset[str]

    @classmethod
    def of(cls, cast: Cast) -> Matter:
        """The countries of the actors that are named most, by mentions."""
        country = {a.id: a.country for a in cast.actors if a.country}
        named = Counter(country[m.actor] for m in cast.mentions if m.actor in country)
        ranked = sorted(named.items(), key=lambda kv: (-kv[1], kv[0] or ""))
        if not ranked:
            return cls(frozenset())
        most = ranked[0][1]
        return cls(frozenset(c for c, n in ranked[:2] if c and n >= most * _PARTY_SHARE))


def standing_of(found: Found, speaker: Actor | None, reading: Reading, matter: Matter) -> Standing:
    """In what capacity the source speaks, from its own words and from what the article says of the speaker."""
    text = reading.article.text
    own = " ".join(text[a:b] for a, b in found.source)
    roles = " ".join(speaker.roles) if speaker else ""
    body = (speaker.affiliation or "") if speaker else ""
    name = speaker.name if speaker and speaker.type != "PERSON" else ""
    return _standing(f"{own} {roles}", f"{own} {body} {name}", speaker, matter)


def _standing(said: str, bodies: str, speaker: Actor | None, matter: Matter) -> Standing:
    if not said.strip():
        return "other"
    if _is_outlet(speaker):
        return "outlet"
    if not _has("official", "roles", said):
        for standing in ("expert", "witness"):
            if _has(standing, "roles", said):
                return _AS[standing]
    if _has("outlet", "media", said):
        return "outlet"
    if speaker is not None and speaker.type in {"GPE", "NORP"}:
        return _official(said, speaker, matter)
    if _has("official", "roles", said) or _has("official", "bodies", bodies):
        if _has("expert", "bodies", bodies) and _has("expert", "roles", said):
            return "expert"
        return _official(said, speaker, matter)
    for standing in ("expert", "witness", "outlet", "organisation"):
        if _has(standing, "roles", said):
            return _AS[standing]
    if _has("expert", "bodies", bodies):
        return "expert"
    if _has("organisation", "bodies", bodies) or (speaker is not None and speaker.type == "ORG"):
        return "organisation"
    return "other"


_AS: dict[str, Standing] = {
    "expert": "expert",
    "witness": "witness",
    "outlet": "outlet",
    "organisation": "organisation",
}


def _official(said: str, speaker: Actor | None, matter: Matter) -> Standing:
    """Of a party where its country is one of the matter's, or where the matter knows no countries."""
    country = speaker.country if speaker is not None and speaker.country else country_in(said)
    if country is None:
        return "third_official" if _has("official", "international", said) else "party_official"
    return "party_official" if country in matter.parties else "third_official"


def country_in(phrase: str) -> str | None:
    """The first country, nationality or capital that a phrase names."""
    from briefing.extract.gazetteer import gazetteer

    return next((m.known.country for m in gazetteer().matches(phrase) if m.known.country), None)


def _is_outlet(speaker: Actor | None) -> bool:
    return speaker is not None and speaker.type == "ORG" and speaker.name in _outlets()


@cache
def _outlets() -> frozenset[str]:
    data = lexicon.load("outlets")
    names: list[str] = []
    for group in data.values():
        for name, also in group.items() if isinstance(group, dict) else ((n, []) for n in group):
            names.append(str(name))
            names += [str(a) for a in _names(also)]
    return frozenset(names)


def _names(also: object) -> Sequence[object]:
    return also if isinstance(also, list) else ()


def _has(standing: str, key: str, phrase: str) -> bool:
    return bool(_pattern(standing, key).search(phrase))


@cache
def _pattern(standing: str, key: str) -> re.Pattern[str]:
    words = lexicon.load("standing")[standing].get(key, [])
    if not words:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.I)
