"""A place on disk out, in which two nights of a profile can be run, cut short, put back and run again.

All that a run may write stands below ``World.here``, always at the same path, so that every run of a night can be
held against the undisturbed one byte by byte. Mail sinks, the webhook receiver and PostgreSQL stand beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mailbox
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, Literal

from tests.faults.watcher import visible

Database = Literal["sqlite", "postgresql"]
ARTICLES = Path(__file__).parent / "articles"
TOP = Path(__file__).resolve().parents[2]
PROFILE = "harbour"
NIGHTS = ("2025-03-12", "2025-03-13")
SECRETS = {"FAULTS_HOOK": "whsec_" + "QmFzZSA2NCBvZiBhIGtleSBmb3IgdGVzdHMgb25seQ==", "FAULTS_PGPASS": ""}

CONFIG = """\
store:
  url: {store}
{password}
profiles:
  {profile}:
    sources:
      folders: [articles]
    title: Harbour morning
    when: {{cron: "0 5 12-13 3 *", zone: Europe/Paris, catch_up: all, backoff: PT0.05S, attempts: 20}}
    backoff: PT0.05S
    attempts: 20
    deliver:
      - {{kind: folder, path: out}}
      - {{kind: mail, host: localhost, port: {desk}, tls: none, sender: brief@vellin.example,
         to: [desk@vellin.example, night@vellin.example], seconds: {seconds},
         archive: {{maildir: {root}/mail-desk, settle: PT1S}}}}
      - {{kind: mail, host: localhost, port: {hold}, tls: none, sender: brief@vellin.example,
         to: [editor@vellin.example], seconds: {seconds}, in_doubt: hold}}
      - {{kind: webhook, url: "http://127.0.0.1:{hook}/hook", secret: {{env: FAULTS_HOOK}}, seconds: {seconds}}}
"""


@dataclass
class Server:
    """A helper process and where it listens."""

    process: subprocess.Popen[str]
    port: int

    def stop(self) -> None:
        """Kill it: its port refuses from now on."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stdin):
            if pipe is not None:
                pipe.close()


