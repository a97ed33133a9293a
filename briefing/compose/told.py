"""Desk → what an issue tells, item by item: stories, judgements, events, assessments, claims, with what they rest on.

An item is what a later issue can find again and hold its own findings against: a sentence of news, what one speaker
says of one matter in one story, a claim with its denials. Background and mere thoughts are no items.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as day
from functools import lru_cache
from pathlib import Path

from briefing import yamlfile
from briefing.compose import claims, events, judgements, summary, wording
from briefing.compose.assessments import once, quoted, shown
from briefing.compose.counted import figures
from briefing.compose.desk import Desk, tidy
from briefing.records import Assessed, Claim, EventLine, Evidence, ItemKind, KeyJudgement, Likelihood, ToldItem

WHOLE = 10_000  # judgements: every one is an item, however few the brief shows
SAME_MATTER = 0.4  # cosine from which one voice speaks of one matter
STALE = 14  # days before its article from which what a sentence tells is background
EARLY = 10  # sentences below which what an article adds is detail
FIRST = 3  # sentences in which an article says what it is about
OPENING = 240  # characters of an article without sentences that stand for it

_WEEKDAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|overnight)\b", re.I)
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]+(?:,[^–—()]{0,30})?(?:\([^)]{1,30}\))?\s*(?:--?|–|—)\s")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|``.*?''")
_NAMED = re.compile(r"(?<=[\w,;’'] )[A-Z][a-z]|\[")


@dataclass(frozen=True)
class Row:
    """An item of this issue with what the record of it does not keep."""

    item: ToldItem
    story: str  # as placed in this batch
    weight: float
    fresh: tuple[Evidence, ...]  # its words in articles that are new
    said: Likelihood | None = None  # the likelihood that the newest of them gives
    denials: tuple[tuple[str, Evidence], ...] = ()  # who denies it in new articles, and where
    opens: bool = False  # one of its fresh words stands where an article says what it is about
    sound: bool = True  # its text can stand alone
    typed: bool = True  # an event of a known kind, or something said
    line: str = ""  # how it is told where it is new; its text without it
    stale: bool = False  # what it tells is long past
    early: bool = True  # some of its fresh words stand in the upper part of their article
    leads: bool = False  # some of them are the very first sentence of their article
    days: tuple[str, ...] = ()  # days that its fresh words name; "" for a day of the week that nothing resolves

    def named(self, id: str, story: str | None = None) -> Row:  # noqa: A002
        """The same row as the continuation of an item."""
        return replace(self, item=self.item.model_copy(update={"id": id, "story": story or self.item.story}))


def rows(desk: Desk, new: Collection[str]) -> list[Row]:
    """Every item, in the order of stories; inside each stories first, then claims, judgements, assessments, events."""
    watched = _watched(desk)
    maker = _Maker(desk, frozenset(new), watched)
    found = [*maker.stories(), *maker.claims(), *maker.judgements(), *maker.assessments(), *maker.events()]
    unique: dict[str, Row] = {}
    for row in found:
        unique.setdefault(row.item.id, row)
    return list(unique.values())


class _Maker:
    def __init__(self, desk: Desk, new: frozenset[str], watched: frozenset[tuple[str, int, int]]) -> None:
        self.desk, self.new = desk, new
        old = (a for a in desk.found.articles if a.id not in new)
        self.old = {_plain(a.text[s.start : s.end]) for a in old for s in desk.extraction[a.id].sentences}
        self.place = {a.id: n for n, a in enumerate(desk.found.articles)}
        self.watched: dict[str, list[tuple[int, int]]] = {}
        for article, start, end in sorted(watched):
            self.watched.setdefault(article, []).append((start, end))

    def row(
        self,
        kind: ItemKind,
        text: str,
        evidence: Iterable[Evidence],
        *,
        weight: float,
        own: str = "",
        fresh: Iterable[Evidence] | None = None,
        said: Likelihood | None = None,
        denials: tuple[tuple[str, Evidence], ...] = (),
        **more: object,
    ) -> Row:
        """``own`` tells apart what the same words tell twice. Evidence comes in the order of the articles."""
        words = sorted(dict.fromkeys(evidence), key=lambda e: (self.place[e.article], e.start, e.end))
        story = self.desk.placed[words[0].article].story
        item = ToldItem(
            id=_ident(kind, words[0], own),
            kind=kind,
            story=story,
            text=text,
            evidence=tuple(words),
            figures=tuple(dict.fromkeys(f.words for e in words for f in figures(e.quote))),
            watched=any(self._is_watched(e) for e in words),
        ).model_copy(update=more)
        late = tuple(e for e in (words if fresh is None else fresh) if self._fresh(e))
        leads, opens, early = (any(self._within(e, first) for e in late) for first in (1, FIRST, EARLY))
        stale = bool(late) and all(stale_words(self.desk, e) for e in late)
        return Row(
            item,
            story,
            weight + item.watched + opens,
            late,
            said,
            denials,
            opens,
            _stands(text),
            stale=stale,
            early=early,
            leads=leads,
            days=tuple(dict.fromkeys(d for e in late for d in named_days(self.desk, e))),
        )

    def _story(self, e: Evidence) -> str:
        return self.desk.placed[e.article].story

    def _fresh(self, e: Evidence) -> bool:
        """Whether words stand in a new article, and in no old one letter for letter."""
        return e.article in self.new and _plain(e.quote) not in self.old

    def _is_watched(self, e: Evidence) -> bool:
        return any(e.start <= a and b <= e.end for a, b in self.watched.get(e.article, ()))

    def _within(self, e: Evidence, first: int) -> bool:
        """Whether words stand in the first sentences of their article."""
        sentences = self.desk.extraction[e.article].sentences[:first]
        return any(s.start < e.end and e.start < s.end for s in sentences)

    # ------------------------------------------------------------------------------------------------------ the kinds
    def stories(self) -> list[Row]:
        """One a story: the sentence that carries it best, and how each of its articles opens."""
        told = summary.candidates(self.desk)
        by_story: dict[str, list[summary.Candidate]] = {}
        for c in told:
            by_story.setdefault(c.story, []).append(c)
        out = []
        for story in self.desk.story_order:
            openings = [e for a in self.desk.found.articles if self._in(a.id, story) and (e := self._opening(a.id))]
            pool = by_story.get(story, [])
            whole = [c for c in pool if not c.copy]
            good = [c for c in whole if self._tells(c.statement.evidence[0])]
            free = [c for c in good if c.position < FIRST] or good  # where none is good, a headline is better
            best = summary.choose(free, summary.weights(self.desk, pool), 60, least=1.0)[:1] or free[:1]
            lead = best[0].statement.evidence[0] if best else next(iter(openings), None)
            if lead is None:
                continue
            text = best[0].statement.text if best else self._headline(lead)
            origins = len({p.origin for p in self.desk.found.placed if p.story == story})
            row = self.row("story", text, [lead, *openings], weight=origins, own=story, origins=origins)
            item = row.item.model_copy(update={"evidence": (lead, *(e for e in row.item.evidence if e != lead))})
            out.append(replace(row, item=item))
        return out

    def _tells(self, e: Evidence) -> bool:
        """Whether a sentence can stand for a story: nothing long past, and no mere explaining of what is what."""
        acts = (x for x in self.desk.extraction[e.article].events if not x.background and x.when)
        dated = any(x.evidence[0] < e.end and e.start < x.evidence[1] for x in acts)
        alone = not _points_back(e.quote) and not _unnamed(e.quote)
        return alone and not stale_words(self.desk, e) and (dated or not _explains().search(e.quote))

    def _headline(self, opening: Evidence) -> str:
        return tidy(self.desk.article[opening.article].title or opening.quote)

    def _in(self, article: str, story: str) -> bool:
        return self.desk.placed[article].story == story

    def _opening(self, article: str) -> Evidence | None:
        sentences = self.desk.extraction[article].sentences
        text = self.desk.article[article].text
        start, end = (sentences[0].start, sentences[0].end) if sentences else (0, min(OPENING, len(text)))
        return self.desk.evidence(article, start, end) if text[start:end].strip() else None

    def events(self) -> list[Row]:
        """One a sentence: its weightiest event that is news and has happened, will happen, or is said to."""
        lines = (e for e in events.event_lines(self.desk) if e.lead and not e.background)
        return [self._event(e) for e in lines if e.factuality != "hypothetical"]

    def _event(self, e: EventLine) -> Row:
        names = tuple(self.desk.actor[a].name for a in e.actors if a in self.desk.actor)
        row = self.row(
            "event", e.text, e.evidence, weight=e.weight, actors=names, origins=e.origins,
            status=e.factuality, date=e.date,
        )  # fmt: skip
        return replace(row, typed=e.type is not None)

    def assessments(self) -> list[Row]:
        """What one speaker says of one matter in one story is one item; its likelihood is what was said last."""
        said = [a for a in self.desk.found.attributions if a.kind == "assessment" and shown(self.desk, a)]
        groups: list[tuple[tuple[str, str], list[Assessed], list[frozenset[str]]]] = []
        by_voice: dict[tuple[str, str], list[int]] = {}
        for a in once(said):
            voice = (self.desk.placed[a.article].story, self.desk.said_by(a) or "")
            roots = matter(quoted(a), a.likelihood)
            near = (n for n in by_voice.get(voice, ()) if any(_alike(roots, r) for r in groups[n][2]))
            n = next(near, len(groups))
            if n == len(groups):
                groups.append((voice, [], []))
                by_voice.setdefault(voice, []).append(n)
            groups[n][1].append(a)
            groups[n][2].append(roots)
        return [self._assessment(voice, group) for (_, voice), group, _ in groups]

    def _assessment(self, voice: str, group: Sequence[Assessed]) -> Row:
        ordered = sorted(group, key=lambda a: self.place[a.article])
        likely = [a for a in ordered if a.likelihood and not wording.weak(a.likelihood.term)]
        late = [a for a in likely if self._fresh(a.sentence)]
        first = ordered[0]
        strong = {"expert": 0.5, "third_official": 0.5}.get(first.standing, 0.0)
        row = self.row(
            "assessment",
            quoted(first),
            [a.sentence for a in ordered],
            weight=1.0 + strong + 0.5 * bool(likely) + 0.25 * first.forward,
            own=voice,
            said=self.desk.measured(late[-1].likelihood) if late else None,
            speaker=voice,
            actors=(voice,) if voice else (),
            origins=len({self.desk.placed[a.article].origin for a in ordered}),
            likelihood=self.desk.measured(likely[-1].likelihood) if likely else None,
        )
        line = self._lifted(first.sentence)
        typed = bool(likely) or any(a.standing not in ("other", "witness") for a in ordered)
        return replace(row, typed=typed, line=line, sound=_stands(line))

    def claims(self) -> list[Row]:
        """Each claim with its denials."""
        return [self._claim(c) for c in self.desk.found.claims]

    def _claim(self, c: Claim) -> Row:
        voices = [self.desk.said_by(d) or "a source" for d in c.denials]
        first = c.claims[0].sentence
        denied = zip(voices, (d.sentence for d in c.denials), strict=True)
        return self.row(
            "claim",
            claims.text(self.desk, c.claims[0]),
            [a.sentence for a in (*c.claims, *c.denials)],
            weight=1.5 + 0.25 * c.origins + 0.5 * bool(c.denials),
            own=c.claimant_name or "",
            fresh=[a.sentence for a in c.claims],
            denials=tuple((v, e) for v, e in denied if self._fresh(e) and self._story(e) == self._story(first)),
            actors=tuple(dict.fromkeys([*([c.claimant_name] if c.claimant_name else []), *voices])),
            speaker=c.claimant_name,
            origins=c.origins,
            status=c.status,
        )

    def judgements(self) -> list[Row]:
        """All that might be key judgements; a brief shows the first few of them."""
        settings = self.desk.config.compose.model_copy(update={"max_judgements": WHOLE})
        wide = Desk(self.desk.found, self.desk.config.model_copy(update={"compose": settings}), self.desk.as_of)
        return [self._judgement(j) for j in judgements.key_judgements(wide)]

    def _judgement(self, j: KeyJudgement) -> Row:
        first = j.evidence[0]
        return self.row(
            "judgement", j.text, j.evidence, weight=1.0, own=j.speaker_name or "", speaker=j.speaker_name,
            actors=(j.speaker_name,) if j.speaker_name else (), likelihood=j.likelihood,
            said=j.likelihood if self._fresh(first) else None,
            origins=len({self.desk.placed[e.article].origin for e in j.evidence}),
        )  # fmt: skip

    def _lifted(self, sentence: Evidence) -> str:
        return tidy(self.desk.lifted(sentence, short=True).text)


def stale_words(desk: Desk, e: Evidence) -> bool:
    """Whether all times that a sentence names, or its turns of phrase, lie well before its article."""
    told = _day(desk.placed[e.article].date)
    times = [t for t in desk.extraction[e.article].times if e.start <= t.start and t.end <= e.end]
    days = [d for t in times if t.type in ("DATE", "TIME") and (d := _last_day(t.resolved)) is not None]
    if told is not None and days:
        return all((told - d).days > STALE for d in days)
    return bool(_background().search(e.quote))


def named_days(desk: Desk, e: Evidence) -> list[str]:
    """The days that a sentence names, its dateline aside; "" for one that cannot be resolved: no date by default."""
    at = _DATELINE.match(e.quote)
    begin = e.start + (at.end() if at else 0)
    times = [t for t in desk.extraction[e.article].times if begin <= t.start and t.end <= e.end]
    found = [d.partition("T")[0] for t in times if t.type in ("DATE", "TIME") and (d := t.resolved)]
    days = [d for d in found if len(d) == len("2031-05-13")]
    return days or ([""] if not found and _WEEKDAY.search(e.quote, begin - e.start) else [])


def _stands(text: str) -> bool:
    """Whether a text can stand alone as a line of what is new: whole, and one sees who speaks."""
    return summary.carries(text) and not _points_back(text) and not _unnamed(text)


def _unnamed(text: str) -> bool:
    """Whether a line only presents a document, or its speaker is known from the sentence before alone."""
    found = _said_by().search(text)
    before = text[: found.start() + 1] if found else ""
    return bool(_presents().match(text)) or (found is not None and not _NAMED.search(_QUOTED.sub("", before)))


def _day(text: str | None) -> day | None:
    try:
        return day.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _last_day(resolved: str | None) -> day | None:
    """The last day of a date, month, year or interval."""
    text = (resolved or "").split("/")[-1].partition("T")[0]
    ends = {4: f"{text}-12-31", 7: f"{text}-28", 10: text}
    return _day(ends.get(len(text)))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, str]:
    data, _ = yamlfile.read(Path(__file__).with_name("lexicons") / "changes.yaml")
    return {str(k): str(v) for k, v in data.items()}


@lru_cache(maxsize=1)
def _background() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_lexicon()['background'].replace('| ', '|')})", re.I)


@lru_cache(maxsize=1)
def _said_by() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[,”\"'’?!]\s+)(?:{_lexicon()['speakers']})\s+(?:{_lexicon()['says']})\b", re.I)


@lru_cache(maxsize=1)
def _explains() -> re.Pattern[str]:
    return re.compile(rf"\b(?:is|are)\s+(?:{_lexicon()['explaining']})\b", re.I)


@lru_cache(maxsize=1)
def _presents() -> re.Pattern[str]:
    return re.compile(rf"(?:{_lexicon()['documents']})\b", re.I)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _points_back(text: str) -> bool:
    first = text.split(" ", 1)[0].lower().strip("“\"'‘[")
    return first in _lexicon()["points_back"].split()


def matter(text: str, likelihood: Likelihood | None, *names: str) -> frozenset[str]:
    """What something is about: its content words without how likely it is, and without who is named."""
    return wording.roots(text) - wording.roots(" ".join([likelihood.term if likelihood else "", *names]))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return wording.alike(a, b) >= SAME_MATTER


def _ident(kind: str, first: Evidence, own: str) -> str:
    """Made of what the item rests on first, so that the same find has the same id in every run."""
    key = "\n".join((kind, first.article, str(first.start), first.quote, own if kind != "story" else ""))
    return f"{kind}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _watched(desk: Desk) -> frozenset[tuple[str, int, int]]:
    """Where watched actors are mentioned."""
    actors = [a for a in desk.found.actors if "watched" in (a.user or "")]
    return frozenset((m.article, m.start, m.end) for a in actors for m in a.mentions)
