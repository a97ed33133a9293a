"""Synthesis and what was told before → what has changed, which stories are left out, and what this issue tells.

A story that was told before and in which nothing material has moved is not told again. The rules and their figures
stand in docs/changes.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date as day
from datetime import timedelta

from briefing.compose import wording
from briefing.compose.desk import Desk
from briefing.compose.matching import Matches, match
from briefing.compose.moves import Move, corrected, dropped, moves, tolls
from briefing.compose.told import EARLY, Row, rows, stale_words
from briefing.config import Config
from briefing.records import Brief, Change, Coverage, Evidence, Since, Synthesis, Told, ToldItem

REPEATED = 0.55  # cosine of content words from which a sentence only repeats one that was told
HELD = 0.7  # share of a sentence's content words that one told before holds
TWICE = 0.5  # cosine from which two new sentences of one story are one change
MOST = 3  # new items of one story told before that are listed; all of them stand in the brief's sections
NOVEL = 0.17  # share of its content words that no old article of the story has, of a sentence that tells something new
UNDATED = 0.34  # the same of an event whose sentence names no day, which must also open its article
LATE = 3  # days before the issue before from which a deed that it has not told is news yet
SHORTEST = 6  # content words of a sentence that can tell something new

_KINDS = ("claim", "event", "assessment", "judgement", "story")


@dataclass(frozen=True)
class Compared:
    """What the comparison gives: for the brief, and for the next one."""

    since: Since
    changes: tuple[Change, ...]
    items: tuple[ToldItem, ...]
    kept: frozenset[str]  # articles of the stories that are told
    left_out: tuple[Coverage, ...]
    as_of: str | None


def compare(
    found: Synthesis, told: Told, *, new: Collection[str], number: int, config: Config, as_of: str | None
) -> Compared:
    """Everything at hand held against what was told. ``new`` are the articles that no issue before had."""
    desk = Desk(found, config, as_of or latest(found))
    arrived = frozenset(new) & desk.article.keys()
    made = _Comparison(desk, told, arrived, rows(desk, arrived))
    return made.compared(number)


def latest(found: Synthesis) -> str | None:
    """The latest publication day among the articles; None where no article has one."""
    days = [p.date[:10] for p in found.placed if p.date and len(p.date) >= 10]
    return max(days, default=None)


def applied(brief: Brief, compared: Compared, *, title: str | None) -> Brief:
    """The brief of the stories that are left, with what has changed. ``title`` is the one configured."""
    if compared.since.quiet and title is None:
        title = "No material change" if compared.since.new_articles else "Nothing new"
    return brief.model_copy(
        update={
            "title": title or brief.title,
            "as_of": brief.as_of or compared.as_of,
            "changes": compared.changes,
            "since": compared.since,
            "coverage": (*brief.coverage, *compared.left_out),
        }
    )


class _Comparison:
    def __init__(self, desk: Desk, told: Told, new: frozenset[str], found: Sequence[Row]) -> None:
        self.desk, self.told, self.new = desk, told, new
        self.matches: Matches = match(desk, told, found)
        self.past = self._past()
        self.rows = [self._named(n, row) for n, row in enumerate(found)]
        self.stories = list(desk.story_order)
        self.before = {s: [self.matches.told[t] for t in ts] for s, ts in self.matches.touched.items()}
        # Articles that are not new were read for an issue before, which told them or found nothing new in them.
        self.known_stories = {p.story for p in desk.found.placed if p.id not in new} | self.before.keys()
        self.known = frozenset(p.origin for p in desk.found.placed if p.id not in new)

    def _named(self, n: int, row: Row) -> Row:
        """A row under the id of the item that it goes on, and of the story that was told before."""
        m = self.matches
        t = m.item.get(n)
        return row.named(t if t and m.rows[t][0] == n else row.item.id, self.past.get(row.story))

    def _past(self) -> dict[str, str]:
        """Story of this batch → the one told before that it goes on: of several, the one with most items in it."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for t, story in self.matches.story.items():
            counts[story][self.matches.told[t].story] += 1
        return {s: min(c, key=lambda x: (-c[x], x)) for s, c in counts.items()}

    # ------------------------------------------------------------------------------------------------------- the whole
    def compared(self, number: int) -> Compared:
        first = self.told.issue is None
        fresh = [s for s in self.stories if s not in self.known_stories]
        found = [] if first else [*self._moved(), *self._corrected(), *self._dropped(), *self._new(fresh)]
        changes = _ordered(found)
        touched = {c.story for c in changes if c.story}
        told = [s for s in self.stories if s in self.known_stories]
        moved = [s for s in told if s in touched]
        unmoved = [s for s in told if s not in touched and self._new_in(s)]
        kept = frozenset(fresh if not first else self.stories) | frozenset(moved)
        lost = {c.item for c in changes if c.change == "dropped" and c.story not in moved}
        since = Since(
            issue=self.told.issue,
            as_of=self.told.as_of,
            number=number,
            new_articles=len(self.new),
            new_stories=len(fresh),
            moved_stories=len(moved) + len({self.matches.told[i].story for i in lost if i in self.matches.told}),
            unmoved_stories=0 if first else len(unmoved),
            unmoved_articles=tuple(a for s in unmoved if not first for a in self._new_in(s)),
            quiet=not changes and not kept,
        )
        return Compared(
            since=since,
            changes=changes,
            items=self._items(kept, number, {c.item for c in changes}),
            kept=frozenset(p.id for p in self.desk.found.placed if p.story in kept),
            left_out=() if first else self._left_out(unmoved),
            as_of=self.desk.as_of,
        )

    def _new_in(self, story: str) -> list[str]:
        return [p.id for p in self.desk.found.placed if p.story == story and p.id in self.new]

    def _items(self, kept: Collection[str], number: int, moved: Collection[str]) -> tuple[ToldItem, ...]:
        """What the issue tells; a row that goes on an item beside its foremost one adds its words, and its state."""
        extra = {n: t for t, ns in self.matches.rows.items() for n in ns[1:]}
        out: dict[str, ToldItem] = {}
        for n, row in enumerate(self.rows):
            if row.story in kept and n not in extra:
                out.setdefault(row.item.id, row.item.model_copy(update={"issue": number}))
        for n, t in extra.items():
            if t in out:
                out[t] = _with(out[t], self.rows[n].item, state=t in moved)
        return tuple(out.values())

    # ----------------------------------------------------------------------------------------------------- the changes
    def _moved(self) -> list[Move]:
        m, out = self.matches, []
        answers = frozenset(e for row in self.rows for _, e in row.denials)
        for t, ns in m.rows.items():
            item, ground = m.told[t], m.ground[t]
            if item.kind != "story" and not ground.rewritten:
                out += moves(self.desk, item, ground, [self.rows[n] for n in ns], known=self.known, answers=answers)
        done = {(e.article, e.start) for x in out if x.change.aspect == "figures" for e in x.change.evidence}
        for row in self.rows:
            if row.item.kind == "story" and self.before.get(row.story):
                found = tolls(self.desk, *self._counted(row.story), self.before[row.story], row)
                out += [f for f in found if not any((e.article, e.start) in done for e in f.change.evidence)]
        return out

    def _counted(self, story: str) -> tuple[list[Evidence], list[Evidence]]:
        """Sentences of a story that may count its toll: all old ones, and the upper ones of new articles."""
        old: list[Evidence] = [e for t in self.before.get(story, ()) for e in t.evidence]
        new: list[Evidence] = []
        for p in self.desk.found.placed:
            if p.story == story and not (p.duplicate_of and p.id in self.new):
                sentences = self.desk.extraction[p.id].sentences
                mine = [self.desk.evidence(p.id, s.start, s.end) for s in sentences]
                mine = [e for e in mine if not stale_words(self.desk, e)]
                if p.id in self.new:
                    new += mine[:EARLY]
                else:
                    old += mine
        instead = {x.instead for t in self.before.get(story, ()) for x in self.matches.ground[t.id].lost}
        return old, [e for e in new if e not in instead]

    def _corrected(self) -> list[Move]:
        out = []
        for t in self.told.items:
            ground = self.matches.ground[t.id]
            if ground.rewritten:
                here = [r for r in self.rows if r.story == self.matches.story.get(t.id)]
                found = corrected(self.desk, t, ground.lost[0], here)
                out += [found] if found else []
        return out

    def _dropped(self) -> list[Move]:
        out = []
        for t in self.told.items:
            ground, story = self.matches.ground[t.id], self.matches.story.get(t.id)
            if ground.deleted and (t.kind == "story" or not self._still(t)):
                out.append(dropped(self.desk, t, story, deleted=True))
            elif ground.rewritten and all(x.instead is None for x in ground.lost) and not self._still(t):
                out.append(dropped(self.desk, t, story, deleted=False, article=ground.lost[0].article))
        stories = {m.change.item: t.story for m in out if (t := self.matches.told[m.change.item]).kind == "story"}
        whole = set(stories.values())  # of a story that is gone one line is enough
        return [m for m in out if m.change.item in stories or self.matches.told[m.change.item].story not in whole]

    def _still(self, item: ToldItem) -> bool:
        """Whether something at hand says it nevertheless."""
        if item.id in self.matches.rows or item.kind == "story":
            return True
        story = self.matches.story.get(item.id)
        return story is not None and _repeats(wording.roots(item.text), self._sentences(story, self.desk.article))

    def _new(self, fresh: Sequence[str]) -> list[Move]:
        out = []
        for story in self.stories:
            if story in fresh:
                row = next((r for r in self.rows if r.story == story and r.item.kind == "story"), None)
                out += [_new(row, f"New story: {row.item.text}")] if row else []
            else:
                out += self._added(story)
        return out

    def _added(self, story: str) -> list[Move]:
        """New items in a story told before: those whose words no old article has, each matter once."""
        old = self._sentences(story, self.desk.article.keys() - self.new)
        old += [wording.roots(t.text) for t in self.before.get(story, ())]
        instead = {x.instead for t in self.before.get(story, ()) for x in self.matches.ground[t.id].lost if x.instead}
        carried = {e for t in self.before.get(story, ()) for e in self.matches.ground[t.id].carried}
        every = frozenset().union(*old)
        out: list[Move] = []
        said: list[frozenset[str]] = []
        mine = [
            (n, r) for n, r in enumerate(self.rows) if r.story == story and r.item.kind not in ("story", "judgement")
        ]
        for n, row in sorted(mine, key=lambda x: (-x[1].weight, _KINDS.index(x[1].item.kind), x[0])):
            words = set(row.item.evidence)
            if n in self.matches.item or words - set(row.fresh) or words & (instead | carried):
                continue
            if not self._weighs(row) or len(out) == MOST:
                continue
            roots = wording.roots(row.line or row.item.text)
            if len(roots - every) < self._least(row) * len(roots):
                continue
            if (
                len(roots) >= SHORTEST
                and not _repeats(roots, old)
                and not any(wording.alike(roots, r) >= TWICE for r in said)
            ):
                said.append(roots)
                out.append(_new(row, row.line or row.item.text))
        return out

    def _weighs(self, row: Row) -> bool:
        """Whether a new item is news: what opens an article, has happened since, several tell, or somebody charges."""
        if not row.sound or row.stale or not (row.early or row.item.watched):
            return False
        likely = row.item.likelihood
        judged = row.item.kind == "assessment" and likely is not None and likely.low is not None
        origins = len({self.desk.placed[e.article].origin for e in row.fresh})
        if row.item.kind == "event" and not (row.leads or self._of_late(row) or row.item.watched):
            return False
        if row.item.kind == "claim" and not (row.opens or self._of_late(row)):
            return False  # a standing charge that an article brings up again
        news = row.typed and (row.opens or self._since(row))
        told = origins > 1 and row.item.kind != "assessment"  # what a voice says often is no news for that
        return news or judged or told or row.item.watched or row.item.kind == "claim"

    def _least(self, row: Row) -> float:
        """Share of its words that must be new: none of a deed on a day named since, more of one that names no day."""
        if self._since(row, after=True):
            return 0.0
        free = row.item.kind == "assessment" or row.item.watched
        return NOVEL if free or self._of_late(row) else UNDATED

    def _since(self, row: Row, *, after: bool = False) -> bool:
        """Whether its words name a day on or after that of the issue before. A date by default is the article's own."""
        before = (self.told.as_of or "")[:10]
        return bool(before) and any(d > before or (not after and d == before) for d in row.days if d)

    def _of_late(self, row: Row) -> bool:
        """Whether its words name a day that is not well before the issue before, or one that nothing resolves."""
        first = _earlier(self.told.as_of)
        return any(not d or d >= first for d in row.days)

    def _sentences(self, story: str, articles: Collection[str]) -> list[frozenset[str]]:
        return [
            wording.roots(a.text[s.start : s.end])
            for a in self.desk.found.articles
            if a.id in articles and self.desk.placed[a.id].story == story
            for s in self.desk.extraction[a.id].sentences
        ]

    # -------------------------------------------------------------------------------------------------------- coverage
    def _left_out(self, unmoved: Sequence[str]) -> tuple[Coverage, ...]:
        """What was read and is not told again: the count, then a line a story."""
        if not unmoved:
            return ()
        ids = tuple(a for s in unmoved for a in self._new_in(s))
        head = Coverage(
            subject=f"Stories told before, unchanged: {len(unmoved)}",
            outcome="dropped",
            detail=f"{_articles(len(ids))} read that add nothing material; not told again",
            articles=ids,
        )
        lines = (self._line(s) for s in unmoved)
        return (head, *lines)

    def _line(self, story: str) -> Coverage:
        ids = tuple(self._new_in(story))
        row = next((r for r in self.rows if r.story == story and r.item.kind == "story"), None)
        last = max((t.issue for t in self.before.get(story, ())), default=0)
        issue = f" in issue {last}" if last else ""
        return Coverage(
            subject=row.item.text if row else story,
            outcome="dropped",
            detail=f"told{issue}; {_articles(len(ids))} since, nothing material in {'it' if len(ids) == 1 else 'them'}",
            articles=ids,
        )


