"""Nights built by hand: articles with a line a sentence, what each tells, and a profile that keeps what was told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.config import Config
from briefing.pipeline import brief_since
from briefing.records import (
    Actor,
    Article,
    Attribution,
    Brief,
    Event,
    Extraction,
    Likelihood,
    Mention,
    Production,
    Sentence,
    Told,
    ToldItem,
)

MADE = Production(version="0", model="none", model_version="0", settings="0" * 64, inputs="0" * 64)
NAMES = {
    "Ostra": "GPE", "Tessaly": "GPE", "Vell": "GPE", "Norrin": "GPE", "Pavel Koss": "PERSON", "Mira Dahl": "PERSON",
    "Meridian Star": "PRODUCT", "Canal Guild": "ORG", "Hesk": "GPE", "Ansel Brook": "ORG",
}  # fmt: skip

Page = tuple[Article, Extraction]


@dataclass(frozen=True)
class Line:
    """A sentence: ``does`` is (trigger, type, source, target), ``says`` is (speaker, content, kind)."""

    text: str
    does: tuple[str, Any, str, str] | None = None
    says: tuple[str, str, Any] | None = None
    term: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


def page(
    name: str, *lines: Line | str, date: str | None = "2031-05-13", publisher: str = "", url: str | None = None
) -> Page:
    """An article and what it says."""
    parts = [x if isinstance(x, Line) else Line(x) for x in lines]
    text = "\n".join(p.text for p in parts)
    article = Article(
        id=name, text=text, date=date, source=name, sha256=hashlib.sha256(text.encode()).hexdigest(), language="en",
        publisher=publisher or f"Outlet {name}", url=url,
    )  # fmt: skip
    sentences, events, said, at = [], [], [], 0
    for n, p in enumerate(parts, 1):
        sentences.append(Sentence(start=at, end=at + len(p.text), paragraph=n))
        if p.does:
            events.append(_event(text, at, p))
        if p.says:
            said.append(_said(text, at, p))
        at += len(p.text) + 1
    ids = {n: f"a{k}" for k, n in enumerate(NAMES, 1)}
    mentions = [
        Mention(start=i, end=i + len(n), text=n, type=kind, form="name", actor=ids[n])
        for n, kind in NAMES.items()
        for i in _places(text, n)
    ]
    actors = [
        Actor(id=ids[n], name=n, type=NAMES[n], salience=0.5) for n in NAMES if any(m.text == n for m in mentions)
    ]
    return article, Extraction(
        id=name, date=date, mentions=tuple(mentions), actors=tuple(actors), attributions=tuple(said),
        events=tuple(events), sentences=tuple(sentences),
    )  # fmt: skip


def _places(text: str, words: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(words, i)]


def _span(text: str, words: str, start: int) -> tuple[int, int]:
    at = text.index(words, start)
    return at, at + len(words)


def _event(text: str, at: int, line: Line) -> Event:
    trigger, kind, source, target = line.does or ("", None, "", "")
    ids = {n: f"a{k}" for k, n in enumerate(NAMES, 1)}
    return Event(
        trigger=_span(text, trigger, at),
        type=kind,
        verb=line.more.get("verb", trigger),
        source=(ids[source],) if source in ids else (),
        source_spans=(_span(text, source, at),) if source else (),
        target=(ids[target],) if target in ids else (),
        target_spans=(_span(text, target, at),) if target else (),
        evidence=(at, at + len(line.text)),
        **{k: v for k, v in line.more.items() if k in ("date", "factuality", "background", "place")},
    )


def _said(text: str, at: int, line: Line) -> Attribution:
    speaker, content, kind = line.says or ("", "", "statement")
    ids = {n: f"a{k}" for k, n in enumerate(NAMES, 1)}
    return Attribution(
        content=(_span(text, content, at),),
        cue=(_span(text, line.more.get("cue", "said"), at),) if line.more.get("cue", "said") in line.text else (),
        source=(_span(text, speaker, at),) if speaker else (),
        speaker=ids.get(speaker),
        type="indirect",
        kind=kind,
        likelihood=Likelihood(term=line.term) if line.term else None,
        standing=line.more.get("standing", "expert"),
        forward=bool(line.term),
    )


@dataclass
class Profile:
    """A brief made night after night, and the little that a store keeps of it."""

    config: Config = field(default_factory=Config)
    pages: dict[str, Page] = field(default_factory=dict)
    items: dict[str, ToldItem] = field(default_factory=dict)
    issues: list[Brief] = field(default_factory=list)
    last: tuple[ToldItem, ...] = ()

    def night(
        self, *pages: Page, replaced: dict[str, str] | None = None, gone: Sequence[str] = (), order: int = 1,
        as_of: str | None = None,
    ) -> Brief:  # fmt: skip
        """One issue: the pages are new; all others that were not replaced or deleted are context."""
        away = {*(replaced or {}), *gone}
        context = [p for n, p in self.pages.items() if n not in away]
        batch = [*context, *pages][::order]
        brief, items = brief_since(
            [a for a, _ in batch], [x for _, x in batch], new=[a.id for a, _ in pages], told=self.told(replaced, gone),
            number=len(self.issues) + 1, config=self.config, as_of=as_of, production=MADE,
        )  # fmt: skip
        self.pages |= {a.id: (a, x) for a, x in pages}
        for name in away:
            self.pages.pop(name, None)
        self.items |= {i.id: i for i in items}
        self.last = items
        self.issues.append(brief)
        return brief

    def told(self, replaced: dict[str, str] | None = None, gone: Sequence[str] = ()) -> Told:
        """What the issues before told."""
        before = self.issues[-1] if self.issues else None
        return Told(
            issue=len(self.issues) or None,
            as_of=before.as_of if before else None,
            items=tuple(self.items.values()),
            articles=tuple(self.pages),
            replaced=replaced or {},
            gone=tuple(gone),
        )


def told(brief: Brief) -> list[tuple[str, str | None, str | None, str | None]]:
    """Its changes without their words."""
    return [(c.change, c.aspect, c.before, c.after) for c in brief.changes]
