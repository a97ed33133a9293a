"""Saved pages → seconds of bare trafilatura and of ingest on them: ``python benchmarks/ingest.py FOLDER [N]``.

Pages are repeated until there are N. The bar is 0.8 of bare trafilatura's speed, in one run on an idle machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import trafilatura

from briefing.config import IngestSettings
from briefing.ingest import ingest

BAR = 0.8


def main() -> None:
    """Print both times and their ratio; exit 1 below the bar."""
    pages = sorted(p for p in Path(sys.argv[1]).rglob("*.html"))
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{n:05d}.html" for n in range(most)]
        for n, file in enumerate(files):
            shutil.copyfile(pages[n % len(pages)], file)
        start = time.perf_counter()
        for file in files:
            trafilatura.extract(file.read_bytes())
        bare = time.perf_counter() - start
        start = time.perf_counter()
        articles, problems = ingest([folder], config=IngestSettings())
        ours = time.perf_counter() - start
    print(f"trafilatura {bare:.1f} s, ingest {ours:.1f} s, ratio {bare / ours:.2f}")
    print(f"{len(articles)} articles, {len(problems)} problems of {most} pages")
    raise SystemExit(bare / ours < BAR)


if __name__ == "__main__":
    main()
