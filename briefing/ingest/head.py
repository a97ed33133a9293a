"""The blocks of one article → a Draft: head read into fields, furniture cut with a reason, body kept.

The dateline is cut from the text and kept in ``dateline``: a quotation of the first sentence then starts with its own
words.
"""

from __future__ import annotations

import re

from briefing.ingest import dates, lexicon, names
from briefing.ingest.draft import Draft
from briefing.ingest.lines import Block, dateline, meta

_CUT = {
    "caption": "caption", "copyright": "copyright", "promo": "promo", "promo_line": "promo", "share": "share",
    "notice": "notice", "paywall": "paywall", "credit": "credit", "separator": "separator", "end": "end",
}  # fmt: skip
_OPEN_END = re.compile(
    r"(?:\b(?:a|an|the|of|to|in|on|for|and|or|as|at|by|from|with|over|after|amid|its|his|her|their|"
    r"that|is|are|into|about)|[,:–—-])$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT|[\s,]|(?:19|20)\d\d(?:\s*[-–]\s*\d+)?|\bby\b|\bof\b)+")
_LEGAL = re.compile(
    r"(?:,? (?:Inc|LLC|L\.?P|Ltd|Limited|PLC|plc|Corp|Corporation|Co|Company|GmbH|AG|S\.?A|Media|Group)\b\.?)+$|"
    r"[.,;|].*$|\s*[Aa]ll [Rr]ights.*$"
)
_TEASER = re.compile(r"(?:\.\.\.|…|\[\.\.\.\]|\[…\])\s*$")
_HEAD_BLOCKS = 14


def read(blocks: list[Block], *, titled: bool = True) -> Draft:
    """One article. ``titled`` is False where a page's head was read elsewhere and the text is the body alone."""
    draft = Draft(text="")
    end = _head_end(blocks) if titled else 0
    _read_head(blocks[:end], draft)
    kept = _read_body(blocks[end:], draft, cut_tail=titled)
    draft.text = "\n\n".join(kept)
    _judge_partial(kept, draft, pasted=titled)
    return draft


def _head_end(blocks: list[Block]) -> int:
    """Index after the head: after the last byline or date with at most one paragraph before it, or before the body."""
    first_body = next((i for i, b in enumerate(blocks) if b.label in {"body", "dateline"}), len(blocks))
    body = last = 0
    for i, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if block.label == "dateline" or (block.label == "body" and (block.words > 60 or body)):
            break
        body += block.label == "body"
        if block.label in {"byline", "date", "meta"}:
            last = i + 1
    return max(last, first_body)


def _read_head(blocks: list[Block], draft: Draft) -> None:
    title: list[str] = []
    closed = False
    for i, block in enumerate(blocks):
        if block.label in {"headline", "fragment"} or (block.label == "body" and i == 0 and not title):
            if title and (closed or not _continues(title[-1], block)):
                draft.drop("deck", block.text)
                closed = True
            else:
                title.append(block.text)
            continue
        closed = bool(title)
        if block.label == "body":
            draft.drop("deck", block.text)
        else:
            _field(block, draft)
    if title and draft.title is None:
        draft.title = re.sub(r"\s+", " ", " ".join(title))


def _continues(before: str, block: Block) -> bool:
    first = re.search(r"\w", block.text)
    return bool(_OPEN_END.search(before)) or (first is not None and first[0].islower())


def _field(block: Block, draft: Draft) -> None:
    """Take what a head's or tail's line says, and cut the line."""
    if block.label == "byline":
        found = names.byline(block.text)
        if found:
            draft.authors.extend(n for n in found[0] if n not in draft.authors)
            _sign(found[1], draft)
        draft.drop("byline", block.text)
    elif block.label == "date":
        _stamp(block.text, draft)
        draft.drop("date", block.text)
    elif block.label == "meta":
        _meta(block, draft)
    else:
        if block.label == "copyright":
            _owner(block.text, draft)
        draft.drop(_CUT.get(block.label, block.label), block.text)


