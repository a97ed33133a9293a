"""Two articles of one address in; whether the later one is the earlier one edited."""

from __future__ import annotations

import re

from briefing.records import Article

SHINGLE = 4  # words
SHARED = (
    0.4  # of the shorter text's shingles: an edited page keeps most, a front page or a file used again next to none
)
_WORD = re.compile(r"\w+")


def same_article(old: Article, new: Article) -> bool:
    """Whether ``new`` is a version of ``old``: most of the shorter text stands in the longer one."""
    a, b = _shingles(old.text), _shingles(new.text)
    if not a or not b:
        return old.title is not None and old.title == new.title
    return len(a & b) >= SHARED * min(len(a), len(b))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
