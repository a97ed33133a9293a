"""A feed (RSS, Atom, JSON Feed) or sitemap as bytes → its entries as Drafts, or its addresses.

The library is only ever given bytes: from a string it would fetch an address or open a path.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any

import feedparser
from lxml import etree
from trafilatura import load_html

from briefing.errors import IngestError
from briefing.ingest import dates, markup, names, table
from briefing.ingest.draft import Draft, Reading

MOST_ENTRIES = 2_000
TEASER = 80  # words; a summary that is shorter is not the article
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)


def read(data: bytes, *, url: str | None = None) -> Reading:  # noqa: ARG001 (every reader takes it)
    """One Draft an entry that has text. Raises IngestError for a feed that is none or has no entry."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(data)
    found = feedparser.parse(io.BytesIO(_DOCTYPE.sub(b"", data, count=1)))
    entries = found.get("entries") or []
    if not entries:
        wrong = f": {found.bozo_exception}"[:150] if found.get("bozo") else ""
        raise IngestError("feed", f"is a feed without entries{wrong}", hint="check the feed's address")
    outlet = _words(found.feed.get("title"))
    reading = Reading([d for e in entries[:MOST_ENTRIES] if (d := _entry(e, outlet)).text or d.url])
    reading.links = [d.url for d in reading.drafts if d.url and d.partial]
    return reading


def sitemap(data: bytes, *, url: str | None = None) -> Reading:  # noqa: ARG001 (every reader takes it)
    """The addresses that a sitemap lists, newest first where it dates them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data.lstrip(), parser)
    listed: list[tuple[str, str]] = []
    for entry in root.iter("{*}url", "{*}sitemap") if root is not None else ():
        where = (entry.findtext("{*}loc") or "").strip()
        when = dates.machine(entry.findtext("{*}lastmod") or entry.findtext(".//{*}publication_date") or "") or ""
        if re.match(r"https?://", where):
            listed.append((when, where))
    if not listed:
        raise IngestError("sitemap", "lists no address", hint="check the sitemap")
    return Reading(links=[where for _, where in sorted(listed, key=lambda w: w[0], reverse=True)])


def _entry(entry: Any, outlet: str | None) -> Draft:
    contents = [c.get("value") or "" for c in entry.get("content") or []]
    body = max([*contents, entry.get("summary") or ""], key=len)
    link = str(entry.get("link") or "")
    source = entry.get("source") or {}
    draft = Draft(
        text="",
        title=_words(entry.get("title")),
        date=dates.machine(str(entry.get("published") or entry.get("updated") or "")),
        updated=dates.machine(str(entry.get("updated") or "")),
        published_at=dates.moment(str(entry.get("published") or "")),
        updated_at=dates.moment(str(entry.get("updated") or "")),
        publisher=_words(source.get("title")) or outlet,
        url=link if re.match(r"https?://", link) else None,
        authors=names.people(_words(entry.get("author")) or ""),
    )
    return _filled(draft, body, whole=bool(contents))


def _filled(draft: Draft, body: str, *, whole: bool) -> Draft:
    draft = table.clean(_text(body), draft)
    if draft.text and not whole and len(draft.text.split()) < TEASER and not draft.partial:
        draft.partial = True
        draft.note("teaser", "the feed gives a summary only")
    draft.partial = draft.partial or not draft.text
    return draft


def _json(data: bytes) -> Reading:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as e:
        raise IngestError("feed", f"is not JSON: {str(e)[:100]}", hint="check the feed's address") from e
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise IngestError("feed", "is a feed without entries", hint="check the feed's address")
    reading = Reading()
    for item in items[:MOST_ENTRIES]:
        if not isinstance(item, dict):
            continue
        row = {
            **item,
            "text": "",
            "publisher": feed.get("title"),
            "date": item.get("date_published") or item.get("date_modified"),
        }
        draft = table.fields_of(row)
        body = item.get("content_html") or item.get("content_text") or item.get("summary") or ""
        reading.drafts.append(_filled(draft, body if isinstance(body, str) else "", whole="summary" not in item))
    reading.drafts = [d for d in reading.drafts if d.text or d.url]
    reading.links = [d.url for d in reading.drafts if d.url and d.partial]
    return reading


def _text(body: str) -> str:
    if not table.markup(body) and "<" not in body:
        return body
    tree = load_html(f"<div>{body}</div>")
    return "\n\n".join(markup.paragraphs(tree)) if tree is not None else ""


def _words(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join((_text(value) if "<" in value else value).split()) or None
