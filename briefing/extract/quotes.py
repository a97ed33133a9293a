"""Text → quotations: every stretch between quotation marks, as offsets that hold the marks themselves.

Knows the marks “ ”, " ", ‘ ’, ' ', « », „ “, `` '' and '' ''; quotations that run over paragraphs, of which only the
last closes its marks; and says of each whether it was closed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.records import Span

Turn = Literal["open", "close"]

# A family of marks closes only what the same family opened.
_MARK = re.compile(r"``|''|[“”\"„«»‘’']")
_FAMILY = {"“": "double", "”": "double", "„": "double", '"': "double", "``": "double", "''": "double"}
_FAMILY |= {"«": "guillemet", "»": "guillemet", "‘": "single", "’": "single", "'": "single"}
_BEFORE_OPEN = frozenset(" \t\r\n\f\v\u00a0([{—–-/“\"‘'«:\u2009\u202f\u200b…")
_LINE_END = re.compile(r"\n\s*")
_ENDS_LINE = frozenset(".!?:;”\"’'…)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Quotation:
    """A quotation in one piece a paragraph; each piece holds the marks at its edges."""

    pieces: tuple[Span, ...]
    closed: bool = True
    depth: int = 0  # 1 where it stands inside another quotation

    @property
    def start(self) -> int:
        """Offset of its first mark."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.pieces[-1][1]


@dataclass
class _Open:
    start: int
    family: str
    depth: int


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Every quotation of the text, outer and inner ones, in order of their first mark."""
    found: list[Quotation] = []
    pending: list[Span] = []  # paragraphs so far of a quotation that has not closed
    for start, end in blocks(text, paragraphs):
        closed, left, closer = _in_block(text, start, end)
        first = next((q for q in closed if q.start == start), None)
        if pending and first is not None and text[start] == text[pending[0][0]]:
            found.append(Quotation((*pending, *first.pieces)))
            closed.remove(first)
            pending = []
        elif pending and closer is not None and _same_family(text, pending[0][0], closer):
            found.append(Quotation((*pending, (start, closer))))
            pending = []
        elif pending and left != start:
            found.append(Quotation(tuple(pending), closed=False))
            pending = []
        found.extend(closed)
        if left is not None and (pending or _opens_whole(text, left, start)):
            pending.append((left, end))
        elif left is not None:
            found.append(Quotation(((left, end),), closed=False))
    if pending:
        found.append(Quotation(tuple(pending), closed=False))
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def blocks(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Paragraphs, and lines inside them that end like one: a quotation does not run over these with one mark."""
    for start, end in paragraphs:
        at = start
        for line in _LINE_END.finditer(text, start, end):
            before = text[line.start() - 1] if line.start() > at else ""
            after = text[line.end() : line.end() + 1]
            if before in _ENDS_LINE or (after and after in "“\"‘'"):
                if text[at : line.start()].strip():
                    yield at, line.start()
                at = line.end()
        stop = at + len(text[at:end].rstrip())
        if stop > at:
            yield at, stop


def words_in(text: str, span: Span) -> int:
    """How many words a span holds."""
    return len(_WORD.findall(text, *span))


def _same_family(text: str, opened: int, closer: int) -> bool:
    mark = _MARK.match(text, opened)
    last = text[closer - 1]
    return mark is not None and _FAMILY[mark.group()] == _FAMILY.get(last, "")


def _opens_whole(text: str, left: int, start: int) -> bool:
    """An unclosed mark begins a quotation over paragraphs where it opens the paragraph or follows a colon or a stop."""
    return left == start or text[:left].rstrip(" \u00a0")[-1:] in {":", ",", ".", "?", "!", "”", '"', "—", "―"}


