"""Reading → attributions that a verb of the cue lexicon makes: ``Found`` records, from the parse alone.

"The minister said that …", "…, the minister said", "The tax, he said, will …", "urged Congress to …", "denied the
charge", "called for …", "was accused of …", "is expected to …".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_parse import (
    PASSIVE_SUBJECTS,
    agent_of,
    any_subject,
    cue_tokens,
    in_paragraph,
    is_passive,
    own_subject,
    phrase,
    spans_of,
    subject_of,
    up_to_cue,
)
from briefing.extract.cues import Cue, cues
from briefing.extract.reading import Reading

_CLAUSE = frozenset({"ccomp"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_OPENS_SENTENCE = frozenset({".", "!", "?", "”", '"', "\n", "\n\n", ";", ":"})
_THINGS = frozenset({"it", "which", "that", "this", "these", "those", "what"})
_ANSWERS = frozenset({"respond", "reply", "return", "answer", "comment", "react"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_PARTS_FROM_REPORT = frozenset({",", "”", '"', "’", "'", "''", "—", "–", "―", "-", "?", "!"})


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
        yield from _silence(verb, text)
        return
    if is_passive(verb):
        yield from _passive(verb, cue, text)
        return
    subject = subject_of(verb)
    rule, content, extra = _content(verb, cue, subject)
    if not content:
        return
    if subject is None and rule not in {"clause", "around"}:
        return
    made = _found(verb, content, subject, text, rule, extra)
    if made is not None:
        yield made


def _found(
    verb: Token, content: Sequence[Token], subject: Token | None, text: str, rule: str, extra: Sequence[Token] = ()
) -> Found | None:
    cue = [*cue_tokens(verb), *extra]
    source = in_paragraph(source_tokens(subject, verb), verb) if subject is not None else []
    source = up_to_cue(source, cue)
    own = {t.i for t in cue} | {t.i for t in source}
    pieces = spans_of((t for t in in_paragraph(content, verb) if t.i not in own), text)
    if not pieces:
        return None
    return Found(pieces, spans_of(cue, text), spans_of(source, text), rule=rule)


def source_tokens(subject: Token, verb: Token) -> list[Token]:
    """The noun phrase of a subject, without the clause that the verb itself heads."""
    inside = [t for t in subject.children if verb in t.subtree or t == verb]
    return phrase(subject, without=inside)


def _content(verb: Token, cue: Cue, subject: Token | None) -> tuple[str, list[Token], list[Token]]:
    """How the verb holds what is said, the tokens of it, and tokens that go with the cue."""
    around = _around(verb, cue, subject) or _as_they_say(verb, cue, subject)
    if around:
        return "around", around, []
    clause = next((t for t in verb.children if t.dep_ in _CLAUSE and t.i > verb.i), None)
    if clause is not None and (
        cue.takes("c") or (cue.takes("m") and _infinitive(clause)) or (cue.takes("o") and clause.left_edge.tag_ == "WP")
    ):
        return "clause", _own_clause(clause), []
    to = next((t for t in verb.children if t.dep_ == "xcomp" and t.i > verb.i), None)
    if to is not None and _infinitive(to):
        thing = _object(verb)
        if thing is None and cue.takes("t"):
            return "infinitive", _own_clause(to), []
        if thing is not None and cue.takes("m"):
            return "infinitive", [*phrase(thing), *_own_clause(to)], []
    return _nominal_content(verb, cue, subject)


def _nominal_content(verb: Token, cue: Cue, subject: Token | None) -> tuple[str, list[Token], list[Token]]:
    thing = _object(verb)
    if thing is not None:
        behind = [t for t in verb.children if t.dep_ in _PREPOSITIONS and t.i > thing.i and cue.takes(f"{t.lower_}+")]
        if behind:
            return "object+", [*phrase(thing), *phrase(behind[0])], []
        if any(t.dep_ == "prep" and cue.takes(f"{t.lower_}+") for t in thing.subtree):
            return "object+", phrase(thing), []
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
        return "gerund", _own_clause(doing), []
    clause = next((t for t in verb.children if t.dep_ in {"advcl", "ccomp"} and _for_to(t)), None)
    if clause is not None and cue.takes("for"):
        mark = next(t for t in clause.children if t.lower_ == "for")
        return "preposition", [t for t in phrase(clause) if t != mark], [mark] if mark.i == verb.i + 1 else []
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.i > verb.i and cue.takes(prep.lower_):
            inner = [t for t in prep.children if t.dep_ in {"pobj", "pcomp"}]
            if inner:
                joined = [prep] if prep.i == cue_tokens(verb)[-1].i + 1 else []
                return "preposition", [t for t in phrase(prep) if t != prep], joined
    return "", [], []


def _for_to(clause: Token) -> bool:
    """ "for the council to act" """
    return _infinitive(clause) and any(t.lower_ == "for" and t.dep_ == "mark" for t in clause.children)


def _silence(verb: Token, text: str) -> Iterator[Found]:
    """ "did not respond to questions", "did not return calls": what nobody said a word to."""
    if not any(t.dep_ == "neg" for t in verb.children):
        return
    subject = subject_of(verb)
    target = next((t for t in verb.children if t.i > verb.i and t.dep_ in {"dobj", "prep"}), None)
    if subject is None or target is None:
        return
    content, joined = phrase(target), []
    if target.dep_ == "prep":
        content = [t for t in content if t != target]
        joined = [target] if target.i == verb.i + 1 else []
    made = _found(verb, content, subject, text, "silence", joined)
    if made is not None:
        yield made


def _around(verb: Token, cue: Cue, subject: Token | None) -> list[Token]:
    """What stands before, or before and behind, a reporting clause: "…, she said", "…, she said, …"."""
    if not (cue.takes("q") or cue.takes("c")) or subject is None or subject.head != verb or not _finite(verb):
        return []
    if subject.tag_ in {"WDT", "WP"} or (subject.lower_ == "you" and subject.i < verb.i):
        return []
    if any(t.dep_ == "dobj" for t in verb.children) and verb.lemma_ != "tell":
        return []
    children = [t for t in verb.children if t.dep_ == "ccomp"]
    if any(t.i > verb.i and any_subject(t) is not None for t in children):
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


def _as_they_say(verb: Token, cue: Cue, subject: Token | None) -> list[Token]:
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
    return token.tag_ in {"VBG", "WP", "WDT", "WRB"} or token.lower_ in {"as", "after", "when", "while", "although"}


def _stops(token: Token) -> bool:
    return token.text in {".", "!", "?", ";"} or (token.is_space and "\n" in token.text)


def _finite(verb: Token) -> bool:
    return verb.pos_ in {"VERB", "AUX"} and (
        verb.tag_ in {"VBD", "VBZ", "VBP"} or any(t.dep_ == "aux" and t.tag_ != "TO" for t in verb.children)
    )


def _own_clause(clause: Token) -> list[Token]:
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
        reporting = entry is not None and token.tag_ == "VBG"
        contrary = known and subject is not None and _marked(token)
        joined = token.dep_ == "conj" and known and token.tag_ == "VBD" and token.head == clause
        if token.dep_ == "advcl" and comma and (reporting or contrary):
            yield token
        elif joined and (subject is None or subject.pos_ != "PRON"):
            yield token
            yield from (t for t in clause.children if t.dep_ == "cc" and t.i == token.left_edge.i - 1)


def _marked(token: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ in {"though", "although", "while", "but"} for t in token.children)


def _passive(verb: Token, cue: Cue, text: str) -> Iterator[Found]:
    """ "X is expected to …", "X was accused of …", "it is alleged that …", "X was criticised by Y"."""
    agent = agent_of(verb)
    subject = next((t for t in verb.children if t.dep_ in PASSIVE_SUBJECTS), None)
    if subject is None and verb.dep_ == "conj":
        subject = next((t for t in verb.head.children if t.dep_ in PASSIVE_SUBJECTS), None)
    if subject is None:
        return
    by = [agent.head] if agent is not None else []
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
    to = next((t for t in verb.children if t.dep_ == "xcomp" and t.i > verb.i and _infinitive(t)), None)
    prep = next((t for t in verb.children if t.dep_ == "prep" and t.i > verb.i and cue.takes(f"{t.lower_}+")), None)
    content: list[Token] = []
    extra: list[Token] = []
    if clause is not None and cue.takes("c"):
        content, rule = phrase(clause), "passive clause"
    elif to is not None and (cue.takes("m") or cue.takes("c")):
        content, rule = [*phrase(subject), *phrase(to)], "passive infinitive"
    elif agent is not None and (charge := _charge_in(agent, cue)) is not None:
        content, rule = [*phrase(subject), *(t for t in phrase(charge) if t != charge)], "passive preposition"
        agent_words = phrase(agent, without=[charge])
        made = _found(verb, content, None, text, rule)
        if made is not None:
            yield replace(made, source=spans_of(agent_words, text))
        return
    elif prep is not None:
        content, rule = [*phrase(subject), *(t for t in phrase(prep) if t != prep)], "passive preposition"
        extra = [prep] if prep.i == verb.i + 1 else []
    elif agent is not None and cue.group in {"judgement", "allegation", "denial"}:
        content, rule = phrase(subject), "passive object"
    else:
        return
    gone = {t.i for b in by for t in b.subtree}
    made = _found(verb, [t for t in content if t.i not in gone], agent, text, rule, extra)
    if made is not None:
        yield made


def _charge_in(agent: Token, cue: Cue) -> Token | None:
    """The charge that a parse hangs on the accuser: "accused by her rivals of fraud"."""
    return next((t for t in agent.children if t.dep_ == "prep" and cue.takes(f"{t.lower_}+")), None)


def _object(verb: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ == "dobj" and t.i > verb.i), None)


def _infinitive(verb: Token) -> bool:
    return any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children)


def _inside_cue(token: Token) -> bool:
    """Whether a verb is only the tail of another cue: "declined to say"."""
    return token.dep_ in {"amod", "compound"}