def _stamp(text: str, draft: Draft) -> None:
    found = dates.stamp(text)
    if found is None:
        return
    if found[1] == "updated":
        draft.updated = draft.updated or found[0]
    else:
        draft.date = draft.date or found[0]


def _meta(block: Block, draft: Draft) -> None:
    key, value = meta(block.text) or ("", "")
    if key in {"title", "headline", "subject"}:
        draft.title = draft.title or value or None
    elif key in {"source", "publication", "publisher", "outlet"}:
        draft.publisher = draft.publisher or value or None
    elif key in {"author", "authors", "byline", "by"}:
        draft.authors.extend(n for n in names.people(re.sub(r"^[Bb]y\s+", "", value)) if n not in draft.authors)
    elif key in {"url", "link"}:
        draft.url = draft.url or (value if re.match(r"https?://", value) else None)
    elif key == "sent" or "date" in key or "published" in key:
        draft.date = draft.date or dates.find(value)
    draft.drop("meta", block.text)


def _sign(text: str, draft: Draft) -> None:
    agency = lexicon.agencies().get(re.sub(r"^(?:the|The) (?=Associated)", "", text.strip()).lower())
    if agency:
        draft.agency = draft.agency or agency


def _owner(text: str, draft: Draft) -> None:
    """The outlet that a copyright line names."""
    name = _LEGAL.sub("", _OWNER.sub(" ", text, count=1).strip()).strip(" .,;|")
    name = lexicon.agencies().get(name.lower(), name)
    if (
        draft.publisher is None
        and 1 <= len(name.split()) <= 6
        and re.match(r"[A-Z\d]", name)
        and not re.search(r"\b(?:all|rights|this|material)\b", name, re.I)
    ):
        draft.publisher = name


def _read_body(blocks: list[Block], draft: Draft, *, cut_tail: bool) -> list[str]:
    """Running text in order. In pasted text, what stands after the last of it and is not a sentence is cut."""
    last = max((i for i, b in enumerate(blocks) if b.label in {"body", "dateline"}), default=-1)
    kept: list[str] = []
    for i, block in enumerate(blocks):
        if block.label == "dateline" and not kept:
            kept.append(_without_dateline(block, draft))
        elif block.label in {"body", "dateline"}:
            kept.append(block.text)
        elif block.label in {"headline", "fragment"}:
            breaks_off = block.words >= 6 and _OPEN_END.search(block.text) is not None
            if i < last or last < 0 or not cut_tail or (breaks_off and i == last + 1):
                kept.append(block.text)
            else:
                draft.drop("tail", block.text)
        elif block.label in {"byline", "date"} and i < last:
            kept.append(block.text) if block.label == "date" else _field(block, draft)
        elif block.label == "meta" and i < last:
            kept.append(block.text)
        else:
            _field(block, draft)
    return kept


def _without_dateline(block: Block, draft: Draft) -> str:
    found = dateline(block.text)
    if found is None:
        return block.text
    draft.drop("dateline", block.text[: found.length])
    draft.dateline = found.line if found.place else None
    draft.agency = draft.agency or found.agency
    draft.date = draft.date or found.date
    return block.text[found.length :].lstrip()


def _judge_partial(kept: list[str], draft: Draft, *, pasted: bool) -> None:
    """A page's body may well end in a list; only an open end is telling there."""
    if any(c.reason == "paywall" for c in draft.cut):
        draft.partial = True
        draft.note("paywall", "a line asks the reader to subscribe or read on: the body may be cut")
    elif kept and _TEASER.search(kept[-1]):
        draft.partial = True
        draft.note("teaser", "the text breaks off with an ellipsis")
    elif kept and _unended(kept[-1], pasted=pasted):
        draft.partial = True
        draft.note("breaks_off", "the last sentence has no end")


def _unended(paragraph: str, *, pasted: bool) -> bool:
    if len(paragraph.split()) < 8:
        return False
    if not pasted:
        return (
            re.search(r"(?:\b(?:the|of|to|for|and|or|with|from|into|its|his|her|their|that)|,)$", paragraph) is not None
        )
    return not re.search(r"[.!?\"”’'»)\]:;。؟।]$", paragraph)
