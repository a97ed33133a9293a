"""Articles → sparse word vectors of length 1: what an article is about, names counting more. Knows no stories."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from briefing.records import Article

Vector = dict[str, float]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LEXICON = Path(__file__).parent / "lexicons" / "common_words.yaml"

NAME_BOOST = 1.6  # names tell stories apart; common nouns tell subjects apart
TITLE_WEIGHT = 2.0
LEAD_CHARS = 600  # news says first what it is about
LEAD_WEIGHT = 1.5
KEEP = 120  # strongest terms that a vector keeps
BACKGROUND = 50  # how many imagined articles of general English stand beside the batch


@lru_cache(maxsize=1)
def common_words() -> dict[str, int]:
    """Word → rank among the commonest words of English, from 1."""
    data = yaml.safe_load(_LEXICON.read_text(encoding="utf-8"))
    return {word: rank for rank, word in enumerate(data["words"].split(), 1)}


def vectors(articles: Sequence[Article]) -> list[Vector]:
    """One unit vector an article, over the batch's own document frequencies and those of general English."""
    counts = [_counts(a) for a in articles]
    df: Counter[str] = Counter()
    for count in counts:
        df.update(count.keys())
    total = len(articles) + BACKGROUND
    idf = {term: math.log(total / (n + BACKGROUND * _expected(term))) for term, n in df.items()}
    return [_unit(count, idf) for count in counts]


def cosine(a: Vector, b: Vector) -> float:
    """Inner product of two vectors, which is their cosine when both are of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(w * b[t] for t, w in a.items() if t in b)


def stem(word: str) -> str:
    """A word without its plural or possessive ending."""
    for mark in ("'s", "’s"):
        word = word.removesuffix(mark)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _counts(article: Article) -> dict[str, float]:
    out: dict[str, float] = {}
    _count(article.title or "", TITLE_WEIGHT, out)
    _count(article.text[:LEAD_CHARS], LEAD_WEIGHT, out)
    _count(article.text[LEAD_CHARS:], 1.0, out)
    return out


def _count(text: str, weight: float, out: dict[str, float]) -> None:
    opens = True
    end = 0
    for m in _WORD.finditer(text):
        gap = text[end : m.start()]
        opens = end == 0 or any(c in gap for c in ".!?\n")
        end = m.end()
        word = m.group()
        term = stem(word.lower())
        if len(term) < 2 or common_words().get(term, 9999) <= 120:
            continue
        named = word[0].isupper() and not opens
        out[term] = out.get(term, 0.0) + weight * (NAME_BOOST if named else 1.0)


def _expected(term: str) -> float:
    """Share of articles of 400 words that hold a word of general English (Zipf's law over its rank)."""
    rank = common_words().get(term)
    return 1 - (1 - 0.1 / rank) ** 400 if rank else 0.002


def _unit(counts: dict[str, float], idf: dict[str, float]) -> Vector:
    weights = {t: (1 + math.log(max(n, 1.0))) * idf[t] for t, n in counts.items() if idf[t] > 0}
    kept = sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:KEEP]
    length = math.sqrt(sum(w * w for _, w in kept)) or 1.0
    return {t: w / length for t, w in kept}
