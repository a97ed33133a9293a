"""A saved web page (bytes of HTML) → one Draft: body by trafilatura, fields from the page's own metadata.

The page is hostile until shown otherwise: size and attributes are bounded before any library walks the tree, and
the caller runs this in a child process with limits of memory and time.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from trafilatura import bare_extraction, load_html
from trafilatura.metadata import extract_metadata

from briefing.errors import IngestError
from briefing.ingest import head, lines, markup, names, page_date, split
from briefing.ingest.draft import Draft, Reading
from briefing.ingest.plain import settle

MAX_ATTRIBUTES = 100  # of one element; more are dropped: some extraction rules are quadratic in them
MAX_TAG = 100_000  # bytes of one tag
_LONG_TAG = re.compile(rb"<[a-zA-Z/][^<>]{%d,}>?" % MAX_TAG)
_DATE_CONFIG = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read(data: bytes, *, url: str | None = None) -> Reading:
    """The page's article. Raises IngestError where no running text is found."""
    draft = article(data, url=url)
    if not draft.text:
        raise IngestError(
            "page",
            "holds no running text",
            hint="pages built by scripts must be saved after they were shown; or paste the text",
        )
    return Reading([draft])


def fragment(data: bytes, *, url: str | None = None) -> Reading:
    """A body of HTML without a page around it, as mail and feeds hold it: all of its text, nothing judged."""
    tree = load_html(_LONG_TAG.sub(b"", data))
    if tree is None:
        return Reading()
    _bound(tree)
    return Reading([Draft(text="\n\n".join(markup.paragraphs(tree)), url=url)])


def article(data: bytes, *, url: str | None = None) -> Draft:
    """The page's fields and its text, which may be empty."""
    tree = load_html(_LONG_TAG.sub(b"", data))
    if tree is None:
        raise IngestError("page", "is not readable HTML", hint="save the page again as HTML")
    _bound(tree)
    meta = extract_metadata(tree, url, _DATE_CONFIG)
    shown = page_date.find(tree, meta.date)
    found = bare_extraction(
        tree, url=url, fast=True, include_comments=False, with_metadata=False, include_formatting=False
    )
    text: str = getattr(found, "text", None) or ""
    draft = _cleaned(text, title=meta.title)
    draft.date, draft.updated = shown.published or draft.date, shown.updated
    draft.title = _plain(meta.title) or draft.title
    draft.publisher = _outlet(meta.sitename, meta.hostname) or draft.publisher
    draft.url = _http(meta.url) or url
    draft.authors = _authors(meta.author) or draft.authors
    if _paid(tree) and len(draft.text) < 1500:
        draft.partial = True
        draft.note("paywall", "the page says that it is not free, and its body is short")
    return settle(draft)


def _bound(tree: Any) -> None:
    for element in tree.iter():
        attributes = element.attrib
        if len(attributes) > MAX_ATTRIBUTES:
            for name in list(attributes)[MAX_ATTRIBUTES:]:
                del attributes[name]


def _cleaned(text: str, *, title: str | None) -> Draft:
    """The library gives a paragraph a line; a title line that opens the text is the title again."""
    blocks = [lines.Block(t, lines.label(t)) for row in text.split("\n") if (t := lines.tidy(row))]
    if blocks and title and _same(blocks[0].text, title):
        blocks = blocks[1:]
    return head.read(split.promos(blocks), titled=False)


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", "", a).lower() == re.sub(r"\W+", "", b).lower()


def _plain(title: str | None) -> str | None:
    return lines.tidy(unescape(title).replace("\n", " ")) or None if title else None


def _outlet(sitename: str | None, hostname: str | None) -> str | None:
    name = lines.tidy(sitename or "")
    if name and len(name) <= 60:
        return name.lstrip("@")
    return hostname.removeprefix("www.") if hostname else None


def _http(url: str | None) -> str | None:
    if not url or urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        return None
    return url


def _authors(author: str | None) -> list[str]:
    out: list[str] = []
    for part in re.split(r"[;|]", author or ""):
        name = re.sub(r"^(?:[Bb]y|BY)\s+", "", lines.tidy(part))
        out.extend(n for n in names.people(name) if n not in out)
    return out[:10]


def _paid(tree: Any) -> bool:
    return any(
        re.search(r'"isAccessibleForFree"\s*:\s*"?false', script.text or "", re.IGNORECASE)
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "")
    )
