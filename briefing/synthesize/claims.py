"""Assessed attributions, places and known actors → claims: allegations of one thing, with the denials that answer them.

Two are about one thing when they share actors and words that are rare among all of them. A denial that names only "the
allegations" answers what was last said of the denier in the same article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from briefing.records import Assessed, Claim, KnownActor, Placed
from briefing.synthesize.vectors import common_words, stem

# Allegations alike by so much are tellings of one; a denial needs less, for it seldom repeats the whole charge.
SAME_CLAIM = 0.30
ANSWERS = 0.12
# Words among the commonest of English say nothing of what a charge is about.
_COMMON = 120
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What a denial that repeats no charge is made of.
_BARE = frozenset(
    {"accusation", "allegation", "charge", "claim", "report", "wrongdo", "involvement", "all", "suggestion", "any",
     "responsibility", "assertion", "such", "repeatedly", "them", "this", "that", "these", "those"}
)  # fmt: skip

# A denial of any part in the matter, whatever words the charge had.
_NO_PART = re.compile(
    r"(?i)\b(?:any|no)thing to do with\b|\b(?:any|no) (?:involvement|role|part|hand|responsibility|connection)\b"
    r"|\b(?:was|were|is|are) (?:involved|responsible|behind)\b"
)

Status = Literal["unconfirmed", "corroborated", "denied"]


@dataclass(frozen=True)
class _Matter:
    """What a claim or denial is about: known actors in its content, and its words."""

    said: Assessed
    actors: frozenset[str]
    words: frozenset[str]
    place: int  # in the order of the attributions
    voice: frozenset[str] = frozenset()  # who speaks, and whom the speaker's description names: "X's foreign ministry"


def join_claims(
    attributions: Sequence[Assessed], placed: Sequence[Placed], actors: Sequence[KnownActor] = ()
) -> tuple[Claim, ...]:
    """Claims in the order in which they were first made; copies of an article are no second telling."""
    copies = {p.id for p in placed if p.duplicate_of}
    origin = {p.id: p.origin for p in placed}
    named = _named(actors)
    matters = [
        _matter(said, n, named.get(said.article, ()))
        for n, said in enumerate(attributions)
        if said.kind in {"allegation", "denial"} and said.article not in copies
    ]
    weight = _weights(matters)
    groups: list[list[_Matter]] = []
    for claim in (m for m in matters if m.said.kind == "allegation"):
        home = next((g for g in groups if any(_alike(claim, c, weight) >= SAME_CLAIM for c in g)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    denials = [m for m in matters if m.said.kind == "denial"]
    stories = {p.id: p.story for p in placed}
    accused = {id(d): _accusing(d, groups, stories) for d in denials}
    answers = [_answers(group, denials, matters, weight) for group in groups]
    answers = [[d for d in denials if d in found or accused[id(d)] == [n]] for n, found in enumerate(answers)]
    return tuple(_claim(group, found, origin) for group, found in zip(groups, answers, strict=True))


def _named(actors: Sequence[KnownActor]) -> dict[str, list[tuple[int, int, KnownActor]]]:
    """Article id → the mentions of known actors in it."""
    found: dict[str, list[tuple[int, int, KnownActor]]] = {}
    for actor in actors:
        for m in actor.mentions:
            found.setdefault(m.article, []).append((m.start, m.end, actor))
    return found


def _matter(said: Assessed, place: int, named: Sequence[tuple[int, int, KnownActor]]) -> _Matter:
    inside = [a for s, e, a in named if any(x.start <= s and e <= x.end for x in said.evidence)]
    names = {w.lower() for a in inside for n in (a.name, *(x.name for x in a.aliases)) for w in n.split()}
    words = {_root(w) for e in said.evidence for w in _WORD.findall(e.quote) if w.lower() not in names}
    rank = common_words()
    words |= {f"={matter}" for w in words if (matter := _matters().get(w))}
    kept = {w for w in words if rank.get(w, _COMMON) >= _COMMON and len(w) > 2}
    own = said.speaker_evidence
    voice = {a.id for s, e, a in named if own and own.start <= s and e <= own.end} | {said.speaker or ""} - {""}
    return _Matter(said, frozenset(a.id for a in inside), frozenset(kept), place, frozenset(voice))


@cache
def _matters() -> dict[str, str]:
    """Root of a word → the matter that it names, where it is one of the list."""
    data = yaml.safe_load((Path(__file__).parent / "lexicons" / "matters.yaml").read_text(encoding="utf-8"))
    return {_root(word.split()[-1]): matter for matter, words in data.items() for word in words}


def _root(word: str) -> str:
    """A word without the endings that inflection gives it; crude, the same for all."""
    low = stem(word.lower())
    for ending in ("ing", "ed", "es", "er", "al", "s"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)]
    return low.removesuffix("e") if len(low) > 4 else low


def _weights(matters: Sequence[_Matter]) -> dict[str, float]:
    count: Counter[str] = Counter()
    for m in matters:
        count.update(m.words)
    total = len(matters) + 1
    return {word: math.log(1 + total / n) for word, n in count.items()}


def _alike(a: _Matter, b: _Matter, weight: Mapping[str, float]) -> float:
    """Share of weighted words in common; nothing without a common actor where both name some."""
    if a.actors and b.actors and not a.actors & b.actors:
        return 0.0
    both = _sum(a.words & b.words, weight)
    lesser = min(_sum(a.words, weight), _sum(b.words, weight))
    bonus = 0.1 * min(2, len(a.actors & b.actors)) if both else 0.0
    return both / lesser + bonus if lesser else 0.0


def _sum(words: frozenset[str], weight: Mapping[str, float]) -> float:
    return sum(weight[w] for w in sorted(words))


def _answers(
    group: Sequence[_Matter], denials: Sequence[_Matter], matters: Sequence[_Matter], weight: Mapping[str, float]
) -> list[_Matter]:
    """The denials of a claim: by somebody it names, of the same thing; a bare denial answers what stands before it."""
    found = []
    for denial in denials:
        if any(denial.said.speaker and denial.said.speaker == c.said.speaker for c in group):
            continue  # nobody denies what he claims himself
        accused = any(denial.voice & c.actors for c in group)
        shared = max(_alike(denial, c, weight) for c in group)
        bare = denial.words <= _BARE
        if bare:
            if accused and _last_said_of(denial, matters) in [c.place for c in group]:
                found.append(denial)
        elif shared >= (ANSWERS if accused else SAME_CLAIM):
            found.append(denial)
    told = {(d.said.article, d.said.index) for d in found}
    return [d for d in denials if (d.said.article, d.said.index) in told]


def _accusing(denial: _Matter, groups: Sequence[Sequence[_Matter]], stories: Mapping[str, str]) -> list[int]:
    """For a denial of any part: places of the charges of its story that name the denier."""
    said = denial.said
    if not any(_NO_PART.search(e.quote) for e in said.evidence):
        return []
    story = stories.get(said.article)
    return [
        n
        for n, group in enumerate(groups)
        if any(denial.voice & c.actors and stories.get(c.said.article) == story for c in group)
        and not any(said.speaker and said.speaker == c.said.speaker for c in group)
    ]


def _last_said_of(denial: _Matter, matters: Sequence[_Matter]) -> int | None:
    """Place of the last allegation in the denial's article, before it, that names the denier."""
    said = [
        m.place
        for m in matters
        if m.said.kind == "allegation"
        and m.said.article == denial.said.article
        and m.place < denial.place
        and denial.voice & m.actors
    ]
    return max(said, default=None)


def _claim(group: Sequence[_Matter], denials: Sequence[_Matter], origin: Mapping[str, str]) -> Claim:
    first = next((m.said for m in group if m.said.speaker), group[0].said)
    origins = len({origin.get(m.said.article, m.said.article) for m in group})
    status: Status = "denied" if denials else "corroborated" if _corroborated(group, origin) else "unconfirmed"
    return Claim(
        claimant=first.speaker,
        claimant_name=first.speaker_name,
        status=status,
        claims=tuple(m.said for m in group),
        denials=tuple(m.said for m in denials),
        origins=origins,
    )


def _corroborated(group: Sequence[_Matter], origin: Mapping[str, str]) -> bool:
    """Said by two speakers in articles of two origins: one speaker told twice confirms nothing."""
    told = {(m.said.speaker or m.said.speaker_name, origin.get(m.said.article, m.said.article)) for m in group}
    named = {(who, where) for who, where in told if who}
    return any(a[0] != b[0] and a[1] != b[1] for a in named for b in named)
