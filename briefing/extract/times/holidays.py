"""Views of holidays ("last Thanksgiving", "Christmas 2023") → Drafts."""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefing.extract.times.calendar import Stretch, easter, nth_weekday
from briefing.extract.times.choose import by_tense
from briefing.extract.times.context import Draft, View, dated
from briefing.extract.times.dates import year_of
from briefing.extract.times.grammar import grammar

_DIRECTIONS = frozenset({"the", "this", "last", "next", "past", "coming"})


def holiday(view: View) -> Draft | None:
    """A holiday of the year given, else of the nearest one that the tense allows. Not computed: XXXX-XX-XX."""
    name, rule = _named(view)
    if name is None or not _capital(view):
        return None
    year, known = year_of(view)
    if rule is None:
        return Draft("DATE", f"{year:04}-XX-XX" if year else "XXXX-XX-XX")
    if year is not None:
        return dated(Stretch(day_in(rule, year), "D"))
    anchor = view.context.anchor
    if anchor is None or known:
        fixed = re.fullmatch(r"\d\d-\d\d", rule)
        return Draft("DATE", f"XXXX-{rule}" if fixed else "XXXX-XX-XX")
    options = [Stretch(day_in(rule, anchor.year + n), "D") for n in (-1, 0, 1)]
    words = set(view.words)
    if "last" in words or "past" in words:
        return dated([o for o in options if o.first < anchor][-1])
    if "next" in words or "coming" in words:
        return dated(next(o for o in options if o.first > anchor))
    if "this" in words:
        return dated(options[1])
    return dated(by_tense(options, anchor, view.tense))


def day_in(rule: str, year: int) -> date:
    """The day of a rule of times_holidays.yaml in a year."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    nth = re.fullmatch(r"(\d\d)/(\d)/(-?\d)(?:\+(\d))?", rule)
    if nth:
        return nth_weekday(year, int(nth[1]), int(nth[2]), int(nth[3])) + timedelta(days=int(nth[4] or 0))
    return date(year, int(rule[:2]), int(rule[3:]))


def _named(view: View) -> tuple[str | None, str | None]:
    text = re.sub(r"\s+", " ", view.text.lower().replace("’", "'"))
    holidays = grammar().holidays
    for name in sorted(holidays, key=lambda n: (-len(n), n)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            return name, holidays[name]
    return None, None


def _capital(view: View) -> bool:
    words = view.match.lexed.words[view.match.first : view.match.end]
    first = next((w for w in words if w.lower() not in _DIRECTIONS), "")
    return first[:1].isupper()
