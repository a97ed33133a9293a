"""Reading, quotations → attributions of whole quotations: the cue before, between, behind, or in the paragraph before.

Works on the words beside the marks, which a parse gets wrong more often than readers do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.extract.attribution_links import Found, crosses_sentence
from briefing.extract.attribution_parse import (
    cue_tokens,
    own_subject,
    phrase,
    spans_of,
    subject_of,
    with_colon,
    with_comma,
)
from briefing.extract.cues import cues
from briefing.extract.quotes import Quotation, blocks, words_in
from briefing.extract.reading import Reading
from briefing.records import Span

# Between the closing mark and the verb stand a name, a title, an age, a party: rarely more.
_REACH_BEHIND = 45
_REACH_BEFORE = 40
_SHORT = 3
_LONG = 6
_SAID_BEFORE = re.compile(
    r"\b(?:said|says|reads?|wrote|writes|states?|stated|adds?|added|asked|asks|replied|told \w+)\s$"
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBG"})
_SIGNATURE = re.compile(r"\s?([―—–-]{1,2})\s?")
_LONGEST_SIGNATURE = 10
_STOPS = frozenset({".", "!", "?", ";"})
_NEVER_FIRST = frozenset({"CCONJ", "SCONJ", "ADP", "PART"})


@dataclass
class _Direct:
    pieces: list[Span]
    cue: list[Token]
    source: list[Token]
    block: int


def find_direct(reading: Reading, quotations: Sequence[Quotation]) -> list[Found]:
    """The attributions of whole quotations, in text order."""
    text, doc = reading.article.text, reading.doc
    units = list(blocks(text, reading.paragraphs))
    outer = [q for q in quotations if q.depth == 0]
    made: list[_Direct] = []
    for n, quotation in enumerate(outer):
        if not quotation.closed and len(quotation.pieces) == 1:
            continue
        first = max(i for i, (a, _) in enumerate(units) if a <= quotation.start)
        last = max(i for i, (a, _) in enumerate(units) if a < quotation.end)
        floor = max(outer[n - 1].end if n else 0, units[first][0])
        limit = min(outer[n + 1].start if n + 1 < len(outer) else len(text), units[last][1])
        former = made[-1] if made and made[-1].block == first and made[-1].pieces[-1][1] == floor else None
        resumed = former is not None and text[floor : quotation.start].rstrip().endswith((",", "—", "–", "―"))
        if not resumed and not is_whole(text, quotation, units[first]):
            continue
        cue = _cue_of(doc, text, quotation, floor, limit)
        if cue is not None and former is not None and resumed and _same_cue(cue[0], former.cue):
            cue = None
        if cue is not None:
            made.append(_Direct(list(quotation.pieces), *cue, block=last))
        elif former is not None and _runs_on(text, former, quotation):
            former.pieces.extend(quotation.pieces)
            former.block = last
        elif quotation.start == units[first][0] and first:
            led = _led(doc, text, units[first - 1])
            if led is not None:
                made.append(_Direct(list(quotation.pieces), *led, block=last))
            elif made and made[-1].block == first - 1 and _fills(text, quotation, units[last]):
                made[-1].pieces.extend(quotation.pieces)
                made[-1].block = last
    return [_found(d, text) for d in made]


def _same_cue(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    return bool({t.i for t in tokens} & {t.i for t in others})


def _runs_on(text: str, former: _Direct, quotation: Quotation) -> bool:
    """Whether between two quotations of a paragraph stands the reporting clause of the first and nothing else."""
    between = text[former.pieces[-1][1] : quotation.start]
    if not between.strip():
        return True
    spoken = any(former.pieces[-1][1] <= t.idx < quotation.start for t in former.cue)
    return spoken and not crosses_sentence(between.rstrip())


def is_whole(text: str, quotation: Quotation, unit: Span) -> bool:
    """Whether a quotation is something said rather than a word in marks."""
    start, end = quotation.start, quotation.end
    before = text[unit[0] : start].rstrip()[-1:]
    inside = text[start:end].strip("“”\"'‘’`«»„ \n")
    closes = inside[-1:] in {",", ".", "!", "?", "…", "—", "–", "-", ";"} or text[end : end + 1] == ","
    opens = before in {"", ".", "!", "?", ":", "”", '"', "’", "'", "—", "―", ")", ","}
    upper = next((c for c in inside if c.isalpha()), "a").isupper()
    if closes and words_in(text, (start, end)) > _LONG and _SAID_BEFORE.search(text[unit[0] : start]):
        return True  # he said "it is raining and nobody has a coat."
    if before == ",":
        opens = upper
    return (opens and (closes or words_in(text, (start, end)) > _SHORT)) or (
        upper and closes and words_in(text, (start, end)) > _SHORT
    )


def _cue_of(
    doc: Doc, text: str, quotation: Quotation, floor: int, limit: int
) -> tuple[list[Token], list[Token]] | None:
    """Cue and source of a quotation in its own paragraph, looked for between two offsets."""
    return _signed(doc, text, quotation, limit) or _behind(doc, quotation, limit) or _before(doc, quotation, floor)


def _found(direct: _Direct, text: str) -> Found:
    cue = with_colon(spans_of(direct.cue, text), text)
    if not cue and direct.cue:
        cue = ((direct.cue[0].idx, direct.cue[-1].idx + len(direct.cue[-1])),)  # a dash
    return Found(tuple(direct.pieces), cue, with_comma(spans_of(direct.source, text), cue, text), rule="direct")


def _fills(text: str, quotation: Quotation, unit: Span) -> bool:
    return not text[quotation.end : unit[1]].strip()


def _signed(doc: Doc, text: str, quotation: Quotation, limit: int) -> tuple[list[Token], list[Token]] | None:
    """A dash and a name behind the quotation: "…" — Ana Ruiz, Leeds."""
    dash = _SIGNATURE.match(text, quotation.end, limit)
    if dash is None:
        return None
    tokens = [t for t in _tokens(doc, dash.end(), limit) if not t.is_space]
    while tokens and tokens[-1].text in _STOPS:
        tokens.pop()
    if not 1 <= len(tokens) <= _LONGEST_SIGNATURE or not tokens[0].text[0].isupper():
        return None
    if any(t.tag_ in _FINITE - {"VBG"} or t.text in _STOPS for t in tokens):
        return None
    return _tokens(doc, dash.start(1), dash.end(1)), tokens


def _behind(doc: Doc, quotation: Quotation, limit: int) -> tuple[list[Token], list[Token]] | None:
    """Cue and source in the words that follow the closing mark."""
    tokens = _tokens(doc, quotation.end, limit)
    while tokens and (tokens[0].text in {",", "-", "—", "–", "―"} or tokens[0].is_space):
        tokens = tokens[1:]
    if not tokens:
        return None
    if tokens[0].lower_ == "according" and len(tokens) > 2 and tokens[1].lower_ == "to":
        return tokens[:2], _noun_phrase(tokens[2:])
    if tokens[0].pos_ in _NEVER_FIRST or tokens[0].text in _STOPS or tokens[0].lower_ in {"that", "which", "who"}:
        return None
    for i, token in enumerate(tokens[:_REACH_BEHIND]):
        if token.text in _STOPS or (token.is_space and "\n" in token.text):
            return None
        if _quotes(token):
            lead = _without_tail(tokens[:i])
            if lead and not _nominal(lead):
                return None
            source = lead or _inverted(token, tokens[i + 1 :])
            return _clipped(cue_tokens(token), tokens), source
    return None


def _before(doc: Doc, quotation: Quotation, floor: int) -> tuple[list[Token], list[Token]] | None:
    """Cue and source in the words of the sentence that lead to the opening mark."""
    tokens = [t for t in _tokens(doc, floor, quotation.start) if not t.is_space]
    stop = max((i for i, t in enumerate(tokens) if t.text in _STOPS), default=-1)
    tokens = tokens[stop + 1 :][-_REACH_BEFORE:]
    if not tokens:
        return None
    colon, comma = tokens[-1].text == ":", tokens[-1].text in {",", "—", "―", "–"}
    if tokens[0].lower_ == "according" and len(tokens) > 2 and tokens[1].lower_ == "to":
        return tokens[:2], _noun_phrase(tokens[2:])
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if not _quotes(token, participles=True):
            continue
        that = tokens[-1].lower_ == "that" and i == len(tokens) - 2
        if not colon and not that and not (comma and len(tokens) - i <= 12) and i != len(tokens) - 1:
            return None
        subject = subject_of(token)
        source = _inverted(token, tokens[i + 1 :]) if colon and i < len(tokens) - 2 else []
        if subject is not None and (subject.i < token.i or not source):
            source = phrase(subject, without=[c for c in subject.children if token in c.subtree])
        return cue_tokens(token), [t for t in source if t.idx < quotation.start]
    return _colon(tokens) if colon else None


def _colon(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """A sentence that ends in a colon and has a doer: "The mayor was blunt: “…”"; the colon alone is the cue."""
    subject = next((t for t in tokens if t.dep_ == "nsubj" and t.head.dep_ in {"ROOT", "conj"}), None)
    if subject is None or subject.tag_ in {"WP", "WDT", "EX"} or subject.lower_ in {"it", "this", "that", "there"}:
        return None
    allowed = {t.i for t in tokens}
    inside = [c for c in subject.children if c.dep_ in {"relcl", "acl"} and c.i > subject.i + 12]
    return [tokens[-1]], [t for t in phrase(subject, without=inside) if t.i in allowed]


def _led(doc: Doc, text: str, unit: Span) -> tuple[list[Token], list[Token]] | None:
    """Cue and source of a paragraph that ends in a colon, for the quotation that follows it."""
    if not text[unit[0] : unit[1]].rstrip().endswith(":"):
        return None
    end = unit[0] + len(text[unit[0] : unit[1]].rstrip())
    return _before(doc, Quotation(((end, end + 1),)), unit[0])


def _quotes(token: Token, *, participles: bool = True) -> bool:
    if token.pos_ not in {"VERB", "AUX"} or token.tag_ not in (_FINITE | {"VBN", "VB"}):
        return False
    cue = cues().verbs.get(token.lemma_.lower())
    if cue is None or not cue.takes("q"):
        return False
    if token.tag_ == "VBG":
        return participles
    return token.tag_ in _FINITE or any(t.dep_ == "aux" for t in token.children) or own_subject(token) is not None


def _without_tail(tokens: Sequence[Token]) -> list[Token]:
    """The words before a verb without its auxiliaries, adverbs and the comma that closes an apposition."""
    found = list(tokens)
    while found and (found[-1].dep_ in {"aux", "neg", "advmod"} or found[-1].is_punct or found[-1].is_space):
        if found[-1].text in {")", "]", '"', "”"}:
            break
        found.pop()
    return found


def _nominal(tokens: Sequence[Token]) -> bool:
    """Whether words can be a speaker: they hold a noun or pronoun and no finite verb outside a relative clause."""
    if not any(t.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"} for t in tokens):
        return False
    first = tokens[0]
    verb = next((t for t in tokens if t.pos_ in {"VERB", "AUX"} and t.tag_ in _FINITE and t.tag_ != "VBG"), None)
    if verb is None:
        return True
    relative = any(t.tag_ in {"WDT", "WP", "WP$", "WRB"} for t in tokens if t.i < verb.i)
    return relative and first.tag_ not in {"WDT", "WP", "WRB"}


def _inverted(verb: Token, tokens: Sequence[Token]) -> list[Token]:
    """The speaker behind the verb: "said Ana Ruiz, who runs the clinic"."""
    first = next((t for t in tokens if not t.is_space), None)
    if first is None or first.is_punct:
        subject = subject_of(verb)
        return phrase(subject) if subject is not None and subject.i < verb.i else []
    subject = next((t for t in verb.children if t.dep_ in {"nsubj", "dobj", "attr"} and t.i > verb.i), None)
    allowed = {t.i for t in tokens}
    if subject is not None and subject.left_edge.i <= first.i + 1:
        return [t for t in phrase(subject) if t.i in allowed]
    if first.pos_ in {"PROPN", "NOUN", "DET", "PRON", "ADJ", "NUM"}:
        return _noun_phrase(tokens)
    return []


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The noun phrase at the head of a run of tokens, with what hangs on it."""
    allowed = {t.i for t in tokens}
    for token in tokens[:12]:
        if token.text in _STOPS:
            break
        if token.pos_ in {"PROPN", "NOUN", "PRON"} and token.dep_ not in {"compound", "poss", "nmod"}:
            return [t for t in phrase(token) if t.i in allowed]
    return []


def _clipped(tokens: Sequence[Token], allowed: Sequence[Token]) -> list[Token]:
    inside = {t.i for t in allowed}
    return [t for t in tokens if t.i in inside]


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens that begin in a stretch of characters."""
    if start >= end:
        return []
    span = doc.char_span(start, end, alignment_mode="expand")
    return [t for t in span if t.idx >= start] if span is not None else []
