"""A store in, what is wrong with it out, a line each: the database's own check, hashes, evidence, orphans, states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, exists, func, select

from briefing.errors import StoreError
from briefing.ledger import CLOSED, OPEN
from briefing.records import Article, Brief, Extraction, ToldItem
from briefing.store.engine import Base
from briefing.store.forms import content_hash, reading_hash, swell, unpack, unpack_problems
from briefing.store.tables import (
    articles,
    extractions,
    files,
    inputs,
    intakes,
    issues,
    items,
    metadata,
    parcels,
    runs,
    slots,
)


def wrong(base: Base) -> Iterator[str]:
    """Every check, in one state of the database. A database that cannot be read to the end says so in the last line."""
    checks = (_database, _orphans, _articles, _extractions, _inputs, _issues, _items, _states)
    try:
        with base.reading() as connection:
            for check in checks:
                yield from check(connection)
    except StoreError as e:
        yield str(e)


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield f"database: {line}"


def _orphans(connection: Connection) -> Iterator[str]:
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            there = key.column.table.alias("there")
            missing = ~exists().where(there.c[key.column.name] == key.parent)
            number = connection.execute(select(func.count()).where(key.parent.is_not(None), missing)).scalar_one()
            if number:
                yield f"table {table.name}: {number} rows whose {key.parent.name} is not there"
    unread = ~exists().where(articles.c.reading == extractions.c.reading)
    if number := connection.execute(select(func.count()).select_from(extractions).where(unread)).scalar_one():
        yield f"table extractions: {number} rows that no article has"


def _articles(connection: Connection) -> Iterator[str]:
    for row in _rows(connection, select(articles).order_by(articles.c.key)):
        try:
            article = unpack(Article, row.body, f"article {row.id}")
        except StoreError as e:
            yield str(e)
            continue
        if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
            yield f"article {row.id}: its text is not the one that its SHA-256 says"
        if (article.id, content_hash(article), reading_hash(article)) != (row.id, row.sha256, row.reading):
            yield f"article {row.id}: it does not say what its content hash says"


def _extractions(connection: Connection) -> Iterator[str]:
    lengths: dict[str, int] = {}
    for row in _rows(connection, select(articles.c.reading, articles.c.body, articles.c.id)):
        try:
            lengths[row.reading] = len(unpack(Article, row.body, row.id).text)
        except StoreError:  # said above
            continue
    for row in _rows(connection, select(extractions).order_by(extractions.c.key)):
        name = f"extraction {row.key} ({row.version})"
        try:
            found = unpack(Extraction, row.body, name)
        except StoreError as e:
            yield str(e)
            continue
        end = max((s.end for s in found.sentences), default=0)
        if end > lengths.get(row.reading, end):
            yield f"{name}: it speaks of words beyond its article's end"


def _inputs(connection: Connection) -> Iterator[str]:
    for table, key in ((inputs, inputs.c.name), (intakes, intakes.c.slot)):
        for name, problems in connection.execute(select(key, table.c.problems).order_by(key)):
            try:
                unpack_problems(problems, f"{table.name} {name}")
            except StoreError as e:
                yield str(e)


def _issues(connection: Connection) -> Iterator[str]:
    texts = _Texts(connection)
    for row in _rows(connection, select(issues).order_by(issues.c.key)):
        name = f"issue {row.number} of {row.profile}"
        if row.withdrawn != (row.brief is None):
            yield f"{name}: {'is withdrawn and has a brief' if row.withdrawn else 'has no brief'}"
        if row.brief is None:
            continue
        try:
            brief = unpack(Brief, row.brief, f"brief of {name}")
        except StoreError as e:
            yield str(e)
            continue
        for found in texts.wrong(_evidence(brief.model_dump(mode="json"))):
            yield f"{name}: {found}"
    listed = select(files, issues.c.number, issues.c.profile).join(issues, issues.c.key == files.c.issue)
    for row in _rows(connection, listed.order_by(files.c.issue, files.c.position)):
        name = f"file {row.name} of issue {row.number} of {row.profile}"
        try:
            if hashlib.sha256(swell(row.data, name)).hexdigest() != row.sha256:
                yield f"{name}: its bytes are not those that its SHA-256 says"
        except StoreError as e:
            yield str(e)


def _items(connection: Connection) -> Iterator[str]:
    texts = _Texts(connection)
    for row in _rows(connection, select(items).order_by(items.c.key)):
        name = f"item {row.id} of issue {row.number} of {row.profile}"
        try:
            item = unpack(ToldItem, row.body, name)
        except StoreError as e:
            yield str(e)
            continue
        for found in texts.wrong(e.model_dump() for e in item.evidence):
            yield f"{name}: {found}"


def _states(connection: Connection) -> Iterator[str]:
    has_issue, has_run = exists().where(issues.c.slot == slots.c.key), exists().where(runs.c.slot == slots.c.key)
    at_work = has_run.where(runs.c.outcome == "running")
    closed = slots.c.state.in_(CLOSED)
    impossible = (
        (slots.c.state.in_(("built", "done")) & ~has_issue, "has no issue"),
        (slots.c.state.in_(("planned", "missed", "coalesced")) & has_issue, "has an issue"),
        (slots.c.state.in_(("running", "built", "done", "failed")) & ~has_run, "never ran"),
        ((slots.c.state == "coalesced") & slots.c.into_slot.is_(None), "was told by no later slot"),
        (closed & at_work, "is at work"),
        (
            slots.c.state.not_in((*OPEN, *CLOSED)),
            "that is no state",
        ),
    )
    for where, what in impossible:
        listed = select(slots.c.profile, slots.c.local, slots.c.state).where(where).order_by(slots.c.key)
        for slot in connection.execute(listed):
            yield f"slot {slot.local} of {slot.profile}: is {slot.state} and {what}"
    unsaid = (parcels.c.state == "sent") & parcels.c.sent.is_(None)
    without = (parcels.c.kind == "brief") & parcels.c.issue.is_(None)
    for where, what in ((unsaid, "is sent at no time"), (without, "has no issue")):
        for row in connection.execute(select(parcels.c.key, parcels.c.target).where(where).order_by(parcels.c.key)):
            yield f"parcel {row.key} to {row.target}: {what}"


class _Texts:
    """Articles' texts by id, read as they are needed; the last few hundred stay."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts: dict[str, str | None] = {}

    def wrong(self, evidence: Iterable[dict[str, Any]]) -> Iterator[str]:
        """Evidence whose quote is not what its article says there."""
        for e in evidence:
            text = self._text(e["article"])
            if text is None:
                yield f"rests on article {e['article']}, which is not there"
            elif text[e["start"] : e["end"]] != e["quote"]:
                yield f"quotes {json.dumps(e['quote'][:60], ensure_ascii=False)}, which {e['article']} does not say"

    def _text(self, article: str) -> str | None:
        if article not in self._texts:
            if len(self._texts) > 500:
                self._texts.clear()
            body = self._connection.execute(select(articles.c.body).where(articles.c.id == article)).scalar()
            try:
                self._texts[article] = unpack(Article, body, article).text if body is not None else None
            except StoreError:
                self._texts[article] = None
        return self._texts[article]


def _evidence(data: Any) -> Iterator[dict[str, Any]]:
    """Every Evidence in a record's JSON."""
    if isinstance(data, dict):
        if data.keys() == {"article", "start", "end", "quote"}:
            yield data
        else:
            for value in data.values():
                yield from _evidence(value)
    elif isinstance(data, list):
        for value in data:
            yield from _evidence(value)


def _rows(connection: Connection, wanted: Any) -> Iterator[Any]:
    """Rows as they come, not all at once."""
    yield from connection.execution_options(yield_per=200).execute(wanted)
