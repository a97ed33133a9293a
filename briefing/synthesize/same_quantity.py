"""Articles and extractions → numbers of one thing, told by different sources, that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.records import Article, Discrepancy, Evidence, Extraction, KnownActor, Placed, Time, Value
from briefing.synthesize import quantities
from briefing.synthesize.quantities import Quantity

SHARED = 2  # words, names aside, that say of two numbers that they are about one thing
SHARE = 0.3  # of the words around the barer number
DAYS = 3  # between two articles; what became of people is a sum that grows, and is compared on one day only
NEWS_DAYS = 7  # a day so near to that of the article is the news itself
MOST = 400  # numbers of one thing in one story that are compared
PLACES = ("GPE", "LOC", "FAC")
Known = Mapping[tuple[str, str], KnownActor]


@dataclass(frozen=True)
class Told:
    """A quantity with what it is compared by."""

    quantity: Quantity
    article: int
    origin: str
    outlet: str  # agency or publisher; "" where unknown
    day: int | None
    when: frozenset[str]  # times in the sentence other than that of the news
    places: frozenset[str]
    evidence: Evidence


def find(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    actors: Sequence[KnownActor],
    placed: Sequence[Placed],
) -> Iterator[Discrepancy]:
    """One Discrepancy a thing, in order of first mention. Copies are left out."""
    known = {member: actor for actor in actors for member in actor.members}
    origins: dict[str, set[str]] = defaultdict(set)
    for place in placed:
        origins[place.story].add(place.origin)
    things: dict[tuple[str, tuple[str, str, frozenset[str]]], list[Told]] = defaultdict(list)
    for n, place in enumerate(placed):
        if place.duplicate_of is None and len(origins[place.story]) > 1:
            for t in told(n, articles[n], extractions[n], place, known):
                things[place.story, t.quantity.thing].append(t)
    for mine in things.values():
        if len({t.origin for t in mine}) > 1 and len({t.quantity.numeral.number for t in mine}) > 1:
            for group in _groups(_without_parts(mine)[:MOST]):
                found = _discrepancy(group)
                if found is not None:
                    yield found


def told(n: int, article: Article, extraction: Extraction, place: Placed, known: Known) -> Iterator[Told]:
    """The quantities of one article."""
    # What was extracted elsewhere may lack sentences; the words of its events will do.
    spans = [(s.start, s.end) for s in extraction.sentences] or sorted({e.evidence for e in extraction.events})
    for q in quantities.find(article.text, spans):
        start, end = q.sentence
        yield Told(
            quantity=q,
            article=n,
            origin=place.origin,
            outlet=article.agency or article.publisher or "",
            day=_day(place.date),
            when=frozenset(w for t in extraction.times if start <= t.start < end and (w := _other(t, place.date))),
            places=_places(article, extraction, known, start, end),
            evidence=Evidence(article=article.id, start=start, end=end, quote=article.text[start:end]),
        )


def _day(text: str | None) -> int | None:
    """Ordinal of a date known to the day."""
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError:
        return None


def _other(time: Time, published: str | None) -> str:
    """A time where it is not that of the news: "in September", "2019", "for three weeks"; "" for "Monday"."""
    if time.type in ("DURATION", "SET"):
        return time.value
    value = time.resolved or time.value
    if time.type != "DATE" or not any(c.isdigit() or c == "X" for c in value[:4]):
        return ""
    day, today = _day(value), _day(published)
    if day is not None and (today is None or abs(day - today) <= NEWS_DAYS):
        return ""
    return value


def _places(article: Article, extraction: Extraction, known: Known, start: int, end: int) -> frozenset[str]:
    """Places named in a sentence: as written, as known, and their countries."""
    named = [m for m in extraction.mentions if start <= m.start < end and m.type in PLACES and m.form == "name"]
    actors = [known[article.id, m.actor] for m in named if m.actor and (article.id, m.actor) in known]
    return frozenset({m.text.lower() for m in named} | {k for a in actors for k in (a.id, a.country) if k})


def _without_parts(mine: Sequence[Told]) -> list[Told]:
    """Without articles that give two numbers of the thing: these are parts of it, or what was said before."""
    numbers: dict[tuple[int, bool, frozenset[str]], set[float]] = defaultdict(set)
    keys = [(t.article, t.quantity.possible, t.when) for t in mine]
    for t, key in zip(mine, keys, strict=True):
        numbers[key].add(t.quantity.numeral.number)
    return [t for t, key in zip(mine, keys, strict=True) if len(numbers[key]) == 1]


def _groups(mine: Sequence[Told]) -> list[list[Told]]:
    out: list[list[Told]] = []
    for t in mine:
        group = next((g for g in out if any(comparable(t, o) for o in g)), None)
        if group is None:
            out.append([t])
        else:
            group.append(t)
    return out


def comparable(a: Told, b: Told) -> bool:
    """Whether two numbers of one noun are said of one thing: same time, same place, same statement."""
    p, q = a.quantity, b.quantity
    if p.possible != q.possible or a.when != b.when or not _near(a, b):
        return False
    shared = p.near & q.near
    if a.places and b.places and not a.places & b.places and len(shared) < SHARED:
        return False
    if p.counted.act:
        return bool(shared) or not (p.near and q.near)  # "27 people were injured" is said of the news itself
    small = min(len(p.near), len(q.near))
    return len(shared - p.names - q.names) >= SHARED and len(shared) >= SHARE * small


def _near(a: Told, b: Told) -> bool:
    if a.day is None or b.day is None:
        return not a.quantity.counted.act
    return abs(a.day - b.day) <= (0 if a.quantity.counted.act else DAYS)


def _clash(a: Told, b: Told) -> bool:
    """Numbers of different sources that exclude each other. One outlet's later number is news, no difference."""
    if a.origin == b.origin or (a.outlet and a.outlet == b.outlet):
        return False
    return not quantities.agree([a.quantity, b.quantity])


