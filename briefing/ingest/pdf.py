"""A PDF → the articles in it: lines joined to paragraphs, running heads and page numbers cut.

A PDF of pictures is named as such; it is read by Tesseract only where that is installed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2

from briefing.errors import IngestError
from briefing.ingest import ocr, plain
from briefing.ingest.draft import Reading
from briefing.ingest.lines import label
from briefing.records import Cut

MOST_PAGES = 400
MOST_RECTS = 20_000  # pieces of text on one page; a page of news has some hundreds
SCANNED = 25  # fewer characters a page, on average, are a scan's specks
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite|-)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_BROKEN = "\x02\ufffe\u00ad"  # how PDFium tells a word that its line breaks


@dataclass(frozen=True)
class Line:
    """One printed line; ``y`` counts from the page's foot, in points."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read(data: bytes, *, url: str | None = None) -> Reading:
    """Raises IngestError for a locked, damaged or scanned file."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        locked = "password" in str(e).lower()
        raise IngestError(
            "PDF", "is locked with a password" if locked else "is a damaged PDF", hint="save it again from a PDF reader"
        ) from e
    pages = min(len(document), MOST_PAGES)
    lines: list[Line] = []
    heights: list[float] = []
    cut: list[Cut] = []
    for number in range(pages):
        found, height = _lines(document, number)
        lines.extend(found)
        heights.append(height)
    reading = Reading()
    if sum(len(line.text) for line in lines) < SCANNED * pages:
        text = ocr.read(document, pages)
    else:
        lines, cut = _without_running(lines, heights)
        text = _text(lines)
    reading.drafts = plain.read(text)
    if len(document) > pages:
        reading.skipped.append(f"has {len(document):,} pages; the first {pages} are read")
    for draft in reading.drafts[:1]:
        draft.cut.extend(cut)
        draft.title = draft.title or _title(document.get_metadata_dict())
        draft.url = draft.url or url
    return reading


def _lines(document: Any, number: int) -> tuple[list[Line], float]:
    try:
        page = document[number]
        height: float = page.get_height()
        text = page.get_textpage()
        count = min(text.count_rects(), MOST_RECTS)
    except pypdfium2.PdfiumError:  # one broken page must not cost the others
        return [], 0.0
    lines: list[Line] = []
    for n in range(count):
        left, bottom, right, top = text.get_rect(n)
        piece = text.get_text_bounded(left, bottom, right, top).replace("\r\n", " ").replace("\n", " ")
        if piece.strip():
            _add(lines, Line(number, left, bottom, right, top, piece))
    text.close()
    page.close()
    return lines, height


def _add(lines: list[Line], new: Line) -> None:
    """A piece that stands right of the last one at the same height belongs to its line."""
    last = lines[-1] if lines else None
    if last is not None:
        shared = min(last.top, new.top) - max(last.bottom, new.bottom)
        gap = new.left - last.right
        if shared > 0.5 * min(last.height, new.height) and -2 < gap < 3 * max(last.height, 4):
            blank = "" if gap < 0.15 * new.height or last.text.endswith(" ") or new.text.startswith(" ") else " "
            lines[-1] = Line(
                last.page, last.left, min(last.bottom, new.bottom), new.right, max(last.top, new.top),
                last.text + blank + new.text,
            )  # fmt: skip
            return
    lines.append(new)


def _without_running(lines: list[Line], heights: list[float]) -> tuple[list[Line], list[Cut]]:
    """Without what stands at the top or foot of many pages, and without page numbers there."""

    def edge(line: Line) -> bool:
        height = heights[line.page] or 1
        return line.bottom > 0.88 * height or line.top < 0.10 * height

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "0", line.text.strip())

    seen = Counter(s for s, _ in {(shape(line), line.page) for line in lines if edge(line)})
    least = max(2, len(heights) // 2)
    kept: list[Line] = []
    cut: list[Cut] = []
    for line in lines:
        running = edge(line) and (
            (len(heights) > 1 and seen[shape(line)] >= least) or _PAGE_NUMBER.fullmatch(line.text.strip())
        )
        if running:
            cut.append(Cut(reason="running head", text=line.text.strip()))
        else:
            kept.append(line)
    return kept, cut


def _text(lines: list[Line]) -> str:
    """Paragraphs parted by blank lines."""
    if not lines:
        return ""
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page]
    pitch = median([p for p in pitches if 0 < p < 60] or [12.0])
    right = {page: _edge(lines, page) for page in {line.page for line in lines}}
    words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in lines).lower()))
    out = lines[0].text.strip()
    for last, line in pairwise(lines):
        if _new_paragraph(last, line, pitch, right[last.page]):
            out += "\n\n" + line.text.strip()
        else:
            out = _joined(out, line.text.strip(), words)
    return out


def _edge(lines: list[Line], page: int) -> float:
    """Where full lines end on a page."""
    ends = sorted(line.right for line in lines if line.page == page)
    return ends[int(len(ends) * 0.8)] if ends else 0.0


def _new_paragraph(last: Line, line: Line, pitch: float, right: float) -> bool:
    if _alone(last.text) or _alone(line.text):
        return True
    ended = bool(re.search(r"[.!?:…][\"'”’)\]]*$", last.text.strip()))
    if abs(line.height - last.height) > 0.25 * max(line.height, last.height) and abs(line.height - last.height) > 2.5:
        return True  # another size of type
    drop = last.bottom - line.bottom
    if line.page != last.page or drop < -0.5 * pitch:  # a new page or column
        return ended or not re.match(r"[a-zà-ÿ(“\"]|[A-Z]", line.text.strip()) or last.right < right * 0.8
    if drop > 1.4 * pitch:
        return True
    indented = line.left - last.left > 0.6 * max(line.height, 6) and last.left < line.left
    short = last.right < right - 0.12 * max(right, 1)
    return ended and (indented or short)


def _alone(text: str) -> bool:
    """A byline or date stamp is never part of a paragraph."""
    return len(text) < 120 and label(" ".join(text.split())) in {"byline", "date", "copyright"}


def _joined(before: str, after: str, words: Counter[str]) -> str:
    if before[-1:] in _BROKEN:
        return before[:-1] + after
    broken = re.search(r"(\w+)-$", before)
    if broken and after[:1].islower():
        rest = re.match(r"\w+", after)
        whole = f"{broken[1]}-{rest[0]}".lower() if rest else ""
        if words[whole] <= words[whole.replace("-", "")] or not words[whole]:
            return before[:-1] + after
        return before + after
    return f"{before} {after}"


def _title(meta: dict[str, str]) -> str | None:
    """The file's own title, unless a program or a file name wrote it."""
    title = " ".join(str(meta.get("Title", "")).split())
    if len(title.split()) < 3 or re.search(r"\.\w{2,5}$|^(?:Microsoft Word|untitled)", title, re.IGNORECASE):
        return None
    return title
