"""Views of counted distances ("two weeks ago", "three days later", "two days after") → Drafts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from briefing.extract.times.calendar import UNKNOWN, Stretch, stretch_of
from briefing.extract.times.context import Distance, Draft, View, dated
from briefing.extract.times.durations import count_of, unit_of
from briefing.extract.times.fiscal import year_earlier
from briefing.extract.times.numbers import duration_value, parse_count

# Beyond this many years the calendar of dates ends.
_FARTHEST = 1000
_A_YEAR = {"Y": 1, "Q": 4, "H": 2, "M": 12, "W": 52, "WE": 52, "FN": 26, "D": 365, "TH": 8760, "TM": 525_600}
_STOPS = frozenset({"", ".", ",", ";", ":", ")", "!", "?", '"', "”", "—", "–", "-", "''"})


def ago(view: View) -> Draft | None:
    """two weeks ago → the week; "years ago" → PAST_REF."""
    unit, count = unit_of(view), count_of(view)
    if view.words[-2] in ("half", "quarter") and count is not None:
        count += Fraction(1, 2 if view.words[-2] == "half" else 4)
    if unit == "Y" and count == 1 and view.context.quarter and _accounts(view):
        return year_earlier(view)
    if count is None:
        return Draft("DATE", "PAST_REF", kind="AGO")
    return _from(view.context.anchor, -count, unit)


def ago_two(view: View) -> Draft | None:
    """a year and two months ago."""
    anchor = view.context.anchor
    cut = view.words.index("and")
    count, unit = parse_count(view.words[cut + 1 : -1]), unit_of(view, last=True)
    first = parse_count(view.words[:cut])
    if anchor is None or count is None or first is None or max(count, first) > _FARTHEST:
        return Draft("DATE", UNKNOWN.get(unit, "XXXX"), kind="AGO")
    base = stretch_of(anchor, "D")
    for n, u in ((first, unit_of(view)), (count, unit)):
        base = Stretch(_moved(base, -n, u).first, "D")
    return dated(stretch_of(base.first, unit if unit in UNKNOWN else "D"), kind="AGO")


def from_now(view: View) -> Draft | None:
    """three weeks from now."""
    count = count_of(view)
    if count is None:
        return Draft("DATE", "FUTURE_REF")
    return _from(view.context.anchor, count, unit_of(view))


def earlier_later(view: View) -> Draft | None:
    """two days later: from the date mentioned last. With "after" or "before" and something behind it: a duration."""
    unit, count, word = unit_of(view), count_of(view), view.words[-1]
    sign = -1 if word in ("earlier", "before", "previously", "prior") else 1
    if (word in ("after", "before", "prior") and view.after() not in _STOPS) or view.after() == "than":
        return _duration_beside(view, count, unit, sign)
    if unit == "Y" and count == 1 and sign < 0 and view.context.quarter:
        return year_earlier(view)
    if unit.startswith("T"):
        return Draft("DURATION", duration_value(count, unit)).over(view.match.first, view.match.end - 1)
    if count is None:
        return Draft("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    last = view.context.last
    base = last.first if last and (last.unit == "D" or unit in ("Y", "E", "C") or last.unit == unit) else None
    if (base is None and unit == "Y") or (sign < 0 and base is None):
        base = view.context.anchor
    if base is None:
        return Draft("DURATION", duration_value(count, unit)).over(view.match.first, view.match.end - 1)
    return _from(base, sign * count, unit)


def nth_day(view: View) -> Draft | None:
    """the second day of, day five: dated where the sentence says which day it is, or speaks of today."""
    unit = "W" if "week" in view.words else "D"
    same, anchor = view.context.same_sentence(view.start), view.context.anchor
    if (unit == "W" and view.after() != "of") or view.after() == "-":
        return None
    if same and same.unit == "D":
        return dated(stretch_of(same.first, unit), kind="NAMED")
    counted = ("opening" not in view.words and view.value("ORDWORD", "NUMWORD")) or any(
        w[0].isdigit() for w in view.words
    )
    if anchor and counted and view.tense == "present":
        return dated(stretch_of(anchor, unit), kind="NAMED_NOW")
    return Draft("DATE", UNKNOWN[unit], kind="NAMED")


def moved(base: Stretch, distance: Distance) -> str | None:
    """Where a duration before or after a known stretch leads, as an ISO date."""
    if base.unit not in ("D", distance.unit) or distance.unit not in UNKNOWN:
        return None
    if _too_far(Fraction(distance.count), distance.unit):
        return None
    return _moved(base, Fraction(distance.count * distance.sign), distance.unit).resolved


def _duration_beside(view: View, count: Fraction | None, unit: str, sign: int) -> Draft:
    draft = Draft("DURATION", duration_value(count, unit))
    if count is not None and count.denominator == 1 and not unit.startswith("T"):
        draft = Draft("DURATION", draft.value, distance=Distance(int(count), unit, sign))
    words = 2 if view.words[-2:] == ["prior", "to"] else 1
    return draft.over(view.match.first, view.match.end - words)


def _from(base: date | None, count: Fraction, unit: str) -> Draft | None:
    if base is None:
        return Draft("DATE", UNKNOWN.get(unit, "XXXX-XX-XX"), kind="AGO")
    if _too_far(count, unit):
        return Draft("DATE", "PAST_REF" if count < 0 else "FUTURE_REF", kind="AGO")
    if unit.startswith("T"):
        hours = abs(count) if unit == "TH" else abs(count) / 60
        day = base + timedelta(days=int(hours // 24) * (-1 if count < 0 else 1))
        if hours >= 24:
            return dated(Stretch(day, "D"), kind="AGO")
        return Draft("TIME", f"{base.isoformat()}TXX:XX", base.isoformat(), Stretch(base, "D"), kind="AGO")
    return dated(_moved(Stretch(base, "D"), count, unit), kind="AGO")


def _moved(base: Stretch, count: Fraction, unit: str) -> Stretch:
    if unit == "FN":
        count, unit = count * 2, "W"
    whole = int(count)
    found = stretch_of(base.first, unit).shift(whole)
    rest = count - whole
    if rest and unit == "Y":
        return stretch_of(stretch_of(base.first, "M").shift(int(count * 12)).first, "Y")
    if rest and unit == "M":
        return stretch_of(base.first + timedelta(days=int(count * 30)), "M")
    return found


def _too_far(count: Fraction, unit: str) -> bool:
    years = {"E": 10, "C": 100}.get(unit) or Fraction(1, _A_YEAR.get(unit, 31_536_000))
    return abs(count) * years > _FARTHEST


def _accounts(view: View) -> bool:
    return view.before() not in ("about", "nearly", "almost") and view.words[0] in ("a", "year", "one")
