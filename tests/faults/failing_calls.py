"""A night in which one system call fails, each in its turn: no space, no right, no line. Is it survived, and made good?

``python -m tests.faults.failing_calls --points 200 --database sqlite``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.faults import check, runs, strace, tally
from tests.faults.world import Database, World, world

NIGHT = 1
# What the world answers: for a file, for a socket. None: this call does not fail in a way that tells anything.
ERRORS = {
    "write": ("ENOSPC", "EPIPE"),
    "writev": ("ENOSPC", "EPIPE"),
    "pwrite64": ("ENOSPC", None),
    "fsync": ("EIO", None),
    "fdatasync": ("EIO", None),
    "ftruncate": ("EIO", None),
    "fallocate": ("ENOSPC", None),
    "rename": ("EACCES", None),
    "renameat2": ("EROFS", None),
    "symlink": ("ENOSPC", None),
    "symlinkat": ("ENOSPC", None),
    "unlink": ("EROFS", None),
    "unlinkat": ("EROFS", None),
    "rmdir": ("EROFS", None),
    "mkdir": ("ENOSPC", None),
    "mkdirat": ("ENOSPC", None),
    "connect": (None, "ETIMEDOUT"),
    "sendto": (None, "ECONNRESET"),
    "sendmsg": (None, "ECONNRESET"),
    "recvfrom": (None, "ECONNRESET"),
}


def error(call: strace.Call) -> str | None:
    """How this call fails, where it can."""
    if call.text.startswith(("1<", "2<")):
        return None  # what it prints is for who called it
    file, socket = ERRORS.get(call.name, (None, None))
    return socket if call.socket or call.name == "connect" else file


def sweep(place: World, wanted: check.Reference, most: int | None) -> tally.Tally:
    """Let each call fail, or so many of them, spread evenly."""
    found = [c for c in strace.undisturbed(place, NIGHT, "quick") if error(c)]
    chosen = strace.spread(found, most)
    result = tally.Tally(f"failing calls on {place.database}: {len(chosen)} of {len(found)}")
    with check.watched(place, wanted) as seen:
        for n, point in enumerate(chosen, 1):
            tally.trial(
                place,
                NIGHT,
                "quick",
                wanted,
                result,
                label=f"{point.name} {point.when} = {error(point)} ({point.text[:90]})",
                kill=lambda p=point: _failing(place, p),  # type: ignore[misc]
                codes=(0, runs.AGAIN, runs.DOUBT),
            )
            tally.progress(result.name, n, len(chosen), result)
    result.faults += [f"seen: {line}" for line in seen[:-1]]
    return result


def _failing(place: World, point: strace.Call) -> int:
    return strace.traced(place, NIGHT, "quick", inject=[f"{point.name}:error={error(point)}:when={point.when}"])


def main(arguments: Sequence[str] | None = None) -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=None, help="as many calls, spread evenly; without it, all")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options = parser.parse_args(arguments)
    runs.load()
    database: Database = options.database
    with world(database) as place:
        tally.ended([sweep(place, check.reference(place, "quick"), options.points)])


if __name__ == "__main__":
    main()
