"""Verbs without a doer as subject → attributions: "X is expected to …", "X was accused of …", "did not answer"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_parse import (
    PASSIVE_SUBJECTS,
    agent_of,
    infinitive,
    made_of,
    phrase,
    spans_of,
    subject_of,
)
from briefing.extract.cues import Cue


def of_passive(verb: Token, cue: Cue, text: str) -> Iterator[Found]:
    """ "X is expected to …", "X was accused of …", "it is alleged that …", "X was criticised by Y"."""
    agent = agent_of(verb)
    subject = next((t for t in verb.children if t.dep_ in PASSIVE_SUBJECTS), None)
    if subject is None and verb.dep_ == "conj":
        subject = next((t for t in verb.head.children if t.dep_ in PASSIVE_SUBJECTS), None)
    if subject is None:
        return
    by = [agent.head] if agent is not None else []
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i), None)
    to = next((t for t in verb.children if t.dep_ == "xcomp" and t.i > verb.i and infinitive(t)), None)
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
        made = made_of(verb, content, None, text, rule)
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
    made = made_of(verb, [t for t in content if t.i not in gone], agent, text, rule, extra)
    if made is not None:
        yield made


def _charge_in(agent: Token, cue: Cue) -> Token | None:
    """The charge that a parse hangs on the accuser: "accused by her rivals of fraud"."""
    return next((t for t in agent.children if t.dep_ == "prep" and cue.takes(f"{t.lower_}+")), None)


def of_silence(verb: Token, text: str) -> Iterator[Found]:
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
    made = made_of(verb, content, subject, text, "silence", joined)
    if made is not None:
        yield made
