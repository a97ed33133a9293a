"""Times the clustering of 1,000 to 30,000 invented articles on one core and draws the growth beside n log n.

    python benchmarks/clusters_speed.py [--sizes 1000,3000,10000,30000] [--out benchmarks]

Writes ``clusters_speed.json`` and ``clusters_speed.svg``. The articles are made of common English words drawn by Zipf's
law and of invented names: ten articles a story on average, one in twelve a near-copy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from pathlib import Path

from briefing.records import Article, Extraction
from briefing.synthesize import grading, stories
from briefing.synthesize.vectors import common_words

SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ten",
    "dal",
    "vo",
    "shi",
    "bur",
    "lan",
    "gre",
    "pos",
    "tu",
    "har",
    "nel",
    "qui",
    "zan",
    "fer",
    "ost",
    "wim",
    "bel",
]
WORDS = 300


def articles(n: int, *, seed: int = 1) -> list[Article]:
    """n invented articles in n / 10 stories, in shuffled order."""
    draw = random.Random(seed)
    vocabulary = list(common_words())
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    out: list[Article] = []
    plots: list[tuple[list[str], list[str]]] = [
        ([_name(draw) for _ in range(8)], draw.sample(vocabulary[400:], 40)) for _ in range(max(1, n // 10))
    ]
    while len(out) < n:
        if out and draw.random() < 1 / 12:
            text = draw.choice(out[-50:]).text + "\n\nMore to follow."
        else:
            names, subject = draw.choice(plots)
            text = _text(draw, vocabulary, weights, names, subject)
        out.append(_article(len(out), text))
    draw.shuffle(out)
    return out


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 4))).title()


def _text(draw: random.Random, words: list[str], weights: list[float], names: list[str], subject: list[str]) -> str:
    plain = draw.choices(words, weights, k=WORDS)
    for i in range(0, WORDS, 6):
        plain[i] = draw.choice(subject)
    for i in range(3, WORDS, 11):
        plain[i] = draw.choice(names)
    return "The " + " ".join(plain) + "."


def _article(number: int, text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=f"a{number}", text=text, source="made", sha256=digest, language="en")


def measure(sizes: list[int]) -> list[dict[str, float]]:
    """Seconds of placing articles in stories, for each size."""
    rows = []
    for n in sizes:
        made = articles(n)
        empty = [Extraction(id=a.id) for a in made]
        start = time.process_time()
        placed = stories.place(made, empty, near_copy=0.6, graded=grading.load(None))
        seconds = time.process_time() - start
        rows.append({"articles": n, "seconds": round(seconds, 2), "stories": len({p.story for p in placed})})
        print(f"{n:>7,} articles  {seconds:8.2f} s  {rows[-1]['stories']:>6,} stories", flush=True)
    return rows


def svg(rows: list[dict[str, float]]) -> str:
    """Both axes logarithmic: measured points, and n log n through the first of them."""
    width, height, left, low = 560, 360, 60, 40
    n0, s0 = rows[0]["articles"], rows[0]["seconds"]
    ideal = [s0 * (r["articles"] * math.log(r["articles"])) / (n0 * math.log(n0)) for r in rows]
    top = max(*ideal, *(r["seconds"] for r in rows)) * 1.5

    def at(n: float, s: float) -> str:
        x = left + (width - left - 20) * math.log(n / n0) / math.log(rows[-1]["articles"] / n0)
        y = height - low - (height - low - 30) * math.log(s / (s0 / 1.5)) / math.log(top / (s0 / 1.5))
        return f"{x:.1f},{y:.1f}"

    dots = "".join(
        '<circle cx="{}" cy="{}" r="4" fill="#1f3a5f"/>'.format(*at(r["articles"], r["seconds"]).split(","))
        for r in rows
    )
    marks = "".join(
        '<text x="{}" y="{}" font-size="11" text-anchor="middle">{:,}</text>'.format(
            at(r["articles"], s0).split(",")[0], height - 20, int(r["articles"])
        )
        + '<text x="{}" y="{}" font-size="11" dx="-8" dy="-8" text-anchor="end">{} s</text>'.format(
            *at(r["articles"], r["seconds"]).split(","), r["seconds"]
        )
        for r in rows
    )
    line = " ".join(at(r["articles"], s) for r, s in zip(rows, ideal, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif">'
        "<title>Seconds to cluster n articles on one core, beside n log n</title>"
        f'<polyline points="{line}" fill="none" stroke="#999" stroke-dasharray="4 3"/>{dots}{marks}'
        f'<text x="{left}" y="20" font-size="12">seconds on one core; dashed: n log n</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,3000,10000,30000")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    asked = parser.parse_args()
    rows = measure([int(n) for n in asked.sizes.split(",")])
    (asked.out / "clusters_speed.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (asked.out / "clusters_speed.svg").write_text(svg(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
