"""Tokens and a number among them → what is counted, and what became of those counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.synthesize.numerals import Numeral, Token, lexicon, read
from briefing.synthesize.vectors import stem

PHRASE = 5  # words in which the noun stands behind its number
FATE = 12  # words behind the noun that may say what became of it
NUMBER_OF = 14  # words between "the number of" and the number
_AUXILIARIES = frozenset(("were", "was", "are", "is", "have", "had", "has"))
_RELATIVES = frozenset(("who", "that", "which"))
_NEXT = frozenset(("and", "but", "while", "after", "when", "as"))  # a new clause: what it says is of others


@dataclass(frozen=True)
class Counted:
    shown: str  # as written: "police officers"
    noun: str  # singular, by which it is compared
    kinds: frozenset[str] = frozenset()  # words between number and noun
    act: str = ""  # "killed", where it is one of the lexicon's


def counted(tokens: Sequence[Token], n: Numeral) -> Counted | None:
    """ "7 killed", "killing 7 people", "7 people died", "the death toll rose to 7" → people, killed."""
    acts = lexicon()["acts"]
    left = acts.get(tokens[n.first - 1].low, "") if n.first else ""
    phrase = _phrase(tokens, n.after, left)
    if phrase is not None:
        return phrase
    behind = tokens[n.after].low if n.after < len(tokens) else "."
    if behind in acts:
        return Counted("people", "people", act=_act(tokens, n.after))
    if behind in _AUXILIARIES:
        fate = _fate(tokens, n.after)
        return Counted("people", "people", act=fate) if fate else None
    if behind[0].isalpha() and behind not in lexicon()["stop"]:
        return None
    return Counted("people", "people", act=left) if left else _number_of(tokens, n.first)


def _phrase(tokens: Sequence[Token], after: int, left: str) -> Counted | None:
    """The noun phrase that begins at a token: all up to its last plural."""
    lex = lexicon()
    head = None
    for j in range(after, min(after + PHRASE, len(tokens))):
        if tokens[j].low in lex["stop"] or not tokens[j].text[0].isalpha():
            break
        if _is_plural(tokens[j].low):
            head = j
        elif head is not None:
            break
    if head is None:
        return None
    return _named(tokens, after, head, left)


def _named(tokens: Sequence[Token], after: int, head: int, left: str) -> Counted | None:
    lex = lexicon()
    acts = lex["acts"]
    before = [t.low for t in tokens[after:head]]
    kinds = frozenset(stem(w) for w in before if w not in acts)
    if tokens[head].low in acts:  # "7 deaths"
        return Counted("people", "people", kinds, acts[tokens[head].low])
    noun = lex["plurals"].get(tokens[head].low) or stem(tokens[head].low)
    if noun in lex["uncounted"]:
        return None
    own = next((acts[w] for w in before if w in acts), "")
    shown = " ".join(t.text for t in tokens[after : head + 1] if t.low not in acts)
    return Counted(shown, noun, kinds, own or left or _fate(tokens, head + 1))


def _is_plural(word: str) -> bool:
    if word in lexicon()["plurals"]:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))


def _fate(tokens: Sequence[Token], start: int) -> str:
    """What became of those counted, from the words behind: "84 people, including 10 children, were killed"."""
    acts, aside = lexicon()["acts"], False
    for j in range(start, min(start + FATE, len(tokens))):
        low = tokens[j].low
        if aside:
            aside = low != ","
        elif low in acts:
            return _act(tokens, j)
        elif (
            low == "," and j + 1 < len(tokens) and tokens[j + 1].low in ("including", "among", "mostly", "many", "most")
        ):
            aside = True
        elif low in _NEXT or (not low[0].isalpha() and low not in _RELATIVES):
            return ""
    return ""


def _act(tokens: Sequence[Token], j: int) -> str:
    """The act that a word names; "killed or injured" is a third one."""
    acts = lexicon()["acts"]
    also = [acts[t.low] for t in tokens[j + 2 : j + 3] if t.low in acts and tokens[j + 1].low in ("or", "and")]
    return " or ".join(sorted({acts[tokens[j].low], *also}))


def _number_of(tokens: Sequence[Token], first: int) -> Counted | None:
    """ "the number of homes without power rose to 3,000", "the death toll stands at 41"."""
    if not first or tokens[first - 1].low not in lexicon()["link"]:
        return None
    for j in range(first - 2, max(-1, first - NUMBER_OF), -1):
        low = tokens[j].low
        if low in (";", ":", ".") or (read(tokens, j) is not None and tokens[j - 1].low != "from"):
            return None
        if low == "toll" and j and tokens[j - 1].low in ("death", "the", "its"):
            return Counted("people", "people", act="killed")
        if low == "number" and tokens[j + 1].low == "of":
            return _phrase(tokens[:first], j + 2, "")
    return None
