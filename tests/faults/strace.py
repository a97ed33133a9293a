"""A run in, its system calls out; and a run killed at one of them.

``strace -e inject=CALL:signal=KILL:when=N`` kills before the Nth such call of a thread is carried out: the state on
disk and on the wire is that after the call before it.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults import runs
from tests.faults.world import World

# All that changes a disk, or that another process may see or answer.
CALLS = (
    "write,writev,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,symlink,symlinkat,link,linkat,unlink,"
    "unlinkat,rmdir,mkdir,mkdirat,ftruncate,fallocate,chmod,fchmod,fchmodat,flock,connect,sendto,sendmsg,recvfrom,"
    "recvmsg,shutdown"
)
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")


@dataclass(frozen=True)
class Call:
    """One system call of a run: ``when`` counts the calls of this name in its thread."""

    number: int
    thread: int
    name: str
    when: int
    text: str

    @property
    def socket(self) -> bool:
        return bool(re.match(r"\d+<(TCP|UNIX|UNIX-STREAM|TCPv6|socket)", self.text))


def parse(log: Path) -> list[Call]:
    """The calls of a log, in order."""
    counts: Counter[tuple[int, str]] = Counter()
    calls: list[Call] = []
    for line in log.read_text(errors="replace").splitlines():
        m = _LINE.match(line)
        if m:
            thread, name = int(m[1]), m[2]
            counts[thread, name] += 1
            calls.append(Call(len(calls), thread, name, counts[thread, name], m[3]))
    return calls


def points(calls: Sequence[Call], here: Path) -> list[Call]:
    """Where a kill tells something new: calls of the main thread from the first that touches the world on."""
    if not calls:
        return []
    main = calls[0].thread
    begun = next((c.number for c in calls if str(here) in c.text), 0)
    return [c for c in calls[begun:] if c.thread == main]


def spread(found: Sequence[Call], most: int | None) -> list[Call]:
    """At most so many of them, evenly."""
    if most is None or len(found) <= most:
        return list(found)
    return [found[i * len(found) // most] for i in range(most)]


def traced(world: World, night: int, kind: runs.Kind, *, inject: Sequence[str] = (), log: Path | None = None) -> int:
    """Run a night below strace; its exit code (-9 for a kill)."""
    log = log or world.root / "strace.log"
    command = ["strace", "-f", "-y", "-s", "300", "-o", str(log), "-e", f"trace={CALLS}"]
    for word in inject:
        command += ["-e", f"inject={word}"]
    if kind == "whole":
        run = runs.start(world, night, kind, wrap=command)
        return _killed(run.wait(300))
    gate_out, gate_in = os.pipe()
    run = runs.start(world, night, kind, gate=gate_out)
    tracer = _attach(command, run, world.root / "strace.said")
    os.write(gate_in, b"g")
    os.close(gate_in)
    os.close(gate_out)
    code = run.wait(120)
    tracer.wait()
    return _killed(code)


def _attach(command: Sequence[str], run: runs.Run, said: Path) -> subprocess.Popen[bytes]:
    """strace on a run that waits at its gate. A closed pipe would end strace at its next word: it speaks to a file."""
    with said.open("wb") as file:
        tracer = subprocess.Popen([*command, "-p", str(run.pid)], stderr=file)
    end = time.monotonic() + 10
    while "attached" not in said.read_text():
        if tracer.poll() is not None or time.monotonic() > end:
            tracer.kill()
            run.kill()
            raise RuntimeError(f"strace cannot attach: {said.read_text()}")
        time.sleep(0.001)
    return tracer


def _killed(code: int) -> int:
    return -9 if code in {137, -9} else code


def kill_at(world: World, night: int, kind: runs.Kind, point: Call) -> int:
    """Run a night that dies just before this call."""
    return traced(world, night, kind, inject=[f"{point.name}:signal=KILL:when={point.when}"])


# ---------------------------------------------------------------------------------------------------------- power cuts
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FILE = re.compile(r"^\d+<([^>]*)>")


def unsynced(calls: Sequence[Call], here: Path) -> Iterator[str]:
    """Files below ``here`` that got their name before their bytes were on the disk: a power cut would show it."""
    dirty: dict[str, Call] = {}
    for call in calls:
        file = _FILE.match(call.text)
        path = file[1] if file else ""
        if call.name in {"write", "writev", "pwrite64", "pwritev", "ftruncate"} and path.startswith(str(here)):
            dirty[path] = call
        elif call.name in {"fsync", "fdatasync"}:
            dirty.pop(path, None)
        elif call.name in {"rename", "renameat", "renameat2", "link", "linkat"}:
            names = _PATH.findall(call.text)
            if not names:
                continue
            yield from (
                f"{call.name} of {names[0]} before the fsync of {d}"
                for d in dirty
                if d == _absolute(names[0], call) or d.startswith(_absolute(names[0], call) + "/")
            )


def _absolute(name: str, call: Call) -> str:
    """Path of the first name of a rename; ``-y`` shows the folder of an …at call."""
    folder = re.match(r"(?:AT_FDCWD|\d+)<([^>]*)>", call.text)
    return name if name.startswith("/") or not folder else f"{folder[1]}/{name}"


def undurable(calls: Sequence[Call]) -> Iterator[str]:
    """Words sent to another machine while the ledger's last entry was not on the disk yet."""
    dirty: Call | None = None
    for call in calls:
        file = _FILE.match(call.text)
        path = file[1] if file else ""
        if call.name in {"pwrite64", "pwritev", "write", "writev"} and path.endswith(("-wal", ".db")):
            dirty = call
        elif call.name in {"fsync", "fdatasync"} and path.endswith(("-wal", ".db")):
            dirty = None
        elif call.name in {"sendto", "sendmsg", "write", "writev"} and call.socket and dirty is not None:
            yield f"{call.name} {call.text[:80]} while {dirty.text[:60]} is not synced"
            dirty = None


def undisturbed(world: World, night: int, kind: runs.Kind) -> list[Call]:
    """Where a run of the night may be cut. Its order of writes, names and words is looked at on the way."""
    world.restore(f"before{night}")
    log = world.root / "calls.log"
    code = traced(world, night, kind, log=log)
    if code != 0:
        raise RuntimeError(f"the traced night ends with {code}: {(world.root / 'run.log').read_text()}")
    calls = parse(log)
    bad = [*unsynced(calls, world.here), *undurable(calls)]
    if bad:
        raise RuntimeError("a power cut would be seen:\n" + "\n".join(bad))
    return points(calls, world.here)
