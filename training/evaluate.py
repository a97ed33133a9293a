"""Weights and gold-format records in, the tagger's figures out.

    python -m training.evaluate [PATH...] [--weights DIR] [--test SHARE] [--ruler score.py]

Without a path: the held-out tenth of our corpus. Contents count as found where they share at least half of their
characters with the gold one (J≥.5); "same words" asks for the same letters; cues and sources must be exact.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.extract.attribution_links import link
from briefing.extract.tagger import FOLDER, Tagger, load
from training.corpus import form
from training.sets import held_out, records

Spans = Sequence[Sequence[int]]


def predicted(tagger: Tagger, record: dict[str, Any]) -> dict[str, Any]:
    """The record's attributions as the tagger and the linking rules give them, in the shape of an Extraction."""
    text = record["text"]
    found = [
        {"content": f.content, "cue": f.cue, "source": f.source, "speaker": None, "type": form(text, f.content)}
        for f in link(tagger.tag(text), text)
    ]
    return {"id": record["id"], "attributions": found}


def figures(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of contents (J≥.5 and same words), cues and sources (exact), over all records."""
    hits = {"content J≥.5": [0, 0, 0], "content same words": [0, 0, 0], "cue": [0, 0, 0], "source": [0, 0, 0]}
    for g, p in zip(gold, found, strict=True):
        text = g["text"]
        a = [_letters(q["content_spans"], text) for q in g["quotes"]]
        b = [_letters(q["content"], text) for q in p["attributions"]]
        _count(hits["content J≥.5"], len(a), len(b), _overlapping(a, b))
        _count(hits["content same words"], len(a), len(b), len(set(a) & set(b)))
        for name, theirs, ours in (("cue", "cue_spans", "cue"), ("source", "speaker_spans", "source")):
            c = {_letters(q.get(theirs) or [], text) for q in g["quotes"]} - {frozenset()}
            d = {_letters(q[ours], text) for q in p["attributions"]} - {frozenset()}
            _count(hits[name], len(c), len(d), len(c & d))
    return {name: 2 * tp / (n + m) if n + m else 0.0 for name, (n, m, tp) in hits.items()}


def _letters(spans: Spans, text: str) -> frozenset[int]:
    return frozenset(i for a, b in spans for i in range(a, b) if text[i].isalnum())


def _overlapping(a: list[frozenset[int]], b: list[frozenset[int]]) -> int:
    pairs = sorted(
        ((len(x & y) / len(x | y), i, j) for i, x in enumerate(a) for j, y in enumerate(b) if x & y), reverse=True
    )
    left, right = set(), set()
    for share, i, j in pairs:
        if share >= 0.5 and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def _count(total: list[int], gold: int, found: int, both: int) -> None:
    total[0] += gold
    total[1] += found
    total[2] += both


def main(argv: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--weights", type=Path, default=FOLDER)
    parser.add_argument("--test", type=float, default=0.1, help="without a path: share held out, by id")
    parser.add_argument("--ruler", type=Path, help="a score.py with task_attribution, to use instead of our figures")
    args = parser.parse_args(argv)
    tagger = load(args.weights)
    if tagger is None:
        parser.error(f"no weights in {args.weights}; run python -m training.train")
    gold = records(args.paths or [Path(__file__).with_name("corpus")])
    if not args.paths:
        gold = [r for r in gold if held_out(r, args.test)]
    found = [predicted(tagger, r) for r in gold]
    result = _ruled(args.ruler, gold, found) if args.ruler else figures(gold, found)
    print(json.dumps({k: round(v, 4) for k, v in result.items()}, indent=1, ensure_ascii=False))


def _ruled(path: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("ruler", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    ruler = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ruler)
    plain = json.loads(json.dumps(found))
    result: dict[str, float] = dict(ruler.task_attribution(gold, plain))
    return result


if __name__ == "__main__":
    main()
