"""New articles and old ones → ids of the old ones that are in a story with a new one. Pure and cheap.

Only old articles that share telling words with a new one's opening are weighed at all; those and the new ones are then
put into stories by the same vectors and the same linkage as every batch.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.records import Article
from briefing.synthesize.linkage import group
from briefing.synthesize.stories import DAYS, SAME_STORY, day, near
from briefing.synthesize.vectors import LEAD_CHARS, common_words, cosine, stem, vectors

SHARED = 7.0  # squared rarity of the words that two openings share, from which an old article is looked at
FEW = 200  # old articles that are all looked at
PLENTY = 12  # openings looked at for each new article, at most: PLENTY * most_per_story in all

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def context(new: Sequence[Article], old: Sequence[Article], *, most_per_story: int = 30, days: int = DAYS) -> list[str]:
    """Ids of old articles, in their order: the likest and newest of each story that a new article is in.

    Two dated articles further apart than ``days`` are in no story together. An old article with the address of a new
    one is another version of its page and always belongs.
    """
    if not new or not old:
        return []
    likely = _likely(new, old, most=PLENTY * most_per_story)
    batch = [*(old[i] for i in likely), *new]
    dates = [day(a.date) for a in batch]
    found = vectors(batch)
    roots = group(found, threshold=SAME_STORY, joinable=lambda i, j: near(dates[i], dates[j], days))
    stories: dict[int, list[int]] = defaultdict(list)
    for n, root in enumerate(roots):
        stories[root].append(n)
    taken = set(_same_page(new, old))
    for members in stories.values():
        arrived = [n for n in members if n >= len(likely)]
        if arrived:
            held = [n for n in members if n < len(likely)]
            weight = {n: max(cosine(found[n], found[m]) for m in arrived) for n in held}
            best = sorted(held, key=lambda n: (-round(weight[n], 6), -(dates[n] or 0), batch[n].id))
            taken.update(likely[n] for n in best[:most_per_story])
    return [a.id for i, a in enumerate(old) if i in taken]


def _same_page(new: Sequence[Article], old: Sequence[Article]) -> list[int]:
    pages = {a.url for a in new if a.url}
    return [i for i, a in enumerate(old) if a.url in pages]


def _likely(new: Sequence[Article], old: Sequence[Article], *, most: int) -> list[int]:
    """Places of old articles whose opening shares enough with that of a new one, in order; of few old ones, all."""
    if len(old) <= FEW:
        return list(range(len(old)))
    openings = [_opening(a) for a in old]
    df: Counter[str] = Counter(w for words in openings for w in words)
    known = {w for a in new for w in _opening(a)}
    postings: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(openings):
        for w in words & known:
            postings[w].append(i)
    total = len(old) + 1
    weights = {w: math.log(total / df[w]) ** 2 / math.log(total) for w in postings}
    best: dict[int, float] = {}
    for article in new:
        shared: dict[int, float] = {}
        for w in sorted(_opening(article)):
            for i in postings.get(w, ()):
                shared[i] = shared.get(i, 0.0) + weights[w]
        ranked = sorted(((-s, i) for i, s in shared.items() if s >= SHARED))[:most]
        for s, i in ranked:
            best[i] = max(best.get(i, 0.0), -s)
    return sorted(best)


def _opening(article: Article) -> set[str]:
    """Stems of the words that tell something in headline and first lines."""
    ranks = common_words()
    words = _WORD.findall(f"{article.title or ''} {article.text[:LEAD_CHARS]}".lower())
    return {w for w in map(stem, words) if len(w) > 2 and ranks.get(w, 9999) > 300}
