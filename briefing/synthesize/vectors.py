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

NAMES = 0.5  # share of a vector that names make up: names tell stories apart, common nouns only subjects
TITLE_WEIGHT = 2.0
LEAD_CHARS = 600  # news says first what it is about
LEAD_WEIGHT = 1.5
KEEP = 200  # strongest terms of either kind that a vector keeps
BACKGROUND = 50  # how many imagined articles of general English stand beside the batch
TOO_COMMON = 120  # ranks of words that say nothing


@lru_cache(maxsize=1)
def common_words() -> dict[str, int]:
    """Word → rank among the commonest words of English, from 1."""
    data = yaml.safe_load(_LEXICON.read_text(encoding="utf-8"))
    return {word: rank for rank, word in enumerate(data["words"].split(), 1)}


def vectors(articles: Sequence[Article]) -> list[Vector]:
    """One unit vector an article, over the batch's own document frequencies and those of general English."""
    counts = [_counts(a.title or "", a.text) for a in articles]
    df: Counter[str] = Counter()
    for plain, names in counts:
        df.update({**plain, **names}.keys())
    total = len(articles) + BACKGROUND
    idf = {term: max(0.0, math.log(total / (n + BACKGROUND * _expected(term)))) for term, n in df.items()}
    return [_joined(plain, names, idf) for plain, names in counts]


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


@lru_cache(maxsize=8192)
def _counts(title: str, text: str) -> tuple[Vector, Vector]:
    """Weighted counts of an article's common words and of its names; a word is what it is mostly used as.

    Kept, since a night looks for old articles of new ones' stories before it puts all of them into stories.
    """
    plain: Vector = {}
    names: Vector = {}
    _count(title, TITLE_WEIGHT, plain, names)
    _count(text[:LEAD_CHARS], LEAD_WEIGHT, plain, names)
    _count(text[LEAD_CHARS:], 1.0, plain, names)
    for term in sorted(plain.keys() & names.keys()):
        winner, loser = (names, plain) if names[term] >= plain[term] else (plain, names)
        winner[term] += loser.pop(term)
    return plain, names


def _count(text: str, weight: float, plain: Vector, names: Vector) -> None:
    end = 0
    for m in _WORD.finditer(text):
        gap = text[end : m.start()]
        opens = end == 0 or any(c in gap for c in ".!?\n")  # a capital says nothing there
        end = m.end()
        word = m.group()
        term = stem(word.lower())
        if len(term) > 1 and common_words().get(term, 9999) > TOO_COMMON:
            kind = names if word[0].isupper() and not opens else plain
            kind[term] = kind.get(term, 0.0) + weight


def _expected(term: str) -> float:
    """Share of articles of 400 words that hold a word of general English (Zipf's law over its rank)."""
    rank = common_words().get(term)
    return 1 - (1 - 0.1 / rank) ** 400 if rank else 0.002


def _joined(plain: Vector, names: Vector, idf: Vector) -> Vector:
    """Common words and names, each brought to its share of the whole; one kind alone takes all of it."""
    out: Vector = {}
    for counts, share in ((plain, 1 - NAMES), (names, NAMES)):
        for term, weight in _unit(counts, idf).items():
            out[term] = out.get(term, 0.0) + weight * math.sqrt(share)
    length = math.sqrt(sum(w * w for w in out.values())) or 1.0
    return {t: w / length for t, w in out.items()}


def _unit(counts: Vector, idf: Vector) -> Vector:
    weights = {t: (1 + math.log(max(n, 1.0))) * idf[t] for t, n in counts.items() if idf[t] > 0}
    kept = sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:KEEP]
    length = math.sqrt(sum(w * w for _, w in kept)) or 1.0
    return {t: w / length for t, w in kept}
