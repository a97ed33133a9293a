"""An item told before and what this issue has on it → what has moved, in plain words with the words it rests on.

Material are: more independent origins, another likelihood by the same voice, another number for the same thing counted,
a denial, a second voice for a claim, a plan that was carried out or put off. A copy, a rewording, another place in the
order and an article that only repeats are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.compose import wording
from briefing.compose.counted import Figure, Key, figures, moved, same
from briefing.compose.desk import Desk, tidy, written
from briefing.compose.matching import Ground, Lost
from briefing.compose.told import Row, stale_words
from briefing.records import Aspect, Change, Evidence, Likelihood, ToldItem

SHORTEST = 4  # content words of an item whose origins are counted
MOST = 3  # origins from which one more changes no credibility
SAME_WORDS = 0.8  # cosine of content words from which a rewritten sentence says what it said
COUNTED = 0.55  # cosine from which two sentences on one event count the same thing
ANSWERS = 0.25  # cosine from which a denial is one of this claim: of several charges in a story it may mean another
BARE = 8  # content words below which a denial repeats no charge, and answers the one that synthesis gave it
DENIED = 0.5  # cosine from which an event told as denied is the one told as done
TOLL = 0.35  # the same for two sentences of a story with one toll, which only rises

_NAMES = re.compile(r"(?<!^)(?<![.!?“\"]\s)\b[A-Z][\w’'-]+")
_NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|without|denie[sd]|den(?:y|ying))\b|n['’]t\b", re.I)
_CHARGED = re.compile(r"\b(?:accus|alleg|blam|claim)", re.I)
_REFUSED = re.compile(
    r"\b(?:reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?)\b[^.;]{0,60}"
    r"\b(?:accusations?|allegations?|charges?|claims?)\b",
    re.I,
)
_DATES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\b(?:\s+\d{1,2}\b)?|\b\d{1,2}\s+(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b",
    re.I,
)


@dataclass(frozen=True)
class Move:
    """A change and the weight that orders it among its like."""

    change: Change
    weight: float


def moves(
    desk: Desk,
    item: ToldItem,
    ground: Ground,
    found: Sequence[Row],
    *,
    known: frozenset[str],
    answers: frozenset[Evidence],
) -> list[Move]:
    """What the rows that go on an item change about it.

    ``known`` are origins that old articles have, ``answers`` the words of new denials.
    """
    fresh = tuple(dict.fromkeys(e for r in found for e in r.fresh if e not in ground.carried and e not in ground.alive))
    if not fresh and not any(r.denials for r in found):
        return []
    late = later(desk, ground.alive, fresh)
    out: list[Move] = []
    for row in found:
        out += _denied(desk, item, row)
    if not out:
        out += _corroborated(desk, item, found, fresh)
    if item.kind == "event":  # who repeats a voice, or a claim of the same claimant, confirms nothing
        out += _origins(desk, item, found, [e for e in fresh if e not in answers], known)
    if late:
        out += [m for row in found for m in _likelihood(item, row)][:1]
        out += _figures(desk, item, ground, found, late)
        out += [m for row in found for m in _date(desk, item, row)][:1]
    return out


def change(
    item: ToldItem, row: Row, text: str, aspect: Aspect, evidence: Sequence[Evidence],
    before: str | None = None, after: str | None = None,
) -> Move:  # fmt: skip
    """An update of an item."""
    made = Change(
        change="updated",
        item=item.id,
        text=text,
        aspect=aspect,
        story=row.story,
        before=before,
        after=after,
        evidence=tuple(dict.fromkeys(evidence)),
        watched=item.watched or row.item.watched,
    )
    return Move(made, row.weight)


def later(desk: Desk, old: Sequence[Evidence], new: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Those of the new words that are not of an earlier day than the newest old ones."""
    days = [d[:10] for e in old if e.article in desk.placed and (d := desk.placed[e.article].date)]
    last = max(days, default="")
    return tuple(e for e in new if not last or (desk.placed[e.article].date or "9999")[:10] >= last)


# --------------------------------------------------------------------------------------------------------- one a kind
def _denied(desk: Desk, item: ToldItem, row: Row) -> list[Move]:
    if item.kind == "event" and row.item.status == "denied" and item.status != "denied" and row.fresh:
        if not any(_close(e, row.fresh[0], DENIED) for e in item.evidence):
            return []
        text = f"Denied since: {_said(desk, row.fresh[0])}"
        return [change(item, row, text, "denied", row.fresh[:1], item.status, "denied")]
    no = next(filter(refused, row.fresh), None)
    charged = item.kind == "event" and _CHARGED.search(item.text) and not any(map(refused, item.evidence))
    if charged and no:
        return [change(item, row, f"Rejected since: {_said(desk, no)}", "denied", [no], "charged", "rejected")]
    told = {a.casefold() for a in item.actors} if item.status == "denied" else set()
    charge = [w for w in row.item.evidence if w not in {e for _, e in row.denials}]
    meant = [(who, e) for who, e in row.denials if _answers(e, charge)]
    new = {who: e for who, e in reversed(meant) if who.casefold() not in told}
    if item.kind != "claim" or not new:
        return []
    how = "Also denied" if item.status == "denied" else "Denied"
    names, first = list(reversed(new)), new[next(reversed(new))]
    text = f"{how} by {_joined(names)}: {_said(desk, first)} The claim: {item.text}"
    words = [first, *new.values(), *row.item.evidence]
    return [change(item, row, text, "denied", words, item.status, "denied")]


