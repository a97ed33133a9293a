"""What every extractor of this room is given: one article with its parse. Contains no rules of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from briefing.extract.attribution_links import TaggedSpan
from briefing.records import Actor, Article, Mention, Note
from briefing.records import Span as Offsets

_BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*")


@dataclass(frozen=True)
class Reading:
    """An article and its spaCy ``doc`` (``doc.text == article.text``), and its headline's where it has one."""

    article: Article
    doc: Doc
    title: Doc | None = None
    notes: tuple[Note, ...] = ()
    tagged: tuple[TaggedSpan, ...] = ()  # what the attribution tagger saw; empty without one

    @cached_property
    def anchor(self) -> date | None:
        """The day that relative dates count from: publication, where it is known to the day."""
        try:
            return date.fromisoformat((self.article.date or "")[:10])
        except ValueError:
            return None

    @cached_property
    def paragraphs(self) -> tuple[Offsets, ...]:
        """Paragraphs as offsets, in order; parted by blank lines, or by single line ends where there are none."""
        text = self.article.text
        breaks = list(_BREAK.finditer(text)) or list(re.finditer(r"\n\s*", text))
        starts = [0, *(m.end() for m in breaks)]
        ends = [*(m.start() for m in breaks), len(text)]
        return tuple((a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip())

    def paragraph_of(self, offset: int) -> int:
        """The paragraph, counted from 1, that holds a character; the one before it where it lies between two."""
        return max(1, sum(a <= offset for a, _ in self.paragraphs))

    def span(self, start: int, end: int) -> Span | None:
        """The tokens that cover two offsets, widened to whole tokens."""
        found: Span | None = self.doc.char_span(start, end, alignment_mode="expand")
        return found


@dataclass(frozen=True)
class Cast:
    """The actors of an article and every mention of them.

    ``by_token`` has the actor id of each token that belongs to a resolved mention (names, nominals, pronouns).
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    by_token: dict[int, str] = field(default_factory=dict)
    unresolved: int = 0

    def of_token(self, token: Token) -> str | None:
        """Actor id of the mention that ``token`` is part of."""
        return self.by_token.get(token.i)

    def of_span(self, span: Span) -> str | None:
        """Actor id of a phrase: that of its root, else of the first mention inside it."""
        root = self.by_token.get(span.root.i)
        return root or next((self.by_token[t.i] for t in span if t.i in self.by_token), None)

    def actor(self, actor_id: str) -> Actor:
        """The actor of an id; KeyError where there is none."""
        for found in self.actors:
            if found.id == actor_id:
                return found
        raise KeyError(actor_id)
