"""Known actors and events of all articles → what sources say differently: names, numbers, dates, who."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from briefing.records import Article, Discrepancy, Evidence, Extraction, KnownActor, KnownEvent, Placed, Telling, Value
from briefing.synthesize import same_quantity
from briefing.synthesize.tellings import head_noun

SPELLING = 2  # letters that two spellings of one part of a name differ by


def find(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    events: Sequence[KnownEvent],
    *,
    placed: Sequence[Placed] = (),
) -> tuple[Discrepancy, ...]:
    """One Discrepancy a disagreement: names, then numbers, then in order of events. Without ``placed`` no numbers."""
    told = {x.id: x for x in extractions}
    out = [d for actor in actors for d in _spellings(actor, told)]
    out += same_quantity.find(articles, extractions, actors, placed)
    for event in events:
        apart = [t for t in event.tellings if event.origins > 1]
        out += [d for d in (_dates(event, apart, told), _who(event, apart, told)) if d]
    return tuple(out)


def _dates(event: KnownEvent, tellings: Sequence[Telling], told: Mapping[str, Extraction]) -> Discrepancy | None:
    """Days, months or years that exclude each other."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for t in tellings:
        date = told[t.article].events[t.event].date
        if date and told[t.article].events[t.event].when:
            found[date].append(t.evidence)
    apart = [d for d in found if not any(o != d and o.startswith(d) for o in found)]
    return _discrepancy(f"when: {event.verb}", {d: found[d] for d in sorted(apart)})


def _who(event: KnownEvent, tellings: Sequence[Telling], told: Mapping[str, Extraction]) -> Discrepancy | None:
    """Tellings that name different persons as the doer, or different bodies."""
    found: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for t in tellings:
        extraction = told[t.article]
        source = extraction.events[t.event].source
        actor = next((a for a in extraction.actors if len(source) == 1 and a.id == source[0]), None)
        if actor is not None and head_noun(actor.name) is None and actor.type in ("PERSON", "ORG"):
            found[actor.type][actor.name].append(t.evidence)
    if len(event.source) < 2:
        return None
    return next((d for said in found.values() if (d := _discrepancy(f"who: {event.verb}", said))), None)


def _spellings(actor: KnownActor, told: Mapping[str, Extraction]) -> Iterator[Discrepancy]:
    """Full names of one person that differ by a few letters in one part."""
    if actor.type != "PERSON":
        return
    names: dict[str, list[Evidence]] = defaultdict(list)
    for article, member in actor.members:
        name = next((a.name for a in told[article].actors if a.id == member), None)
        said = next((m for m in told[article].mentions if m.actor == member and m.text == name), None)
        if name and said:
            names[name].append(Evidence(article=article, start=said.start, end=said.end, quote=said.text))
    first = next(iter(names), None)
    others = [n for n in names if first and n != first and is_variant(first, n)]
    if first and others:
        found = _discrepancy(f"name: {actor.name}", {n: names[n] for n in (first, *others)})
        if found:
            yield found


def is_variant(a: str, b: str) -> bool:
    """Whether two full names are two spellings of one: a few letters of one part differ."""
    x, y = _plain(a), _plain(b)
    if len(x) != len(y) or len(x) < 2:
        return False
    apart = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
    return len(apart) == 1 and Levenshtein.distance(*apart[0]) <= SPELLING


def _plain(name: str) -> list[str]:
    """The parts of a name without accents, case and stops: those are no other spelling."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalpha() or c.isspace() or c == "-")
    return letters.casefold().split()


def _discrepancy(what: str, values: Mapping[str, Sequence[Evidence]]) -> Discrepancy | None:
    """At least two values, from at least two articles."""
    if len(values) < 2 or len({e.article for said in values.values() for e in said}) < 2:
        return None
    return Discrepancy(what=what, values=tuple(Value(value=v, evidence=tuple(said)) for v, said in values.items()))