def _discrepancy(group: Sequence[Told]) -> Discrepancy | None:
    """The numbers that exclude each other, each with what agrees with it and with no other."""
    clash = [t for t in group if any(_clash(t, o) for o in group)]
    values: list[list[Told]] = []
    for t in sorted(clash, key=lambda t: (t.quantity.numeral.number, t.article, t.evidence.start)):
        fits = _fitting(values, t)
        values.append([t]) if not fits else fits[0].append(t)
    if len(values) < 2:
        return None
    for t in group:
        if t not in clash and len(fits := _fitting(values, t)) == 1:
            fits[0].append(t)
    first = min(clash, key=lambda t: (t.article, t.evidence.start))
    return Discrepancy(what=_what(first, clash), values=tuple(_value(v) for v in values))


def _fitting(values: Sequence[list[Told]], t: Told) -> list[list[Told]]:
    return [v for v in values if quantities.agree([t.quantity, *(o.quantity for o in v)])]


def _value(same: Sequence[Told]) -> Value:
    """The number as told: a bare one rather than "at least", from the least to the most where they differ."""
    told_as = sorted((t.quantity.numeral for t in same), key=lambda n: (n.number, -len(n.said)))
    closed = [n for n in told_as if n.low > 0 and n.high < float("inf")] or told_as
    by_number = {n.number: n.said for n in closed}
    numbers = list(by_number.values())
    said = numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    evidence: dict[str, Evidence] = {}
    for t in sorted(same, key=lambda t: t.quantity.numeral not in closed):  # first the words that the value is from
        evidence.setdefault(t.evidence.article, t.evidence)
    return Value(value=said, evidence=tuple(evidence.values()))


def _what(first: Told, clash: Sequence[Told]) -> str:
    """ "how many: households (lost connection)"."""
    q = first.quantity
    shared = q.near.intersection(*(t.quantity.near for t in clash)) - q.names
    text = first.evidence.quote.lower()
    about = q.counted.act or " ".join(sorted(shared, key=lambda w: (text.find(w), w))[:3])
    return f"how many: {q.counted.shown} ({about})" if about else f"how many: {q.counted.shown}"
