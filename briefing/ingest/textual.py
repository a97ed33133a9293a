"""Bytes of plain text, Markdown, JSON Lines, JSON or CSV → what they give.

Small texts are read in the parent, for speed; large ones in the child, where a slow pattern costs one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.errors import IngestError
from briefing.ingest import decode, markdown, plain, table
from briefing.ingest.draft import Draft, Reading

KINDS = frozenset({"text", "markdown", "jsonl", "json", "csv"})
SMALL = 100_000  # bytes


def apart(kind: str, data: bytes) -> bool:
    """Whether a file is read in the child: tables hold markup, and large texts take time."""
    return kind not in KINDS or kind in {"json", "csv"} or (kind != "jsonl" and len(data) > SMALL)


def read(kind: str, data: bytes, *, fields: Mapping[str, str]) -> Reading:
    """Raises IngestError for what is no text or holds no article."""
    text, note = decode.text(data)
    reading = _reading(kind, text, fields)
    for draft in reading.drafts:
        if note:
            draft.note("encoding", note)
    return reading


def _reading(kind: str, text: str, fields: Mapping[str, str]) -> Reading:
    if kind == "text":
        return Reading(plain.read(text))
    if kind == "markdown":
        return Reading(markdown.read(text))
    rows = {"jsonl": table.jsonl, "json": table.from_json, "csv": table.from_csv}[kind](text, fields)
    return _rows(rows)


def _rows(rows: Iterator[Draft | str]) -> Reading:
    reading = Reading()
    for row in rows:
        if isinstance(row, str):
            reading.skipped.append(row)
        else:
            reading.drafts.append(_unmarked(row))
    if not reading.drafts and reading.skipped:
        raise IngestError(
            "table", reading.skipped[0], hint="one object with id and text a line, or map the fields in config.yaml"
        )
    return reading


def _unmarked(draft: Draft) -> Draft:
    """A table's cell may hold HTML."""
    if draft.verbatim or not table.markup(draft.text):
        return draft
    from briefing.ingest import page  # heavy; only in the child

    found = page.fragment(draft.text.encode("utf-8", "replace")).drafts
    return table.clean(found[0].text if found else "", draft)