def _answers(denial: Evidence, charge: Sequence[Evidence]) -> bool:
    return len(wording.roots(denial.quote)) < BARE or any(_close(w, denial, ANSWERS) for w in charge)


def refused(e: Evidence) -> bool:
    """Whether words tell that a charge is turned down: they are no further telling of it."""
    return bool(_REFUSED.search(e.quote))


def _corroborated(desk: Desk, item: ToldItem, found: Sequence[Row], fresh: Sequence[Evidence]) -> list[Move]:
    for row in found:
        now = [e for e in fresh if not stale_words(desk, e)]
        if item.kind == "claim" and item.status == "unconfirmed" and row.item.status == "corroborated" and now:
            text = f"Now said by more than one source: {_said(desk, now[0])}"
            return [change(item, row, text, "corroborated", [*now, *row.item.evidence], item.status, "corroborated")]
    return []


def _origins(
    desk: Desk, item: ToldItem, found: Sequence[Row], fresh: Sequence[Evidence], known: frozenset[str]
) -> list[Move]:
    row = found[0]
    if not row.sound or row.stale or row.item.status != item.status or len(wording.roots(row.item.text)) < SHORTEST:
        return []
    if not any(r.opens for r in found):
        return []
    words = dict.fromkeys([*item_words(desk, item), *(e for r in found for e in r.item.evidence)])
    origins = {desk.placed[e.article].origin for e in words}
    more = [e for e in fresh if desk.placed[e.article].origin not in known and not refused(e)]
    now = max(len(origins), item.origins + len({desk.placed[e.article].origin for e in more}))
    if not more or min(now, MOST) <= min(item.origins, MOST):
        return []
    text = f"Now told by {_count(now, 'independent origin')}, {item.origins} before: {row.item.text}"
    return [change(item, row, text, "origins", [*more, *words], _count(item.origins, "origin"), _count(now, "origin"))]


def item_words(desk: Desk, item: ToldItem) -> list[Evidence]:
    """The words of an item that stand in articles at hand."""
    return [e for e in item.evidence if e.article in desk.article]


def _likelihood(item: ToldItem, row: Row) -> list[Move]:
    if not row.said or not item.likelihood or not differs(item.likelihood, row.said) or not row.fresh:
        return []
    who = row.item.speaker or "the source"
    words = max((e for e in row.fresh if e.article == row.fresh[-1].article), key=lambda e: (len(e.quote), e.start))
    text = f"{who} now says “{row.said.term}”, “{item.likelihood.term}” before: {tidy(words.quote)}"
    return [change(item, row, _upper(text), "likelihood", [words], item.likelihood.term, row.said.term)]


def differs(a: Likelihood, b: Likelihood) -> bool:
    """Whether two estimates are of different bands, or of different words where the scale has not both."""
    if a.low is not None and b.low is not None:
        return (a.low, a.high) != (b.low, b.high)
    return a.term.casefold() != b.term.casefold() and (a.low is None) == (b.low is None)


def _figures(desk: Desk, item: ToldItem, ground: Ground, found: Sequence[Row], late: Sequence[Evidence]) -> list[Move]:
    if item.kind not in ("event", "claim"):
        return []
    old = [(e, figures(e.quote)) for e in ground.alive or item.evidence]
    every = [f for _, told in old for f in told]
    for row in found:
        if item.date and row.item.date and item.date[:10] != row.item.date[:10] and item.status != "planned":
            continue  # what another day brought is another number
        for e in (e for e in row.fresh if e in late):
            near = [(w, f) for w, f in old if _close(w, e, COUNTED)]
            for before, after in moved(newest(desk, near), figures(e.quote)):
                if not any(same(f, after) for f in every) and _one_thing(before, after):
                    return [_counted(desk, item, row, e, before, after)]
    return []


def _close(a: Evidence, b: Evidence, least: float) -> bool:
    return wording.alike(wording.roots(a.quote), wording.roots(b.quote)) >= least


def _one_thing(a: Figure, b: Figure) -> bool:
    """Whether what stands between number and noun is the same: "14 league cities" are not "11 cities"."""
    return bool(a.context) or wording.roots(a.words) == wording.roots(b.words)


def newest(desk: Desk, told: Sequence[tuple[Evidence, tuple[Figure, ...]]]) -> list[Figure]:
    """Of each thing counted what its newest telling says: a number that was told again has replaced the older one."""
    days = {e: (p.date or "")[:10] if (p := desk.placed.get(e.article)) else "" for e, _ in told}
    last: dict[Key, str] = {}
    for e, found in told:
        for f in found:
            last[f.key] = max(last.get(f.key, ""), days[e])
    return [f for e, found in told for f in found if last[f.key] == days[e]]


