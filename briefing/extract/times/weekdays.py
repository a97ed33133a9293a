"""Views of weekdays ("on Tuesday", "Wednesday of last week", "every Friday") → Drafts."""

from __future__ import annotations

from datetime import date, timedelta

from briefing.extract.times.calendar import Stretch, nth_weekday, stretch_of
from briefing.extract.times.context import Draft, View, dated
from briefing.extract.times.dates import year_of
from briefing.extract.times.grammar import grammar

_OUTSIDE = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC"})


def weekday(view: View) -> Draft | None:
    """ "on Tuesday" in a Wednesday story is the day before; "Friday" on a Friday is that day."""
    number = view.value("WEEKDAY", "WDAY")
    if view.words[0] == "the" and len(view.words) == 2 and view.after() in ("of", "in"):
        return None
    if view.token.ent_type_ in _OUTSIDE and view.before() not in ("on", "late", "early"):
        return None
    found = weekday_stretch(view, number)
    return dated(found) if found else Draft("DATE", f"XXXX-WXX-{number}")


def weekday_stretch(view: View, number: int) -> Stretch | None:
    """The day of a weekday's name: by the words before it, else by tense."""
    context, words = view.context, view.words
    anchor = context.anchor
    if any(w in words for w in ("following", "same", "that")) and context.last and context.last.unit == "D":
        return Stretch(_after(context.last.first, number), "D") if "following" in words else context.last
    if anchor is None:
        return None
    if "last" in words or "past" in words or "previous" in words:
        return Stretch(_before(anchor, number), "D")
    if "next" in words or "coming" in words or "following" in words:
        return Stretch(_after(anchor, number), "D")
    if "this" in words:
        return Stretch(stretch_of(anchor, "W").first + timedelta(days=number - 1), "D")
    if anchor.isoweekday() == number:
        return Stretch(anchor, "D")
    ahead = _ahead(view)
    return Stretch(_after(anchor, number) if ahead else _before(anchor, number), "D")


def weekday_of_week(view: View) -> Draft:
    """ "Tuesday of last week"."""
    number, anchor = view.value("WEEKDAY"), view.context.anchor
    shift = -1 if {"last", "previous"} & set(view.words) else 1 if {"next", "following"} & set(view.words) else 0
    if anchor is None:
        return Draft("DATE", f"XXXX-WXX-{number}")
    return dated(Stretch(stretch_of(anchor, "W").shift(shift).first + timedelta(days=number - 1), "D"))


def ordinal_weekday(view: View) -> Draft | None:
    """ "the second Tuesday of November 2024"."""
    words, anchor = view.words, view.context.anchor
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[words[1]]
    if {"each", "every", "the"} & set(words[2:]):
        return Draft("SET", f"XXXX-XX-WXX-{view.value('WEEKDAY')}")
    month = view.value("MONTH", "MON")
    year, known = year_of(view)
    if month is None and anchor:
        when = stretch_of(anchor, "M").shift(-1 if words[4:5] == ["last"] else 1 if words[4:5] == ["next"] else 0).first
        year, month = when.year, when.month
    elif not known and anchor:
        year = anchor.year
    if month is None or year is None:
        return Draft("DATE", f"XXXX-{month:02}-XX" if month else "XXXX-XX-XX")
    return dated(Stretch(nth_weekday(year, month, view.value("WEEKDAY"), nth), "D"))


def week_from(view: View) -> Draft:
    """ "a week from Monday"."""
    anchor, weeks = view.context.anchor, 2 if view.words[0] == "two" else 1
    number = view.value("WEEKDAY")
    if anchor is None:
        return Draft("DATE", f"XXXX-WXX-{number}" if number else "XXXX-XX-XX")
    start = _after(anchor, number) if number else anchor + timedelta(days="tomorrow" in view.words)
    return dated(Stretch(start + timedelta(weeks=weeks), "D"))


def weekday_set(view: View) -> Draft:
    """ "on Mondays"."""
    return Draft("SET", f"XXXX-WXX-{view.value('WEEKDAYS')}")


def _ahead(view: View) -> bool:
    tense = view.context.tense(view.offset_of("WEEKDAY"))
    if tense == "present" and view.token.dep_ in ("poss", "compound", "nmod"):
        return False  # "Monday's debate shows"
    if tense:
        return tense != "past"
    return view.before() in grammar().values["UNTIL"]


def _before(day: date, number: int) -> date:
    return day - timedelta(days=(day.isoweekday() - number - 1) % 7 + 1)


def _after(day: date, number: int) -> date:
    return day + timedelta(days=(number - day.isoweekday() - 1) % 7 + 1)
