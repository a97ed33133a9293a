"""A verb or noun of a parse → the phrases of its subject and of what it acts on. Works on spaCy tokens alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Span, Token

from briefing.extract.event_types import acts
from briefing.extract.products import is_product

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OUTSIDE = {"relcl", "appos", "cc", "conj", "advcl", "parataxis", "punct", "dep", "intj", "preconj"}
_TIME = {"DATE", "TIME"}
_AMOUNT = {"MONEY", "CARDINAL", "PERCENT", "QUANTITY", "ORDINAL", *_TIME}
_NAMES = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"}


_SHORT = re.compile(r"[^aeiou]*[aeiou][bcdfghjklmnpqrstvz]$")


def lemma(token: Token) -> str:
    """The lemma in lower case, with the silent e that the model drops ("staged": stage, since "stag" would double)."""
    base = token.lemma_.lower()
    if _SHORT.match(base) and token.lower_ in (base + "ed", base + "ing"):
        return base + "e"
    return base


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_passive(verb: Token) -> bool:
    """Whether the subject suffers what the verb says."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "nsubj") for c in verb.children):
        return is_passive(verb.head)
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The token that does what ``verb`` says (or suffers it, in the passive), found through the clauses above it."""
    own = next((c for c in reversed(list(verb.children)) if c.dep_ in _SUBJECTS), None)  # a dateline stands before it
    if own is not None and own.lower_ in ("that", "which", "who") and verb.dep_ == "relcl":
        return verb.head
    if own is not None:
        return _spoken(own, verb)
    head = verb.head
    if depth > 6 or head == verb:
        return None
    if verb.dep_ in ("acl", "relcl"):
        return _of_noun(head, verb, depth) if head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if verb.dep_ in ("xcomp", "ccomp"):
        controlled = child(head, "dobj", "dative", "nsubjpass") if verb.dep_ == "xcomp" else None
        if controlled is not None and head.lemma_ in acts().clause:
            return controlled
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return _of_preposition(head, depth)
    if head.pos_ in ("VERB", "AUX") or head.dep_ in ("acomp", "attr"):
        return subject(head, depth + 1)
    if head.pos_ == "ADJ":
        return subject(head.head, depth + 1)
    return None


def _of_noun(noun: Token, verb: Token, depth: int) -> Token | None:
    """Subject of a clause on a noun: the noun, or who stands behind it ("a decision by France to send …")."""
    if verb.tag_ in ("VBG", "VBN") or verb.dep_ == "relcl":
        return noun
    behind = child(noun, "poss") or next(iter(objects_of(noun, ("by", "of"))), None)
    if behind is not None:
        return behind
    governor = noun.head
    return subject(governor, depth + 1) if governor.pos_ in ("VERB", "AUX") else None


def _of_preposition(preposition: Token, depth: int) -> Token | None:
    governor = preposition.head
    if governor.pos_ not in ("VERB", "AUX"):
        return None
    blamed = child(governor, "dobj", "nsubjpass")
    if preposition.lower_ in ("of", "from", "for") and blamed is not None:
        return blamed
    return subject(governor, depth + 1)


def _spoken(own: Token, verb: Token) -> Token:
    """A pronoun in reported speech stands for the speaker, where nothing in the clause is nearer."""
    if own.pos_ != "PRON" or own.lower_ not in ("it", "he", "she", "they", "we", "i"):
        return own
    for above in verb.ancestors:
        if above.lemma_ in acts().speech and above.pos_ == "VERB":
            said = child(above, "nsubj")
            if said is not None and said != own and said.pos_ != "PRON":
                return said
    if verb.dep_ in ("conj", "advcl") and verb.head.pos_ == "VERB":
        said = child(verb.head, "nsubj", "nsubjpass")
        if said is not None and said.pos_ != "PRON":
            return said
    return own


def agent(verb: Token) -> Token | None:
    """Who does it in the passive: "by X"."""
    by = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
    found = child(by, "pobj") if by is not None else None
    return found if found is not None and found.ent_type_ not in _TIME else None


def objects_of(token: Token, prepositions: Iterable[str]) -> Iterator[Token]:
    """Objects of the token's prepositions, in the order asked, times left out; chained ones too ("out of X")."""
    own = [c for c in token.children if c.dep_ in ("prep", "dative", "agent") and c.pos_ in ("ADP", "SCONJ", "ADV")]
    own += [c for p in list(own) for c in p.children if c.dep_ == "prep"]
    for wanted in prepositions:
        for preposition in own:
            if preposition.lower_ == wanted:
                found = child(preposition, "pobj")
                if found is not None and found.ent_type_ not in _TIME and not is_time(found):
                    yield found


