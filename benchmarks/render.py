"""How long a render takes: CPU seconds and memory for briefs of few and many pages, each in a process of its own.

Run ``python benchmarks/render.py``. ``--check`` exits 1 where a bar is missed: 6 pages in under 2.5 s after start-up,
60 pages in under 20 s and 500 MB, and time a page that does not grow by more than a third from 20 to 200 pages.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (("6", 12, 5), ("20", 66, 28), ("60", 275, 118), ("200", 800, 345))  # wanted pages, rows, articles
LAYOUT = """extends: daily
name: Everything
sections:
  - {use: bottom_line, title: Bottom line}
  - {use: glance}
  - {use: key_judgements, title: Key judgements}
  - {use: summary, title: Summary}
  - {use: events, title: What happened}
  - {use: actors, title: Key actors}
  - {use: relations, title: Stated relations}
  - {use: assessments, title: Who assessed what}
  - {use: sources, title: Sources}
  - {use: coverage, title: Coverage}
  - {use: reading, title: How to read this brief}
  - {use: production, title: How this brief was made}
"""


def one(rows: int, articles: int) -> None:
    """Render one brief twice and print what it took."""
    sys.path.insert(0, str(ROOT))
    import pypdfium2

    from briefing.config import Config, RenderSettings
    from briefing.render import render
    from tests.render import briefs

    with tempfile.TemporaryDirectory() as tmp:
        layout = Path(tmp) / "everything" / "layout.yaml"
        layout.parent.mkdir()
        layout.write_text(LAYOUT, encoding="utf-8")
        config = Config(render=RenderSettings(template="everything", templates=Path(tmp)))
        brief = briefs.large(rows, articles)
        seconds = []
        for _ in range(2):
            start = time.process_time()
            data = render(brief, formats=["pdf"], config=config)[0].data
            seconds.append(round(time.process_time() - start, 2))
    pages = len(pypdfium2.PdfDocument(data))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    taken = {"pages": pages, "first": seconds[0], "second": seconds[1], "mb": memory, "kb": len(data) // 1024}
    print(json.dumps(taken))


def main() -> int:
    """Each size in a fresh process, one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 where a bar is missed")
    parser.add_argument("--largest", type=int, default=200, help="leave out sizes above this many pages")
    parser.add_argument("--one", nargs=2, type=int, metavar=("ROWS", "ARTICLES"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one(*args.one)
        return 0
    print(f"{'pages':>6} {'first s':>8} {'second s':>9} {'s/page':>7} {'MB':>5} {'PDF KB':>7}")
    found = []
    for wanted, rows, articles in SIZES:
        if int(wanted) > args.largest:
            continue
        command = [sys.executable, __file__, "--one", str(rows), str(articles)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        row = json.loads(done.stdout)
        found.append(row)
        each = row["second"] / row["pages"]
        print(f"{row['pages']:>6} {row['first']:>8} {row['second']:>9} {each:>7.3f} {row['mb']:>5} {row['kb']:>7}")
    return int(args.check and not all(_bars(found)))


def _bars(found: list[dict[str, float]]) -> list[bool]:
    each = [r["second"] / r["pages"] for r in found]
    bars = [found[0]["second"] < 2.5, all(r["mb"] < 500 for r in found if r["pages"] <= 70)]
    bars += [r["first"] < 20 for r in found if 50 <= r["pages"] <= 70]
    return bars + ([each[-1] <= each[1] * 4 / 3] if len(found) > 2 else [])


if __name__ == "__main__":
    sys.exit(main())
