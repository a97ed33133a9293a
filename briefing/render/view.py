"""Brief in, what the section templates show out: rows in the order and number of the layout, grades, counts, names.

Nothing is said here that the brief does not say: this only counts, groups, cuts and formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from briefing import yardstick
from briefing.records import (
    ActorLine,
    AssessmentLine,
    Brief,
    Change,
    ClaimLine,
    DenialLine,
    EventLine,
    Evidence,
    Likelihood,
    RelationLine,
    SourceLine,
    Statement,
)
from briefing.render.figures import shapes
from briefing.render.figures.locator import Country

# Most mentions bar, in millimetres.
BAR = 16.0
STEP = 60  # characters of before and after side by side
ROW = 4  # statements of one speaker in a table row
KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country or place",
    "LOC": "place",
    "NORP": "group",
    "FAC": "place or building",
    "PRODUCT": "product",
    "EVENT": "event",
    "LAW": "law or treaty",
    "WORK_OF_ART": "work",
}


@dataclass(frozen=True)
class Figure:
    """A number of the glance strip and what it counts."""

    number: str
    words: str


@dataclass(frozen=True)
class EventRow:
    """An event and its number in the table."""

    number: int
    event: EventLine
    grade: str


@dataclass(frozen=True)
class ActorRow:
    """An actor with the words that give its role."""

    name: str
    kind: str
    roles: tuple[str, ...]
    role: str
    affiliation: str
    also: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    mentions: int
    articles: int
    bar: str  # width of the bar, CSS


@dataclass
class Speaker:
    """Assessments of one speaker, in the brief's order."""

    name: str
    role: str
    affiliation: str
    lines: list[AssessmentLine] = field(default_factory=list)

    def rows(self) -> list[list[AssessmentLine]]:
        """The lines in rows that a page can hold, since a row is never split."""
        return [self.lines[i : i + ROW] for i in range(0, len(self.lines), ROW)]


