"""An open database in, its tables brought up to date: by one process at a time, whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from briefing.errors import StoreError
from briefing.store import faults
from briefing.store.engine import Base, sqlite_engine

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "0002"  # the newest revision below migrations/versions
VERSION_TABLE = "briefing_version"
_LOCK = 7_202_611_210  # of the migration, among a PostgreSQL database's advisory locks


def upgrade(base: Base, *, create: bool, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Bring the tables to ``head``. StoreError where there is nothing (without ``create``) or something newer."""
    with faults.said(base.name):
        if base.path is not None:
            with _alone(base.path):
                _upgrade_sqlite(base, base.path, create, scripts, head)
            return
        with base.reading() as connection:
            if _at_head(connection, base.name, create, scripts, head):
                return
        base.write(lambda c: _upgrade_postgres(c, base.name, create, scripts, head))


def _upgrade_sqlite(base: Base, path: Path, create: bool, scripts: Path, head: str) -> None:
    engine = sqlite_engine(path, foreign_keys=False)
    try:
        with engine.connect() as connection, connection.begin():
            if _at_head(connection, base.name, create, scripts, head):
                return
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode = WAL").close()
        # A table that is rebuilt is dropped: with foreign keys on, all that points to it would go with it.
        with engine.connect().execution_options(briefing_writes=True) as connection, connection.begin():
            _run(connection, scripts)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StoreError(base.name, f"table {broken[0]} has rows without what they point to; not upgraded")
    finally:
        engine.dispose()


def _upgrade_postgres(connection: Connection, name: str, create: bool, scripts: Path, head: str) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": _LOCK})
    if not _at_head(connection, name, create, scripts, head):  # another process may have been faster
        _run(connection, scripts)


def _at_head(connection: Connection, name: str, create: bool, scripts: Path, head: str) -> bool:
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        if not create:
            raise StoreError(name, "is empty", hint="`briefing run` fills it; or check store.url")
        if "articles" in tables:
            raise StoreError(name, "belongs to another program", hint="give briefing a database of its own")
        return False
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    if found == head:
        return True
    if not list((scripts / "versions").glob(f"{found}_*.py")):
        raise StoreError(
            name, f"was written by a newer version of briefing (tables {found}, known: {head})", hint="upgrade briefing"
        )
    return False


def _run(connection: Connection, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """A lock beside SQLite's file: to switch to WAL and to migrate, nobody else may be at it."""
    handle = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
