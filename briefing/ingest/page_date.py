"""The tree of a page → when it was published and updated, as days; None where the page does not say.

In order: what the page says in its metadata; the day in its own address; a date stamp that stands by itself near the
headline; what htmldate finds anywhere. A metadata time in UTC gives way to a shown date one day off: the
outlet's own day is the publication's day.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from htmldate import find_date

from briefing.ingest import dates

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "article:published", "publishdate",
    "publish-date", "pubdate", "date", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime",
    "citation_publication_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
_UTC = re.compile(r"(?:Z|[+-]00:?00|UTC|GMT)$")
_ADDRESS = re.compile(r"[/=-]((?:19|20)\d\d)[/-]([01]\d)[/-]([0-3]\d)(?=[/-]|\b)")
_UNSEEN = frozenset({"script", "style", "noscript", "head", "title", "meta", "link"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
NEAR = 40  # text nodes on either side of the headline in which a stamp counts


@dataclass(frozen=True)
class Shown:
    published: str | None
    updated: str | None
    published_at: str | None = None  # with time and zone, where the metadata says them
    updated_at: str | None = None


def find(tree: Any) -> Shown:
    """The library's search of the whole page is the last resort: it costs the most and errs the most."""
    said = _metadata(tree)
    raw = next((said[k] for k in _PUBLISHED if k in said and _good(said[k])), None)
    changed = next((said[k] for k in _MODIFIED if k in said and _good(said[k])), None)
    published = dates.machine(raw) if raw else _of_address(tree, said)
    in_utc = raw is not None and _UTC.search(raw.strip()) is not None
    stamp = _stamp(tree, said, body=0 if in_utc else 2) if published is None or in_utc else None
    if published and stamp and abs((date.fromisoformat(published) - date.fromisoformat(stamp)).days) == 1:
        published = stamp
    published = published or stamp or _anywhere(tree)
    updated = dates.machine(changed) if changed else None
    return Shown(published, updated, dates.moment(raw) if raw else None, dates.moment(changed) if changed else None)


def _good(value: str) -> bool:
    found = dates.machine(value)
    return found is not None and len(found) == 10 and found >= "1990"


def _usable(found: str | None) -> str | None:
    """A search that found only a year says the first of January: that is no date."""
    return found if found and not found.endswith("-01-01") else None


def _anywhere(tree: Any) -> str | None:
    try:
        return _usable(find_date(tree, extensive_search=True, original_date=True, max_date="2100-01-01"))
    except (ValueError, TypeError, RecursionError):
        return None


def _metadata(tree: Any) -> dict[str, str]:
    """Lower-case name → content of meta elements and of the article object in JSON-LD; the first of each name wins."""
    said: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            for key, value in _linked(script.text or ""):
                said.setdefault(key, value)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := meta.get("content")):
            said.setdefault(name.lower(), content)
    for element in tree.xpath('//*[@itemprop="datePublished" or @itemprop="dateModified"]'):
        value = element.get("datetime") or element.get("content") or element.text
        if value:
            said.setdefault(element.get("itemprop").lower(), value)
    return said


def _linked(text: str) -> list[tuple[str, str]]:
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return [(k.lower(), v) for k, v in re.findall(r'"(datePublished|dateModified)"\s*:\s*"([^"]{8,40})"', text)]
    found: list[tuple[str, str]] = []
    queue = [data]
    for item in queue[:200]:
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(
                isinstance(k, str) and re.search(r"Article|Posting|Report|WebPage|Review|Recipe|VideoObject", k)
                for k in kinds
            ):
                found.extend((k.lower(), str(item[k])) for k in ("datePublished", "dateModified") if item.get(k))
            queue.extend(v for k, v in item.items() if k in {"@graph", "mainEntity", "mainEntityOfPage"})
    return found


def _of_address(tree: Any, said: dict[str, str]) -> str | None:
    address = (
        said.get("og:url")
        or next((e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"), None)
        or ""
    )
    found = _ADDRESS.search(address)
    return dates.machine("-".join(found.groups())) if found else None


def _stamp(tree: Any, said: dict[str, str], *, body: int) -> str | None:
    """The first date stamp after the headline and before more than ``body`` long texts, or just before the headline."""
    nodes, at = _texts(
        tree, _bare(unescape(said.get("og:title") or next((e.text for e in tree.iter("title")), None) or ""))
    )
    if at is None:
        return None
    after = []
    for n in range(at, min(len(nodes), at + NEAR)):
        body -= len(nodes[n]) >= 100
        if body < 0:
            break
        after.append(n)
    for n in [*after, *range(at - 1, max(-1, at - NEAR // 4), -1)]:
        found = dates.stamp(nodes[n])
        if found and found[1] == "published":
            return found[0]
    return None


def _bare(title: str) -> str:
    return re.sub(r"\W+", "", title).lower()


def _texts(tree: Any, title: str) -> tuple[list[str], int | None]:
    """The shown text nodes, and which of them opens the headline: the heading that the page's title starts with."""
    nodes: list[str] = []
    at: int | None = None
    sure = False
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            text = None
        else:
            text = element.text
            if not sure and element.tag in _HEADINGS:
                heading = "".join(element.itertext())
                sure = len(heading) >= 12 and title.startswith(_bare(heading))
                if sure or (element.tag == "h1" and len(heading.split()) >= 3):
                    at = len(nodes)
        nodes.extend(tidy[:200] for piece in (text, element.tail) if piece and (tidy := " ".join(piece.split())))
        if len(nodes) > 4000 or (sure and at is not None and len(nodes) > at + NEAR):
            break
    return nodes, at