def _counted(desk: Desk, item: ToldItem, row: Row, e: Evidence, before: Figure, after: Figure) -> Move:
    text = f"{_upper(after.words)}, {before.words} before: {_said(desk, e)}"
    return change(item, row, text, "figures", [e], before.words, after.words)


def tolls(
    desk: Desk, old: Sequence[Evidence], new: Sequence[Evidence], items: Sequence[ToldItem], row: Row
) -> list[Move]:
    """Tolls of a story that new sentences put higher than every old one: on the item that told it, else the story's."""
    told = [(e, f) for e in old for f in figures(e.quote) if f.context]
    out: dict[Key, Move] = {}
    for e in new:
        for after in figures(e.quote):
            same_thing = [(w, f) for w, f in told if f.key == after.key and later(desk, [w], [e])]
            if not after.context or not same_thing or after.key in out:
                continue
            words, before = max(same_thing, key=lambda x: x[1].value)
            if (
                after.value > before.value
                and not same(after, before)
                and any(_close(w, e, TOLL) for w, _ in same_thing)
            ):
                home = next((t for t in items if t.kind != "story" and words in t.evidence), None)
                item = home or next((t for t in items if t.kind == "story"), None)
                if item is not None:
                    out[after.key] = _counted(desk, item, row, e, before, after)
    return list(out.values())


def _date(desk: Desk, item: ToldItem, row: Row) -> list[Move]:
    if item.kind != "event" or item.status != "planned" or not row.fresh or not (item.date or row.item.date):
        return []
    e = row.fresh[0]
    ahead = any(wording.comes(w.quote) for w in item.evidence)
    if (
        row.item.status == "actual"
        and ahead
        and not wording.comes(e.quote)
        and (row.item.date or "9") >= (item.date or "")
    ):
        return [
            change(item, row, f"Planned before, now reported as done: {_said(desk, e)}", "date", [e], "planned", "done")
        ]
    old, new = item.date or "", row.item.date or ""
    if row.item.status == "planned" and len(old) == len(new) == 10 and old != new:
        text = f"Now for {written(new)}, {written(old)} before: {_said(desk, e)}"
        return [change(item, row, text, "date", [e], old, new)]
    return []


# ------------------------------------------------------------------------------------------------------ edited, deleted
def corrected(desk: Desk, item: ToldItem, lost: Lost, rows: Sequence[Row]) -> Move | None:
    """What an edited page now says in the place of what was told; None where it is only put in other words."""
    new = lost.instead
    if new is None:
        return None
    likely = next((r.said for r in rows if r.said and any(_meet(e, new) for e in r.item.evidence)), None)
    found = _difference(lost.words.quote, new.quote, item.likelihood, likely)
    if found is None:
        return None
    aspect, before, after = found
    outlet = desk.article[lost.article].publisher or "The article"
    instead = f" ({before} before)" if aspect != "text" else ""
    text = f"{outlet} has corrected itself{instead}: {_said(desk, new)}"
    made = Change(
        change="corrected", item=item.id, text=text, aspect=aspect, story=desk.placed[lost.article].story,
        before=before, after=after, evidence=(new,), watched=item.watched,
    )  # fmt: skip
    return Move(made, 2.0 + (aspect != "text"))


def _difference(old: str, new: str, was: Likelihood | None, now: Likelihood | None) -> tuple[Aspect, str, str] | None:
    counted = moved(figures(old), figures(new))
    if counted:
        return "figures", counted[0][0].words, counted[0][1].words
    if was and now and differs(was, now):
        return "likelihood", was.term, now.term
    days, then = _found(_DATES, old), _found(_DATES, new)
    if set(days) != set(then) and days and then:
        return (
            "date",
            ", ".join(d for d in days if d not in then) or days[0],
            ", ".join(d for d in then if d not in days) or then[0],
        )
    numbers = set(re.findall(r"\d[\d.,]*\d|\d", old)) != set(re.findall(r"\d[\d.,]*\d|\d", new))
    turned = bool(_NEGATION.search(old)) != bool(_NEGATION.search(new))
    renamed = set(_NAMES.findall(old)) - {"The"} != set(_NAMES.findall(new)) - {"The"}
    reworded = wording.alike(wording.roots(old), wording.roots(new)) < SAME_WORDS
    return ("text", tidy(old), tidy(new)) if numbers or turned or renamed or reworded else None


def dropped(desk: Desk, item: ToldItem, story: str | None, *, deleted: bool, article: str | None = None) -> Move:
    """What no article at hand says any more."""
    outlet = desk.article[article].publisher if article else None
    why = "The article that said so was deleted" if deleted else f"{outlet or 'The article'} no longer says so"
    made = Change(
        change="dropped", item=item.id, text=f"{why}: {item.text}", aspect="withdrawn", story=story,
        before=item.text, watched=item.watched,
    )  # fmt: skip
    return Move(made, 1.0)


def _meet(a: Evidence, b: Evidence) -> bool:
    return a.article == b.article and a.start < b.end and b.start < a.end


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(m[0] for m in pattern.finditer(text)))


def _said(desk: Desk, e: Evidence) -> str:
    return tidy(desk.lifted(e, short=True).text)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
