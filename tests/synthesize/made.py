"""Hand-made records for the tests of this room."""

from __future__ import annotations

import hashlib
from typing import Any

from briefing.records import Actor, Article, Event, Extraction, Mention, Time


def article(name: str, text: str, *, date: str | None = None, **more: Any) -> Article:
    """An Article with nothing but what is given."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=name, text=text, date=date, source="test", sha256=digest, language="en", **more)


def span(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    at = text.index(words)
    return at, at + len(words)


def event(text: str, trigger: str, kind: Any, source: str, target: str = "", **more: Any) -> Event:
    """An Event of a text; actors are named by words of the text, whose lower case is their id."""
    return Event(
        trigger=span(text, trigger),
        type=kind,
        verb=more.pop("verb", trigger),
        source=(source.lower(),) if source else (),
        source_spans=(span(text, source),) if source else (),
        target=(target.lower(),) if target else (),
        target_spans=(span(text, target),) if target else (),
        evidence=more.pop("evidence", (0, len(text))),
        **more,
    )


def extraction(made: Article, *events: Event, times: tuple[Time, ...] = ()) -> Extraction:
    """An Extraction with the actors that the events name."""
    ids = {
        i: made.text[a:b]
        for e in events
        for i, (a, b) in zip((*e.source, *e.target), (*e.source_spans, *e.target_spans), strict=True)
    }
    mentions = [
        Mention(start=made.text.index(n), end=made.text.index(n) + len(n), text=n, type="ORG", form="name", actor=i)
        for i, n in ids.items()
    ]
    actors = tuple(Actor(id=i, name=n, type="ORG") for i, n in ids.items())
    return Extraction(id=made.id, date=made.date, mentions=tuple(mentions), actors=actors, events=events, times=times)
