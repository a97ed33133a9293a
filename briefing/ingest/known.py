"""A folder or file in; each of its files with a key of what it holds, so that what was read before is not read again.

The key changes with the bytes, the file's name, the settings of ingest and its code: with all that a reading rests on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import walk
from briefing.records import Article
from briefing.shipped import code, schema


@dataclass(frozen=True)
class Keyed:
    """One file: the name it is known by and the key of its bytes; ``error`` where it cannot be read."""

    name: str
    key: str
    error: IngestError | None = None


def keyed(given: Path, *, config: IngestSettings) -> Iterator[Keyed]:
    """The files of a folder, or the one file. An empty folder gives none. Raises IngestError for a place not there."""
    base = _base(config)
    for folder in _parts(given):
        for name, path in walk.files(str(folder), most=config.max_files):
            try:
                data = walk.load(name, path, most=config.max_bytes)
            except IngestError as e:
                yield Keyed(name, "", e)
                continue
            yield Keyed(name, hashlib.sha256(base + _bare(path.name) + b"\0" + data).hexdigest())


def _parts(given: Path) -> list[Path]:
    """The folder itself; of a Maildir its ``cur`` and ``new``: what lies in ``tmp`` is not whole yet."""
    if not given.is_dir():
        return [given]
    maildir = all((given / part).is_dir() for part in ("cur", "new", "tmp"))
    parts = [given / "cur", given / "new"] if maildir else [given]
    return [p for p in parts if any(not walk.left(f.name) for f in p.iterdir())]


def _bare(name: str) -> bytes:
    """A file's name without the flags that Maildir hangs on it (``:2,S`` once it was seen)."""
    return name.split(":2,")[0].encode("utf-8", "surrogateescape")


def _base(config: IngestSettings) -> bytes:
    settings = config.model_dump_json(exclude={"cache", "workers", "pause", "retries", "backoff", "allow"})
    return f"{code('ingest')}\0{schema(Article)}\0{settings}\0".encode()
