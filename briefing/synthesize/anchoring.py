"""Articles in stories → each one's date: as printed, or the one that events shared with dated articles give.

An undated article that reports "on Tuesday" what a dated article of the same story dates to a Tuesday was written in
the same days. Its open dates ("Tuesday", "April", "this month") are then read from there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from briefing.records import Article, Event, Extraction, Placed
from briefing.synthesize.same_event import overlap
from briefing.synthesize.tellings import content_words

Dated = tuple[str | None, str | None]

SHARED = 0.3  # common words of two sentences that report one event
OLD_DAYS = 21  # further back than this is background
WITHIN = 6  # days: a bare weekday is one of the last seven
_WEEKDAY = re.compile(r"^XXXX-WXX-(\d)$")
_MONTH = re.compile(r"^XXXX-(\d\d)$")


def dates(articles: Sequence[Article], extractions: Sequence[Extraction], story: Sequence[int]) -> list[Dated]:
    """For each article its date and, where that was anchored, why."""
    dated: dict[int, list[int]] = defaultdict(list)
    for n, article in enumerate(articles):
        if _day(article.date):
            dated[story[n]].append(n)
    return [
        (article.date, None) if article.date else _anchor(n, articles, extractions, dated[story[n]])
        for n, article in enumerate(articles)
    ]


def filled(extractions: Sequence[Extraction], placed: Sequence[Placed]) -> list[Extraction]:
    """Extractions of anchored articles with the dates of their events read from the anchor."""
    return [_filled(x, _day(p.date)) if p.date_why else x for x, p in zip(extractions, placed, strict=True)]


def _anchor(n: int, articles: Sequence[Article], extractions: Sequence[Extraction], others: Sequence[int]) -> Dated:
    """The date of the dated article whose events are most like this one's."""
    found = [
        (likeness, m, event, mine)
        for m in others
        for mine, weekday in _open(extractions[n])
        for event in extractions[m].events
        if (likeness := _shared(articles[n], mine, weekday, articles[m], event)) >= SHARED
    ]
    if not found:
        return None, None
    _, m, event, mine = max(found, key=lambda f: (f[0], -f[1]))
    start, end = mine.when or mine.evidence
    why = (
        f"“{articles[n].text[start:end]}”: shares an event of {event.date} with {articles[m].id} of {articles[m].date}"
    )
    return articles[m].date, why


def _open(extraction: Extraction) -> Iterator[tuple[Event, int]]:
    """Events on a bare weekday."""
    values = {(t.start, t.end): t.value for t in extraction.times}
    for event in extraction.events:
        found = _WEEKDAY.match(values.get(event.when, "")) if event.when else None
        if found:
            yield event, int(found.group(1))


def _shared(mine: Article, a: Event, weekday: int, theirs: Article, b: Event) -> float:
    """How alike two reports are, when the other's day is that weekday and lies shortly before its printing."""
    happened, printed = _day(b.date), _day(theirs.date)
    if happened is None or printed is None or a.type != b.type or a.type is None:
        return 0.0
    if happened.isoweekday() != weekday or not 0 <= (printed - happened).days <= WITHIN:
        return 0.0
    return overlap(content_words(mine.text[slice(*a.evidence)]), content_words(theirs.text[slice(*b.evidence)]))


def _filled(extraction: Extraction, anchor: date | None) -> Extraction:
    if anchor is None:
        return extraction
    values = {(t.start, t.end): t.value for t in extraction.times}
    events = tuple(_dated(e, values, anchor) for e in extraction.events)
    return extraction.model_copy(update={"events": events})


def _dated(event: Event, values: dict[tuple[int, int], str], anchor: date) -> Event:
    if event.when is None:
        return event
    when = event.date or read(values.get(event.when, ""), anchor)
    old = when is not None and when[:7] < (anchor - timedelta(days=OLD_DAYS)).isoformat()[: min(7, len(when))]
    return event.model_copy(update={"date": when, "background": event.background or old})


def read(value: str, anchor: date) -> str | None:
    """An open TIMEX3 value seen from a day: a weekday or month is the last one, "XXXX-XX" the month itself."""
    weekday, month = _WEEKDAY.match(value), _MONTH.match(value)
    if weekday:
        return (anchor - timedelta(days=(anchor.isoweekday() - int(weekday.group(1))) % 7)).isoformat()
    if month:
        year = anchor.year - (int(month.group(1)) > anchor.month)
        return f"{year}-{month.group(1)}"
    return anchor.isoformat()[:7] if value == "XXXX-XX" else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
