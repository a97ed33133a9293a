"""Views of days, weeks, months and years counted from now ("yesterday", "last week", "the latest quarter") → Drafts."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from briefing.extract.times.calendar import UNKNOWN, Stretch, season, season_of, stretch_of
from briefing.extract.times.choose import by_tense
from briefing.extract.times.context import Draft, View, dated
from briefing.extract.times.dates import year_of
from briefing.extract.times.fiscal import latest_quarter
from briefing.extract.times.grammar import grammar
from briefing.extract.times.numbers import duration_value

_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_ON = frozenset({"next", "coming", "upcoming", "following"})
_ANAPHORS = frozenset({"same", "that", "following", "previous", "preceding"})


def deictic_day(view: View) -> Draft | None:
    """today, yesterday, the day after tomorrow; no newspaper's name."""
    anchor, before = view.context.anchor, view.before()
    first = view.match.lexed.words[view.match.first - 1] if view.match.first else ""
    if view.text[0].isupper() and before.isalpha() and first[0].isupper():
        return None
    if anchor is None:
        return Draft("DATE", UNKNOWN["D"])
    return dated(Stretch(anchor + timedelta(days=view.given["days"]), "D"))


def relative_unit(view: View) -> Draft | None:
    """last week, the past year, this quarter, the following month."""
    unit = view.value("UNIT")
    words = set(view.words)
    if unit == "D" and "the" in words and words & _ON:
        return anaphoric(view)
    if unit.startswith("T"):
        return Draft("DURATION", duration_value(Fraction(1), unit)) if words & (_BACK | _ON) else None
    if words & _ANAPHORS and view.context.last is not None and "this" not in words:
        return dated(stretch_of(view.context.last.first, unit).shift(_direction(words)))
    if (
        "that" in words
        or ("same" in words and view.after() in ("as", "that"))
        or ("current" in words and "the" not in words)
    ):
        return None
    anchor = view.context.anchor
    if view.token.ent_type_ in ("WORK_OF_ART", "ORG") and view.text[0].isupper():
        return None
    if view.words[:2] == ["the", "past"] and unit != "WE":
        return Draft("DURATION", duration_value(Fraction(1), unit))
    if unit == "FN":
        return Draft("DURATION", "P2W")
    if anchor is None:
        return Draft("DATE", UNKNOWN[unit])
    if unit == "Q" and words & {"last", "latest"}:
        return dated(stretch_of(anchor, "Q").shift(-1))
    here = stretch_of(anchor, unit)
    if unit == "WE":
        return dated(_weekend(view, here, words))
    return dated(here.shift(_direction(words)))


def unit_before_last(view: View) -> Draft:
    """the week before last, the year after next."""
    unit, anchor = view.value("UNIT"), view.context.anchor
    if anchor is None:
        return Draft("DATE", UNKNOWN[unit])
    return dated(stretch_of(anchor, unit).shift(-2 if "last" in view.words else 2))


def whole_unit(view: View) -> Draft | None:
    """the full year, the latest quarter, the current fiscal year."""
    unit, anchor = view.value("UNIT"), view.context.anchor
    if unit.startswith("T") or unit == "FN":
        return None
    if unit == "Q":
        found = latest_quarter(view)
        return dated(found) if found else Draft("DATE", UNKNOWN["Q"])
    if anchor is None:
        return Draft("DATE", UNKNOWN[unit])
    latest = {"latest", "recent"} & set(view.words)
    found_ = stretch_of(anchor, unit).shift(-1 if latest else 0)
    if {"full", "entire", "whole"} & set(view.words) and unit in ("D", "W", "WE"):
        return None
    return dated(found_)


def bare_unit(view: View) -> Draft | None:
    """in the quarter, during the day, over the weekend."""
    unit, anchor = view.value("UNIT"), view.context.anchor
    last = view.context.last
    if unit == "Q":
        if view.after() in ("ended", "ending", "that"):
            return None if anchor is None else dated(_quarter_ended(view) or stretch_of(anchor, "Q").shift(-1))
        found = latest_quarter(view)
        return dated(found) if found else Draft("DATE", UNKNOWN["Q"])
    if unit == "Y" and view.after() in ("ended", "ending", "to"):
        return Draft("DURATION", "P1Y")
    if unit in ("M", "E") and view.before() not in ("of", "during", "in", "later", "earlier"):
        return None
    if unit == "Y" and view.before() in ("through", "throughout", "within") and anchor:
        return dated(stretch_of(anchor, "Y"))
    base = last.first if last and unit == "D" and last.unit == "D" else anchor
    if base is None:
        return Draft("DATE", UNKNOWN[unit])
    if unit == "WE":
        return dated(_weekend(view, stretch_of(base, "WE"), set(view.words)))
    return dated(stretch_of(base, unit))


