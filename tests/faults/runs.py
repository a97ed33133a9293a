"""A world and a night in, a run of it out: the whole command, or a quick one; let alone, killed, or traced.

``quick`` forks this process, which has everything loaded, and calls the same command with a made-up extractor and
renderer (``fast_run``). ``whole`` starts ``python -m briefing run`` anew.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.faults import fast_run
from tests.faults.world import NIGHTS, PROFILE, World

Kind = Literal["quick", "whole"]
AGAIN = 75
DOUBT = 1  # once: a mail is in doubt, and that is said
NEEDED = (
    "alembic.command",
    "pg8000.native",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.pg8000",
    "briefing.cli",
    "briefing.commands.run",
    "briefing.deliver.bucket",
    "briefing.deliver.folder",
    "briefing.deliver.handing",
    "briefing.deliver.heartbeat",
    "briefing.deliver.mail",
    "briefing.deliver.webhook",
    "briefing.compose",
    "briefing.deliver",
    "briefing.ingest",
    "briefing.nightly.called",
    "briefing.nightly.run",
    "briefing.pipeline",
    "briefing.render",
    "briefing.store",
    "briefing.synthesize",
)
TRIES = 60  # a dead client of PostgreSQL may hold its lock for a moment


@dataclass
class Run:
    """A run that has begun; ``log`` has what it said."""

    pid: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def wait(self, seconds: float = 120.0) -> int:
        """Its exit code, negative for a signal. Raises TimeoutError, and then the run is dead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            code = self.poll()
            if code is not None:
                return code
            time.sleep(0.002)
        self.kill()
        raise TimeoutError(f"a run took more than {seconds} s: {self.said()[-500:]}")

    def poll(self) -> int | None:
        """Its exit code once it has ended."""
        if self.process is not None:
            return self.process.poll()
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def kill(self, *, alone: bool = False) -> int:
        """Kill -9 of it and of what it has started, or of it alone."""
        with contextlib.suppress(ProcessLookupError):
            (os.kill if alone else os.killpg)(self.pid, signal.SIGKILL)
        if self.process is not None:
            return self.process.wait()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def said(self) -> str:
        """All that it printed."""
        return self.log.read_text(errors="replace")


def arguments(world: World, night: int) -> list[str]:
    """What stands behind `briefing run`."""
    return [PROFILE, "--slot", NIGHTS[night], "-c", str(world.config)]


def start(
    world: World, night: int, kind: Kind, *, gate: int | None = None, wrap: Sequence[str] = (), name: str = "run"
) -> Run:
    """Begin a run. ``gate``: a pipe from which it reads a byte first. ``wrap``: a command in front of a whole one."""
    log = world.root / f"{name}.log"
    if kind == "whole" or wrap:
        command = [sys.executable, "-m", *(("briefing", "run") if kind == "whole" else ("tests.faults.fast_run",))]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*wrap, *command, *arguments(world, night)],
                cwd=world.here,
                env=world.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        return Run(process.pid, log, process)
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        _child(world, night, log, gate)
    return Run(pid, log)


def _child(world: World, night: int, log: Path, gate: int | None) -> None:
    """The forked process: never returns."""
    code = 70
    try:
        os.setsid()
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.chdir(world.here)
        os.environ.update(world.environment)
        if gate is not None:
            os.read(gate, 1)
        fast_run.main(arguments(world, night))
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
    except BaseException:  # noqa: BLE001 - said in the log, told by the exit code
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def finish(world: World, night: int, kind: Kind, *, name: str = "run") -> tuple[int, list[str]]:
    """Run until it is done: how many runs that took, and what they said."""
    said = []
    for n in range(1, TRIES + 1):
        run = start(world, night, kind, name=name)
        code = run.wait()
        said.append(f"exit {code}: {run.said().strip()[-2000:]}")
        if code == 0:
            return n, said
        if code != AGAIN and not (code == DOUBT and sum(s.startswith("exit 1:") for s in said) == 1):
            break
        time.sleep(0.1)
    raise RuntimeError("the night is not done:\n" + "\n".join(said))


def load() -> None:
    """Import what a run needs, so that forks need not."""
    for name in NEEDED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    fast_run.install()
    fast_run.warm()
