"""Sentences of a parse → why it happened and how, as the text says it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from briefing.extract import lexicon, participants
from briefing.records import Span as Offsets

MANNER = 6  # words of a manner
LONGEST = 14  # words of a reason


def why(sentences: Sequence[Span]) -> Offsets | None:
    """The first reason given: because …, due to …, over …, to …, in retaliation for …"""
    for rank, reach in _RANKS:
        for sentence in sentences[:reach]:
            for found in rank(sentence):
                return _offsets(found)
    return None


def _because(sentence: Span) -> Iterator[Span]:
    for t in sentence:
        if t.lower_ in ("because", "since") and t.dep_ == "mark" and t.head.pos_ in ("VERB", "AUX"):
            yield _clause(t.head)
        elif t.lower_ in ("because", "due", "owing", "thanks") and t.dep_ in ("prep", "advmod", "acomp", "amod"):
            below = participants.child(t, "pobj", "pcomp", "prep")
            if below is not None:
                yield sentence.doc[t.i : _clause(below).end]


def _noun_of_reason(sentence: Span) -> Iterator[Span]:
    for t in sentence:
        protest = t.lower_ == "protest" and t.i > sentence.start and t.nbor(-1).lower_ == "in"
        if (t.lemma_.lower() in _REASONS and t.pos_ == "NOUN") or protest:
            start = participants.phrase(t).start
            below = (
                t.nbor(1)
                if t.i + 1 < sentence.end and t.nbor(1).lower_ in ("for", "to", "against", "over", "at")
                else None
            )
            yield t.doc[start : _clause(below).end if below is not None else t.i + 1]


def _purpose(sentence: Span) -> Iterator[Span]:
    for t in sentence:
        if t.dep_ == "advcl" and t.tag_ == "VB" and participants.child(t, "aux") is not None:
            yield _clause(t)


def _over(sentence: Span) -> Iterator[Span]:
    for t in sentence:
        if t.dep_ == "prep" and t.lower_ in ("over", "for", "after", "following", "amid") and t.head.pos_ == "VERB":
            below = participants.child(t, "pobj", "pcomp")
            if t.head.lemma_ == "blame":
                continue
            if below is not None and below.ent_type_ not in ("DATE", "TIME", "GPE", "MONEY", "CARDINAL"):
                yield _clause(below)


def _after(sentence: Span) -> Iterator[Span]:
    for t in sentence:
        if t.dep_ == "mark" and t.lower_ in ("after", "as") and t.head.dep_ == "advcl":
            yield sentence.doc[t.i + 1 : _clause(t.head).end]


def _blamed(sentence: Span) -> Iterator[Span]:
    """ "blamed the strike for the delay", "blamed the delay on the strike": the strike."""
    for t in sentence:
        if t.lemma_ not in _BLAMING or t.pos_ != "VERB":
            continue
        cause = next(iter(participants.objects_of(t, _BLAMING[t.lemma_])), None)
        if cause is None and t.lemma_ == "blame":
            cause = participants.child(t, "dobj")
        if cause is not None and cause.pos_ != "PRON":
            yield _clause(cause)


def _caused(sentence: Span) -> Iterator[Span]:
    """ "was caused by a leak", "prompted by the ruling"."""
    for t in sentence:
        if t.lemma_ in _CAUSING and t.tag_ in ("VBN", "VBD"):
            cause = participants.agent(t)
            if cause is not None and cause.pos_ != "PRON":
                yield _clause(cause)


_BLAMING = {"blame": ("on",), "attribute": ("to",), "ascribe": ("to",), "pin": ("on",)}
_CAUSING = ("cause", "prompt", "spark", "trigger", "provoke")
_RANKS = ((_because, 6), (_blamed, 6), (_caused, 6), (_noun_of_reason, 6), (_over, 3), (_after, 3), (_purpose, 3))
_REASONS = ("retaliation", "revenge", "response", "reprisal")


def how(heads: Sequence[Token]) -> Offsets | None:
    """The manner: by doing, with a tool, when or after something happened; else the act of the first full sentence."""
    for head in heads[:4]:
        joined = [c for c in head.conjuncts if c.i > head.i and c.pos_ == "VERB"]
        for verb in (head, *joined):  # "five died and ten were hurt when …"
            for found in _manner(verb):
                return _offsets(found)
    lead = next((h for h in heads[1:] if h.pos_ == "VERB"), heads[0])
    return _offsets(_short(lead)) if lead.pos_ == "VERB" else None


def _manner(verb: Token) -> Iterator[Span]:
    for c in verb.children:
        if c.dep_ == "prep" and c.lower_ in ("by", "through", "via", "using") and participants.child(c, "pcomp"):
            below = participants.child(c, "pcomp")
            assert below is not None
            yield _short(below)
    for c in verb.children:
        if c.dep_ == "advcl" and any(m.lower_ in ("when", "after", "as") for m in c.children):
            yield _short(c, subject=True)
    for c in verb.children:
        below = participants.child(c, "pobj") if c.lower_ in ("with", "using") else None
        if below is not None and below.pos_ == "NOUN" and _is_tool(below):
            yield participants.phrase(below)


def _is_tool(noun: Token) -> bool:
    """No time, no name, nobody: "with hammers", not "with voters"."""
    people = noun.lower_ in lexicon.words("people", "group") or noun.lower_ in lexicon.words("people", "person")
    return not (noun.ent_type_ or participants.is_time(noun) or people)


def _short(verb: Token, *, subject: bool = False) -> Span:
    """Verb and object of a clause, and its subject where asked, without what hangs on them."""
    own = [verb.i, *(c.i for c in verb.children if c.dep_ in ("dobj", "prt", "acomp", "auxpass"))]
    if subject:
        own += [c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"]
    more = [t.i for c in verb.children if c.i > max(own) and c.dep_ in ("prep", "agent") for t in c.subtree]
    end = max([*own, *(i for i in more if i < verb.i + MANNER)])
    while verb.doc[end].dep_ in ("prep", "det", "punct", "agent", "poss", "amod", "compound") and end > max(own):
        end -= 1
    return verb.doc[min(own) : end + 1]


def _clause(head: Token) -> Span:
    inside = list(head.subtree)
    start, end = inside[0].i, inside[-1].i + 1
    end = min(end, start + LONGEST)
    while end - 1 > start and (head.doc[end - 1].is_punct or head.doc[end - 1].is_space):
        end -= 1
    return head.doc[start:end]


def _offsets(span: Span) -> Offsets:
    return span.start_char, span.end_char