def is_time(token: Token) -> bool:
    """Nouns of time that the model has not marked."""
    return token.lemma_.lower() in _TIME_NOUNS


_TIME_NOUNS = frozenset(
    (
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "night",
        "morning",
        "evening",
        "weekend",
        "today",
        "time",
        "moment",
    )
)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is joined to it by "and"."""
    return [token, *(c for c in token.conjuncts if c.i > token.i)]


def phrase(head: Token) -> Span:
    """The head's noun phrase with its complements, without relative clauses, appositions and further conjuncts."""
    kept = sorted({head.i, *_inside(head)})
    start = end = kept.index(head.i)
    while start > 0 and kept[start - 1] == kept[start] - 1:
        start -= 1
    while end < len(kept) - 1 and kept[end + 1] == kept[end] + 1:
        end += 1
    return _trimmed(head.doc[kept[start] : kept[end] + 1], head)


def _inside(head: Token) -> Iterator[int]:
    for c in head.children:
        if c.dep_ in _OUTSIDE and not (c.dep_ == "punct" and c.text in "-'’\"“”."):
            continue
        if c.dep_ in ("prep", "acl", "npadvmod") and _breaks(c, head):
            continue
        yield c.i
        yield from _whole(c)


def _whole(token: Token) -> Iterator[int]:
    """All below a kept child but its own clauses."""
    for c in token.children:
        if c.dep_ in ("relcl", "advcl", "parataxis"):
            continue
        yield c.i
        yield from _whole(c)


def _breaks(c: Token, head: Token) -> bool:
    """Whether a comma or a time parts a complement from its noun."""
    before = head.doc[c.i - 1] if c.i else None
    if c.i > head.i and before is not None and before.text in (",", "-", "--", "–", "—", "("):
        return True
    below = child(c, "pobj")
    return below is not None and (below.ent_type_ in _TIME or is_time(below))


def _trimmed(span: Span, head: Token) -> Span:
    start, end = span.start, span.end
    while end - 1 > head.i and (span.doc[end - 1].is_punct or span.doc[end - 1].tag_ in ("CC", "POS", "IN")):
        end -= 1
    while start < head.i and (span.doc[start].is_punct or span.doc[start].is_space):
        start += 1
    return span.doc[start:end]


def is_named(token: Token) -> bool:
    """Whether a noun is a name or carries one ("Israeli troops")."""
    near = (token, *(c for c in token.children if c.dep_ in ("compound", "amod", "poss", "nmod")))
    return any(t.ent_type_ in _NAMES or is_product(t) for t in near)


def is_amount(token: Token) -> bool:
    """Money, numbers, dates: nobody, unless they count somebody ("hundreds of banks")."""
    if token.ent_type_ == "CARDINAL" and any(c.lower_ == "of" for c in token.children):
        return False
    return token.ent_type_ in _AMOUNT and not is_named(token)


def owner(noun: Token) -> Token | None:
    """Who stands before a noun: "Israel's plan", "the Israeli plan"."""
    owned = child(noun, "poss")
    if owned is not None and owned.pos_ != "PRON":
        return owned
    return next(
        (
            c
            for c in noun.children
            if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in ("NORP", "GPE", "ORG", "PERSON")
        ),
        None,
    )


def spans(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Character offsets of the phrases of several heads, none twice."""
    found = [phrase(t) for t in tokens]
    return tuple(dict.fromkeys((s.start_char, s.end_char) for s in found))


def acts_of_speech(verb: Token) -> bool:
    """Whether a verb only reports or shades what stands below it."""
    lexicon = acts()
    return verb.lemma_ in lexicon.speech or verb.lemma_ in lexicon.transparent