def _in_block(text: str, start: int, end: int) -> tuple[list[Quotation], int | None, int | None]:
    """The closed quotations of a block, the start of the one left open at its end, and the end of one not opened here.

    The last is a mark that can only close and stands before any other: it may close what a block before opened.
    """
    found: list[Quotation] = []
    stack: list[_Open] = []
    closer: int | None = None
    for mark in _MARK.finditer(text, start, end):
        family = _FAMILY[mark.group()]
        turn = _turn(text, mark, start, end, [o.family for o in stack])
        if turn == "close":
            while stack and stack[-1].family != family:
                stack.pop()  # an inner mark that was none, or was lost
            opened = stack.pop()
            found.append(Quotation(((opened.start, mark.end()),), depth=len(stack)))
        elif turn == "open":
            if family in {o.family for o in stack}:
                # The former one lost its closing mark; where it ended is not known.
                while stack and stack[-1].family != family:
                    stack.pop()
                stack.pop()
            stack.append(_Open(mark.start(), family, len(stack)))
        elif closer is None and not found and not stack and _only_closes(text, mark, end):
            closer = mark.end()
    doubles = [o for o in stack if o.family != "single" or _looks_whole(text, o.start, end)]
    return found, doubles[0].start if doubles else None, closer


def _only_closes(text: str, mark: re.Match[str], end: int) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() in {"”", '"', "''"} and not before.isspace() and (mark.end() >= end or not after.isalnum())


def _looks_whole(text: str, start: int, end: int) -> bool:
    """A single mark left open is taken for one only where the line is long and the mark is curly."""
    return text[start] == "‘" and end - start > 20 and text[start + 1 : start + 2].isupper()


def _turn(text: str, mark: re.Match[str], start: int, end: int, stack: Sequence[str]) -> Turn | None:
    """Whether a mark opens or closes here; None for apostrophes and strays."""
    kind, family = mark.group(), _FAMILY[mark.group()]
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    can_open = (before in _BEFORE_OPEN or (kind == "“" and before in ",.;")) and (
        not after.isspace() or mark.start() == start
    )
    if family == "single":
        return _single(text, mark, end, before, after, "single" in stack)
    if kind in "„«``":
        return "open"
    if family in stack:
        # “ after a blank, with another still open: that one was never closed. Elsewhere the mark closes („ … “).
        reopened = (
            can_open and kind not in "”»" and (kind == "“" or before.isspace()) and not _closes_later(text, mark, end)
        )
        return "open" if reopened and text[mark.start() - 1 : mark.start()].isspace() else "close"
    if kind == "”" and mark.start() > start:
        return None  # at the head of a block it is a slip for the opening mark
    return "open" if can_open and kind != "»" else None


def _closes_later(text: str, mark: re.Match[str], end: int) -> bool:
    """A straight mark with an odd number of others behind it in the block: it closes rather than opens."""
    return mark.group() == '"' and text.count('"', mark.end(), end) % 2 == 0


def _single(text: str, mark: re.Match[str], end: int, before: str, after: str, is_open: bool) -> Turn | None:
    kind = mark.group()
    if is_open and kind != "‘" and not before.isspace() and not after.isalnum():
        return "close" if before != "s" or not _possessive(text, mark, end) else None
    if kind == "’" or is_open or before not in _BEFORE_OPEN or not after.isalnum():
        return None
    if after.isdigit() and text[mark.end() + 2 : mark.end() + 3] == "s":
        return None  # '90s
    return "open" if _has_closer(text, mark, end) or kind == "‘" else None


def _possessive(text: str, mark: re.Match[str], end: int) -> bool:
    """workers’ rights: an s before it, a small letter after it, and another candidate to close what is open."""
    return bool(re.match(r" [a-z]", text[mark.end() : mark.end() + 2])) and _has_closer(text, mark, end)


def _has_closer(text: str, mark: re.Match[str], end: int) -> bool:
    """A mark further on in the block that can close a single quotation."""
    closers = "'’" if mark.group() == "'" else "’"
    return any(
        text[i] in closers and not text[i - 1].isspace() and not text[i + 1 : i + 2].isalnum()
        for i in range(mark.end() + 1, end)
    )