def _with(item: ToldItem, more: ToldItem, *, state: bool) -> ToldItem:
    """An item with the words of another row on it, and the state that this one gives where that is a change."""
    new: dict[str, object] = {
        "evidence": tuple(dict.fromkeys([*item.evidence, *more.evidence])),
        "figures": tuple(dict.fromkeys([*item.figures, *more.figures])),
        "actors": tuple(dict.fromkeys([*item.actors, *more.actors])),
        "watched": item.watched or more.watched,
    }
    if state:
        now = {"status": more.status, "date": more.date, "likelihood": more.likelihood}
        new |= {name: value for name, value in now.items() if value is not None}
    return item.model_copy(update=new)


def _earlier(as_of: str | None) -> str:
    try:
        return (day.fromisoformat((as_of or "")[:10]) - timedelta(days=LATE)).isoformat()
    except ValueError:
        return ""


def _new(row: Row, text: str) -> Move:
    made = Change(
        change="new", item=row.item.id, text=text, story=row.story,
        evidence=row.item.evidence[:1] if row.item.kind == "story" else row.item.evidence, watched=row.item.watched,
    )  # fmt: skip
    return Move(made, row.weight + 10 * (row.item.kind == "story"))


def _repeats(roots: frozenset[str], told: Sequence[frozenset[str]]) -> bool:
    return any(
        wording.alike(roots, known) >= REPEATED or len(roots & known) >= HELD * len(roots) for known in told if known
    )


def _ordered(found: Sequence[Move]) -> tuple[Change, ...]:
    """Watched first; corrected and denied, dropped, updated, new; weightiest first. What one sentence changes once."""
    ranked = sorted(
        found, key=lambda m: (not m.change.watched, _rank(m.change), -m.weight, m.change.text, m.change.item)
    )
    seen: set[tuple[object, ...]] = set()
    out = []
    for m in ranked:
        c = m.change
        first = c.evidence[0] if c.evidence else None
        key = (c.change, c.aspect if c.change == "updated" else None, (first.article, first.start) if first else c.text)
        same = (c.change, c.before, c.after, c.story) if c.before and c.after else key
        if key not in seen and same not in seen:
            out.append(c)
        seen |= {key, same}
    return tuple(out)


def _rank(c: Change) -> int:
    if c.change == "corrected" or c.aspect == "denied":
        return 0
    return {"dropped": 1, "updated": 2, "new": 3}[c.change]


def _articles(n: int) -> str:
    return f"{n} article" if n == 1 else f"{n} articles"
