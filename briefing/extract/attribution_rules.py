"""Reading → attributions that a verb of the cue lexicon makes: ``Found`` records, from the parse alone.

"The minister said that …", "…, the minister said", "The tax, he said, will …", "urged Congress to …", "denied the
charge", "called for …", "was accused of …", "is expected to …".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_parse import (
    cue_tokens,
    infinitive,
    is_passive,
    made_of,
    phrase,
    subject_of,
)
from briefing.extract.attribution_passives import of_passive, of_silence
from briefing.extract.cues import Cue, cues
from briefing.extract.reading import Reading
from briefing.extract.reporting_clauses import around, as_they_say, inverted_subject, own_clause

_CLAUSE = frozenset({"ccomp"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_THINGS = frozenset({"it", "which", "that", "this", "these", "those", "what"})
_ANSWERS = frozenset({"respond", "reply", "return", "answer", "comment", "react"})


def find_by_verbs(reading: Reading) -> list[Found]:
    """The attributions of every cue verb of the body, in text order."""
    found: list[Found] = []
    for token in reading.doc:
        if token.pos_ != "VERB":
            continue
        cue = cues().verbs.get(token.lemma_.lower())
        if cue is None and token.lemma_ in _ANSWERS:
            cue = Cue(token.lemma_, "no_comment", frozenset())
        if cue is not None and not _inside_cue(token):
            found.extend(_of_verb(token, cue, reading.article.text))
    return found


def _of_verb(verb: Token, cue: Cue, text: str) -> Iterator[Found]:
    if verb.lemma_ in _ANSWERS and any(t.dep_ == "neg" for t in verb.children):
        yield from of_silence(verb, text)
        return
    if is_passive(verb):
        yield from of_passive(verb, cue, text)
        return
    subject = inverted_subject(verb, cue) or subject_of(verb)
    rule, content, extra = _content(verb, cue, subject)
    if not content or (rule == "infinitive" and _speaks_further(verb)):
        return
    lead = _lead(verb)
    if lead is not None:
        extra = [*cue_tokens(lead), *verb.doc[lead.i + 1 : verb.i], *extra]
    if subject is None and rule not in {"clause", "around"}:
        return
    made = made_of(verb, content, subject, text, rule, extra)
    if made is not None:
        yield made


def _lead(verb: Token) -> Token | None:
    """The verb that a speech verb only goes on from: "declined to say why", "went on to argue that"."""
    head = verb.head
    if verb.dep_ != "xcomp" or not infinitive(verb) or head.lemma_.lower() not in cues().leads:
        return None
    return head if not any(t.dep_ in {"dobj", "nsubj"} for t in head.doc[head.i + 1 : verb.i]) else None


def _speaks_further(verb: Token) -> bool:
    """Whether the infinitive behind a verb is speech with a content of its own: that one makes the attribution."""
    to = next((t for t in verb.children if t.dep_ == "xcomp" and t.i > verb.i), None)
    cue = cues().verbs.get(to.lemma_.lower()) if to is not None else None
    if to is None or cue is None or _lead(to) is None or not (cue.takes("c") or cue.takes("q")):
        return False
    return bool(_content(to, cue, subject_of(to))[1])


def _content(verb: Token, cue: Cue, subject: Token | None) -> tuple[str, list[Token], list[Token]]:
    """How the verb holds what is said, the tokens of it, and tokens that go with the cue."""
    beside = around(verb, cue, subject) or as_they_say(verb, cue, subject)
    if beside:
        return "around", beside, []
    clause = next((t for t in verb.children if t.dep_ in _CLAUSE and t.i > verb.i), None)
    if clause is not None and (
        cue.takes("c") or (cue.takes("m") and infinitive(clause)) or (cue.takes("o") and clause.left_edge.tag_ == "WP")
    ):
        return "clause", own_clause(clause), []
    to = next((t for t in verb.children if t.dep_ == "xcomp" and t.i > verb.i), None)
    if to is not None and infinitive(to):
        thing = _object(verb)
        if thing is None and cue.takes("t"):
            return "infinitive", own_clause(to), []
        if thing is not None and cue.takes("m"):
            return "infinitive", [*phrase(thing), *own_clause(to)], []
    return _nominal_content(verb, cue, subject)


def _nominal_content(verb: Token, cue: Cue, subject: Token | None) -> tuple[str, list[Token], list[Token]]:
    thing = _object(verb)
    if thing is not None:
        behind = [t for t in verb.children if t.dep_ in _PREPOSITIONS and t.i > thing.i and cue.takes(f"{t.lower_}+")]
        if behind:
            return "object+", [*phrase(thing), *phrase(behind[0])], []
        if any(t.dep_ == "prep" and cue.takes(f"{t.lower_}+") for t in thing.subtree):
            return "object+", phrase(thing), []
        likened = _as_phrase(verb, thing) if cue.takes("as+") else []
        if likened:
            return "object+", [*phrase(thing), *likened], []
        complement = next((t for t in verb.children if t.dep_ in {"oprd", "ccomp", "acomp"} and t.i > thing.i), None)
        if cue.takes("x") and complement is not None:
            return "complement", [*phrase(thing), *phrase(complement)], []
        quoted = any(t.text in {"“", '"', "‘", "``"} for t in thing.subtree) and (cue.takes("c") or cue.takes("q"))
        if (cue.takes("o") or quoted) and not (subject is not None and subject.lower_ in _THINGS):
            return "object", phrase(thing), []
        return "", [], []
    small = next((t for t in verb.children if t.dep_ in {"ccomp", "oprd"} and t.i > verb.i), None)
    if small is not None and cue.takes("x"):
        return "complement", phrase(small), []
    doing = next((t for t in verb.children if t.dep_ == "xcomp" and t.tag_ == "VBG" and t.i > verb.i), None)
    if doing is not None and (cue.takes("o") or cue.takes("c")):
        return "gerund", own_clause(doing), []
    clause = next((t for t in verb.children if t.dep_ in {"advcl", "ccomp"} and _for_to(t)), None)
    if clause is not None and cue.takes("for"):
        mark = next(t for t in clause.children if t.lower_ == "for")
        return "preposition", [t for t in phrase(clause) if t != mark], [mark] if mark.i == verb.i + 1 else []
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.i > verb.i and cue.takes(prep.lower_):
            inner = [t for t in prep.children if t.dep_ in {"pobj", "pcomp"}]
            if inner:
                joined = [prep] if prep.i == cue_tokens(verb)[-1].i + 1 else []
                return "preposition", [t for t in [*phrase(prep), *_wanted_of(verb, prep)] if t != prep], joined
    return "", [], []


def _wanted_of(verb: Token, prep: Token) -> list[Token]:
    """What those behind the preposition are to do: "called on both sides to stop"."""
    to = next((t for t in verb.children if t.i > prep.i and t.dep_ in {"xcomp", "advcl"} and infinitive(t)), None)
    return own_clause(to) if to is not None and to.left_edge.i == prep.right_edge.i + 1 else []


def _as_phrase(verb: Token, thing: Token) -> list[Token]:
    """ "as half a year late", right behind the object."""
    doc, first = verb.doc, thing.right_edge.i + 1
    if first >= len(doc) or doc[first].lower_ != "as":
        return []
    top = doc[first]
    while top.head != verb and top.head != top:
        top = top.head
    return [t for t in phrase(top) if t.i >= first] if top.head == verb else []


def _for_to(clause: Token) -> bool:
    """ "for the council to act" """
    return infinitive(clause) and any(t.lower_ == "for" and t.dep_ == "mark" for t in clause.children)


def _object(verb: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ == "dobj" and t.i > verb.i), None)


def _inside_cue(token: Token) -> bool:
    """Whether a verb is only the tail of another cue: "declined to say"."""
    return token.dep_ in {"amod", "compound"}
