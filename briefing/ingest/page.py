"""A saved web page (bytes of HTML) → one Draft: body by trafilatura, fields from the page's own metadata.

The page is hostile until shown otherwise: size and attributes are bounded before any library walks the tree, and
the caller runs this in a child process with limits of memory and time.
"""

from __future__ import annotations

import re
from typing import Any

from trafilatura import bare_extraction, load_html

from briefing.errors import IngestError
from briefing.ingest import around, head, lines, markup, page_date, page_meta, split
from briefing.ingest.draft import Draft, Reading
from briefing.ingest.plain import settle

MAX_ATTRIBUTES = 100  # of one element; more are dropped: some extraction rules are quadratic in them
MAX_TAG = 100_000  # bytes of one tag
_LONG_TAG = re.compile(rb"<[a-zA-Z/][^<>]{%d,}>?" % MAX_TAG)


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
    meta = page_meta.find(tree, url)
    shown = page_date.find(tree)
    stretches = around.stretches(tree)
    found = bare_extraction(
        tree, url=url, fast=True, include_comments=False, with_metadata=False, include_formatting=False
    )
    text: str = getattr(found, "text", None) or ""
    draft = _cleaned(text, title=meta.title)
    draft.date = shown.published or draft.date
    draft.published_at = shown.published_at
    draft.updated = shown.updated if shown.updated and shown.updated > (draft.date or "") else None
    draft.updated_at = shown.updated_at if draft.updated else None
    draft.title = meta.title or draft.title
    draft.publisher = meta.outlet or draft.publisher
    draft.url = meta.url
    draft.authors = meta.authors or draft.authors
    for stretch in around.around(stretches, [draft.text, draft.title or "", *(c.text for c in draft.cut)]):
        draft.drop("around the article", stretch)
    if _paid(tree) and len(draft.text) < 1500:
        draft.partial = True
        draft.note("paywall", "the page says that it is not free, and its body is short")
    return settle(draft)


def _bound(tree: Any) -> None:
    for element in tree.xpath(f"//*[count(@*) > {MAX_ATTRIBUTES}]"):
        for name in list(element.attrib)[MAX_ATTRIBUTES:]:
            del element.attrib[name]


def _cleaned(text: str, *, title: str | None) -> Draft:
    """The library gives a paragraph a line; a title line that opens the text is the title again."""
    blocks = [lines.Block(t, lines.label(t)) for row in text.split("\n") if (t := lines.tidy(row))]
    if blocks and title and _same(blocks[0].text, title):
        blocks = blocks[1:]
    return head.read(split.promos(blocks), titled=False)


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", "", a).lower() == re.sub(r"\W+", "", b).lower()


def _paid(tree: Any) -> bool:
    return any(
        re.search(r'"isAccessibleForFree"\s*:\s*"?false', script.text or "", re.IGNORECASE)
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "")
    )
