"""Invented articles, briefs and nights for the store's tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing.ledger import File, Intake, Issue, Run, Slot
from briefing.records import (
    Article,
    Brief,
    Change,
    Evidence,
    Extraction,
    Production,
    Sentence,
    SourceLine,
    Statement,
    ToldItem,
)
from briefing.store import Fence, Store

NOW = datetime(2026, 3, 13, 4, 0, tzinfo=UTC)


def night(n: int) -> datetime:
    """The slot of the n-th night."""
    return NOW + timedelta(days=n)


def slot(n: int = 0, profile: str = "straits", **other: Any) -> Slot:
    at = night(n)
    return Slot(profile=profile, at=at, local=(at + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M+01:00"), **other)


def article(name: str, text: str = "", **other: Any) -> Article:
    text = text or f"The harbour master of {name.title()} closed the port on Friday. Ferries stayed in."
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = {"title": f"Port of {name}", "date": "2026-03-12", "source": f"in/{name}.txt", "language": "en"}
    return Article(id=name, text=text, sha256=digest, **{**given, **other})


def extraction(of: Article) -> Extraction:
    return Extraction(id=of.id, date=of.date, language="en", sentences=(Sentence(start=0, end=9, paragraph=1),))


def evidence(of: Article, start: int = 0, end: int = 18) -> Evidence:
    return Evidence(article=of.id, start=start, end=end, quote=of.text[start:end])


def item(name: str, *of: Article, story: str = "", **other: Any) -> ToldItem:
    given = {"kind": "event", "text": f"{name} is told", "story": story or of[0].id}
    return ToldItem(id=name, evidence=tuple(evidence(a) for a in of), **{**given, **other})


def brief(articles: Sequence[Article], *, changes: Sequence[Change] = (), title: str = "The straits") -> Brief:
    lines = [
        SourceLine(
            id=a.id, title=a.title, publisher=None, date=a.date, story=a.id, origin=a.id, duplicate_of=None,
            reliability="F",
        )
        for a in articles
    ]  # fmt: skip
    said = tuple(Statement(text=a.text[:18], evidence=(evidence(a),)) for a in articles)
    made = Production(version="1", model="none", model_version="0", settings="s", inputs="i")
    return Brief(
        title=title,
        as_of="2026-03-13",
        marking="TLP:CLEAR",
        articles=tuple(lines),
        summary=said,
        changes=tuple(changes),
        production=made,
    )


def file(name: str, data: bytes) -> File:
    return File(format=name.rpartition(".")[2], name=name, sha256=hashlib.sha256(data).hexdigest(), data=data)


def take_in(store: Store, fence: Fence, at: Slot, *articles: Article | str, now: datetime | None = None) -> Intake:
    return store.take_in(
        fence, at, now or at.at, articles=articles, inputs={}, problems=[], same=lambda _old, _new: True
    )


def kept_night(
    store: Store,
    n: int,
    articles: Sequence[Article],
    items: Sequence[ToldItem] = (),
    *,
    profile: str = "straits",
    changes: Sequence[Change] = (),
    targets: Sequence[str] = ("folder:out",),
    done: bool = True,
) -> Issue:
    """A whole night: taken in, extracted, an issue kept, its parcels sent, the slot done."""
    at = slot(n, profile)
    with store.hold(profile) as fence:
        run: Run = store.begin(fence, at, at.at)
        intake = take_in(store, fence, at, *articles)
        there = [k.article for k in store.articles(intake.articles)]
        store.keep_extractions(fence, [extraction(a) for a in there], "v1")
        made = brief(there, changes=changes)
        files = [file("brief.pdf", b"%PDF " + made.model_dump_json().encode()), file("brief.json", b"{}")]
        issue = store.keep_issue(
            fence, run, at, made, files=files, items=items, intake=intake, targets=targets, now=at.at
        )  # fmt: skip
        if done:
            for parcel in store.parcels(profile, slot=at):
                store.move(fence, store.move(fence, parcel, "sending", at.at), "sent", at.at)
            store.end(fence, run, at.at, slot="done", outcome="done")
    return issue
