"""A store in, files that any program reads out: articles, extractions and ledger as JSON lines, issues in folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from briefing.errors import OutputError
from briefing.records import Extraction
from briefing.store import issues as kept
from briefing.store import parcels as sent
from briefing.store import slots as ledger
from briefing.store.articles import kept_of, kept_rows
from briefing.store.forms import unpack
from briefing.store.tables import articles, extractions, issues, profiles

ALL = 1_000_000_000


def export(connection: Connection, folder: Path) -> list[Path]:
    """Write it all below ``folder``; each file is there whole or not at all."""
    written: list[Path] = []
    try:
        for name, lines in (
            ("articles.jsonl", _articles(connection)),
            ("extractions.jsonl", _extractions(connection)),
            ("ledger.jsonl", _ledger(connection)),
        ):
            written.append(_write(folder / name, (f"{line}\n".encode() for line in lines)))
        written += _issues(connection, folder / "issues")
    except OSError as e:
        raise OutputError(str(e.filename or folder), (e.strerror or str(e)).lower()) from e
    return written


def _articles(connection: Connection) -> Iterator[str]:
    rows = connection.execution_options(yield_per=200).execute(kept_rows().order_by(articles.c.key))
    for row in rows:
        yield kept_of(row).model_dump_json()


def _extractions(connection: Connection) -> Iterator[str]:
    columns = articles.c.id, extractions.c.version, extractions.c.body
    joined = select(*columns).join(extractions, extractions.c.reading == articles.c.reading)
    for row in connection.execution_options(yield_per=200).execute(joined.order_by(articles.c.key, extractions.c.key)):
        extraction = unpack(Extraction, row.body, f"extraction of {row.id}").model_copy(update={"id": row.id})
        yield _line({"version": row.version, "extraction": extraction.model_dump(mode="json")})


def _ledger(connection: Connection) -> Iterator[str]:
    """Profiles, slots, runs, issues and parcels, oldest first; ``record`` says which."""
    for name, first_seen in connection.execute(select(profiles).order_by(profiles.c.name)).all():
        yield _line({"record": "profile", "name": name, "first_seen": first_seen})
        found: dict[str, list[Any]] = {
            "slot": ledger.found(connection, name, (), None, None)[::-1],
            "run": ledger.history(connection, name, ALL)[::-1],
            "issue": kept.newest(connection, name, ALL)[::-1],
            "parcel": sent.found(connection, name, None, ()),
        }
        for kind, records in found.items():
            for record in records:
                yield _line({"record": kind, **record.model_dump(mode="json")})


def _issues(connection: Connection, folder: Path) -> Iterator[Path]:
    """``issues/PROFILE/0007/``: the files as they were sent, and brief.json as the store has it."""
    listed = select(issues.c.key, issues.c.profile, issues.c.number, issues.c.withdrawn)
    for row in connection.execute(listed.order_by(issues.c.profile, issues.c.number)).all():
        place = folder / row.profile / f"{row.number:04d}"
        if row.withdrawn:
            continue
        files = kept.files_of(connection, row.key)
        for file in files:
            yield _write(place / Path(file.name).name, [file.data])
        if "brief.json" not in {f.name for f in files}:
            yield _write(place / "brief.json", [kept.brief_of(connection, row.key).model_dump_json(indent=2).encode()])


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, parts: Iterable[bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    with fresh.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return path
