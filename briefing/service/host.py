"""What the service needs of the machine: signals that wake it, child processes, and config.yaml as it is on disk."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from briefing.config import Config, load
from briefing.errors import BriefingError
from briefing.ledger import CLOSED, Slot

log = logging.getLogger("briefing.service")


class Signals:
    """Counts SIGTERM and SIGINT; its sleep ends early with each of them and with a child's end."""

    def __init__(self) -> None:
        self.asked = 0
        # A signal that comes just before the sleep leaves a byte here: none is slept through.
        self._awake, self._alarm = socket.socketpair()
        self._before: dict[int, object] = {}
        self._fd = -1

    def __enter__(self) -> Self:
        for end in (self._awake, self._alarm):
            end.setblocking(False)
        self._fd = signal.set_wakeup_fd(self._alarm.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._ask)
        if hasattr(signal, "SIGCHLD"):
            self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._fd)
        self._awake.close()
        self._alarm.close()

    def sleep(self, length: timedelta) -> None:
        """At most so long."""
        select.select([self._awake], [], [], length.total_seconds())
        with contextlib.suppress(BlockingIOError):
            self._awake.recv(4096)

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self.asked += 1


class Process:
    """A run in a process group of its own: a Ctrl-C at the terminal is the service's to pass on."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to stop where nothing is half done."""
        self._process.terminate()

    def kill(self) -> None:
        """End it and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def command(slot: Slot, config: Path) -> list[str]:
    """The command line of a run; a closed slot has parcels left, which ``--due`` hands over."""
    at = slot.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    what = ["--due"] if slot.state in CLOSED else ["--slot", at]
    return [sys.executable, "-m", "briefing", "run", slot.profile, *what, "-c", str(config)]


class OnDisk:
    """config.yaml as it is now; while it is broken, as it was when it was last good, for the runs too."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._spare = self._path.with_name(f".{path.name}.{os.getpid()}.last-good")
        self._seen = _signature(self._path)
        self._good = load(self._path)
        self._text = self._path.read_bytes()
        self._broken = False

    def current(self) -> Config:
        """The settings in force; the same object as long as nothing changes."""
        seen = _signature(self._path)
        if seen != self._seen:
            self._seen = seen
            self._read()
        return self._good

    def run(self, config: Config, slot: Slot) -> Process:  # noqa: ARG002 - a run reads the file by itself
        """Start a slot's run. Raises OSError."""
        if self._broken:
            self._spare.write_bytes(self._text)
        return Process(command(slot, self._spare if self._broken else self._path))

    def close(self) -> None:
        """Take away the copy that runs were given."""
        with contextlib.suppress(OSError):
            self._spare.unlink(missing_ok=True)

    def _read(self) -> None:
        try:
            good, text = load(self._path), self._path.read_bytes()
        except (BriefingError, OSError) as e:
            self._broken = True
            log.error("%s; the settings read before stay in force", e)  # noqa: TRY400 - one line
            return
        self._good, self._text, self._broken = good, text, False
        log.info("%s read again", self._path)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
