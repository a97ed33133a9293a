"""Reading, Cast → [Sentence]: the body's sentences with what later rooms need once the parse is gone."""

from __future__ import annotations

from spacy.tokens import Span, Token

from briefing.extract.reading import Cast, Reading
from briefing.records import Sentence

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}


def find_sentences(reading: Reading, cast: Cast) -> tuple[Sentence, ...]:
    """Sentences in order, none reaching over a paragraph's end, trimmed of white space."""
    out: list[Sentence] = []
    text = reading.article.text
    for a, b in reading.paragraphs:
        for start, end in _inside(reading, a, b):
            if not text[start:end].strip():
                continue
            span = reading.span(start, end)
            if span is not None:
                out.append(_sentence(reading, cast, span, start, end))
    return tuple(out)


def _inside(reading: Reading, a: int, b: int) -> list[tuple[int, int]]:
    """Sentence offsets inside a paragraph, cut at its borders."""
    text = reading.article.text
    found = []
    for sent in reading.doc.sents:
        start, end = max(sent.start_char, a), min(sent.end_char, b)
        if start >= end:
            continue
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            found.append((start, end))
    return found


def _sentence(reading: Reading, cast: Cast, span: Span, start: int, end: int) -> Sentence:
    subject = _opening(span)
    return Sentence(
        start=start,
        end=end,
        paragraph=reading.paragraph_of(start),
        terms=tuple(t.lemma_.lower() for t in span if t.pos_ in _CONTENT and t.is_alpha | t.like_num),
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
