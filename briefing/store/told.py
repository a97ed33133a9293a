"""Articles in, what the issues of a profile told of their stories out: each item as it was told last.

From the articles at hand to the stories that rest on them, from there to all articles of those stories and to the
versions that replace them or are replaced by them, and so on until nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, union

from briefing.records import Told, ToldItem
from briefing.store.forms import chunks, unpack
from briefing.store.rows import keys_of, some
from briefing.store.tables import articles, gone, had, issues, item_articles, items

# One index a statement: SQLite, which knows no numbers of rows, joins the wrong way round and looks at every item.
_ROWS = items.c.key, items.c.issue, items.c.id, items.c.story, items.c.number, items.c.position


@dataclass
class _Found:
    """What has been reached so far."""

    articles: set[int] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    rows: dict[int, Any] = field(default_factory=dict)


def told(connection: Connection, profile: str, ids: Sequence[str]) -> Told:
    found = _reached(connection, profile, ids)
    last: dict[str, Any] = {}
    for row in sorted(found.rows.values(), key=lambda r: (r.number, r.position)):
        last[row.id] = row
    kept = _items(connection, sorted(last.values(), key=lambda r: (r.number, r.position)))
    names = {r.key: r.id for r in some(connection, [articles.c.key, articles.c.id], articles.c.key, found.articles)}
    before = connection.execute(
        select(issues.c.number, issues.c.as_of).where(issues.c.profile == profile).order_by(issues.c.number.desc())
    ).first()
    return Told(
        issue=before.number if before else None,
        as_of=before.as_of if before else None,
        items=kept,
        articles=_had(connection, profile, names),
        replaced=_replaced(connection, names),
        gone=tuple(
            connection.execute(
                select(gone.c.article).where(gone.c.profile == profile).order_by(gone.c.article)
            ).scalars()
        ),
    )


def _reached(connection: Connection, profile: str, ids: Sequence[str]) -> _Found:
    found, standing = _Found(), _standing(connection, profile)
    fresh = set(keys_of(connection, ids).values())
    stories = set(ids)
    while fresh or stories:
        fresh |= _versions(connection, fresh)
        fresh -= found.articles
        found.articles |= fresh
        stories |= _stories_on(connection, profile, fresh)
        stories -= found.stories
        found.stories |= stories
        rows = _rows(connection, profile, standing, items.c.story, stories)
        # An item may have been told under another story before, or since: it is still the same item.
        rows += _rows(connection, profile, standing, items.c.id, {r.id for r in rows} - found.ids)
        found.ids |= {r.id for r in rows}
        new = {r.key: r for r in rows if r.key not in found.rows}
        found.rows |= new
        fresh = _rest_on(connection, new) - found.articles
        stories = {r.story for r in new.values()} - found.stories
    return found


def _versions(connection: Connection, keys: Iterable[int]) -> set[int]:
    """These, what replaces them, and what they replace."""
    known = set(keys)
    found = set(known)
    for part in chunks(sorted(known)):
        newer = select(articles.c.replaced_by).where(articles.c.key.in_(part), articles.c.replaced_by.is_not(None))
        older = select(articles.c.key).where(articles.c.replaced_by.in_(part))
        found |= set(connection.execute(union(newer, older)).scalars())
    return found if found == known else _versions(connection, found)


def _stories_on(connection: Connection, profile: str, keys: Iterable[int]) -> set[str]:
    """Stories with an item that rests on one of the articles."""
    resting = some(connection, [item_articles.c.item], item_articles.c.article, sorted(keys))
    found = some(connection, [items.c.story, items.c.profile], items.c.key, (r.item for r in resting))
    return {r.story for r in found if r.profile == profile}


def _rows(connection: Connection, profile: str, standing: set[int], column: Any, values: Iterable[str]) -> list[Any]:
    """Items of issues that stand."""
    found: list[Any] = []
    for part in chunks(sorted(values)):
        found += connection.execute(select(*_ROWS).where(items.c.profile == profile, column.in_(part))).all()
    return [row for row in found if row.issue in standing]


def _standing(connection: Connection, profile: str) -> set[int]:
    """Issues that were not withdrawn."""
    wanted = select(issues.c.key).where(issues.c.profile == profile, issues.c.withdrawn.is_(False))
    return set(connection.execute(wanted).scalars())


def _rest_on(connection: Connection, keys: Iterable[int]) -> set[int]:
    return {r.article for r in some(connection, [item_articles.c.article], item_articles.c.item, keys)}


def _items(connection: Connection, rows: Sequence[Any]) -> tuple[ToldItem, ...]:
    keys = [r.key for r in rows]
    bodies = {r.key: r.body for r in some(connection, [items.c.key, items.c.body], items.c.key, keys)}
    return tuple(unpack(ToldItem, bodies[r.key], f"item {r.id} of issue {r.number}") for r in rows)


def _had(connection: Connection, profile: str, names: dict[int, str]) -> tuple[str, ...]:
    keys: set[int] = set()
    for part in chunks(sorted(names)):
        where = had.c.profile == profile, had.c.article.in_(part)
        keys |= set(connection.execute(select(had.c.article).where(*where)).scalars())
    return tuple(sorted(names[k] for k in keys))


def _replaced(connection: Connection, names: dict[int, str]) -> dict[str, str]:
    newer = {
        r.key: r.replaced_by
        for r in some(connection, [articles.c.key, articles.c.replaced_by], articles.c.key, names)
        if r.replaced_by is not None
    }
    return {names[old]: names[new] for old, new in sorted(newer.items(), key=lambda p: names[p[0]])}
