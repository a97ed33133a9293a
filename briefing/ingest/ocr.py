"""The pages of a scanned PDF → text by Tesseract, where the user has installed it."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from briefing.errors import IngestError

MOST_PAGES = 20
DPI = 200


def read(document: Any, pages: int) -> str:
    """Raises IngestError where there is no Tesseract, or it finds nothing."""
    program = shutil.which("tesseract")
    if program is None:
        raise IngestError(
            "PDF",
            f"is scanned: {pages} pages of pictures without text",
            hint="install Tesseract (tesseract-ocr), or run OCR on the file first",
        )
    found = [_page(program, document[n]) for n in range(min(pages, MOST_PAGES))]
    text = "\n\n".join(t for t in found if t.strip())
    if not text:
        raise IngestError("PDF", "is scanned, and Tesseract found no text in it", hint="give the article's text")
    return text


def _page(program: str, page: Any) -> str:
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    packed = b"".join(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    picture = f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + packed
    done = subprocess.run(  # noqa: S603 (the program that the user installed, no argument from the file)
        [program, "stdin", "stdout", "--dpi", str(DPI)], input=picture, capture_output=True, timeout=25, check=False
    )
    return done.stdout.decode("utf-8", "replace")
