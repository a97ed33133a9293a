"""Reading, Cast → [Sentence]: the body's sentences with what later rooms need once the parse is gone."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from briefing.extract.reading import Cast, Reading
from briefing.records import Sentence
from briefing.records import Span as Offsets

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}

_FOLLOWING = {"who", "which", "whose", "where", "when", "while", "but", "and", "as", "after", "before", "in", "on"}

# "PORT ELSIN, Karvenia (KPA) — ", "GENEVA, March 3 - ", "(Wire) -- ": no part of the first sentence.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’/-]+(?:[ ,/]+(?:[A-Z][\w.'’-]*|\d{1,4}),?){0,7}(?: ?\([^()\n]{2,40}\))?|\([^()\n]{2,40}\))"
    r"\s*(?:—|–|--|-|_)\s+"
)


def find_sentences(reading: Reading, cast: Cast) -> tuple[Sentence, ...]:
    """Sentences in order, none reaching over a paragraph's end, trimmed of white space."""
    out: list[Sentence] = []
    for start, end in _offsets(reading):
        span = reading.span(start, end)
        if span is not None:
            out.append(_sentence(reading, cast, span, start, end))
    return tuple(out)


def _offsets(reading: Reading) -> list[tuple[int, int]]:
    """Sentence offsets, cut where a paragraph ends inside one."""
    text, paragraphs = reading.article.text, reading.paragraphs
    dateline = _DATELINE.match(text, paragraphs[0][0]) if paragraphs else None
    body = dateline.end() if dateline else 0
    found, n = [], 0
    for sent in reading.doc.sents:
        while n < len(paragraphs) - 1 and paragraphs[n][1] <= sent.start_char:
            n += 1
        for a, b in paragraphs[n:]:
            if a >= sent.end_char:
                break
            start, end = _trimmed(text, max(sent.start_char, a, body), min(sent.end_char, b))
            if start < end:
                found.append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _sentence(reading: Reading, cast: Cast, span: Span, start: int, end: int) -> Sentence:
    subject = _opening(span)
    return Sentence(
        start=start,
        end=end,
        paragraph=reading.paragraph_of(start),
        terms=tuple(t.lemma_.lower() for t in span if t.pos_ in _CONTENT and t.is_alpha | t.like_num),
        optional=optional(span, cast),
        subject=(subject.idx, subject.idx + len(subject)) if subject is not None else None,
        subject_actor=cast.of_token(subject) if subject is not None else None,
    )


def _opening(span: Span) -> Token | None:
    """The pronoun or bare name that opens a sentence as its subject."""
    for token in span[:3]:
        if token.is_punct or token.is_space:
            continue
        if token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ in {"PRON", "PROPN"} and token.n_lefts == 0:
            return token
        return None
    return None


def optional(span: Span, cast: Cast) -> tuple[Offsets, ...]:
    """Clauses between commas or brackets that a sentence stands without, none inside another, in order.

    Appositions of an actor (its role stands in the actor table), and brackets. Relative clauses stay: dropping them
    cost the summary more than the room they gave.
    """
    found: list[Offsets] = []
    for token in span:
        stretch = _apposition(token, cast) or _bracket(token, span)
        if stretch and span.start_char < stretch[0] and stretch[1] <= span.end_char:
            found.append(stretch)
    outer = [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]
    return tuple(sorted(set(outer)))


def _apposition(token: Token, cast: Cast) -> Offsets | None:
    if token.dep_ != "appos" or token.pos_ != "NOUN" or cast.of_token(token.head) is None:
        return None
    return _between_commas(token)


def _between_commas(token: Token) -> Offsets | None:
    """From the comma before a phrase to the comma after it; the sentence's end also ends it, and is kept."""
    doc, first, last = token.doc, token.left_edge.i, token.right_edge.i
    if first == 0 or doc[first - 1].text != "," or last + 1 >= len(doc):
        return None
    after = doc[last + 1]
    if after.text == ",":
        nxt = doc[last + 2] if last + 2 < len(doc) else None
        # "said X, a professor, referring to Y": what follows needs the comma for itself.
        needed = nxt is not None and (nxt.tag_ == "VBG" or nxt.lower_ in _FOLLOWING)
        return doc[first - 1].idx, after.idx if needed else after.idx + 1
    return (doc[first - 1].idx, after.idx) if after.text in {".", ";"} else None


def _bracket(token: Token, span: Span) -> Offsets | None:
    if token.text != "(":
        return None
    close = next((t for t in span if t.i > token.i and t.text in "()"), None)
    return (token.idx, close.idx + 1) if close is not None and close.text == ")" else None
