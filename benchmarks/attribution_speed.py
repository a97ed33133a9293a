"""What attributions cost beside the bare language model: tagger and rules together, and each alone.

    python benchmarks/attribution_speed.py [--articles 60] [--runs 3]

Reads the project's own corpus. Prints CPU seconds, medians of the runs in one process, and ratios to the bare model.
Exit code 1 where tagger and rules take more than 1.1 times the model's time.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.actors import find_actors
from briefing.extract.attributions import find_attributions
from briefing.records import Article
from training import corpus

BAR = 1.1


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median CPU seconds of several runs."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    folder = Path(__file__).resolve().parents[1] / "training/corpus"
    texts = [corpus.read(p).text for p in corpus.files([folder])[:: max(1, 256 // args.articles)]][: args.articles]
    articles = [
        Article(id=str(n), text=t, source="", sha256="", language="en", verbatim=True) for n, t in enumerate(texts)
    ]
    pipeline = nlp.load(ExtractSettings())
    tagger = pipeline.tagger
    if tagger is None:
        print("no weights: rules alone are measured")
    readings = [pipeline.read(a) for a in articles]
    casts = [find_actors(r) for r in readings]
    model = seconds(lambda: [pipeline.nlp(t) for t in texts], args.runs)
    tagging = seconds(lambda: [tagger.tag(t) for t in texts], args.runs) if tagger else 0.0
    rules = seconds(lambda: [find_attributions(r, c) for r, c in zip(readings, casts, strict=True)], args.runs)
    words = sum(len(t.split()) for t in texts)
    for name, value in (("bare model", model), ("tagger", tagging), ("rules", rules), ("both", tagging + rules)):
        print(f"{name:12}{value:8.2f} s{words / value if value else 0:10,.0f} words/s{value / model:8.2f} of the model")
    return 0 if tagging + rules <= BAR * model else 1


if __name__ == "__main__":
    sys.exit(main())
