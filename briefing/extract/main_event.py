"""Reading, Cast, times, events → MainEvent: who, what, when, where, why and how of the whole article.

News says first what it is about: the headline, where the text holds it, and the first sentences are searched in order,
and the first good answer is taken. A question that the opening does not answer stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from briefing.extract import participants, reasons
from briefing.extract.gazetteer import country_of
from briefing.extract.reading import Cast, Reading
from briefing.records import Event, MainEvent, Time
from briefing.records import Span as Offsets

OPENING = 6  # sentences that are searched
SEARCHED = 20  # for a day, which often stands further down
_PLACES = ("GPE", "LOC", "FAC")
_NEAR = ("in", "at", "near", "outside")
_AT = ("in", "at", "near", "outside", "off", "on", "across", "inside")


def find_main_event(reading: Reading, cast: Cast, times: Sequence[Time], events: Sequence[Event]) -> MainEvent:
    """Each a span of the body, or nothing."""
    del cast, events  # the opening's own grammar answered better than the acts found in it
    opening = [s for s in reading.doc.sents if _is_text(s)][:OPENING]
    heads = [verb for s in opening if (verb := main_verb(s)) is not None]
    if not heads:
        return MainEvent()
    return MainEvent(
        who=_who(heads),
        what=_what(heads[0]),
        when=_when(list(reading.doc.sents)[:SEARCHED], times),
        where=_where(opening),
        why=reasons.why(opening),
        how=reasons.how(heads),
    )


def _is_text(sentence: Span) -> bool:
    return sum(t.is_alpha for t in sentence) >= 3 and not _is_bidding(sentence.root)


def _is_bidding(root: Token) -> bool:
    """ "Click to share", "Get our updates": what a page asks of its reader, no news."""
    has_subject = participants.child(root, "nsubj", "nsubjpass", "expl", "aux", "auxpass", "csubj") is not None
    return root.tag_ == "VB" and not has_subject


def main_verb(sentence: Span) -> Token | None:
    """The verb that says what happened: the root, or what a root of speech or shading reports."""
    root = sentence.root
    done = participants.child(root, "acl")
    if root.pos_ in _NOMINAL and done is not None and done.tag_ in ("VBN", "VBD"):
        return done  # a headline without "was"
    for _ in range(3):
        below = participants.child(root, "ccomp", "xcomp")
        if below is None or below.pos_ != "VERB" or not participants.acts_of_speech(root):
            break
        root = below
    return root if root.pos_ in ("VERB", "AUX", *_NOMINAL) else None


_NOMINAL = ("NOUN", "PROPN", "NUM", "ADJ")


def _who(heads: Sequence[Token]) -> Offsets | None:
    """The subject of the first sentence that has one which is no pronoun."""
    for verb in heads:
        doer = participants.subject(verb) if verb.pos_ in ("VERB", "AUX") else None
        if doer is not None and doer.pos_ != "PRON":
            found = participants.phrase(doer)
            return found.start_char, found.end_char
    return None


def _what(verb: Token) -> Offsets:
    """The verb with its complements, and its subject where it stands alone. A headline without a verb: its noun."""
    if verb.pos_ in _NOMINAL:
        return _of_noun(verb)
    inside = [verb.i]
    for c in verb.children:
        if c.i > verb.i and c.dep_ in _COMPLEMENTS:
            inside += [t.i for t in c.subtree]
    if len(inside) == 1:
        doer = participants.subject(verb)
        inside += [participants.phrase(doer).start] if doer is not None and doer.i < verb.i else []
    return _cut(verb, min(inside), max(inside))


_COMPLEMENTS = ("dobj", "prt", "prep", "attr", "acomp", "xcomp", "oprd", "dative", "agent", "advmod")


def _of_noun(noun: Token) -> Offsets:
    """ "Harbour bridge collapse: …" → the act, without the place before it but with what follows."""
    start = next((c.i for c in noun.lefts if c.dep_ == "compound" and c.ent_type_ not in _PLACES), noun.i)
    kept = [t.i for c in noun.rights if c.dep_ in ("prep", "conj", "cc", "acl", "advcl") for t in c.subtree]
    return _cut(noun, start, max([noun.i, *kept]))


def _cut(head: Token, start: int, end: int) -> Offsets:
    doc = head.doc
    while end > head.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return doc[start].idx, doc[end].idx + len(doc[end])


def _when(sentences: Sequence[Span], times: Sequence[Time]) -> Offsets | None:
    """The first day or hour named; date and hour side by side are one. Weeks, years and "now" are no answer."""
    if not sentences:
        return None
    start, end = sentences[0].start_char, sentences[-1].end_char
    doc = sentences[0].doc
    known = [t for t in times if start <= t.start < end and t.type in ("DATE", "TIME") and _DAY.search(t.value)]
    dating = [t for t in known if _dates_an_act(doc, t)]
    if not dating:
        return None
    first = dating[0]
    text = doc.text
    joined = [t for t in known if t.start > first.end and text[first.end : t.start].strip(" ,") in _JOINTS]
    return first.start, joined[0].end if joined else first.end


def _dates_an_act(doc: Doc, time: Time) -> bool:
    """Whether a time says when something was done, not which thing is meant ("Tuesday's vote", "the morning rush")."""
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    return span is not None and span.root.dep_ not in ("poss", "compound", "amod", "nsubj")


_DAY = re.compile(r"^[\dX]{4}-(?:\d\d-\d\d|XX-\d\d|WXX-\d|W\d\d-\d)|T\d\d")
_JOINTS = ("", "on", "in the", "at", "at about", "at around")


def _where(opening: Sequence[Span]) -> Offsets | None:
    """The place that is named most, where something is in, at or near it, and that is more exact than a country."""
    found = [e for s in opening for e in s.ents if e.label_ in _PLACES and country_of(e.text) is None]
    found += [e for s in opening for e in _unmarked(s)]
    found = found or [e for s in opening for e in s.ents if e.label_ in _PLACES]
    if not found:
        return None
    text, lead = opening[0].doc.text, opening[min(1, len(opening) - 1)].end
    best = max(found, key=lambda e: (_is_located(e) * 2 + min(text.count(e.text), 3) + 3 * (e.start < lead), -e.start))
    return _widened(best)


def _unmarked(sentence: Span) -> Iterator[Span]:
    """Names that something is in, at or near and that the model has not marked as anything."""
    for token in sentence:
        if token.pos_ == "PROPN" and token.dep_ == "pobj" and token.head.lower_ in _NEAR and not token.ent_type_:
            start = token.i
            while start - 1 > token.head.i and (
                token.doc[start - 1].pos_ == "PROPN" or token.doc[start - 1].text == "-"
            ):
                start -= 1
            yield token.doc[start : token.i + 1]


def _is_located(place: Span) -> bool:
    root = place.root
    return root.dep_ == "pobj" and (
        root.head.lower_ in _AT or (root.head.lower_ == "of" and root.head.head.lemma_ in _KINDS)
    )


def _widened(place: Span) -> Offsets:
    """With the kind of place before it: "the northern port of X"."""
    doc, end = place.doc, place.end
    while end < len(doc) and not doc[end - 1].whitespace_ and (doc[end].is_alpha or doc[end].text == "-"):
        end += 1  # "Stratford-upon-Avon" in pieces
    place = doc[place.start : end]
    above = place.root.head
    if place.root.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_ in _KINDS:
        left = above.head.left_edge
        start = left.i + (left.pos_ == "DET")
        return place.doc[start].idx, place.end_char
    return place.start_char, place.end_char


_KINDS = ("city", "town", "village", "port", "province", "district", "region", "capital", "island", "state", "suburb")
