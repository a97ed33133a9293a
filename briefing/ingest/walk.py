"""Inputs as the user gave them → the files to read, folders in sorted order, each with the name it is known by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import IngestError

# What an operating system or editor leaves in a folder, not the user.
_LEFT = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


def files(given: str, *, most: int) -> Iterator[tuple[str, Path]]:
    """(name, path) of each file; the name is the path as given, a file in a folder the folder's joined with its own.

    Hidden files are passed over. Raises IngestError for what is not there, holds nothing or holds too much.
    """
    path = Path(given).expanduser()
    if path.is_dir():
        yield from _folder(given, path, most)
    elif path.is_file():
        yield given, path
    elif path.exists():
        raise IngestError(given, "is neither a file nor a folder", hint="give a file, a folder, a URL or -")
    else:
        raise IngestError(given, "does not exist", hint="check the path; quote it where it holds blanks")


def _folder(given: str, path: Path, most: int) -> Iterator[tuple[str, Path]]:
    found = 0
    for folder, below, names in os.walk(path):
        below[:] = sorted(n for n in below if not left(n))
        for name in sorted(n for n in names if not left(n)):
            found += 1
            if found > most:
                raise IngestError(
                    given, f"holds more than {most:,} files", hint="raise ingest.max_files or split the folder"
                )
            here = Path(folder) / name
            yield os.path.join(given, os.path.relpath(here, path)), here  # noqa: PTH118 (a Path would drop a leading "./")
    if not found:
        raise IngestError(given, "is an empty folder", hint="put articles in it")


def left(name: str) -> bool:
    """Whether a name is hidden, or one that a system left behind."""
    return name.startswith(".") or name in _LEFT


def load(name: str, path: Path, *, most: int) -> bytes:
    """The file's bytes. Raises IngestError where it cannot be read, is too large or is no ordinary file."""
    try:
        if not path.is_file():  # a pipe or device would block or never end
            raise IngestError(name, "is no ordinary file", hint="give a file")
        size = path.stat().st_size
        if size > most:
            raise IngestError(
                name, f"has {size:,} bytes; at most {most:,} are read", hint="raise ingest.max_bytes or split it"
            )
        with path.open("rb") as file:
            return file.read(most + 1)[:most]
    except OSError as e:
        raise IngestError(
            name, f"cannot be read: {(e.strerror or str(e)).lower()}", hint="check its permissions"
        ) from e
