"""What attribution rules ask of a parse: whose verb is it, which words are its cue, where does a phrase end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from briefing.extract.attribution_links import Found
from briefing.records import Span

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})
_LONGEST_NAME = 6
_LINES = "briefing.lines"
_LEFT_TRIM = " \t\r\n\u00a0,;:–—-"
_RIGHT_TRIM = " \t\r\n\u00a0,;:–—-."
_DATELINE = re.compile(
    r"(?:[A-Z]{3}[\w .,’'/-]{0,50}?\s*(?:\([^)\n]{2,30}\))?|\([A-Z][^)\n]{1,30}\))\s*(?:—|―|–|--|-)\s+"
)
_ABBREVIATED = frozenset(
    {"U.S.", "U.N.", "U.K.", "E.U.", "D.C.", "Jr.", "Sr.", "Inc.", "Corp.", "Co.", "Ltd.", "a.m.", "p.m."}
)


def subject_of(verb: Token) -> Token | None:
    """Head of the noun phrase that does what the verb says: its own subject, or the one it shares or inherits."""
    own = own_subject(verb)
    if own is not None:
        return own
    if any(t.dep_ in PASSIVE_SUBJECTS for t in verb.children):
        return agent_of(verb)
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return subject_of(head)
    if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ in {"VBG", "VB", "VBN"} and head.pos_ in {"VERB", "AUX"}:
        return _controller(verb, head)
    if verb.dep_ == "pcomp" and head.pos_ == "ADP" and head.head.pos_ == "VERB":
        passive = next((t for t in head.head.children if t.dep_ in PASSIVE_SUBJECTS), None)
        return passive if passive is not None else subject_of(head.head)
    if verb.dep_ in {"acl"} and verb.tag_ == "VBG" and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return head
    return None


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself."""
    return next((t for t in verb.children if t.dep_ in SUBJECTS), None)


def any_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself, of an active or a passive."""
    return next((t for t in verb.children if t.dep_ in SUBJECTS | PASSIVE_SUBJECTS), None)


def agent_of(verb: Token) -> Token | None:
    """The doer of a passive: "by the ministry"."""
    for by in verb.children:
        if by.dep_ == "agent":
            return next((t for t in by.children if t.dep_ in {"pobj", "pcomp"}), None)
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive with a subject of its own, or shares one."""
    if any(t.dep_ in PASSIVE_SUBJECTS or t.dep_ == "auxpass" for t in verb.children):
        return True
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and own_subject(verb) is None and is_passive(verb.head)


def cue_tokens(verb: Token) -> list[Token]:
    """The verb with its auxiliaries, negation, particle and adverbs right before it, where they touch."""
    doc = verb.doc
    first = verb.i
    while first > 0 and _leads(doc[first - 1], verb):
        first -= 1
    while first < verb.i and doc[first].dep_ == "advmod" and doc[first].i == verb.sent.start:
        first += 1  # "Meanwhile he said"
    last = verb.i
    while last + 1 < len(doc) and doc[last + 1].head == verb and doc[last + 1].dep_ == "prt":
        last += 1
    return list(doc[first : last + 1])


def _leads(token: Token, verb: Token) -> bool:
    if token.head == verb and token.dep_ in _CUE_PARTS:
        return True
    if token.head == verb and token.dep_ == "advmod" and token.pos_ in {"ADV", "PART"} and not list(token.children):
        return token.lower_ not in {"when", "where", "why", "how", "so", "then"}
    return token.dep_ == "neg" and token.head.head == verb


def made_of(
    verb: Token, content: Sequence[Token], subject: Token | None, text: str, rule: str, extra: Sequence[Token] = ()
) -> Found | None:
    """The attribution of a verb: its own words and ``extra`` are the cue; None where no content is left."""
    cue = [*cue_tokens(verb), *extra]
    source = in_paragraph(source_tokens(subject, verb), verb) if subject is not None else []
    if subject is not None:
        source = up_to_cue(source, cue_tokens(subject.head) if subject.head.pos_ == "VERB" else cue)
    own = {t.i for t in cue} | {t.i for t in source}
    pieces = spans_of((t for t in in_paragraph(content, verb) if t.i not in own), text)
    if not pieces:
        return None
    words = spans_of(cue, text)
    return Found(pieces, words, with_comma(spans_of(source, text), words, text), rule=rule)


def source_tokens(subject: Token, verb: Token) -> list[Token]:
    """The noun phrase of a subject, without the clause that the verb itself heads."""
    inside = [t for t in subject.children if verb in t.subtree or t == verb]
    return phrase(subject, without=inside)


def infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children)


