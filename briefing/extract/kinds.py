"""An attribution's spans → its kind (assessment, statement, allegation …) and whether it speaks of what is to come."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from briefing.extract import lexicon
from briefing.extract.attribution_links import Found
from briefing.extract.cues import Cue, cues
from briefing.extract.reading import Reading
from briefing.records import Kind

_OF_GROUP: dict[str, Kind] = {
    "statement": "statement", "assessment": "assessment", "belief": "assessment", "judgement": "assessment",
    "allegation": "allegation", "denial": "denial", "intent": "intent", "no_comment": "no_comment",
}  # fmt: skip
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
# So many words of a content say what it is about; an aside at the far end of a long quotation does not.
_HEAD_WORDS = 30


def cue_of(found: Found, reading: Reading) -> tuple[Cue | None, bool]:
    """The lexicon entry of an attribution's cue, and whether the cue is negated."""
    tokens = [t for a, b in found.cue for t in (reading.span(a, b) or ())]
    negated = any(t.lower_ in _NEGATIONS for t in tokens)
    for token in reversed(tokens):
        entry = _entry(token)
        if entry is not None:
            return entry, negated
    return None, negated


def kind_of(found: Found, reading: Reading, *, estimative: bool) -> Kind:
    """What the attribution does. ``estimative``: its content holds a word of likelihood."""
    text = reading.article.text
    cue, negated = cue_of(found, reading)
    said = " ".join(text[a:b] for a, b in found.content)
    words = " ".join(" ".join(text[a:b].split()) for a, b in found.cue).lower()
    if _refuses(words, said, cue):
        return "no_comment"
    if _denies(said, cue, negated=negated):
        return "denial"
    group = cue.group if cue is not None else "statement"
    if negated and group in {"denial", "allegation"}:
        return "statement"
    if group != "statement":
        return _intends(said, found, reading) if group == "assessment" else _OF_GROUP[group]
    return _of_statement(said, estimative=estimative)


def is_forward(found: Found, reading: Reading, kind: Kind) -> bool:
    """Whether the content speaks of what is to come: its words do, or it is intended."""
    if kind == "no_comment":
        return False
    said = " ".join(reading.article.text[a:b] for a, b in found.content)
    return kind == "intent" or bool(_pattern("forward").search(_head(said)))


def _entry(token: Token) -> Cue | None:
    lemma = token.lemma_.lower()
    words = cues()
    if token.pos_ in {"VERB", "AUX"}:
        return words.verbs.get(lemma)
    return words.nouns.get(lemma) or words.adjectives.get(token.lower_) or words.verbs.get(lemma)


def _refuses(cue_words: str, said: str, cue: Cue | None) -> bool:
    refusals = lexicon.load("kinds")["refusals"]
    if any(phrase in cue_words for phrase in refusals["cues"]):
        return True
    if cue is None:
        return False
    opening = " ".join(said.lower().split()[:4])
    for verb in refusals["verbs"]:
        if re.search(rf"\b{verb}(?:d|s|ing)?\b", cue_words):
            return cue_words.rsplit(" ", 1)[-1] in refusals["contents"] or any(
                re.match(rf"(?:to )?(?:immediately |publicly )?{verb}\b", opening) for verb in refusals["contents"]
            )
    return False


def _denies(said: str, cue: Cue | None, *, negated: bool) -> bool:
    data = lexicon.load("kinds")
    if cue is not None and cue.group == "denial":
        return not negated
    if cue is not None and cue.lemma in data["dismissals"] and not negated:
        return bool(_pattern("charges").search(" ".join(said.split()[:12])))
    head = " ".join(said.split()[:_HEAD_WORDS])
    speaks = cue is None or cue.group in {"statement", "assessment", "judgement"}
    return (
        speaks
        and bool(_pattern("denials_inside").search(head))
        and bool(_pattern("charges").search(head) or len(head.split()) < 12)
    )


def _intends(said: str, found: Found, reading: Reading) -> Kind:
    del found, reading
    return "intent" if _own_plan(said) else "assessment"


def _of_statement(said: str, *, estimative: bool) -> Kind:
    if _own_plan(said):
        return "intent"
    if estimative or _pattern("judging").search(_head(said)) or _future_of_others(said):
        return "assessment"
    return "statement"


def _own_plan(said: str) -> bool:
    """ "We will …", "that it would not …": what the speaker means to do."""
    return bool(_PLAN.match(said))


def _future_of_others(said: str) -> bool:
    return bool(re.search(r"\b(?:will|won't|won’t|would)\b", " ".join(said.split()[:_HEAD_WORDS])))


def _head(said: str) -> str:
    return " ".join(said.split()[:_HEAD_WORDS])


# "We will …", "it would also …" of the speaker; "it will be cold" is a forecast.
_PLAN = re.compile(
    r"[\s“\"‘'«„]*(?:that\s+)?(?:\w+,\s+)?(?:I|we|he|she|they|it)(?:\s+(?:also|still|therefore|now|soon))?"
    r"(?:['’]ll|['’](?:m|re|s) going to|\s+(?:will|would|shall|won['’]t|wouldn['’]t|"
    r"(?:am|is|are|was|were) (?:going|ready|prepared|determined|committed|planning) to|"
    r"plan(?:s|ned)? to|intend(?:s|ed)? to|aim(?:s|ed)? to))"
    r"(?!\s+(?:be|have|not be|take|cost|mean|rain|make it)\b)",
    re.I,
)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    data = lexicon.load("kinds")[key]
    words = "|".join(re.escape(w) for w in sorted(data, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)
