"""Items told before and rows of this issue → which row goes on which item, and what became of the words of the rest.

First by the words themselves: context brings the old articles in again, so what was told is found where it stood. Then
by kind, voice, story and likeness of words. Words of an edited page are looked for in its newer version.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from briefing.compose import wording
from briefing.compose.desk import Desk
from briefing.compose.told import SAME_MATTER, Row, matter
from briefing.records import Evidence, Told, ToldItem

ALIKE = {"event": 0.5, "claim": 0.4, "assessment": SAME_MATTER, "judgement": 0.4, "story": 2.0}
REWRITTEN = 62.0  # of 100: likeness of letters from which a sentence is a rewritten one


@dataclass(frozen=True)
class Lost:
    """Words of an older version that the newer one has not, and the sentence that stands in their place."""

    words: Evidence
    article: str  # the newer version
    instead: Evidence | None


@dataclass(frozen=True)
class Ground:
    """What has become of the words that an item was told on."""

    alive: tuple[Evidence, ...] = ()  # as they stand in the articles at hand
    carried: frozenset[Evidence] = frozenset()  # those of them that a newer version took over word for word
    lost: tuple[Lost, ...] = ()
    gone: int = 0  # words of deleted articles
    unseen: int = 0  # words of articles that are not at hand

    @property
    def rewritten(self) -> bool:
        """Whether all of it stood in an older version and does not stand in the newer one."""
        return bool(self.lost) and not self.alive and not self.unseen

    @property
    def deleted(self) -> bool:
        """Whether all of it stood in articles that were deleted."""
        return self.gone > 0 and not (self.alive or self.lost or self.unseen)


@dataclass(frozen=True)
class Matches:
    """The rows that go on each item, the first one foremost; grounds by item."""

    rows: Mapping[str, tuple[int, ...]]
    item: Mapping[int, str]  # row → item that it goes on
    ground: Mapping[str, Ground]
    story: Mapping[str, str]  # item → story of this batch that most of its words are in
    touched: Mapping[str, tuple[str, ...]]  # story of this batch → items with any words in it
    told: Mapping[str, ToldItem] = field(default_factory=dict)


def match(desk: Desk, told: Told, found: Sequence[Row]) -> Matches:
    """Every item held against every row that could be it."""
    items = {t.id: t for t in sorted(told.items, key=lambda t: t.id)}
    grounds = {i: _ground(desk, told, t) for i, t in items.items()}
    story, touched = _stories(desk, items, grounds)
    taken = _by_words(items, grounds, found)
    rows: dict[str, list[int]] = {t: [n] for n, t in taken.items()}
    for n, t in _by_likeness(items, touched, found, taken):
        taken[n] = t
        rows.setdefault(t, []).append(n)
    return Matches({t: tuple(ns) for t, ns in rows.items()}, taken, grounds, story, touched, items)


# ------------------------------------------------------------------------------------------------------------- grounds
def _ground(desk: Desk, told: Told, item: ToldItem) -> Ground:
    alive, carried, lost, gone, unseen = [], set(), [], 0, 0
    for e in item.evidence:
        if e.article in desk.article:
            alive.append(e)
        elif (newer := _newest(told.replaced, e.article)) in desk.article:
            moved = find(desk, newer, e.quote)
            if moved is None:
                lost.append(Lost(e, newer, _instead(desk, newer, e)))
            else:
                alive.append(moved)
                carried.add(moved)
        elif e.article in told.gone:
            gone += 1
        else:
            unseen += 1
    return Ground(tuple(alive), frozenset(carried), tuple(lost), gone, unseen)


def _newest(replaced: Mapping[str, str], article: str) -> str:
    seen = {article}
    while article in replaced and replaced[article] not in seen:
        article = replaced[article]
        seen.add(article)
    return article


def find(desk: Desk, article: str, quote: str) -> Evidence | None:
    """The same words in another article, white space aside."""
    words = quote.split()
    if not words:
        return None
    at = re.search(r"\s+".join(re.escape(w) for w in words), desk.article[article].text)
    return desk.evidence(article, at.start(), at.end()) if at else None


def _instead(desk: Desk, article: str, lost: Evidence) -> Evidence | None:
    """The sentence of the newer version that is most like lost words, where one is like enough."""
    text = desk.article[article].text
    spans = [(s.start, s.end) for s in desk.extraction[article].sentences]
    scored = [(fuzz.ratio(lost.quote, text[a:b]), -a, b) for a, b in spans]
    best = max(scored, default=(0.0, 0, 0))
    return desk.evidence(article, -best[1], best[2]) if best[0] >= REWRITTEN else None


# ------------------------------------------------------------------------------------------------------------- stories
def _stories(
    desk: Desk, items: Mapping[str, ToldItem], grounds: Mapping[str, Ground]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The story of this batch that each item is in, by its words, else by where its old story has gone; and back."""
    direct: dict[str, Counter[str]] = {}
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for t in items.values():
        g = grounds[t.id]
        at = [e.article for e in g.alive] + [x.article for x in g.lost]
        places = Counter(desk.placed[a].story for a in at)
        if not places and t.story in desk.placed:
            places[desk.placed[t.story].story] += 1
        direct[t.id] = places
        whole[t.story] += places
    home: dict[str, str] = {}
    touched: dict[str, list[str]] = defaultdict(list)
    for t in items.values():
        places = direct[t.id] or Counter(dict(whole[t.story].most_common(1)))
        if places:
            home[t.id] = min(places, key=lambda s: (-places[s], s))
        for story in sorted(places):
            touched[story].append(t.id)
    return home, {s: tuple(ts) for s, ts in touched.items()}