@dataclass
class World:
    """Where a run lives, and what it can reach."""

    root: Path
    database: Database
    cluster: Any = None
    servers: dict[str, Server] = field(default_factory=dict)
    seconds: float = 5.0
    password: str = ""
    web: bool = False  # whether web pages are among the articles: a process of its own reads them

    @property
    def here(self) -> Path:
        return self.root / "world"

    @property
    def out(self) -> Path:
        return self.here / "out"

    @property
    def config(self) -> Path:
        return self.here / "config.yaml"

    @property
    def book(self) -> Path:
        return self.root / "hooks.jsonl"

    @property
    def environment(self) -> dict[str, str]:
        """Of every run: secrets, and nothing that changes from day to day."""
        return {**os.environ, **SECRETS, "FAULTS_PGPASS": self.password, "PYTHONPATH": str(TOP)}

    # -------------------------------------------------------------------------------------------------- the two nights
    def make(self) -> None:
        """An empty world: settings, no articles, no store."""
        shutil.rmtree(self.here, ignore_errors=True)
        (self.here / "articles").mkdir(parents=True)
        self._fresh_database(None)
        self.write_config()
        self.forget()

    def write_config(self, **changes: str) -> None:
        """config.yaml; ``changes`` replace words of it."""
        password = "" if self.database == "sqlite" else "  password: {env: FAULTS_PGPASS}"
        ports = {name: server.port for name, server in self.servers.items()}
        text = CONFIG.format(
            store=self._url(), password=password, profile=PROFILE, root=self.root, seconds=self.seconds, **ports
        )
        for old, new in changes.items():
            text = text.replace(old, new)
        self.config.write_text(text)

    def bring(self, night: int) -> None:
        """The articles of a night come in; their times are the same on every machine."""
        for path in sorted((ARTICLES / f"night{night + 1}").glob("*" if self.web else "*.txt")):
            copy = Path(shutil.copy(path, self.here / "articles"))
            os.utime(copy, (1_741_700_000, 1_741_700_000))

    def save(self, name: str) -> None:
        """Keep the world as it is now."""
        shutil.rmtree(self.root / f"saved-{name}", ignore_errors=True)
        shutil.copytree(self.here, self.root / f"saved-{name}", symlinks=True)
        if self.database == "postgresql":
            self._sql(f"DROP DATABASE IF EXISTS saved_{name} WITH (FORCE)")
            self._sql(f"CREATE DATABASE saved_{name} TEMPLATE world")

    def restore(self, name: str) -> None:
        """The world as it was kept; mails and hooks are forgotten. It changes in one rename: the watcher looks on."""
        fresh, old = self.root / "fresh", self.root / "old"
        shutil.copytree(self.root / f"saved-{name}", fresh, symlinks=True)
        self.here.rename(old)
        fresh.rename(self.here)
        shutil.rmtree(old, ignore_errors=True)
        if self.database == "postgresql":
            self._fresh_database(f"saved_{name}")
        self.forget()

    def forget(self) -> None:
        """No mail and no hook has ever come."""
        for name in ("desk", "hold"):
            for part in ("new", "cur", "tmp"):
                folder = self.root / f"mail-{name}" / part
                folder.mkdir(parents=True, exist_ok=True)
                for path in folder.iterdir():
                    path.unlink()
        self.book.write_text("")
        for mood in (*self.root.glob("*.mood"), *self.root.glob("*.deed")):
            mood.unlink()

    def mood(self, server: str, mood: str) -> None:
        """How a server behaves from now on: see ``moody_sink`` and ``receiver``."""
        path = self.book.with_suffix(".deed") if server == "hook" else self.root / f"mail-{server}.mood"
        path.write_text(mood)

    def again(self, server: str) -> None:
        """Start a stopped server anew, at its old port."""
        port = self.servers[server].port
        self.servers[server] = (
            hook_receiver(self.root, port) if server == "hook" else mail_sink(self.root, server, port)
        )

    def stop(self) -> None:
        """All servers, dead."""
        for server in self.servers.values():
            server.stop()

    # ---------------------------------------------------------------------------------------------------------- books
    def mails(self, box: str) -> list[Message]:
        """What a sink has."""
        with contextlib.closing(mailbox.Maildir(self.root / f"mail-{box}")) as found:
            return [Message_of(found, key) for key in sorted(found.keys())]

    def hooks(self) -> list[dict[str, str]]:
        """What the receiver has."""
        return [json.loads(line) for line in self.book.read_text().splitlines()]

    def files(self) -> dict[str, str]:
        """Visible file of the output folder → sha256."""
        return {
            str(p.relative_to(self.out)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in visible(self.out)
            if p.exists()
        }

    def names(self) -> set[str]:
        """Every name below the world, but for what SQLite and locks leave beside the database."""
        left = {str(p.relative_to(self.here)) for p in self.here.rglob("*")}
        return {n for n in left if not n.endswith(("-wal", "-shm", "-journal", ".lock"))}

    # -------------------------------------------------------------------------------------------------------- database
    def _url(self) -> str:
        if self.database == "sqlite":
            return "sqlite:///briefing.db"
        return str(getattr(self.cluster, "url", "")).rsplit("/", 1)[0] + "/world"

    def _sql(self, statement: str) -> None:
        self.cluster.execute(statement)

    def _fresh_database(self, template: str | None) -> None:
        if self.database == "postgresql":
            self._sql("DROP DATABASE IF EXISTS world WITH (FORCE)")
            self._sql("CREATE DATABASE world" + (f" TEMPLATE {template}" if template else ""))
            # Without it, sequences of a copied database go back some numbers when the server is killed.
            self._sql("CHECKPOINT")


def Message_of(box: mailbox.Maildir, key: str) -> Message:  # noqa: N802
    """One mail of a Maildir."""
    return box[key]


def start(*command: str, stdin: int | None = subprocess.DEVNULL) -> tuple[subprocess.Popen[str], str]:
    """A helper process and the first line that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=TOP, stdout=subprocess.PIPE, stdin=stdin, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{command[0]} does not start")
    return process, line


def mail_sink(root: Path, name: str, port: int = 0) -> Server:
    """An SMTP server that keeps what it takes in a Maildir."""
    process, line = start("tests.faults.moody_sink", "--maildir", str(root / f"mail-{name}"), "--port", str(port))
    return Server(process, int(line))


def hook_receiver(root: Path, port: int = 0) -> Server:
    """A webhook receiver that books what it takes."""
    process, line = start("tests.faults.receiver", "--book", str(root / "hooks.jsonl"), "--port", str(port))
    return Server(process, int(line))


@contextlib.contextmanager
def world(database: Database = "sqlite") -> Iterator[World]:
    """A made world with its servers; all of it is gone at the end."""
    with contextlib.ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        cluster = None
        if database == "postgresql":
            from tests import postgres

            cluster = stack.enter_context(postgres.cluster())
        made = World(root, database, cluster, password=str(getattr(cluster, "password", "")))
        made.servers = {
            "desk": mail_sink(root, "desk"),
            "hold": mail_sink(root, "hold"),
            "hook": hook_receiver(root),
        }
        stack.callback(made.stop)
        made.make()
        yield made
