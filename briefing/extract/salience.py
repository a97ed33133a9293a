"""Reading, Cast and findings → the actors, most salient first."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extract import lexicon
from briefing.extract.credits import captions, datelines
from briefing.extract.gazetteer import gazetteer
from briefing.extract.reading import Cast, Reading
from briefing.records import Actor, Attribution, Event, MainEvent, Mention, Span

# What an editor looks at: the headline, then the lead and who acts in it, then how often and how widely one is named.
HEADLINE = 2.0
LEAD, LEAD_SUBJECT, SECOND, EARLY = 1.1, 0.4, 1.0, 0.25
COUNT, SPREAD, SUBJECT = 0.45, 0.5, 0.12
MAIN = 0.1
MODEL = 0.02  # a make or model stands behind everybody: it is no actor, it only has events
ONLY_SPEAKS = 0.6  # an expert who comments is not what a story is about
PLACE, OUTLET = 1.1, 0.45
SHORTEST = 7  # words of a sentence that can be a lead
_HEADLINE_END = re.compile(r"[.!?]['\"”’)]*\s*$")
_QUANTITIES = lexicon.words("people", "quantity")
_SPEECH = lexicon.words("people", "speech")


@dataclass(frozen=True)
class _Layout:
    """Where an article's parts end, in characters."""

    headline: int
    lead: int
    second: int
    early: int
    paragraphs: tuple[int, ...]


def rank(
    reading: Reading, cast: Cast, attributions: Sequence[Attribution], events: Sequence[Event], main: MainEvent
) -> tuple[Actor, ...]:
    """The cast's actors with ``salience`` set (0..1), most salient first."""
    del attributions, events  # counting acts and speech moved the order away from editors' in every weight tried
    pictures = [*captions(reading.article.text), *datelines(reading.article.text)]
    mentions = _by_actor(cast, pictures)
    layout, titled = _layout(reading, pictures), _in_title(reading, cast, mentions)
    raw: dict[str, float] = {}
    for a in cast.actors:
        own = mentions.get(a.id, [])
        score = _weight(reading, own, layout) + HEADLINE * (a.id in titled)
        score += MAIN * any(main.who is not None and main.who[0] <= m.start < main.who[1] for m in own)
        raw[a.id] = score * _kind(reading, a, own, titled)
    top = max(raw.values(), default=0.0) or 1.0
    ranked = sorted(cast.actors, key=lambda a: (-raw[a.id], int(a.id[1:])))
    return tuple(a.model_copy(update={"salience": round(raw[a.id] / top, 4)}) for a in ranked)


def _by_actor(cast: Cast, pictures: list[Span]) -> dict[str, list[Mention]]:
    """Mentions of each actor, without those inside a longer name: a city in its university's is not spoken of."""
    out: dict[str, list[Mention]] = defaultdict(list)
    reach = 0
    for m in cast.mentions:  # in order of start, longest first
        if m.form == "name" and m.end <= reach:
            continue
        if m.form == "name":
            reach = m.end
        if m.actor is not None and not _within(m.start, pictures):
            out[m.actor].append(m)
    return out


def _within(offset: int, stretches: list[Span]) -> bool:
    return any(a <= offset < b for a, b in stretches)


def _layout(reading: Reading, pictures: list[Span]) -> _Layout:
    text = reading.article.text
    ends = [b for _, b in reading.paragraphs] or [len(text)]
    headline = ends[0] if len(ends) > 2 and not _HEADLINE_END.search(text[: ends[0]]) else 0
    sentences = [b for a, b in _sentences(reading) if a >= headline and not _within(b - 1, pictures)] or [len(text)]
    lead, second, early = (sentences[min(k, len(sentences) - 1)] for k in (0, 1, 4))
    return _Layout(headline, lead, second, early, tuple(ends))


def _sentences(reading: Reading) -> list[Span]:
    """Sentences of seven words or more that end as sentences do, none over a line's end."""
    out = []
    for sent in reading.doc.sents:
        start = sent.start
        for i in range(sent.start, sent.end):
            if i == sent.end - 1 or (reading.doc[i].is_space and "\n" in reading.doc[i].text):
                span = reading.doc[start : i + 1]
                if i - start >= SHORTEST and _HEADLINE_END.search(span.text):
                    out.append((span.start_char, span.end_char))
                start = i + 1
    return out


def _in_title(reading: Reading, cast: Cast, mentions: dict[str, list[Mention]]) -> set[str]:
    """Actors that the headline names."""
    if reading.title is None:
        return set()
    title = reading.title.text.casefold()
    words = set(re.findall(r"\w+", title))
    found = set()
    for a in cast.actors:
        if not any(m.form == "name" for m in mentions.get(a.id, ())):
            continue
        for name in (a.name, *a.aliases):
            low = name.casefold()
            if low.split()[0] in words and re.search(rf"(?<!\w){re.escape(low)}(?!\w)", title):
                found.add(a.id)
    return found


def _weight(reading: Reading, own: Sequence[Mention], layout: _Layout) -> float:
    if not own:
        return 0.0
    score = HEADLINE * (own[0].start < layout.headline)
    inside = [m for m in own if m.start >= layout.headline and not _says_where(reading, m)]
    if inside:
        start = inside[0].start
        if start < layout.lead:
            score += LEAD + LEAD_SUBJECT * _is_subject(_root(reading, inside[0]))
        elif start < layout.early:
            score += SECOND if start < layout.second else EARLY
    score += COUNT * math.log(len(own))
    score += SPREAD * len({bisect_right(layout.paragraphs, m.start) for m in own}) / len(layout.paragraphs)
    return score + SUBJECT * math.log1p(sum(_is_subject(_root(reading, m)) for m in own))


def _says_where(reading: Reading, m: Mention) -> bool:
    """The country in "University of Leeds of the UK" only says which university."""
    root = _root(reading, m) if m.type in ("GPE", "LOC") else None
    return (
        root is not None
        and root.dep_ == "pobj"
        and root.head.lower_ == "of"
        and root.head.head.ent_type_ in ("ORG", "FAC")
    )


def _root(reading: Reading, m: Mention) -> Token | None:
    span = reading.span(m.start, m.end)
    return None if span is None else span.root


def _is_subject(root: Token | None) -> bool:
    if root is None or _speaks(root):
        return False
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lower_ in _QUANTITIES:
        root = root.head.head  # "hundreds of miners struck"
    return root.dep_ in ("nsubj", "nsubjpass", "agent")


def _speaks(root: Token) -> bool:
    return root.dep_ == "nsubj" and root.head.lemma_ in _SPEECH


def _kind(reading: Reading, a: Actor, own: Sequence[Mention], titled: set[str]) -> float:
    weight = MODEL if a.type == "PRODUCT" else 1.0
    if a.type in ("LOC", "FAC", "GPE"):
        weight *= PLACE
    known = gazetteer().get(a.name)
    if known is not None and known.sort == "outlet" and a.id not in titled:
        weight *= OUTLET
    if a.type == "PERSON" and own and any(_speaks(r) for r in (_root(reading, m) for m in own) if r is not None):
        subjects = sum(_is_subject(_root(reading, m)) for m in own)
        if subjects == 0:
            weight *= ONLY_SPEAKS
    return weight
