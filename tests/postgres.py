"""A throw-away PostgreSQL server for tests: nothing in, a running server with a password out; gone at the end.

with cluster() as server:
    settings = StoreSettings(url=server.fresh(), password=Secret(env="PGPASS"))   # PGPASS: server.password
    server.kill(); server.start()
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

NEED = "BRIEFING_NEED_POSTGRES"  # set to 1 where a missing server is a fault, not a reason to skip
USER = "desk"
PASSWORD = "correct horse & battery/staple @9"  # with all that a URL would have to escape
PATIENCE = 60.0
_numbers = count(1)


@dataclass(frozen=True)
class Cluster:
    """A server on a loopback port. ``url`` names its standard database and bears no password."""

    url: str
    password: str = field(repr=False)
    host: str
    port: int
    root: Path
    _programs: Path
    _owner: int | None
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        if self._running:
            return
        deadline = time.monotonic() + PATIENCE
        while True:
            process = self._launch()
            if self._answers(process, deadline):
                self._running.append(process)
                return
            # After a kill the last children may hold the shared memory for a moment.
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {(self.root / 'log').read_text()[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop in good order: clients are sent away, everything is on disk."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill -9 of the whole server, as a power cut would."""
        self._end(signal.SIGKILL)

    def fresh(self) -> str:
        """Address of a new, empty database."""
        name = f"db{os.getpid()}_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@{self.host}:{self.port}/{name}"

    def execute(self, statement: str, *, database: str = "postgres") -> list[tuple[object, ...]]:
        """One statement on a connection of its own, rows back."""
        import pg8000.native

        with closing(
            pg8000.native.Connection(
                USER, host=self.host, port=self.port, database=database, password=self.password, timeout=30
            )
        ) as connection:
            return [tuple(row) for row in connection.run(statement) or ()]

    def _launch(self) -> subprocess.Popen[bytes]:
        command = [str(self._programs / "postgres"), "-D", str(self.root / "data"), "-p", str(self.port)]
        command += ["-h", self.host, "-k", str(self.root), "-c", "max_connections=60", "-c", "shared_buffers=32MB"]
        with (self.root / "log").open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command, cwd=self.root, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_as(self._owner)
            )
            return process

    def _answers(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        asking = [str(self._programs / "pg_isready"), "-q", "-h", self.host, "-p", str(self.port)]
        while time.monotonic() < deadline and process.poll() is None:
            if subprocess.run(asking, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        if process.poll() is None:
            process.kill()
        process.wait()
        return False

    def _end(self, how: int) -> None:
        while self._running:
            process = self._running.pop()
            process.send_signal(how)
            process.wait(PATIENCE)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new server in a temporary folder. Skips, or fails with BRIEFING_NEED_POSTGRES=1, where there is none."""
    programs = _found()
    owner = _owner()
    root = Path(tempfile.mkdtemp(prefix="pg-"))
    server = None
    try:
        if owner is not None:
            os.chown(root, owner, pwd.getpwuid(owner).pw_gid)
        _initialise(programs, root, owner)
        port = _free_port()
        url = f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        server = Cluster(url, PASSWORD, "127.0.0.1", port, root, programs, owner)
        server.start()
        yield server
    finally:
        if server is not None:
            server.kill()  # nothing of it is needed any more
        shutil.rmtree(root, ignore_errors=True)


def _found() -> Path:
    """The folder of PostgreSQL's programs."""
    try:
        import pg8000.native  # noqa: F401
    except ImportError:
        _missing("pg8000 is not installed (pip install 'briefing[postgres]')")
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(versions, key=lambda p: -int(p.parent.name) if p.parent.name.isdigit() else 0)
    for place in places:
        if all((place / name).is_file() for name in ("initdb", "postgres", "pg_isready")):
            return place
    return _missing("initdb, postgres and pg_isready are neither on PATH nor in /usr/lib/postgresql/*/bin")


def _missing(why: str) -> Path:
    if os.environ.get(NEED) == "1":
        pytest.fail(f"{NEED}=1, but {why}")
    pytest.skip(why)


def _owner() -> int | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    _missing("there is no user postgres or nobody that the server could run as")
    return None


def _as(owner: int | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner, "group": pwd.getpwuid(owner).pw_gid, "extra_groups": []}


def _initialise(programs: Path, root: Path, owner: int | None) -> None:
    secret = root / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    if owner is not None:
        os.chown(secret, owner, pwd.getpwuid(owner).pw_gid)
    command = [str(programs / "initdb"), "-D", str(root / "data"), "-U", USER, f"--pwfile={secret}", "-A"]
    command += ["scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, **_as(owner))
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stdout[-500:]}{done.stderr[-1500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
