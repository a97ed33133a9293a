"""Blocks of one file → the blocks of each article in it.

An article ends at an end mark or copyright line that text follows. It begins at its head: the headline, byline, date
and captions that stand before a dateline or byline.
"""

from __future__ import annotations

import re

from briefing.ingest.lines import Block, Label, dateline, meta

_HEAD: frozenset[Label] = frozenset({"headline", "fragment", "byline", "date", "meta", "caption", "share", "notice"})
_LOOSE: frozenset[Label] = frozenset({"headline", "fragment"})
_TAIL: frozenset[Label] = frozenset(
    {"end", "copyright", "credit", "share", "notice", "promo", "promo_line", "paywall", "separator"}
)
_BODY: frozenset[Label] = frozenset({"body", "dateline"})
MIN_WORDS = 25  # fewer words of running text are no article of their own
SECTION_WORDS = 40  # least on both sides of a separator that names no author, date or place


def promos(blocks: list[Block]) -> list[Block]:
    """Give the other stories' headlines that follow a bare "Read more" its label."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        if block.label != "promo":
            continue
        j = i + 1
        while j < len(out) and j - i <= 12 and (out[j].label in _LOOSE or _short(out[j])):
            j += 1
        if j < len(out) and out[j].label in {"byline", "date", "meta"}:
            j = _head_start(out, j, i + 1)  # the last headline is the next article's own
        for k in range(i + 1, j):
            out[k] = out[k].labelled("promo_line")
    return out


def articles(blocks: list[Block]) -> list[list[Block]]:
    """One list of blocks an article, in order."""
    blocks = promos(blocks)
    starts = _starts(blocks)
    return [blocks[a:b] for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True) if a < b]


def _short(block: Block) -> bool:
    return block.label == "body" and block.words <= 18 and block.text[-1] in "?!”\"’'"


def _starts(blocks: list[Block]) -> list[int]:
    starts = [0]
    for i in range(len(blocks)):
        at = _start_at(blocks, i, starts[-1])
        if at is not None and at > starts[-1] and _prose(blocks, starts[-1], at) >= MIN_WORDS:
            starts.append(at)
    return starts


def _start_at(blocks: list[Block], i: int, begin: int) -> int | None:
    """Where an article begins that block ``i`` gives away, if it does."""
    block = blocks[i]
    if block.label in {"end", "copyright"}:
        return _after_end(blocks, i)
    if block.label == "separator":
        return _after_separator(blocks, i, begin)
    if block.label == "dateline":
        head = _head_start(blocks, i, begin)
        marks = {b.label for b in blocks[head:i]}
        seen = dateline(block.text)
        signed = seen is not None and seen.agency is not None
        return (
            head if signed or marks & {"byline", "date", "meta"} or (marks & _LOOSE and blocks[head].gap > 1) else None
        )
    if block.label in {"byline", "date"}:
        head = _head_start(blocks, i, begin)
        named = any(b.label in _LOOSE for b in blocks[head:i])
        if not named and block.label == "byline" and head - 1 > begin and _titled(blocks[head - 1], blocks[head - 2]):
            head, named = head - 1, True
        return head if named and _prose(blocks, i + 1, i + 8) >= MIN_WORDS else None
    if block.label == "credit" and block.text.startswith("("):
        after = _after_end(blocks, i)
        led = after is not None and blocks[after].label == "headline"
        return after if led and after is not None and _prose(blocks, after, len(blocks)) >= SECTION_WORDS else None
    if block.label == "meta":
        key = meta(block.text)
        return _head_start(blocks, i, begin) if key and key[0] in {"title", "headline"} else None
    if block.label == "headline" and block.gap >= 3 and block.words >= 4 and _prose(blocks, begin, i) >= SECTION_WORDS:
        return i if blocks[i - 1].label in _BODY and _prose(blocks, i + 1, i + 6) >= MIN_WORDS else None
    return None


def _titled(block: Block, before: Block) -> bool:
    """One short sentence of its own before a byline is a title, as in "Can it last?"."""
    one = block.label == "body" and block.words <= 16 and not re.search(r"[.!?][”\"]?\s", block.text)
    return one and block.gap > 0 and before.label in _BODY | _TAIL


def _after_end(blocks: list[Block], i: int) -> int | None:
    j = i + 1
    while j < len(blocks) and blocks[j].label in _TAIL:
        j += 1
    rest = [b for b in blocks[j:] if b.label in _BODY]
    headed = j < len(blocks) and blocks[j].label not in _BODY
    alone = len(rest) == 1 and rest[0].label == "body" and not headed  # one more paragraph is small print
    return j if _prose(blocks, j, len(blocks)) >= MIN_WORDS and not alone else None


def _after_separator(blocks: list[Block], i: int, begin: int) -> int | None:
    ahead = blocks[i + 1 : i + 6]
    if not ahead:
        return None
    first = ahead[0].label
    marked = first in {"dateline", "meta"} or (
        first in _HEAD and any(b.label in {"byline", "date", "dateline", "meta"} for b in ahead[:4])
    )
    plain = first == "headline" and "*" not in blocks[i].text and _prose(blocks, begin, i) >= SECTION_WORDS
    if marked or (plain and _prose(blocks, i + 1, i + 12) >= SECTION_WORDS):
        return i + 1
    return None


def _head_start(blocks: list[Block], i: int, begin: int) -> int:
    """Back from ``i`` over everything that a head is made of; loose headlines only as far as one group."""
    j = i
    while j > begin and blocks[j - 1].label in _HEAD:
        if (
            blocks[j - 1].label in _LOOSE
            and j < i
            and blocks[j].label not in _LOOSE
            and any(b.label in _LOOSE for b in blocks[j:i])
        ):
            break  # a second group of headlines, apart from the first: the former article's
        j -= 1
    return j


def _prose(blocks: list[Block], start: int, stop: int) -> int:
    return sum(b.words for b in blocks[start:stop] if b.label in _BODY)
