"""Two tellings → whether they tell of one event: kind, time, who, where and words must agree."""

from __future__ import annotations

from datetime import date

from briefing.synthesize.tellings import Told

ALIKE = 0.2  # share of common words of two sentences that lets a missing detail pass
CLOSE = 0.4  # the same, where the dates differ
DAYS = 3  # between dates of tellings that are otherwise the same: one of them is mistaken

_MUTUAL = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE")


def same(a: Told, b: Told) -> bool:
    """Whether two tellings are of one event. Silence proves nothing: something specific must be shared."""
    if not (_same_kind(a, b) and _same_certainty(a, b) and _same_place(a, b)):
        return False
    who = _shared_sides(a, b)
    if who is None:
        return False
    words = overlap(a.words, b.words)
    gap = days_apart(a.event.date, b.event.date)
    if (
        gap is not None
        and 0 < gap <= DAYS
        and a.article == b.article
        and (a.event.when is None) != (b.event.when is None)
    ):
        gap = 0  # one of the days is only that of publication
    if a.event.type != b.event.type and who < 2:
        return False
    if gap is None:
        if a.event.background != b.event.background:
            return False
        return who >= 1 and (words >= ALIKE or (who >= 2 and bool(a.verb & b.verb)))
    if gap == 0 and a.event.date == b.event.date:
        return who >= 1 and (who >= 2 or words >= ALIKE / 2 or bool(a.verb & b.verb))
    if gap == 0:
        return who >= 1 and words >= ALIKE
    return gap <= DAYS and who >= 2 and words >= CLOSE


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that is in the other."""
    small = min(len(a), len(b))
    return len(a & b) / small if small else 0.0


def days_apart(a: str | None, b: str | None) -> int | None:
    """Days between two dates; 0 where one is a part of the other; None where one is missing or both are vague."""
    if a is None or b is None:
        return None
    if a.startswith(b) or b.startswith(a):
        return 0
    if len(a) == len(b) == 10:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
    return 9999


def _same_kind(a: Told, b: Told) -> bool:
    if a.event.type is not None and b.event.type is not None:
        return a.event.type == b.event.type
    return bool(a.verb & b.verb)


def _same_certainty(a: Told, b: Told) -> bool:
    """What was denied is not what happened; what is only thought of is neither."""
    sure = {"actual": 0, "alleged": 0, "planned": 1, "denied": 2, "hypothetical": 3}
    return sure[a.event.factuality] == sure[b.event.factuality]


def _same_place(a: Told, b: Told) -> bool:
    x, y = a.event, b.event
    if x.country and y.country:
        return x.country == y.country
    return True


def _shared_sides(a: Told, b: Told) -> int | None:
    """How many sides have somebody in common; None where both name somebody and nobody is the same."""
    shared = 0
    sides = [(a.source, b.source), (a.target, b.target)]
    if a.event.type in _MUTUAL and not (a.source & b.source):
        sides = [(a.source, b.target), (a.target, b.source)]
    for one, other in sides:
        if one & other:
            shared += 1
        elif named(one) and named(other):
            return None
    return shared


def named(side: frozenset[str]) -> bool:
    """Whether a side holds a known actor, not only descriptions."""
    return any(not key.startswith(("noun:", "desc:")) for key in side)