class View:
    """What templates may ask of a brief."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief

    @cached_property
    def names(self) -> dict[str, str]:
        """Actor id to name."""
        return {a.id: a.name for a in self._brief.actors}

    @cached_property
    def _articles(self) -> dict[str, SourceLine]:
        return {a.id: a for a in self._brief.articles}

    @cached_property
    def period(self) -> str:
        """From the oldest to the newest publication date, ISO; empty where none is known."""
        days = sorted(a.date for a in self._brief.articles if a.date)
        return "" if not days else days[0] if days[0] == days[-1] else f"{days[0]}/{days[-1]}"

    @cached_property
    def outlets(self) -> list[str]:
        """Names of the outlets read, most read first."""
        counts = Counter(a.publisher for a in self._brief.articles if a.publisher)
        return sorted(counts, key=lambda p: (-counts[p], p))

    def glance(self) -> list[Figure]:
        """The brief in four numbers."""
        b = self._brief
        if not b.articles:
            return []
        copies = sum(1 for a in b.articles if a.duplicate_of)
        origins = len({a.origin for a in b.articles})
        shared = sum(1 for e in b.events if e.origins > 1)
        speakers = {a.speaker_name for a in b.assessments if a.speaker_name}
        found = [
            Figure(
                f"{len(b.articles):,}",
                _plural(len(b.articles), "article read", "articles read") + _of(copies, "near-copy", "near-copies"),
            ),
            Figure(
                f"{origins:,}",
                _plural(origins, "independent origin", "independent origins") + _outlets(len(self.outlets)),
            ),
        ]
        if b.events:
            found.append(
                Figure(
                    f"{len(b.events):,}",
                    _plural(len(b.events), "event", "events") + f", {shared:,} told by two or more origins",
                )
            )
        if b.assessments:
            words = _plural(len(b.assessments), "attributed statement", "attributed statements")
            found.append(
                Figure(
                    f"{len(b.assessments):,}",
                    f"{words}, {len(speakers):,} named {_plural(len(speakers), 'speaker', 'speakers')}",
                )
            )
        return found

    def since_line(self) -> str:
        """What was read since the issue before, and what became of it, in one or two sentences."""
        s = self._brief.since
        if s is None:
            return ""
        read = f"{s.new_articles:,} new {_plural(s.new_articles, 'article was', 'articles were')} read"
        told = f"{s.unmoved_stories:,} {_plural(s.unmoved_stories, 'story', 'stories')} told before"
        if s.quiet:
            rest = f"; {_plural(s.new_articles, 'it adds', 'they add')} nothing material to {told}" * bool(
                s.unmoved_stories
            )
            return f"Nothing material has changed. {read}{rest}." if s.new_articles else "No new article has come in."
        parts = [f"{s.new_stories:,} new {_plural(s.new_stories, 'story', 'stories')}"] * bool(s.new_stories)
        parts += [f"{s.moved_stories:,} told before that moved"] * bool(s.moved_stories)
        parts += [f"{s.unmoved_stories:,} told before and unchanged, left out"] * bool(s.unmoved_stories)
        return f"{read}. Stories: {', '.join(parts)}." if parts else f"{read}."

    def change(self, change: Change) -> str:
        """The word of its tag: what moved, where that says more."""
        said = {"denied": "denied since", "corroborated": "corroborated", "date": "date moved"}
        return said.get(change.aspect or "", change.change) if change.change == "updated" else change.change

    def step(self, change: Change) -> bool:
        """Whether before and after are short enough to stand side by side."""
        return bool(change.before and change.after) and len(f"{change.before}{change.after}") <= STEP

    def key_judgements(self) -> Sequence[Any]:
        """As the brief has them."""
        return self._brief.key_judgements

    def events(self) -> list[EventRow]:
        """News events, numbered in the order of the brief."""
        return [EventRow(n, e, self.grade(e)) for n, e in enumerate(self._of(background=False), 1)]

    def background(self) -> list[EventRow]:
        """Events that are background, numbered apart."""
        return [EventRow(n, e, self.grade(e)) for n, e in enumerate(self._of(background=True), 1)]

    def actors(self) -> list[ActorRow]:
        """Actors that have a name and act, most salient first; mere places and nameless groups are in the JSON."""
        shown = [a for a in self._brief.actors if a.acts and a.named] or self._brief.actors
        most = max((len(a.mentions) for a in shown), default=0) or 1
        return [
            ActorRow(
                name=a.name,
                kind=KINDS.get(a.type, ""),
                roles=a.roles,
                role="; ".join(a.roles),
                affiliation=a.affiliation or "",
                also=tuple(dict.fromkeys(x.name for x in a.aliases if x.name != a.name)),
                evidence=a.evidence,
                mentions=len(a.mentions),
                articles=len({m.article for m in a.mentions}),
                bar=f"{max(0.6, BAR * len(a.mentions) / most):.1f}mm",
            )
            for a in shown
        ]

    def summary(self) -> Sequence[Statement]:
        """What the bottom line has not said already; all of it where nothing is left."""
        said = {s.evidence for s in self._brief.bottom_line}
        return [s for s in self._brief.summary if s.evidence not in said] or self._brief.summary

    @cached_property
    def yardstick(self) -> str:
        """Name of the row of likelihood names in force."""
        return yardstick.name(self._brief.yardstick)

    def likelihoods(self) -> list[tuple[str, str]]:
        """The words of that yardstick and the chance that they stand for."""
        return [(", ".join(b.words), b.chance) for b in yardstick.bands(self._brief.yardstick)]

    def told_by(self, actor: ActorLine) -> list[tuple[str, int]]:
        """Outlets that name an actor, with how often, most first."""
        counts = Counter(self.publisher(m.article) for m in actor.mentions)
        return sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))

    def speakers(self, lines: Sequence[AssessmentLine]) -> list[Speaker]:
        """``lines`` under the one who speaks, in the order of each speaker's first line."""
        found: dict[tuple[str, str, str], Speaker] = {}
        for line in lines:
            name = line.speaker_name or "Speaker not named"
            key = (line.speaker or name, line.role or "", line.affiliation or "")
            speaker = found.setdefault(key, Speaker(name, line.role or "", line.affiliation or ""))
            speaker.lines.append(line)
        return list(found.values())

    def answers(self, claim: ClaimLine) -> list[tuple[str, DenialLine]]:
        """Denials with who makes them; one sentence in which several deny is shown once."""
        found: dict[str, tuple[list[str], DenialLine]] = {}
        for denial in claim.denials:
            names, _ = found.setdefault(denial.text, ([], denial))
            if denial.speaker_name and denial.speaker_name not in names:
                names.append(denial.speaker_name)
        return [(", ".join(names), denial) for names, denial in found.values()]

    def relations(self) -> list[RelationLine]:
        """Those that most sources state first."""
        return sorted(self._brief.relations, key=lambda r: -len({e.article for e in r.evidence}))

    def countries(self) -> list[Country]:
        """Actors that are countries by name, with the number of events in which they act or are acted upon."""
        events = Counter(a for e in self._brief.events for a in set(e.actors))
        found: dict[str, Country] = {}
        for a in self._brief.actors:
            code = shapes.code(a.name) if a.type == "GPE" else None
            if code and events[a.id]:
                found.setdefault(code, Country(code, a.name, events[a.id]))
        return sorted(found.values(), key=lambda c: (-c.count, c.name))

    def grade(self, event: EventLine) -> str:
        """Reliability of the best source that tells it, and the event's credibility: ``B2``."""
        grades = [self._articles[e.article].reliability for e in event.evidence if e.article in self._articles]
        return f"{min(grades, default='F')}{event.credibility}"

    def who(self, ids: Sequence[str]) -> str:
        """Names of actors, parted by commas."""
        return ", ".join(self.names[i] for i in ids if i in self.names)

    def publisher(self, article: str) -> str:
        """Who published an article, or its title, or its id."""
        a = self._articles.get(article)
        return (a.publisher or a.title or a.id) if a else article

    def outlets_of(self, evidence: Sequence[Evidence]) -> str:
        """Publishers of the articles that evidence stands in, each once."""
        return ", ".join(dict.fromkeys(self.publisher(e.article) for e in evidence))

    def problems(self) -> Sequence[Any]:
        """As the brief has them."""
        return self._brief.problems

    def _of(self, *, background: bool) -> list[EventLine]:
        """Events of one kind. A sentence that tells several is shown once a date, and not also without one."""
        found: dict[tuple[str, str | None], EventLine] = {}
        dated = {e.text for e in self._brief.events if e.background is background and e.date}
        for e in self._brief.events:
            if e.background is background and (e.date or e.text not in dated):
                found.setdefault((e.text, e.date), e)
        return list(found.values())


