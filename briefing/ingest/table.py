"""JSON Lines, JSON and CSV → Drafts. JSON Lines is taken verbatim; JSON and CSV are cleaned, never split."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.errors import IngestError
from briefing.ingest import dates, head, lines, names, split
from briefing.ingest.draft import Draft
from briefing.ingest.plain import settle
from briefing.ingest.unicode import whole

# Our field → the names under which others keep it, the first that is there wins.
THEIRS: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uid", "guid", "article_id"),
    "text": (
        "text",
        "body",
        "content",
        "articleBody",
        "article",
        "full_text",
        "fulltext",
        "maintext",
        "content_text",
        "description",
    ),
    "title": ("title", "headline", "name"),
    "date": (
        "date",
        "published",
        "publishedAt",
        "published_at",
        "pubDate",
        "datePublished",
        "date_published",
        "date_publish",
        "publication_date",
        "dct",
    ),
    "publisher": (
        "publisher",
        "source",
        "outlet",
        "publication",
        "source_name",
        "site_name",
        "sitename",
        "source_domain",
    ),
    "url": ("url", "link", "permalink", "webUrl"),
    "authors": ("authors", "author", "byline", "creator"),
    "language": ("language", "lang"),
    "updated": ("updated", "dateModified", "date_modified", "updated_at"),
}
EMPTY = 'has an empty "text"'  # nothing was lost: the caller has no text for it
LISTS = ("articles", "items", "results", "documents", "docs", "entries", "data", "response", "hits", "value")


def jsonl(text: str, fields: Mapping[str, str]) -> Iterator[Draft | str]:
    """A Draft a line; a line that gives none gives the message why."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as e:
            yield f"line {number} is not JSON: {_reason(e)}"
            continue
        value = _field(row, "text", fields) if isinstance(row, dict) else None
        if not isinstance(value, str) or not value.strip():
            blank = isinstance(row, dict) and str(row.get(fields.get("text", "text"), "-")).strip() == ""
            yield f"line {number} {EMPTY}" if blank else f'line {number} has no "text"'
            continue
        draft = _draft(row, whole(value), fields)
        draft.verbatim = True
        yield draft


def from_json(text: str, fields: Mapping[str, str]) -> Iterator[Draft | str]:
    """The articles of one JSON document: an object, a list of them, or a list under a usual name."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise IngestError(
            "JSON", f"cannot be read: {_reason(e)}", hint="check the file; one object a line must be named .jsonl"
        ) from e
    rows = list(_rows(data, fields))
    if not rows:
        raise IngestError(
            "JSON",
            "holds no object with a text",
            hint="map the field in config.yaml: ingest: {fields: {text: their_name}}",
        )
    for row in rows:
        yield cleaned(row, fields)


def from_csv(text: str, fields: Mapping[str, str]) -> Iterator[Draft | str]:
    """An article a row, named by the header line."""
    csv.field_size_limit(5_000_000)
    sample = text[:20_000]
    first = sample.split("\n", 1)[0]
    mark = max((",", ";", "\t", "|"), key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=mark, skipinitialspace=True)
    try:
        header = [str(h) for h in rows.fieldnames or ()]
        if not header or not any(
            h == fields.get("text") or h.strip().lower() in {t.lower() for t in THEIRS["text"]} for h in header
        ):
            raise IngestError(
                "CSV",
                f"has no column of text; it has {', '.join(header[:8])}",
                hint="map it in config.yaml: ingest: {fields: {text: their_name}}",
            )
        for number, row in enumerate(rows, start=2):
            named = {str(k).strip(): v for k, v in row.items() if isinstance(v, str)}
            yield cleaned(named, fields) if _field(named, "text", fields) else f"row {number} has no text"
    except csv.Error as e:
        raise IngestError("CSV", f"cannot be read: {e}", hint="save it again as UTF-8 CSV") from e


def cleaned(row: Mapping[str, Any], fields: Mapping[str, str]) -> Draft:
    """A row's Draft with its text cleaned as a body; markup in it is left to the caller (``markup``)."""
    draft = _draft(row, "", fields)
    body = str(_field(row, "text", fields) or "")
    if markup(body):
        draft.text = body
        return draft
    return clean(body, draft)


def clean(body: str, draft: Draft) -> Draft:
    """``draft`` with ``body`` cleaned into it."""
    read = head.read(split.promos(lines.blocks(body)), titled=False)
    draft.text, draft.cut, draft.notes, draft.partial = read.text, read.cut, read.notes, read.partial
    draft.dateline, draft.agency = read.dateline, read.agency
    draft.date = draft.date or read.date
    draft.authors = draft.authors or read.authors
    draft.publisher = draft.publisher or read.publisher
    return settle(draft)


def markup(body: str) -> bool:
    """Whether a text is HTML."""
    return (
        len(
            re.findall(
                r"</?(?:p|div|br|span|a|h[1-6]|ul|li|strong|em|b|i|img|figure)\b[^<>]{0,500}>",
                body[:5000],
                re.IGNORECASE,
            )
        )
        >= 2
    )


def _rows(data: Any, fields: Mapping[str, str], depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            if isinstance(item, dict) and isinstance(_field(item, "text", fields), str):
                yield item
            elif isinstance(item, dict) and depth < 3:
                yield from _rows(item, fields, depth + 1)
    elif isinstance(data, dict):
        if isinstance(_field(data, "text", fields), str) and not any(isinstance(data.get(k), list) for k in LISTS):
            yield data
        else:
            for key in LISTS:
                if isinstance(data.get(key), list | dict) and depth < 4:
                    yield from _rows(data[key], fields, depth + 1)


def _field(row: Mapping[str, Any], ours: str, fields: Mapping[str, str]) -> Any:
    theirs = (fields[ours],) if ours in fields else THEIRS[ours]
    low = {k.lower(): k for k in row}
    for name in theirs:
        if name in row or name.lower() in low:
            value = row.get(name, row.get(low.get(name.lower(), "")))
        else:
            value = _deep(row, name)
        if value not in (None, "", []):
            return value
    return None


def _deep(row: Mapping[str, Any], name: str) -> Any:
    """``source.name`` → the value two levels down."""
    value: Any = row
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value if "." in name else None


def fields_of(row: Mapping[str, Any]) -> Draft:
    """A row's fields, its text left empty."""
    return _draft(row, "", {})


def _draft(row: Mapping[str, Any], text: str, fields: Mapping[str, str]) -> Draft:
    def word(ours: str) -> str | None:
        value = _field(row, ours, fields)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        return (
            whole(str(value)).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None
        )

    url = word("url")
    code = (word("language") or "").lower()
    return Draft(
        text=text,
        id=word("id"),
        title=word("title"),
        date=dates.machine(word("date") or ""),
        updated=dates.machine(word("updated") or ""),
        published_at=dates.moment(word("date") or ""),
        updated_at=dates.moment(word("updated") or ""),
        publisher=word("publisher"),
        url=url if url and re.match(r"https?://", url) else None,
        authors=_authors(_field(row, "authors", fields)),
        language=code[:2] if re.fullmatch(r"[a-z]{2}(?:[-_].*)?", code) else None,
    )


def _authors(value: Any) -> list[str]:
    named = value if isinstance(value, list) else [value]
    out: list[str] = []
    for item in named[:20]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str):
            out.extend(n for n in names.people(re.sub(r"^[Bb]y\s+", "", whole(name))) if n not in out)
    return out


def _reason(e: Exception) -> str:
    return "nested too deeply" if isinstance(e, RecursionError) else str(e)[:120]
