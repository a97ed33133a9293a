"""Twice-annotated articles in, agreement of the two hands out.

    python -m training.agree [--second training/second]

Every file of the second folder has a namesake in `corpus/` with the very same text; a text that differs is an error.
The figures are F1 of one hand against the other, so neither counts as right.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training import corpus
from training.evaluate import figures

HERE = Path(__file__).resolve().parent


def pairs(first: Path, second: Path) -> list[tuple[corpus.Annotated, corpus.Annotated]]:
    """Both annotations of every article in the second folder. Raises ValueError where a text was changed."""
    found = []
    for path in corpus.files([second]):
        a, b = corpus.read(first / path.relative_to(second)), corpus.read(path)
        if a.text != b.text:
            at = next((i for i, (x, y) in enumerate(zip(a.text, b.text, strict=False)) if x != y), -1)
            raise ValueError(f"{path}:{b.line(max(0, at))}: the text differs from the first hand's here; restore it")
        found.append((a, b))
    return found


def as_found(article: corpus.Annotated) -> dict[str, Any]:
    """An annotation in the shape of what a tagger finds."""
    attributions = [
        {
            "content": [list(s) for s in a.content],
            "cue": [list(s) for s in a.cue],
            "source": [list(s) for s in a.source],
        }
        for a in article.flat
    ]
    return {"id": str(article.path), "attributions": attributions}


def main(argv: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.agree", description=__doc__)
    parser.add_argument("--second", type=Path, default=HERE / "second")
    args = parser.parse_args(argv)
    both = pairs(HERE / "corpus", args.second)
    result: dict[str, float] = {"articles": len(both)}
    result |= figures([corpus.to_gold(a) for a, _ in both], [as_found(b) for _, b in both])
    print(json.dumps({k: round(v, 3) for k, v in result.items()}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
