"""Issues in, feed.xml (RSS 2.0) out: the same bytes for the same issues. Also the names of issues' folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from briefing.ledger import Goods, Issue

ITEMS = 30  # most issues that the feed lists
# 2026-03-13T0500, with seconds where called by hand, with b where the clock shows that time for the second time.
_FOLDER = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)(\d\d(?:\d\d)?)(b?)")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)")
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Item:
    """One issue with the folder it lies in, and the length of its PDF where it has one."""

    issue: Issue
    folder: str
    pdf: tuple[str, int] | None = None


def is_issue(folder: str) -> bool:
    """Whether a folder's name is that of an issue."""
    return _FOLDER.fullmatch(folder) is not None


def order(folder: str) -> tuple[str, str, str]:
    """Sorts names of issues' folders by time: an hour that the clock shows twice comes first without, then with b."""
    m = _FOLDER.fullmatch(folder)
    return (m[1], m[3], m[2]) if m else ("", "", folder)


def guid(issue: Issue) -> str:
    """The ident of its goods."""
    return f"{issue.profile}-{issue.slot.strftime('%Y%m%dT%H%M%SZ')}-brief"


def listed(goods: Goods, present: Iterable[str]) -> list[tuple[Issue, str]]:
    """Issues, newest first, with their folder, as far as it is among those present."""
    have = set(present) | {goods.folder}
    found: list[tuple[Issue, str]] = []
    for issue in sorted((i for i in goods.issues if not i.withdrawn), key=lambda i: i.slot, reverse=True):
        names = [goods.folder] if issue.slot == goods.slot else sorted(_names(issue) & (have - {goods.folder}))
        # Of two issues at the same time of the clock the later one has the b.
        name = next((n for n in reversed(names)), None)
        if name is not None:
            have.discard(name)
            found.append((issue, name))
    return found[:ITEMS]


def rss(items: Sequence[Item], *, profile: str, link: str, base_url: str | None) -> bytes:
    """The feed. ``link`` is where the folder lies; enclosures and links need a ``base_url``."""
    base = base_url.rstrip("/") + "/" if base_url else None
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{_text(f'Briefs: {profile}')}</title>",
        f"<link>{_text(base or link)}</link>",
        f"<description>{_text(f'The issues of the brief {profile}, newest first.')}</description>",
        "<generator>briefing</generator>",
    ]
    if base:
        address = quoteattr(base + "feed.xml")
        out.append(f'<atom:link href={address} rel="self" type="application/rss+xml"/>')
    if items:
        out.append(f"<lastBuildDate>{format_datetime(items[0].issue.slot)}</lastBuildDate>")
    for item in items:
        out += _item(item, base)
    return ("\n".join([*out, "</channel>", "</rss>"]) + "\n").encode()


def media_type(name: str) -> str:
    """Of a file that a brief is written to."""
    return _TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")


_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/rss+xml",
    "txt": "text/plain; charset=utf-8",
}


def _item(item: Item, base: str | None) -> list[str]:
    issue = item.issue
    out = [
        "<item>",
        f"<title>{_text(f'{issue.title} – {issue.as_of}' if issue.as_of else issue.title)}</title>",
        f'<guid isPermaLink="false">{_text(guid(issue))}</guid>',
        f"<pubDate>{format_datetime(issue.slot)}</pubDate>",
        f"<description>{_text(_gist(issue))}</description>",
    ]
    if base:
        folder = base + quote(item.folder) + "/"
        out.append(f"<link>{_text(folder + quote(item.pdf[0]) if item.pdf else folder)}</link>")
        if item.pdf:
            name, length = item.pdf
            out.append(f'<enclosure url={quoteattr(folder + quote(name))} length="{length}" type="application/pdf"/>')
    return [*out, "</item>"]


def _gist(issue: Issue) -> str:
    as_of = f", as of {issue.as_of}" if issue.as_of else ""
    said = "nothing new" if issue.quiet else _count(issue.changes, "change")
    if issue.number == 1:
        return f"Issue 1{as_of}: {_count(issue.articles, 'article')}."
    return f"Issue {issue.number}{as_of}: {said}; {issue.new_articles} new of {_count(issue.articles, 'article')}."


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _names(issue: Issue) -> set[str]:
    """What the folder of an issue may be called: ``local`` does not say whether it was called by hand."""
    m = _LOCAL.match(issue.local)
    if m is None:
        return set()
    short = f"{m[1]}T{m[2]}{m[3]}"
    long = short + issue.slot.strftime("%S")
    return {short, long, short + "b", long + "b"}


def _text(words: str) -> str:
    return escape(_UNWRITABLE.sub("", words))
