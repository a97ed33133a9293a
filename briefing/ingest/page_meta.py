"""The tree of a page → title, outlet, address and authors, as the page's own metadata says them.

trafilatura's readers are called one by one: its whole-page call also looks for tags, licences and dates, which costs
as much time as finding the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from trafilatura.metadata import examine_meta, extract_meta_json, extract_sitename, extract_title, extract_url

from briefing.ingest import lines, names

MOST_AUTHORS = 10
_BYLINES = (
    '//*[@rel="author" or @itemprop="author"]',
    '//*[contains(@class, "byline") or contains(@class, "author") or contains(@id, "byline")]',
)


@dataclass(frozen=True)
class PageMeta:
    title: str | None
    outlet: str | None
    url: str | None
    authors: list[str]


def find(tree: Any, url: str | None) -> PageMeta:
    """``url`` is the address that the page was saved or fetched from, if known; the page's own word comes first."""
    known = examine_meta(tree)
    try:
        known = extract_meta_json(tree, known)
    except Exception:  # noqa: BLE001 (the library's reader of JSON-LD trips over odd data; the rest still stands)
        known = examine_meta(tree)
    address = _http(known.url or extract_url(tree, url)) or url
    outlet = _outlet(known.sitename or extract_sitename(tree), address)
    return PageMeta(
        title=_without_outlet(_plain(known.title or extract_title(tree)), outlet),
        outlet=outlet,
        url=address,
        authors=_authors(known.author) or _shown(tree),
    )


def _plain(title: str | None) -> str | None:
    return lines.tidy(unescape(title).replace("\n", " ")) or None if title else None


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """``"Bridge to close - The Courier"`` → ``"Bridge to close"``."""
    if not title or not outlet:
        return title
    short = re.sub(rf"\s*[|–—:·-]\s*(?:www\.)?{re.escape(outlet)}\s*$", "", title, flags=re.IGNORECASE)
    return short if len(short.split()) >= 2 else title


def _outlet(sitename: str | None, url: str | None) -> str | None:
    name = lines.tidy(unescape(sitename or "")).lstrip("@")
    if name and len(name) <= 60:
        return name
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _http(url: str | None) -> str | None:
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname else None
    except ValueError:
        return None


def _authors(author: str | None) -> list[str]:
    out: list[str] = []
    for part in re.split(r"[;|]", author or ""):
        name = re.sub(r"^(?:[Bb]y|BY)\s+", "", lines.tidy(part))
        out.extend(n for n in names.people(name) if n not in out and " " in n)
    return out[:MOST_AUTHORS]


def _shown(tree: Any) -> list[str]:
    """The people of the first byline that is shown."""
    for path in _BYLINES:
        for element in tree.xpath(path)[:5]:
            text = lines.tidy(" ".join(element.itertext()).replace("\n", " "))[:150]
            found = names.byline(text if re.match(r"[Bb]y\b|BY\b", text) else f"By {text}")
            if found and found[0]:
                return found[0][:MOST_AUTHORS]
    return []
