"""Store settings in, a database that can be asked out: SQLite or PostgreSQL, each set to lose nothing."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from briefing.errors import ConfigError, StoreError
from briefing.profiles import StoreSettings
from briefing.store import faults

R = TypeVar("R")
BUSY = 30.0  # seconds that a transaction waits for another
SLOWEST = 300.0  # seconds of one statement on a server
TRIES = 4
_SSL = ("disable", "prefer", "require", "verify-full")
_WRITES = "briefing_writes"

# The server drops a client that has been silent for 20 + 3 × 10 seconds: so long a dead holder's lock can last.
_SERVER = {
    "statement_timeout": f"{SLOWEST:.0f}s",
    "lock_timeout": f"{BUSY:.0f}s",
    "idle_in_transaction_session_timeout": "300s",
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


# It would print the traceback of each connection that died; a StoreError says it in one line.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Base:
    """An open database. ``name`` is what messages call it; ``path`` is SQLite's file."""

    name: str
    engine: Engine
    path: Path | None

    @property
    def postgres(self) -> bool:
        return self.path is None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one state of the database."""
        with faults.said(self.name), self.engine.connect() as connection, connection.begin():
            if self.postgres:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    def write(self, work: Callable[[Connection], R]) -> R:
        """One transaction, whole or not at all; begun anew where the server says that this helps."""
        for left in reversed(range(TRIES)):
            with faults.said(self.name):
                try:
                    return self._written(work)
                except DBAPIError as e:
                    if not left or faults.sqlstate(e) not in faults.AGAIN:
                        raise
        raise AssertionError("unreachable")

    def _written(self, work: Callable[[Connection], R]) -> R:
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            return work(connection)

    def alone(self) -> Connection:
        """A connection of its own, outside the pool and without a transaction: for a lock that lives as long as it."""
        engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        connection = engine.connect()
        connection.detach()
        return connection


def connected(settings: StoreSettings, *, create: bool) -> Base:
    """The database of the settings; SQLite's file is made where it is missing. Raises StoreError, ConfigError."""
    if settings.url.startswith("sqlite:///"):
        return _sqlite(Path(settings.url.removeprefix("sqlite:///")).expanduser(), create)
    return _postgres(settings)


# -------------------------------------------------------------------------------------------------------------- SQLite
def _sqlite(path: Path, create: bool) -> Base:
    if path.name in {"", ":memory:"} or "?" in path.name:
        raise ConfigError("store.url", f"names no file ({path})", allowed="sqlite:///PATH", hint="name a file")
    name = f"database {path}"
    with faults.said(name):
        if not path.is_file():
            if not create:
                raise StoreError(name, "is not there yet", hint="`briefing run` makes it; or check store.url")
            _make(path)
    return Base(name, sqlite_engine(path), path)


def sqlite_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """SQLite with the settings of every connection. Without foreign keys only for migrations that rebuild tables."""
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"timeout": BUSY},
        poolclass=None if foreign_keys else NullPool,
        hide_parameters=True,
    )
    pragmas = (
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA synchronous = FULL",  # a commit is on the disk, also when the power goes
        "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # sqlite3 shall begin nothing by itself: a read that turns into a write would lose to another writer.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make(path: Path) -> None:
    """An empty file that only its owner reads, before SQLite would make one for everybody.

    No folder is made: where the disk that holds it is not mounted, a new store would begin from nothing.
    """
    if not path.parent.is_dir():
        hint = "make it, or mount the disk that holds it"
        raise StoreError(f"database {path}", f"its folder {path.parent} is not there", hint=hint)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


# ---------------------------------------------------------------------------------------------------------- PostgreSQL
def _postgres(settings: StoreSettings) -> Base:
    try:
        from briefing.store.line import dial
    except ImportError as e:
        raise ConfigError(
            "store.url", "PostgreSQL needs pg8000, which is not here", hint="pip install 'briefing[postgres]'"
        ) from e
    url, place, context = _address(settings.url)
    # pg8000 stumbles over no password where one is asked for; an empty one is refused in words.
    password = settings.password.reveal() if settings.password is not None else ""
    engine = create_engine(
        url,
        connect_args={"password": password, "ssl_context": context, "application_name": "briefing"},
        pool_pre_ping=True,
        pool_size=2,
        pool_recycle=600,
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", lambda _dialect, _record, _args, wanted: dial(place, wanted, _SERVER))
    return Base(f"database {settings.url}", engine, None)


def _address(given: str) -> tuple[URL, tuple[str, int] | str, Any]:
    """``postgresql://USER@HOST:PORT/NAME?sslmode=…`` as SQLAlchemy's URL, where to connect to, and pg8000's TLS."""
    try:
        parts = urlsplit(given)
        port = parts.port or 5432
    except ValueError as e:
        raise ConfigError("store.url", str(e), allowed="postgresql://USER@HOST:PORT/DATABASE") from e
    name, options = unquote(parts.path.lstrip("/")), dict(parse_qsl(parts.query))
    if not parts.username or not name:
        raise ConfigError("store.url", "names no user or no database", allowed="postgresql://USER@HOST:PORT/DATABASE")
    host = parts.hostname or options.pop("host", "localhost")
    local = host.startswith("/")
    context = _ssl(options, local=local)
    if options:
        raise ConfigError("store.url", f"unknown option {min(options)}", allowed="host, sslmode, sslrootcert")
    place = f"{host}/.s.PGSQL.{port}" if local else (host, port)
    return URL.create("postgresql+pg8000", unquote(parts.username), None, host, port, name), place, context


def _ssl(options: dict[str, str], *, local: bool) -> Any:
    """What pg8000 takes: False for none, None for TLS where the server has it, a context that checks."""
    mode, root = options.pop("sslmode", "disable" if local else "prefer"), options.pop("sslrootcert", None)
    if mode not in _SSL:
        raise ConfigError("store.url", f"sslmode={mode}", allowed=", ".join(_SSL))
    if mode == "verify-full":
        import ssl

        with faults.said(f"certificates {root}"):
            return ssl.create_default_context(cafile=root)
    return {"disable": False, "prefer": None, "require": True}[mode]


def checkpoint(base: Base) -> None:
    """Put SQLite's write-ahead log into the file and empty it: what was deleted is then in neither."""
    if base.path is not None:
        with faults.said(base.name), closing(base.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