def anaphoric(view: View) -> Draft | None:
    """the next day, that week, the following morning: counted from the date mentioned last."""
    unit = view.value("UNIT", "NIGHT")
    words = set(view.words)
    last, anchor = view.context.last, view.context.anchor
    part = view.value("PART")
    n = 0 if words & {"same", "that", "those"} else _direction(words)
    if words & {"before", "after"}:
        n = -1 if "before" in words else 1
    if unit is None and part is None:
        return None
    if unit and unit.startswith("T"):
        return None
    base = last.first if last and (last.unit == "D" or unit not in ("D", None)) else None
    if base is None and "next" in words and unit != "D" and anchor:
        base = anchor
    if base is None:
        return Draft("DATE" if unit else "TIME", UNKNOWN[unit or "D"] + ("" if unit else f"T{part}"))
    found = stretch_of(base, unit or "D").shift(n)
    if (part and "night" not in words) or (part and "day" not in words):
        return Draft("TIME", f"{found.value}T{part}", found.resolved, found)
    return dated(found)


def relative_season(view: View) -> Draft:
    """last summer, this past spring."""
    name, words, anchor = view.value("SEASON"), set(view.words), view.context.anchor
    if anchor is None:
        return Draft("DATE", f"XXXX-{name}")
    here = season(anchor.year, name)
    options = [here.years(n) for n in (-2, -1, 0, 1)]
    if words & _BACK:
        return dated([s for s in options if s.last < anchor][-1])
    if words & _ON:
        return dated(next(s for s in options if s.first > anchor))
    current = stretch_of(anchor, "S")
    if season_of(anchor) == name:
        return dated(current)
    return dated(here)


def season_of_year(view: View) -> Draft:
    """the summer of 1989, fall 2024, spring next year."""
    name = view.value("SEASON")
    year, _ = year_of(view)
    return dated(season(year, name)) if year else Draft("DATE", f"XXXX-{name}")


def bare_season(view: View) -> Draft | None:
    """in the summer; by fall."""
    name, anchor = view.value("SEASON"), view.context.anchor
    if name == "FA" and "the" not in view.words and view.token.pos_ not in ("NOUN", "PROPN"):
        return None
    if view.words[-1] in ("fall", "spring") and view.after() in ("of", "in", "from", "to"):
        return None
    if "the" not in view.words and (view.before() == "of" or view.token.dep_ == "compound"):
        return None
    if anchor is None:
        return Draft("DATE", f"XXXX-{name}")
    here = season(anchor.year, name)
    tense = view.tense or ("future" if view.before() in ("by", "until", "into") else "past")
    return dated(by_tense([here.years(-1), here, here.years(1)], anchor, tense))


def year_end(view: View) -> Draft:
    """by year end: the December of this year."""
    anchor = view.context.anchor
    if anchor is None:
        return Draft("DATE", "XXXX-12")
    month = Stretch(anchor.replace(month=12, day=1), "M")
    return Draft("DATE", month.value, f"{anchor.year:04}-12-31", month, "END")


def _direction(words: set[str]) -> int:
    return -1 if words & _BACK else 1 if words & _ON else 0


def _weekend(view: View, here: Stretch, words: set[str]) -> Stretch:
    anchor = view.context.anchor
    assert anchor is not None
    before = here if here.last < anchor or here.holds(anchor) else here.shift(-1)
    if words & _BACK:
        return before if not before.holds(anchor) else before.shift(-1)
    if words & _ON:
        return here if here.first > anchor else here.shift(1)
    if view.tense == "future":
        return here
    return before if "this" not in words or view.tense == "past" else here


def _quarter_ended(view: View) -> Stretch | None:
    """The calendar quarter of the month behind "the quarter ended"."""
    months = {**grammar().values["MON"], **grammar().values["MONTH"]}
    month, anchor = months.get(view.after(2)), view.context.anchor
    if month is None or anchor is None:
        return None
    end = stretch_of(anchor.replace(month=month, day=1), "Q")
    return end if end.first <= anchor else end.years(-1)
