"""An article's sentences → the quantities in them: how many of what, what became of them, and how exact that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.records import Span
from briefing.synthesize.counted import Counted, counted
from briefing.synthesize.numerals import Numeral, Token, lexicon, numerals, tokens_of
from briefing.synthesize.vectors import common_words, stem

BEFORE, AFTER = 9, 12  # words around a number that say what it is about
PLAIN = 150  # ranks of words that say nothing


@dataclass(frozen=True)
class Quantity:
    """One number with what it counts."""

    sentence: Span
    numeral: Numeral
    counted: Counted
    near: frozenset[str]  # stems of what else the words around it say
    names: frozenset[str]  # those of them that are names
    possible: bool  # could, would, is expected to
    degrees: frozenset[str]  # "with serious injuries"

    @property
    def thing(self) -> tuple[str, str, frozenset[str]]:
        """What two quantities must have in common to be of one thing."""
        return self.counted.noun, self.counted.act, self.counted.kinds | self.degrees


def find(text: str, sentences: Sequence[Span]) -> Iterator[Quantity]:
    """The quantities of an article, in order."""
    for start, end in sentences:
        tokens = tokens_of(text, start, end)
        for n in numerals(tokens):
            what = counted(tokens, n)
            if what is not None:
                yield _quantity(tokens, n, what, (start, end))


def agree(told: Iterable[Quantity]) -> bool:
    """Whether one true number fits all: "at least 40" and "more than 30", 39,800 and "about 40,000"."""
    numbers = [q.numeral for q in told]
    return max(n.low for n in numbers) <= min(n.high for n in numbers)


def _quantity(tokens: Sequence[Token], n: Numeral, what: Counted, sentence: Span) -> Quantity:
    lex = lexicon()
    around = [*tokens[max(0, n.first - BEFORE) : n.first], *tokens[n.after : n.after + AFTER]]
    names = {stem(t.low) for t in around if t.text[0].isupper() and t.start != sentence[0] and len(t.text) > 2}
    return Quantity(
        sentence=sentence,
        numeral=n,
        counted=what,
        near=_near(around, what),
        names=frozenset(names),
        possible=any(t.text in lex["possible"] for t in around),  # as written: May is a month
        degrees=frozenset(t.low for t in around if t.low in lex["degrees"]),
    )


def _near(around: Sequence[Token], what: Counted) -> frozenset[str]:
    """Stems of the words that say something, without what is counted and what became of it."""
    lex = lexicon()
    idle = lex["plain"] | lex["stop"] | lex["degrees"]
    words = {t.low for t in around if len(t.low) > 2 and t.text[0].isalpha() and t.low not in idle}
    # Another act tells "7 killed in the fire" from "7 killed in the flood" no better than a number does.
    told = {stem(w) for w in words if (lex["acts"].get(w, "") != what.act if what.act else w not in lex["acts"])}
    return frozenset(w for w in told - what.kinds - {what.noun} if common_words().get(w, 9999) > PLAIN)
