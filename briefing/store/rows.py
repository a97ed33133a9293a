"""Small steps that several tables share: a profile's row, a slot's row, rows in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, UniqueConstraint, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from briefing.errors import StoreError
from briefing.ledger import Slot
from briefing.store.forms import chunks, maybe, moment, stamp, stamped
from briefing.store.tables import articles, profiles, slots

_ARTICLES_LOCK = 7_202_611_211  # of those who write articles, among a PostgreSQL database's advisory locks


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows in few statements: RETURNING is what makes SQLAlchemy send them in batches."""
    if rows:
        key = next(iter(table.primary_key.columns))
        connection.execute(insert(table).returning(key), list(rows)).all()


def add_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """As ``add``; rows that are there already stay. How many were new.

    There means by their own columns: a number that is given twice (a sequence behind its table, after a restore) is a
    fault, and not a row that would be left out in silence.
    """
    if not rows:
        return 0
    kind = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = kind(table).on_conflict_do_nothing(index_elements=_own(table))
    wanted = statement.returning(next(iter(table.primary_key.columns)))
    return len(connection.execute(wanted, list(rows)).all())


def _own(table: Table) -> list[Column[Any]]:
    """The columns that tell a row from others: not the number that the database gives it."""
    unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    return list(unique[0].columns) if unique else list(table.primary_key.columns)


def ensure_profile(connection: Connection, profile: str) -> None:
    add_new(connection, profiles, [{"name": profile}])


def only_writer_of_articles(connection: Connection) -> None:
    """Until the transaction ends no other takes articles in or out. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": _ARTICLES_LOCK})


def some(connection: Connection, what: Sequence[Column[Any]], where: Column[Any], values: Iterable[Any]) -> list[Any]:
    """Rows whose column is one of many values, a few hundred values a statement."""
    wanted = list(dict.fromkeys(values))
    return [
        row for part in chunks(wanted) for row in connection.execute(select(*what).where(where.in_(part))).all()
    ]  # fmt: skip


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Article id → key; unknown ones are left out."""
    return {r.id: r.key for r in some(connection, [articles.c.id, articles.c.key], articles.c.id, ids)}


def slot_key(connection: Connection, slot: Slot) -> int | None:
    found = select(slots.c.key).where(slots.c.profile == slot.profile, slots.c.at == stamp(slot.at))
    key: int | None = connection.execute(found).scalar()
    return key


def ensure_slot(connection: Connection, slot: Slot) -> int:
    """The slot's key; one that is unknown is put in as it is."""
    ensure_profile(connection, slot.profile)
    add_new(connection, slots, [slot_row(slot)])
    key = slot_key(connection, slot)
    if key is None:
        raise StoreError(f"slot {slot.local} of {slot.profile}", "was taken out meanwhile", hint="run again")
    return key


def slot_row(slot: Slot) -> dict[str, Any]:
    return {
        "profile": slot.profile,
        "at": stamp(slot.at),
        "local": slot.local,
        "state": slot.state,
        "manual": slot.manual,
        "attempts": slot.attempts,
        "next_try": stamped(slot.next_try),
        "into_slot": stamped(slot.into),
        "note": slot.note,
    }


def slot_of(row: Row[Any]) -> Slot:
    return Slot(
        profile=row.profile,
        at=moment(row.at),
        local=row.local,
        state=row.state,
        manual=row.manual,
        attempts=row.attempts,
        next_try=maybe(row.next_try),
        into=maybe(row.into_slot),
        note=row.note,
    )
