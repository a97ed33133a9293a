"""A profile's name in, its only holder on all machines out: a lock that dies with the process, and a token that grows.

The lock keeps a second run away. The token keeps away a first one that has lost its lock and does not know it (a
paused machine, a cut network): each write looks whether its token is still the last one given.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from briefing.errors import BusyError, StoreError
from briefing.store import Fence, faults
from briefing.store.engine import Base
from briefing.store.rows import ensure_profile
from briefing.store.tables import leases

POLL = 0.2  # seconds between two looks


@dataclass(slots=True)
class Held:
    """The fence of one holder."""

    profile: str
    token: int


@contextmanager
def held(base: Base, profile: str, *, wait: float) -> Iterator[Held]:
    """Hold the profile. BusyError where another does, also after ``wait`` seconds."""
    with ExitStack() as stack:
        if base.path is not None:
            with faults.said(base.name):
                stack.enter_context(_file_lock(base.path.with_name(f"{base.path.name}.{profile}.lock"), profile, wait))
        else:
            stack.enter_context(_session_lock(base, profile, wait))
        yield base.write(lambda c: _next(c, profile))


def check(connection: Connection, fence: Fence, profile: str) -> None:
    """In the transaction of a write: this fence is still the last one. BusyError where another run took over."""
    if fence.profile != profile:
        raise StoreError(f"profile {profile}", f"written by the holder of {fence.profile}", hint="hold the right one")
    wanted = select(leases.c.token).where(leases.c.profile == profile).with_for_update()
    if connection.execute(wanted).scalar() != fence.token:
        raise BusyError(f"profile {profile}", "another run has taken over", hint="this one ends; look at the other")


def _next(connection: Connection, profile: str) -> Held:
    ensure_profile(connection, profile)
    mine = leases.c.profile == profile
    token = connection.execute(select(leases.c.token).where(mine).with_for_update()).scalar()
    if token is None:
        connection.execute(insert(leases).values(profile=profile, token=1))
        return Held(profile, 1)
    connection.execute(update(leases).where(mine).values(token=token + 1))
    return Held(profile, token + 1)


@contextmanager
def _file_lock(path: Path, profile: str, wait: float) -> Iterator[None]:
    """flock: the kernel takes it away when the process ends, however it ends. The file stays."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if not _patiently(lambda: _flocked(handle), wait):
            raise _busy(profile, os.pread(handle, 64, 0).decode("ascii", "replace").strip())
        os.truncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _flocked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _session_lock(base: Base, profile: str, wait: float) -> Iterator[None]:
    """An advisory lock of a session of its own: the server takes it away when the session ends."""
    with faults.said(base.name):
        connection = base.alone()
        line: Any = connection.connection.dbapi_connection
    try:
        with faults.said(base.name):
            if not _patiently(lambda: _session_locked(connection, profile), wait):
                raise _busy(profile, "")
        yield
    finally:
        with suppress(SQLAlchemyError, OSError):  # a session that is gone has no lock to give back
            # Closing alone would free it too, a moment after the next one has asked.
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
        with suppress(SQLAlchemyError, OSError):
            connection.close()
        if line is not None:  # one that was lost is forgotten by SQLAlchemy, not closed
            line.quit()


def _session_locked(connection: Connection, profile: str) -> bool:
    number = int.from_bytes(hashlib.sha256(f"briefing {profile}".encode()).digest()[:8], "big", signed=True)
    return bool(connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number}).scalar())


def _patiently(locked: Callable[[], bool], wait: float) -> bool:
    end = time.monotonic() + wait
    while not locked():
        if time.monotonic() >= end:
            return False
        time.sleep(min(POLL, max(0.0, end - time.monotonic())))
    return True


def _busy(profile: str, who: str) -> BusyError:
    at_work = f"another run is at work ({who})" if who else "another run is at work"
    return BusyError(f"profile {profile}", at_work, hint="try again when it has ended")