def phrase(head: Token, *, without: Iterable[Token] = ()) -> list[Token]:
    """The tokens of a subtree in order, less the subtrees of ``without``."""
    gone = {t.i for other in without for t in other.subtree}
    return [t for t in head.subtree if t.i not in gone]


def up_to_cue(source: list[Token], cue: list[Token]) -> list[Token]:
    """A source with the name between it and its cue, which the parse sometimes leaves hanging."""
    if not source or not cue:
        return source
    doc, last, first = cue[0].doc, max(t.i for t in source), min(t.i for t in cue)
    between = list(doc[last + 1 : first])
    if 0 < len(between) <= _LONGEST_NAME and all(t.pos_ == "PROPN" or t.text in {"-", "(", ")"} for t in between):
        return [*source, *between]
    return source


def in_paragraph(tokens: Iterable[Token], anchor: Token) -> list[Token]:
    """The tokens that no line end parts from ``anchor``: sentences of a parse run over headings and bylines."""
    line = _lines(anchor.doc)
    return [t for t in tokens if line[t.i] == line[anchor.i]]


def _lines(doc: Doc) -> list[int]:
    """Token index → number of its line; counted once a document and kept with it."""
    found: list[int] | None = doc.user_data.get(_LINES)
    if found is None:
        found, line = [], 0
        for token in doc:
            line += "\n" in token.text
            found.append(line)
        doc.user_data[_LINES] = found
    return found


def spans_of(tokens: Iterable[Token], text: str) -> tuple[Span, ...]:
    """Tokens as trimmed character spans, one a run of neighbours; blanks and bare marks alone give none."""
    found = []
    for first, last in _runs(tokens):
        span = trim((first.idx, last.idx + len(last)), text)
        if span is not None:
            found.append(span)
    return tuple(found)


def _runs(tokens: Iterable[Token]) -> Iterator[tuple[Token, Token]]:
    first: Token | None = None
    last: Token | None = None
    for token in sorted(tokens, key=lambda t: t.i):
        if first is None or last is None:
            first = last = token
        elif all(t.is_space or t.is_quote for t in token.doc[last.i + 1 : token.i]):
            last = token
        else:
            yield first, last
            first = last = token
    if first is not None and last is not None:
        yield first, last


def with_colon(cue: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """A cue with the colon that follows it without a blank: it belongs to the cue."""
    if not cue or text[cue[-1][1] : cue[-1][1] + 1] != ":":
        return cue
    return (*cue[:-1], (cue[-1][0], cue[-1][1] + 1))


def with_comma(source: tuple[Span, ...], cue: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """A source with the comma that closes its apposition before the cue: "Ada Poe, a baker, said"."""
    if not source or not cue or source[-1][1] >= cue[0][0]:
        return source
    start, end = source[-1]
    closes = text[end : cue[0][0]].strip() == "," and text[end] == ","
    return (*source[:-1], (start, end + 1)) if closes and "," in text[start:end] else source


def trim(span: Span, text: str) -> Span | None:
    """A span without blanks, commas and dashes at its edges, the full stop of its sentence and a dateline before it."""
    start, end = span
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None and (start == 0 or text[start - 1] == "\n"):
        start = dateline.end()
    while start < end and text[start] in _LEFT_TRIM:
        start += 1
    while end > start and text[end - 1] in _RIGHT_TRIM and not _abbreviated(text, start, end):
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return balanced((start, end), text)


def balanced(span: Span, text: str) -> Span:
    """A span without a bracket at an edge whose partner stands outside it."""
    start, end = span
    if text[start] in "([" and not any(c in ")]" for c in text[start:end]):
        start += 1
    if text[end - 1] in ")]" and not any(c in "([" for c in text[start:end]):
        end -= 1
    return start, end


def _abbreviated(text: str, start: int, end: int) -> bool:
    if text[end - 1] != ".":
        return False
    if text[max(start, end - 4) : end].endswith(("...", ". .")):
        return True
    word = text[start:end].rsplit(None, 1)[-1]
    return word in _ABBREVIATED or (word.count(".") > 1 and len(word) <= 6)


def sentence_ends(doc: Doc, start: int, end: int) -> int:
    """Index of the first token at or behind ``start`` that closes a sentence or paragraph, at most ``end``."""
    for i in range(start, min(end, len(doc))):
        token = doc[i]
        if token.text in {".", "!", "?", ";"} or (token.is_space and "\n" in token.text):
            return i
    return min(end, len(doc))


def _controller(verb: Token, head: Token) -> Token | None:
    if verb.dep_ == "xcomp":
        thing = next((t for t in head.children if t.dep_ == "dobj"), None)
        return thing if thing is not None else subject_of(head)
    return subject_of(head)
