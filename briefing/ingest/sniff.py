"""Bytes (and, where they leave it open, a file name) → the kind of input, a key of ``formats.READERS``."""

from __future__ import annotations

import io
import json
import re
import zipfile

from briefing.errors import IngestError
from briefing.ingest import decode

HEAD = 8192
_MAIL_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?.*(?:\r?\n[ \t].*)*\r?\n")
_MAIL_SURE = frozenset(
    {
        "mime-version",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "snapshot-content-location",
        "dkim-signature",
    }
)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"</(?:p|div|article|span|h[1-6]|a|section)>", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|(?:\w+:)?RDF|feed)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(r"(?m)^#{1,6} \S|\]\(https?://|^\*\*[^*]+\*\*|\A---\n\w+:")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc)", "save it as .docx or PDF"),
    (b"\x89PNG", "a picture", "give its text; pictures are not read"),
    (b"\xff\xd8\xff", "a picture", "give its text; pictures are not read"),
    (b"GIF8", "a picture", "give its text; pictures are not read"),
    (b"RIFF", "sound or video", "give a transcript"),
    (b"ID3", "sound", "give a transcript"),
    (b"\x7fELF", "a program", "give articles"),
    (b"MZ", "a program", "give articles"),
    (b"Rar!", "a RAR archive", "pack it as ZIP"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "pack it as ZIP"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ", "an xz file", "unpack it first"),
    (b"SQLite format 3", "a database", "export its articles as JSON or CSV"),
)


def kind(data: bytes, name: str) -> str:
    """Raises IngestError for what is empty or of a kind that is not read."""
    if not data.strip():
        raise IngestError(
            name, "is empty (0 bytes)" if not data else "holds only blanks", hint="save the article's text in it"
        )
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, name)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    for magic, what, hint in _FOREIGN:
        if head.startswith(magic) and (len(magic) > 2 or decode.is_binary(data)):
            raise IngestError(name, f"is {what}, which is not read", hint=hint)
    return _texts(decode.text(data[: HEAD * 4], name)[0].lstrip("\ufeff \t\r\n"), name)


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:100_000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RecursionError, UnicodeError) as e:
        raise IngestError(name, f"is a damaged ZIP file: {e}", hint="pack it again") from e
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "odt"
    for part, what in (
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint file"),
        ("META-INF/container.xml", "an e-book"),
    ):
        if part in names:
            raise IngestError(name, f"is {what}, which is not read", hint="save its text as PDF, DOCX or CSV")
    return "zip"


def _texts(head: str, name: str) -> str:
    suffix = name.rsplit("/", 1)[-1].rsplit(".", 1)[-1].lower() if "." in name else ""
    if head[:1] in "{[":
        return _json(head, suffix)
    if head.startswith("From ") and _MAIL_HEADER.match(head, head.find("\n") + 1):
        return "mbox"
    if mail := _mail(head):
        return mail
    if _SITEMAP.search(head[:2000]):
        return "sitemap"
    if _FEED.search(head[:4000]) and head.startswith("<"):
        return "feed"
    if head.startswith("<") and (_HTML.search(head) or _TAGS.search(head)):
        return "html"
    if _HTML.search(head[:4000]) and len(_TAGS.findall(head)) > 2:
        return "html"
    if suffix in {"csv", "tsv"} or _table(head):
        return "csv"
    if suffix in {"html", "htm", "xhtml"} and "<" in head:
        return "html"
    return "markdown" if suffix in {"md", "markdown"} or (suffix != "txt" and _MARKDOWN.search(head)) else "text"


def _json(head: str, suffix: str) -> str:
    first = head.split("\n", 1)[0].strip()
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = False
    if suffix in {"jsonl", "ndjson"} or (whole and re.match(r".*\n\s*\{", head, re.DOTALL)):
        return "jsonl"
    if "jsonfeed.org/version" in head[:2000]:
        return "feed"
    return "json" if suffix == "json" or whole or re.match(r"[\[{]\s*[\"{\[]", head) else "text"


def _mail(head: str) -> str | None:
    names: list[str] = []
    at = 0
    while (found := _MAIL_HEADER.match(head, at)) and len(names) < 60:
        names.append(found[0].split(":", 1)[0].lower())
        at = found.end()
    if not names:
        return None
    sure = sum(n in _MAIL_SURE for n in names)
    if not sure and not ({"from", "subject"} <= set(names) and re.search(r"(?m)^From:.*@", head[:at], re.IGNORECASE)):
        return None
    top = head[:at].lower()
    return (
        "mhtml"
        if "snapshot-content-location" in top
        or ("multipart/related" in top and "text/html" in top and "to" not in names)
        else "mail"
    )


def _table(head: str) -> bool:
    """A header line of field names that rows of as many fields follow."""
    rows = head.split("\n")[:3]
    if len(rows) < 2:
        return False
    for mark in (",", "\t", ";"):
        fields = [f.strip(' "\r').lower() for f in rows[0].split(mark)]
        if (
            len(fields) >= 2
            and {"text", "body", "content", "article"} & set(fields)
            and all(re.fullmatch(r"[\w .-]{1,30}", f) for f in fields)
        ):
            return True
    return False
