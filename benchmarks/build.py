"""What each stage of a build costs, in CPU seconds of one process, model load included.

    python benchmarks/build.py [ARTICLES...] [--runs 5]

Every run is a process of its own on one core. Prints the median of the runs per stage, and the render's share.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

STAGES = ("import and model", "ingest", "extract", "synthesize and compose", "render")
BAR = 10.0  # seconds for two articles


def one(inputs: list[str]) -> dict[str, float]:
    """CPU seconds of each stage, in this process."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    marks = [0.0]

    def mark() -> None:
        marks.append(time.process_time())

    from briefing import pipeline
    from briefing.config import Config
    from briefing.extract import load_extractor

    config = Config()
    load_extractor(config.extract)
    mark()
    articles, problems = pipeline.read(inputs, config=config)
    mark()
    extractions = list(pipeline.analyse(articles, config=config))
    mark()
    brief = pipeline.brief_of(articles, extractions, config=config, problems=problems)
    mark()
    with tempfile.TemporaryDirectory() as out:
        pipeline.write(brief, config=config, formats=("pdf", "html", "json"), out=Path(out))
    mark()
    return dict(zip(STAGES, (b - a for a, b in pairwise(marks)), strict=True))


def main() -> int:
    """Run, print, and say whether the bar is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", default=["briefing/samples"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(one(args.inputs)))
        return 0
    call = [sys.executable, __file__, "--one", *args.inputs]
    runs = [
        json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout) for _ in range(args.runs)
    ]
    medians = {stage: statistics.median(r[stage] for r in runs) for stage in STAGES}
    total = statistics.median(sum(r.values()) for r in runs)
    for stage, seconds in medians.items():
        print(f"{stage:24}{seconds:8.2f} s{100 * seconds / total:7.0f} %")
    print(f"{'all':24}{total:8.2f} s   (bar: {BAR:.0f} s; render under half)")
    return 0 if total < BAR and medians["render"] < total / 2 else 1


if __name__ == "__main__":
    sys.exit(main())
