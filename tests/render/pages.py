"""Sample builds in, pictures of their pages out, to be held against the reference pictures in ``reference/``.

``python -m tests.render.pages`` says what changed; ``--accept`` takes today's pages as the reference, after a look at
them: ``--out FOLDER`` writes them large enough to be read.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from briefing.config import Config, RenderSettings
from briefing.records import Brief
from briefing.render import render
from tests.render import briefs

REFERENCE = Path(__file__).parent / "reference"
SCALE = 0.5  # of 72 dots an inch: enough to see layout, too little for the edges of letters to matter
LEVEL = 40  # of 255: a fainter difference is antialiasing
SHARE = 0.0015  # of a page's dots that may differ

# Rows and articles, or the brief of that name, or the small one.
SAMPLES: dict[str, tuple[tuple[int, int] | str | None, dict[str, str]]] = {
    "daily-4": (None, {}),
    "daily-2": ((6, 2), {"paper": "Letter"}),
    "daily-12": ((24, 12), {"theme": "forest"}),
    "daily-60": ((60, 60), {"theme": "oxblood"}),
    "daily-200": ((200, 200), {}),
    "daily-rtl": (None, {"theme": "rtl", "paper": "Letter"}),
    "spot-12": ((24, 12), {"template": "spot"}),
    "executive-4": (None, {"template": "executive", "paper": "Letter"}),
    "issue-4": ("issue", {}),
    "quiet-0": ("quiet", {}),
    "actor-4": (None, {"template": "actor", "theme": "plain", "actor": "Koss"}),
}


def pdf(name: str) -> bytes:
    """The PDF of a sample build."""
    size, settings = SAMPLES[name]
    named = {None: briefs.small, "issue": briefs.issue, "quiet": briefs.quiet}
    brief: Brief = briefs.large(*size) if isinstance(size, tuple) else named[size]()
    return render(brief, formats=["pdf"], config=Config(render=RenderSettings.model_validate(settings)))[0].data


def pictures(data: bytes, scale: float = SCALE) -> list[Image.Image]:
    """One grey picture a page."""
    document: Any = pypdfium2.PdfDocument(data)
    return [page.render(scale=scale).to_pil().convert("L") for page in document]


def strip(pages: list[Image.Image]) -> Image.Image:
    """Pages side by side."""
    sheet = Image.new("L", (sum(p.width for p in pages), max(p.height for p in pages)), 128)
    x = 0
    for page in pages:
        sheet.paste(page, (x, 0))
        x += page.width
    return sheet


def sixteen(picture: Image.Image) -> Image.Image:
    """A quarter of the bytes: grey in sixteen even steps."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([v for step in range(16) for v in (17 * step,) * 3])
    return picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ by more than the edges of letters do; 1 where the sizes differ."""
    if one.size != other.size:
        return 1.0
    soft = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    counts = ImageChops.difference(*soft).histogram()
    return sum(counts[LEVEL:]) / (one.width * one.height)


def changed(name: str, pages: list[Image.Image]) -> list[str]:
    """What is different from the reference, a line a page."""
    path = REFERENCE / f"{name}.png"
    if not path.is_file():
        return [f"{name}: no reference"]
    with Image.open(path) as stored:
        sheet = stored.convert("L")
    wide = sum(p.width for p in pages)
    if sheet.width != wide:
        return [f"{name}: {len(pages)} pages, {round(sheet.width / pages[0].width)} before"]
    out, x = [], 0
    for number, page in enumerate(pages, 1):
        share = unlike(page, sheet.crop((x, 0, x + page.width, page.height)))
        if share > SHARE:
            out.append(f"{name}: page {number} differs in {share:.2%} of its dots")
        x += page.width
    return out


def main() -> int:
    """Compare, show or accept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="take today's pages as the reference")
    parser.add_argument("--out", type=Path, help="write the pages, readable, into this folder")
    args = parser.parse_args()
    lines = []
    for name in SAMPLES:
        data = pdf(name)
        pages = pictures(data)
        lines += changed(name, pages)
        if args.accept:
            REFERENCE.mkdir(exist_ok=True)
            sixteen(strip(pages)).save(REFERENCE / f"{name}.png", optimize=True)
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            for number, page in enumerate(pictures(data, 1.2), 1):
                page.save(args.out / f"{name}-{number:02d}.png")
    print("\n".join(lines) or "no change")
    return int(bool(lines) and not args.accept)


if __name__ == "__main__":
    sys.exit(main())
