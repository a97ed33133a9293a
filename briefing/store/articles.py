"""Article ids in, articles and extractions out; a query over the store; what earlier issues had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from briefing.errors import StoreError
from briefing.ledger import Kept
from briefing.profiles import StoreQuery
from briefing.records import Article, Extraction
from briefing.store import Fence, holding
from briefing.store.forms import chunks, moment, pack, stamp, unpack
from briefing.store.rows import add_new, some
from briefing.store.slots import count_extracted
from briefing.store.tables import articles, extractions, issue_articles, issues

_newer = articles.alias("newer")


def by_id(connection: Connection, ids: Sequence[str]) -> list[Kept]:
    found: dict[str, Kept] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        found |= {row.id: kept_of(row) for row in connection.execute(kept_rows().where(articles.c.id.in_(part)))}
    for wanted in ids:
        if wanted not in found:
            raise StoreError(f"article {wanted}", "is not in the store", hint="it may have been deleted; run again")
    return [found[wanted] for wanted in ids]


def query(connection: Connection, wanted: StoreQuery, now: datetime) -> list[str]:
    since = stamp(now - timedelta(days=wanted.days))
    columns = (articles.c.id, articles.c.publisher, *((articles.c.body,) if wanted.words else ()))
    recent = select(*columns).where(articles.c.dated >= since, articles.c.replaced_by.is_(None))
    publishers, words = {p.casefold() for p in wanted.publishers}, _any_of(wanted.words)
    return [
        row.id
        for row in connection.execute(recent.order_by(articles.c.dated, articles.c.key))
        if not publishers or (row.publisher or "").casefold() in publishers
        if words is None or _says(words, unpack(Article, row.body, f"article {row.id}"))
    ]


def recent(connection: Connection, profile: str, since: datetime) -> list[Kept]:
    had = select(issue_articles.c.article).join(issues, issues.c.key == issue_articles.c.issue)
    wanted = kept_rows().where(
        articles.c.key.in_(had.where(issues.c.profile == profile)),
        articles.c.dated >= stamp(since),
        articles.c.replaced_by.is_(None),
    )
    return [kept_of(row) for row in connection.execute(wanted.order_by(articles.c.dated, articles.c.key))]


def kept_rows() -> Select[Any]:
    columns = articles.c.id, articles.c.sha256, articles.c.first_seen, articles.c.body, _newer.c.id.label("newer")
    return select(*columns).outerjoin(_newer, _newer.c.key == articles.c.replaced_by)


def kept_of(row: Row[Any]) -> Kept:
    article = unpack(Article, row.body, f"article {row.id}")
    return Kept(article=article, sha256=row.sha256, first_seen=moment(row.first_seen), replaced_by=row.newer)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words and phrases, in any case, over any white space."""
    phrases = [r"\s+".join(re.escape(p) for p in w.split()) for w in words if w.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE) if phrases else None


def _says(words: re.Pattern[str], article: Article) -> bool:
    return bool(words.search(article.title or "") or words.search(article.text))


# --------------------------------------------------------------------------------------------------------- extractions
def extracted(connection: Connection, ids: Sequence[str], version: str) -> dict[str, Extraction]:
    found: dict[str, Extraction] = {}
    rows = select(articles.c.id, extractions.c.body).join(extractions, extractions.c.reading == articles.c.reading)
    for part in chunks(list(dict.fromkeys(ids))):
        for row in connection.execute(rows.where(articles.c.id.in_(part), extractions.c.version == version)):
            extraction = unpack(Extraction, row.body, f"extraction of {row.id}")
            found[row.id] = extraction.model_copy(update={"id": row.id})
    return {i: found[i] for i in ids if i in found}


def keep_extractions(connection: Connection, fence: Fence, found: Sequence[Extraction], version: str) -> None:
    """Extractions of articles that were deleted meanwhile are let go."""
    holding.check(connection, fence, fence.profile)
    columns = [articles.c.id, articles.c.reading]
    reading = {row.id: row.reading for row in some(connection, columns, articles.c.id, (e.id for e in found))}
    packed = {
        reading[e.id]: pack(e.model_copy(update={"id": ""}), lean=True) for e in found if e.id in reading
    }  # fmt: skip
    # In one order, so that two profiles with the same articles do not wait for each other in a ring.
    add_new(connection, extractions, [{"reading": r, "version": version, "body": packed[r]} for r in sorted(packed)])
    count_extracted(connection, fence.profile, len(packed))
