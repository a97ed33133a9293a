"""A verb or noun of a parse → whether what it tells happened: actual, planned, alleged, denied or hypothetical.

The nearest sign wins, climbing from the act to the verbs above it. What has failed counts as denied: it did not happen.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefing.extract import lexicon, participants
from briefing.records import Factuality

_MODALS: dict[str, Factuality] = {
    "will": "planned", "wo": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned",
    "may": "hypothetical", "might": "hypothetical", "could": "hypothetical", "can": "hypothetical",
    "ca": "hypothetical", "should": "hypothetical", "must": "hypothetical", "ought": "hypothetical",
    "would": "hypothetical",
}  # fmt: skip
_CLAUSES = {"xcomp", "ccomp", "advcl", "acl", "pcomp", "relcl", "csubj"}


def factuality(act: Token) -> Factuality:
    """What the text says of an act: it happened, is to come, is claimed, did not happen, or is only thought of."""
    at = act
    for _ in range(8):
        own = _own(at)
        if own is not None:
            return own
        above = at.head
        if above == at:
            break
        sign = _above(at, above)
        if sign is not None:
            return sign
        if at.dep_ not in _CLAUSES and at.dep_ != "conj":
            break
        at = above
    return "actual"


def _own(verb: Token) -> Factuality | None:
    """What the words on the verb itself say. Only its own clause is asked for allegation."""
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg", "det", "advmod", "amod", "nmod", "compound")}
    if words & _set("negations") or _lacks_subject(verb):
        return "denied"
    if verb.dep_ == "conj" and not any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in verb.children):
        words |= {c.lower_ for c in verb.head.children if c.dep_ == "aux"}
    if words & _set("hearsay"):
        return "alleged"
    mark = next(
        (c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in _set("conditions")), None
    )
    if mark is not None:
        return "hypothetical"
    modal = next((_MODALS[w] for w in sorted(words) if w in _MODALS), None)
    if modal is None:
        return "planned" if _going_to(verb) or words & _set("coming") else None
    if "would" in words and _is_reported_past(verb):
        return "planned"
    if modal == "hypothetical" and any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
        return "alleged" if words & {"may", "might", "could"} else "hypothetical"
    return modal


def _lacks_subject(verb: Token) -> bool:
    """ "No troops crossed", "Nobody was hurt"."""
    for c in verb.children:
        if c.dep_ in ("nsubj", "nsubjpass", "dobj"):
            if c.lower_ in ("nobody", "none", "nothing"):
                return True
            if c.dep_ != "dobj" and any(g.dep_ == "det" and g.lower_ in ("no", "neither") for g in c.children):
                return True
    return False


def _going_to(verb: Token) -> bool:
    head = verb.head
    return verb.dep_ == "xcomp" and head.lower_ == "going" and any(c.lower_ == "to" for c in verb.children)


def _is_reported_past(verb: Token) -> bool:
    """ "Would" under a past verb of speech is "will": "said it would send …"."""
    return verb.dep_ in ("ccomp", "conj") and any(a.tag_ in ("VBD", "VBN") for a in verb.ancestors if a.pos_ == "VERB")


def _above(verb: Token, above: Token) -> Factuality | None:
    """What the verb, noun or preposition above a clause says of it."""
    lemma = participants.lemma(above)
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if verb.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "dobj", "pobj", "prep", "nsubjpass"):
        if lemma in _set("denying") and verb.dep_ != "nsubjpass":
            return "denied"
        if lemma in _set("failing") and (to or verb.dep_ in ("pcomp", "dobj", "prep")):
            return "denied"
        if lemma in _set("claiming"):
            return "alleged"
        if lemma in _set("doubting"):
            return "hypothetical"
        if lemma in _set("planning") and (to or verb.dep_ in ("dobj", "prep", "pobj", "ccomp")):
            return "denied" if _negated(above) else "planned"
    if verb.dep_ in ("advcl", "relcl", "acl") and to:
        return "planned" if lemma in _set("planning") else "hypothetical"
    return None


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _set(key: str) -> frozenset[str]:
    return lexicon.words("factuality", key)
