"""Articles and a profile in; those that its topic and watchlist mean out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.profiles import Profile
from briefing.records import Article


def belongs(article: Article, profile: Profile) -> bool:
    """Whether headline or text has what the topic asks for; a watched name brings it in, ``none`` keeps it out."""
    words = f"{article.title or ''}\n{article.text}"
    topic = profile.topic
    if _has(topic.none, words):
        return False
    if _has(profile.watchlist, words):
        return True
    return all(_has((w,), words) for w in topic.all) and (not topic.any or _has(topic.any, words))


def _has(wanted: Sequence[str], words: str) -> bool:
    return bool(wanted) and _pattern(tuple(wanted)).search(words) is not None


@lru_cache(maxsize=256)
def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words and phrases in any case, however their blanks are broken."""
    parts = (r"\s+".join(map(re.escape, phrase.split())) for phrase in wanted if phrase.strip())
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(parts)})(?!\w)")
