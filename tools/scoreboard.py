"""Measures the installed command against the sets beside the checkout and holds every figure against its floor.

    python tools/scoreboard.py [--limit N] [--only WORD,...] [--floors tools/floors.yaml] [--json FILE] [--page FILE]

Floors stand in ``floors.yaml``: task/set/metric → least value, for a run with ``--limit 5`` and for a full one.
Exit code 1 where a figure is under its floor, or where a task failed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

PAGE = """# Measured

What `python tools/scoreboard.py` gave on the development halves of public gold sets, which do not ship with the project
(PolNeAR, GUM, MEANTIME, re3d, CoNLL++, TimeBank, PLOVER, PLV, SemEval-2015 task 4, Giveme5W1H, ECB+, DUC 2004, NeuS,
article-extraction-benchmark, htmldate, nomenklatura). Every figure lies between 0 and 1. Nothing was trained on them.

| set | task | metric | value |
|---|---|---|---|
"""

TOP = Path(__file__).resolve().parents[1]
SHARED = TOP.parent / "shared"


def main() -> int:
    """Run the ruler, print it, compare."""
    args = _arguments()
    report = _measure(args)
    floors: dict[str, float] = yaml.safe_load(args.floors.read_text())["limit" if args.limit else "full"] or {}
    failed = [f"{r['task']}/{r['set']}: {r['failed']}" for r in report if "failed" in r]
    under = [
        f"{name}: {value:.3f}, floor {floors[name]:.3f}"
        for name, value in _values(report).items()
        if name in floors and value < floors[name]
    ]
    for line in (*failed, *under):
        print("UNDER THE FLOOR" if line in under else "FAILED", line)
    print(f"{len(_values(report))} figures, {len(floors)} floors, {len(under)} under, {len(failed)} tasks failed")
    if args.json:
        args.json.write_text(json.dumps(report, indent=1))
    if args.page:
        args.page.write_text(page(_values(report), floors), encoding="utf-8")
    return 1 if failed or under else 0


def page(values: dict[str, float], floors: dict[str, float]) -> str:
    """The figures that have a floor as a Markdown page."""
    parts = {n: (n.split("/")[0], "/".join(n.split("/")[1:-1]), n.split("/")[-1]) for n in floors if n in values}
    rows = [f"| {where} | {task} | {metric} | {values[n]:.3f} |" for n, (task, where, metric) in parts.items()]
    return PAGE + "\n".join(rows) + "\n"


def _values(report: list[dict[str, Any]]) -> dict[str, float]:
    return {f"{r['task']}/{r['set']}/{r['metric']}": r["value"] for r in report if "metric" in r}


def _measure(args: argparse.Namespace) -> list[dict[str, Any]]:
    command = str(Path(sys.executable).with_name("briefing"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        call = [sys.executable, str(SHARED / "eval/score.py"), "all", "--gold-dir", str(SHARED / "gold")]
        call += ["--briefing", command, "--json", str(out), "--keep", folder]
        call += ["--limit", str(args.limit)] if args.limit else []
        call += ["--only", args.only] if args.only else []
        subprocess.run(call, check=False)  # noqa: S603
        report: list[dict[str, Any]] = json.loads(out.read_text())
    return report


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="first N articles, groups or clusters of each set")
    parser.add_argument("--only", help="tasks or sets, comma-separated")
    parser.add_argument("--floors", type=Path, default=Path(__file__).with_name("floors.yaml"))
    parser.add_argument("--json", type=Path, help="write the report here")
    parser.add_argument("--page", type=Path, help="write the figures that have a floor here, as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