# --------------------------------------------------------------------------------------------------------------- words
def _by_words(items: Mapping[str, ToldItem], grounds: Mapping[str, Ground], found: Sequence[Row]) -> dict[int, str]:
    """One row an item and one item a row, where their words overlap; best first."""
    places: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for n, one in enumerate(found):
        for e in one.item.evidence:
            places[one.item.kind, e.article].append((e.start, e.end, n))
    pairs = []
    for order, (t, item) in enumerate(items.items()):
        spots = [*grounds[t].alive, *(x.instead for x in grounds[t].lost if x.instead and grounds[t].rewritten)]
        shared = Counter(
            n for e in spots for s, end, n in places.get((item.kind, e.article), ()) if s < e.end and e.start < end
        )
        for n, count in shared.items():
            row = found[n].item
            if item.kind in ("assessment", "claim") and not same_voice(item.speaker, row.speaker):
                continue
            like = wording.alike(wording.roots(item.text), wording.roots(row.text))
            pairs.append((item.kind == "story" and item.story != row.story, -count, -round(like, 6), order, n, t))
    taken: dict[int, str] = {}
    used: set[str] = set()
    for *_, n, t in sorted(pairs):
        if n not in taken and t not in used:
            taken[n] = t
            used.add(t)
    return taken


def same_voice(a: str | None, b: str | None) -> bool:
    """Whether two names may be one voice: one holds the other's last word."""
    if not a or not b:
        return a == b
    x, y = a.casefold().split(), b.casefold().split()
    return x == y or (bool(x and y) and (x[-1] == y[-1]) and (len(x) == 1 or len(y) == 1 or x[0] == y[0]))


def _by_likeness(
    items: Mapping[str, ToldItem],
    touched: Mapping[str, tuple[str, ...]],
    found: Sequence[Row],
    taken: Mapping[int, str],
) -> Iterable[tuple[int, str]]:
    """Rows that stand in no words told before, with the item of their kind, voice and story that they are likest."""
    pools: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for story, ts in touched.items():
        for t in ts:
            pools[items[t].kind, story].append((t, _about(items[t])))
    for n, row in enumerate(found):
        if n in taken or row.item.kind == "story":
            continue
        roots = _about(row.item)
        scored = [
            (round(wording.alike(roots, known), 6), -order, t)
            for order, (t, known) in enumerate(pools.get((row.item.kind, row.story), ()))
            if _may_be(items[t], row)
        ]
        best = max(scored, default=(0.0, 0, ""))
        if best[0] >= ALIKE[row.item.kind]:
            yield n, best[2]


def _about(item: ToldItem) -> frozenset[str]:
    """What an item is about; of an event also who is in it."""
    names = () if item.kind == "event" else (item.speaker or "", *item.actors)
    return matter(item.text, item.likelihood, *names)


def _may_be(item: ToldItem, row: Row) -> bool:
    if item.kind in ("assessment", "claim", "judgement"):
        return same_voice(item.speaker, row.item.speaker)
    return not (item.actors and row.item.actors) or bool(set(item.actors) & set(row.item.actors))
