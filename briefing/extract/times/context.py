"""What the reading of one expression needs to know of the article around it; and what it gives: a Draft."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from spacy.tokens import Token

from briefing.extract.reading import Reading
from briefing.extract.times.calendar import Stretch
from briefing.extract.times.grammar import Match, grammar
from briefing.extract.times.tense import Tense, tense_at
from briefing.records import TimexType


@dataclass(frozen=True)
class Distance:
    """A duration before (-1) or after (+1) something that stands behind it."""

    count: int
    unit: str
    sign: int


@dataclass(frozen=True)
class Draft:
    """A read expression: words ``first`` to ``end`` of the match's text."""

    type: TimexType
    value: str
    resolved: str | None = None
    when: Stretch | None = None
    mod: str | None = None
    kind: str = ""  # a narrower name than type, for prefixes and suffixes: AGO, YEAR
    first: int | None = None
    end: int | None = None
    distance: Distance | None = None

    def over(self, first: int, end: int) -> Draft:
        """The same reading of other words."""
        return replace(self, first=first, end=end)


def dated(when: Stretch, *, type: TimexType = "DATE", mod: str | None = None, kind: str = "") -> Draft:  # noqa: A002
    """A Draft of a known stretch of the calendar."""
    return Draft(type, when.value, when.resolved, when, mod, kind)


@dataclass
class Context:
    """The article's anchor and what was mentioned so far. Changes while expressions are read from left to right."""

    reading: Reading
    anchor: date | None
    last: Stretch | None = None  # the last dated stretch that was mentioned
    last_start: int = -1
    quarter: Stretch | None = None  # the quarter that was mentioned first
    sentence_quarter: tuple[int, Stretch | None] = (-1, None)
    period: str | None = None  # the last accounting duration ("the nine months"), a TIMEX3 value
    _tenses: dict[int, Tense | None] = field(default_factory=dict)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.idx for t in self.reading.doc]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start_char for s in self.reading.doc.sents]

    def token(self, offset: int) -> Token:
        """The token that holds a character."""
        return self.reading.doc[max(0, bisect_right(self._token_starts, offset) - 1)]

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds a character."""
        return bisect_right(self._sentence_starts, offset)

    def tense(self, offset: int) -> Tense | None:
        """Tense of the verb that governs the word at a character."""
        if offset not in self._tenses:
            self._tenses[offset] = tense_at(self.token(offset))
        return self._tenses[offset]

    def same_sentence(self, offset: int) -> Stretch | None:
        """The last mentioned stretch, where it stands in the sentence of ``offset``."""
        if self.last is None or self.sentence(self.last_start) != self.sentence(offset):
            return None
        return self.last

    def note(self, draft: Draft, start: int) -> None:
        """Remember a read expression for those behind it."""
        if draft.when is not None and draft.type in ("DATE", "TIME"):
            self.last, self.last_start = draft.when, start
            if draft.when.unit == "Q" and draft.kind != "EARLIER":
                self._note_quarter(draft.when, start)

    def _note_quarter(self, quarter: Stretch, start: int) -> None:
        """The report's quarter is the first one named; a sentence may speak of another one."""
        self.sentence_quarter = (self.sentence(start), quarter)
        if self.quarter is None:
            self.quarter = quarter
        self.period = None

    def quarter_at(self, offset: int) -> Stretch | None:
        """The quarter that a sentence is about: its own, else the report's."""
        number, quarter = self.sentence_quarter
        return quarter if quarter and number == self.sentence(offset) else self.quarter


@dataclass(frozen=True)
class View:
    """A match, as its reader looks at it: words by class and by name of group."""

    match: Match
    context: Context

    @property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return [w.lower().replace("’", "'") for w in self.match.lexed.words[self.match.first : self.match.end]]

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.match.lexed.starts[self.match.first]

    @property
    def text(self) -> str:
        """Its text."""
        return self.context.reading.article.text[self.start : self.match.lexed.ends[self.match.end - 1]]

    @property
    def given(self) -> dict[str, Any]:
        """Constants of its rule."""
        return self.match.rule.given

    def value(self, *classes: str) -> Any:
        """Value of the first word that belongs to one of the classes; None where there is none."""
        values = grammar().values
        for word in self.words:
            for name in classes:
                if word in values[name]:
                    return values[name][word]
        return None

    def offset_of(self, cls: str) -> int:
        """Offset of the first word of a class; of the whole where there is none."""
        values = grammar().values[cls]
        for i, word in enumerate(self.words):
            if word in values:
                return self.match.lexed.starts[self.match.first + i]
        return self.start

    def before(self, n: int = 1) -> str:
        """The ``n``-th word before it, in lower case; "" at the beginning."""
        at = self.match.first - n
        return self.match.lexed.words[at].lower() if at >= 0 else ""

    def after(self, n: int = 1) -> str:
        """The ``n``-th word behind it, in lower case; "" at the end."""
        at = self.match.end + n - 1
        return self.match.lexed.words[at].lower() if at < len(self.match.lexed.words) else ""

    @property
    def tense(self) -> Tense | None:
        """Tense of the verb that governs it."""
        return self.context.tense(self.start)

    @property
    def token(self) -> Token:
        """Its first token."""
        return self.context.token(self.start)
