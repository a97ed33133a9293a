"""A folder in, all that was ever visible in it and not whole out: a process of its own that looks without a pause.

``python -m tests.faults.watcher FOLDER KNOWN.json`` reads "relative path → allowed sha256" and writes a JSON line for
each fault; the word ``stop`` on its standard input ends it with a last line, ``{"looks": …, "files": …}``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

Known = Mapping[str, Sequence[str]]


def visible(folder: Path) -> Iterator[Path]:
    """Files below a folder that a reader would open: no dotted names, ``latest`` followed as a folder."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir():
            yield from visible(path)
        else:
            yield path


def faults(folder: Path, known: Known, seen: set[tuple[object, ...]] | None = None) -> Iterator[str]:
    """What is to be seen that is not whole, a line each. What has not changed since it was ``seen`` is passed over."""
    for path in visible(folder):
        name = str(path.relative_to(folder))
        if name.startswith("notice-"):
            continue  # says when and why: other words each time
        try:
            now = path.stat()
            state = (name, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
            if seen is not None and state in seen:
                continue
            data = path.read_bytes()
        except OSError:
            continue  # moved away between the look and the reading: by whoever replaced it
        if hashlib.sha256(data).hexdigest() not in known.get(name, ()):
            yield f"{name}: {len(data)} bytes that no whole run writes"
        elif seen is not None:
            seen.add(state)
    yield from _latest(folder, known)


def _latest(folder: Path, known: Known) -> Iterator[str]:
    """``latest`` leads to an issue with all its files."""
    try:
        target = os.readlink(folder / "latest")  # noqa: PTH115 - the text of the link, not a path made of it
        there = set(os.listdir(folder / target))  # noqa: PTH208
    except OSError:
        return
    wanted = {n.split("/")[1] for n in known if n.startswith(f"{Path(target).name}/") and n.count("/") == 1}
    for name in sorted(wanted - there):
        if (folder / target).is_dir():
            yield f"latest leads to {target}, which has no {name}"


def _listen(told: threading.Event) -> None:
    sys.stdin.readline()
    told.set()


def main() -> None:
    """Look until told to stop."""
    folder, known = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    told = threading.Event()
    threading.Thread(target=_listen, args=(told,), daemon=True).start()
    looks = 0
    seen: set[str] = set()
    whole: set[tuple[object, ...]] = set()
    while not told.is_set():
        for fault in faults(folder, known, whole):
            if fault not in seen:
                seen.add(fault)
                sys.stdout.write(json.dumps(fault) + "\n")
        looks += 1
        time.sleep(0.002)
    sys.stdout.write(json.dumps({"looks": looks}) + "\n")


if __name__ == "__main__":
    main()