def band(likelihood: Likelihood | None) -> str:
    """``55–80 %``, or empty where the word is on no scale."""
    if likelihood is None or likelihood.low is None or likelihood.high is None:
        return ""
    return f"{round(likelihood.low * 100)}–{round(likelihood.high * 100)} %"


def relation(line: RelationLine) -> str:
    """``allied_with`` as ``allied with``."""
    return line.kind.replace("_", " ")


def items(view: View, brief: Brief, section: str) -> Sequence[Any] | None:
    """The lines that a section lists, before its limit; None for sections that are no list."""
    quiet = brief.since is not None and brief.since.issue is not None
    table: dict[str, Callable[[], Sequence[Any] | None]] = {
        "glance": view.glance,
        "summary": view.summary,
        "events": view.events,
        "background": view.background,
        "actors": view.actors,
        "relations": view.relations,
        "places": view.countries,
        "profile": lambda: brief.actors[:1],
        "others": lambda: view.actors()[1:],
        "coverage": lambda: brief.coverage or brief.problems,
        "changes": lambda: brief.changes or (None if quiet else ()),  # an issue without any says so
    }
    if section in table:
        return table[section]()
    if section in Brief.model_fields and isinstance(found := getattr(brief, section), tuple):
        return found
    return None


def shorten(found: Sequence[Any], limit: int | None) -> list[Any]:
    """The first ``limit`` lines; of events the weightiest, then the newest, in their order and numbered anew."""
    if limit is None or len(found) <= limit or not isinstance(found[0], EventRow):
        return list(found[:limit])
    best = sorted(range(len(found)), key=lambda i: (-found[i].event.weight, _before(found[i].event.date), i))[:limit]
    return [replace(found[i], number=n) for n, i in enumerate(sorted(best), 1)]


def _before(date: str | None) -> tuple[int, ...]:
    """Sorts newer dates first and no date last."""
    return tuple(-ord(c) for c in date) if date else (0,)


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _of(count: int, one: str, many: str) -> str:
    return f", {count:,} of them {_plural(count, 'a ' + one, many)}" if count else ""


def _outlets(count: int) -> str:
    return f", {count:,} {_plural(count, 'outlet', 'outlets')}" if count else ""
