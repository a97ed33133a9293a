"""A reporting clause beside or inside what it reports → the tokens of what is said: "…, she said", "…, she said, …".

The words around the clause decide, not the parse, which hangs them now here, now there.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from briefing.extract.attribution_parse import any_subject, cue_tokens, own_subject, phrase
from briefing.extract.cues import Cue, cues

_OPENS_SENTENCE = frozenset({".", "!", "?", "”", '"', "\n", "\n\n", ";", ":"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_PARTS_FROM_REPORT = frozenset({",", "”", '"', "’", "'", "''", "—", "–", "―", "-", "?", "!"})


def around(verb: Token, cue: Cue, subject: Token | None) -> list[Token]:
    """What stands before, or before and behind, a reporting clause: "…, she said", "…, she said, …"."""
    if not (cue.takes("q") or cue.takes("c")) or subject is None or subject.head != verb or not _finite(verb):
        return []
    if subject.tag_ in {"WDT", "WP"} or (subject.lower_ == "you" and subject.i < verb.i):
        return []
    inverted = subject.dep_ == "dobj"
    if not inverted and verb.lemma_ != "tell" and any(t.dep_ == "dobj" for t in verb.children):
        return []
    children = [t for t in verb.children if t.dep_ == "ccomp"]
    if not inverted and any(t.i > verb.i and any_subject(t) is not None for t in children):
        return []
    words = cue_tokens(verb)
    start = min(subject.left_edge.i, words[0].i)
    doc = verb.doc
    if start == 0 or doc[start - 1].text not in _PARTS_FROM_REPORT:
        return []
    end = _report_end(verb, max(subject.right_edge.i if subject.i > verb.i else verb.i, words[-1].i))
    if end is None:
        return []
    left = start - 1
    while left > 0 and not _stops(doc[left - 1]):
        left -= 1
    before = list(doc[left : start - 1])
    whole = any(t.pos_ in {"VERB", "AUX"} and t.dep_ in _MAIN and _finite(t) for t in before)
    if not whole and not (_goes_on(doc[end : end + 2]) and any(t.tag_ == "MD" or _finite(t) for t in doc[end:])):
        return []
    if not whole and before and (before[0].pos_ == "ADP" or before[0].tag_ in {"VBG", "VBN"}):
        return []
    behind: list[Token] = []
    if _goes_on(doc[end : end + 2]) and not _afterthought(doc[end + 1]):
        right = end
        while right < len(doc) and not _stops(doc[right]):
            right += 1
        behind = list(doc[end:right])
    return [*before, *behind] if before or behind else []


def inverted_subject(verb: Token, cue: Cue) -> Token | None:
    """The speaker that a parse takes for an object: "The farms, said Ruiz, will suffer"."""
    doc = verb.doc
    if not cue.takes("q") or verb.i == 0 or doc[verb.i - 1].text not in _PARTS_FROM_REPORT or not _finite(verb):
        return None
    thing = next((t for t in verb.children if t.dep_ == "dobj"), None)
    return thing if thing is not None and thing.left_edge.i == verb.i + 1 and _is_somebody(thing) else None


def _is_somebody(thing: Token) -> bool:
    return thing.pos_ == "PROPN" or thing.ent_type_ in {"PERSON", "ORG", "NORP"} or thing.left_edge.lower_ == "the"


def as_they_say(verb: Token, cue: Cue, subject: Token | None) -> list[Token]:
    """The sentence behind an opening "As the minister told the court, …"."""
    doc = verb.doc
    if subject is None or not cue.takes("c") or subject.i > verb.i or any(t.dep_ == "ccomp" for t in verb.children):
        return []
    first = subject.left_edge.i
    if first == 0 or doc[first - 1].lower_ != "as":
        return []
    if first > 1 and doc[first - 2].text not in _OPENS_SENTENCE and doc[first - 2].lower_ not in {"but", "and"}:
        return []
    end = _report_end(verb, verb.i)
    if end is None or end >= len(doc) or doc[end].text != ",":
        return []
    right = end
    while right < len(doc) and not _stops(doc[right]):
        right += 1
    return list(doc[end:right])


def _report_end(verb: Token, last: int) -> int | None:
    """Index of the mark that closes a reporting clause; None where the verb goes on to its own content."""
    doc = verb.doc
    i = last + 1
    while i < len(doc) and not _stops(doc[i]) and doc[i].text not in _PARTS_FROM_REPORT:
        token = doc[i]
        if token.dep_ in {"ccomp", "nsubj", "mark", "xcomp"} or token.tag_ in {"MD", "TO"} or i - last > 15:
            return None
        i += 1
    return i


def _goes_on(tokens: Span) -> bool:
    return len(tokens) == 2 and tokens[0].text == "," and not tokens[1].is_space


def _afterthought(token: Token) -> bool:
    """The first word of a clause that belongs to the reporter's sentence: "…, he said, adding …", "…, who …"."""
    return token.tag_ in {"VBG", "WP", "WDT", "WRB"}


def _stops(token: Token) -> bool:
    return token.text in {".", "!", "?", ";"} or (token.is_space and "\n" in token.text)


def _finite(verb: Token) -> bool:
    return verb.pos_ in {"VERB", "AUX"} and (
        verb.tag_ in {"VBD", "VBZ", "VBP"} or any(t.dep_ == "aux" and t.tag_ != "TO" for t in verb.children)
    )


def own_clause(clause: Token) -> list[Token]:
    """The tokens of a content clause without what a parse hangs on it that belongs to the reporter's own sentence."""
    return phrase(clause, without=_foreign(clause))


def _foreign(clause: Token) -> Iterator[Token]:
    for token in clause.subtree:
        if token == clause or token.pos_ not in {"VERB", "AUX"}:
            continue
        before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
        comma = (before is not None and before.text == ",") or token.left_edge.text == ","
        entry = cues().verbs.get(token.lemma_.lower())
        known = entry is not None and entry.takes("c")
        subject = own_subject(token)
        reporting = token.tag_ == "VBG"
        contrary = known and subject is not None and _marked(token)
        joined = token.dep_ == "conj" and known and token.tag_ == "VBD" and token.head == clause
        if token.dep_ == "advcl" and comma and (reporting or contrary):
            yield token
        elif joined and (subject is None or subject.pos_ != "PRON"):
            yield token
            yield from (t for t in clause.children if t.dep_ == "cc" and t.i == token.left_edge.i - 1)


def _marked(token: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ in {"though", "although", "while", "but"} for t in token.children)
