"""Tokens of a place → does it act? Capitals that act stand for their country's government."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefing.extract import lexicon
from briefing.extract.gazetteer import Known, country_names
from briefing.extract.spread import Name

_PLACE_PREPOSITIONS = lexicon.words("metonymy", "inside")
_TWO_WAY = lexicon.words("metonymy", "two_way")
_MOTION = lexicon.words("metonymy", "motion")
_SIGHTS = lexicon.words("metonymy", "sights")
_DEALINGS = lexicon.words("metonymy", "dealings")
_TRANSFERS = lexicon.words("metonymy", "transfers")


def government(name: Name, doc: Doc) -> Known | None:
    """The state that a seat of government stands for where it acts; None where it is a place."""
    if name.known is None or name.known.sort != "seat" or name.known.country is None:
        return None
    if not acts(doc, name):
        return None
    code = name.known.country
    return Known(f"state:{code}", country_names().get(code, code), "state", code)


def acts(doc: Doc, name: Name) -> bool:
    """Is a place used as one that does, wants, says or is dealt with?"""
    root = _root(doc, name)
    if _is_dateline(doc, name) or _in_address(doc, name):
        return False
    head = root.head
    dep = root.dep_
    if dep == "conj":
        return _acts_as(_top(root), root)
    del head
    return _acts_as(root, root)


def _acts_as(token: Token, name: Token) -> bool:
    dep, head = token.dep_, token.head
    if dep in ("nsubj", "agent"):
        return head.lemma_.lower() not in ("be", "lie", "sit", "host", "see", "witness", "wake") or _speaks(head)
    if dep == "nsubjpass":
        return head.lemma_.lower() not in _MOTION
    if dep == "poss":
        return name.text != "" and head.ent_type_ not in ("FAC", "LOC") and head.lower_ not in _SIGHTS
    if dep in ("dobj", "dative"):
        return head.lemma_.lower() not in _MOTION
    if dep == "pobj":
        preposition = head.lower_
        if preposition in _PLACE_PREPOSITIONS:
            return False
        governor = head.head
        if preposition in _TWO_WAY:
            return governor.lemma_.lower() not in _MOTION and governor.pos_ != "PROPN" and _deals(preposition, governor)
        return preposition in (
            "by",
            "between",
            "with",
            "against",
            "than",
            "about",
            "like",
            "among",
            "including",
            "behind",
            "as",
        )
    return False


def _deals(preposition: str, governor: Token) -> bool:
    """ "pressure on Moscow", "a message to Tehran": dealings, not travel."""
    if governor.pos_ == "VERB":
        given = next((c.lower_ for c in governor.children if c.dep_ == "dobj"), "")
        said = preposition in ("to", "on", "from") and governor.lemma_.lower() in _TRANSFERS
        return said or given in _DEALINGS
    return governor.lower_ in _DEALINGS or governor.lemma_.lower() in _DEALINGS


def _speaks(verb: Token) -> bool:
    """ "Moscow is ready to", "Tehran is said to": a state of mind is no address."""
    return any(c.dep_ in ("acomp", "xcomp", "attr") and c.pos_ in ("ADJ", "VERB") for c in verb.children)


def _root(doc: Doc, name: Name) -> Token:
    return doc[name.start : name.end].root


def _top(token: Token) -> Token:
    for _ in range(8):
        if token.dep_ != "conj":
            break
        token = token.head
    return token


def _is_dateline(doc: Doc, name: Name) -> bool:
    """At a line's start and followed by a date, a dash or an agency in brackets."""
    before = doc[name.start - 1] if name.start else None
    if before is not None and not before.is_space:
        return False
    after = doc[name.end : name.end + 6]
    return any(t.text in ("—", "–", "--", "(") for t in after) or bool(len(after) and after[0].is_digit)


def _in_address(doc: Doc, name: Name) -> bool:
    """ "Tehran, Iran": the place in its country."""
    return (
        name.end + 1 < len(doc)
        and doc[name.end].text == ","
        and doc[name.end + 1].ent_type_ == "GPE"
        and doc[name.end + 1].dep_ in ("appos", "conj", "npadvmod")
    )
