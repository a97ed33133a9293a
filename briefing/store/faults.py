"""A database's fault in, a StoreError out: where, what, what to do. No statement, no value, no password in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from briefing.errors import StoreError

AGAIN = ("40001", "40P01")  # serialization failure, deadlock: the same transaction works when it is begun anew

# SQLite's error name → what it means, what to do. Longer names first where one begins with another.
_SQLITE = (
    ("SQLITE_BUSY", "is locked by another process", "try again when it has ended"),
    ("SQLITE_LOCKED", "is locked by another process", "try again when it has ended"),
    ("SQLITE_FULL", "cannot be written: the disk is full", "make room, then run again: nothing is lost"),
    ("SQLITE_READONLY", "cannot be written: file or folder is read-only", "give this user the right to write there"),
    ("SQLITE_CANTOPEN", "cannot be opened", "check that the folder is there and may be written"),
    ("SQLITE_PERM", "may not be opened", "give this user the right to read and write it"),
    ("SQLITE_NOTADB", "is not a database, or is damaged", "move it away, or restore a backup"),
    ("SQLITE_CORRUPT", "is damaged", "restore a backup, or save what is there with sqlite3's .recover"),
    ("SQLITE_IOERR", "cannot be read or written: the disk reports an error", "check the disk and the room on it"),
    ("SQLITE_CONSTRAINT", "refused a row that breaks its rules", "run again; if it stays, see `briefing store verify`"),
)

# PostgreSQL's SQLSTATE, or the class that it begins with.
_POSTGRES = (
    ("28", "refuses user or password", "check store.url and store.password, and the server's pg_hba.conf"),
    ("3D000", "there is no such database", "create it: createdb NAME"),
    ("42501", "refuses a right", "give the user of store.url the right to create and change tables"),
    ("53300", "has no connection left", "try again later, or raise max_connections"),
    ("53100", "cannot write: its disk is full", "make room on the server, then run again: nothing is lost"),
    ("53", "is out of resources", "try again later"),
    ("55P03", "is locked by another process", "try again when it has ended"),
    ("57014", "took too long and was stopped", "try again; if it stays, look for long transactions on the server"),
    ("57", "is starting, stopping or was stopped", "try again in a moment"),
    ("25006", "takes no writes: it is read-only (a standby?)", "point store.url to the primary"),
    ("40", "could not settle with another transaction", "run again"),
    ("XX", "is damaged", "see the server's log; restore a backup"),
    ("58", "cannot be read or written: the server's disk reports an error", "see the server's log"),
    ("23", "refused a row that breaks its rules", "run again; if it stays, see `briefing store verify`"),
    ("08", "the connection was lost", "check that the server runs and can be reached, then run again"),
)


@contextmanager
def said(where: str) -> Iterator[None]:
    """Faults of the database inside become StoreErrors of ``where``."""
    try:
        yield
    except SQLAlchemyError as e:
        raise store_error(e, where) from e
    except OSError as e:
        raise StoreError(where, (e.strerror or str(e)).lower(), hint="check the place and its permissions") from e


def store_error(error: SQLAlchemyError, where: str) -> StoreError:
    """The fault in a user's words."""
    origin = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(origin, sqlite3.Error):
        return _known(_SQLITE, getattr(origin, "sqlite_errorname", ""), where, str(origin))
    state = sqlstate(error)
    if state:
        return _known(_POSTGRES, state, where, _message(origin))
    if origin is not None:  # pg8000 before or without an answer of the server
        hint = "check that the server runs and can be reached, then run again"
        return StoreError(where, f"cannot be reached ({_first(str(origin))})", hint=hint)
    return StoreError(where, f"failed ({type(error).__name__}: {_first(str(error))})", hint="run again")


def sqlstate(error: SQLAlchemyError) -> str:
    """PostgreSQL's five characters, or nothing."""
    fields = _fields(error.orig if isinstance(error, DBAPIError) else None)
    return str(fields.get("C", ""))


def _known(table: tuple[tuple[str, str, str], ...], code: str, where: str, message: str) -> StoreError:
    for begins, found, hint in table:
        if code.startswith(begins):
            return StoreError(where, found, hint=hint)
    return StoreError(where, f"failed ({_first(message) or code})", hint="run again; if it stays, tell its makers")


def _fields(origin: Any) -> dict[str, Any]:
    arguments: tuple[Any, ...] = getattr(origin, "args", ())
    found = arguments[0] if arguments else None
    return found if isinstance(found, dict) else {}


def _message(origin: Any) -> str:
    return str(_fields(origin).get("M", ""))


def _first(text: str) -> str:
    """The first line, cut: a server's answer may be long."""
    lines = text.strip().splitlines()
    return lines[0][:200] if lines else ""
