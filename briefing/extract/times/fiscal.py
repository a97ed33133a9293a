"""Views of quarters, halves and fiscal years → Drafts.

Fiscal years are not resolved: when they begin is the firm's affair.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from briefing.extract.times.calendar import UNKNOWN, Stretch, stretch_of
from briefing.extract.times.context import Draft, View, dated
from briefing.extract.times.dates import ordinal, year_of

_FISCAL = frozenset({"fiscal", "financial", "budget", "its", "their", "fy"})


def quarter(view: View) -> Draft | None:
    """the third quarter, Q3 2019, last year's fourth quarter."""
    number = _number(view)
    year, known = _year(view)
    if number is None:
        return _quarter_of_year(view, year)
    if not 1 <= number <= 4:
        return None
    if year is None:
        anchor = view.context.anchor
        if anchor is None or known:
            return Draft("DATE", f"XXXX-Q{number}")
        year = _begun(view, Stretch(date(anchor.year, number * 3 - 2, 1), "Q"), anchor).first.year
    return _unresolved_if_fiscal(view, dated(Stretch(date(year, number * 3 - 2, 1), "Q")))


def half_year(view: View) -> Draft | None:
    """the first half of 2024, H1 2024."""
    word = " ".join(view.words)
    token = re.search(r"\bh([12])|\b([12])h", word)
    number = int(token[1] or token[2]) if token else 1 if "first" in word else 2
    year, known = _year(view)
    anchor = view.context.anchor
    if year is None:
        if anchor is None or (known and "last year" in word):
            return Draft("DATE", f"XXXX-H{number}")
        year = _begun(view, Stretch(date(anchor.year, number * 6 - 5, 1), "H"), anchor).first.year
    return _unresolved_if_fiscal(view, dated(Stretch(date(year, number * 6 - 5, 1), "H")))


def fiscal_year(view: View) -> Draft | None:
    """fiscal 1989, FY2024, fiscal year 2019-20."""
    year, _ = _year(view)
    if year is None:
        return None
    return replace(dated(Stretch(date(year, 1, 1), "Y"), kind="YEAR"), resolved=None)


def split_year(view: View) -> Draft:
    """the 2019-20 season: begins in one year, ends in the next."""
    years = [int(w) for w in view.words if w.isdigit()]
    second = years[1] if years[1] > 100 else years[0] // 100 * 100 + years[1]
    return Draft("DATE", f"{years[0]:04}/{second:04}", f"{years[0]:04}/{second:04}")


def latest_period(view: View) -> Draft | None:
    """the latest period: the accounting period that was mentioned last."""
    if view.context.period:
        return Draft("DURATION", view.context.period)
    found = latest_quarter(view)
    return dated(found) if found and view.context.quarter else None


def latest_quarter(view: View) -> Stretch | None:
    """The quarter that was mentioned last, else the last one that is over."""
    if view.context.quarter is not None:
        return view.context.quarter_at(view.start)
    anchor = view.context.anchor
    if anchor is None:
        return None
    return stretch_of(anchor, "Q").shift(0 if "current" in view.words else -1)


def year_earlier(view: View) -> Draft | None:
    """a year earlier, the year-ago quarter, the same period last year: beside a quarter, that quarter a year before."""
    year, _ = year_of(view)
    number = _number(view)
    context = view.context
    if context.period and number is None and "period" in view.words:
        return Draft("DURATION", context.period)
    base = context.quarter_at(view.start)
    if base is not None and number:
        base = Stretch(date(base.first.year, number * 3 - 2, 1), "Q")
    if base is None and number and context.anchor:
        base = Stretch(date(context.anchor.year, number * 3 - 2, 1), "Q")
    if base is not None:
        found = Stretch(date(year, base.first.month, 1), "Q") if year and year != base.first.year else base.years(-1)
        return dated(found, kind="EARLIER")
    if "quarter" in view.words and context.anchor:
        return dated(stretch_of(context.anchor, "Q").shift(-5))
    unit = {"month": "M", "week": "W", "day": "D"}.get(
        next((w for w in view.words if w in ("month", "week", "day")), ""), "Y"
    )
    if context.anchor is None:
        return Draft("DATE", UNKNOWN[unit])
    here = stretch_of(context.anchor, unit)
    return dated(here.years(year - here.first.year if year else -1))


def year_period(view: View) -> Draft | None:
    """the 1988 period, the 1989 third quarter."""
    year, number = int(view.words[1]), _number(view)
    if view.context.period and number is None:
        return Draft("DURATION", view.context.period)
    base = view.context.quarter_at(view.start)
    if number is None and base is None:
        return dated(Stretch(date(year, 1, 1), "Y")) if "period" in view.words else Draft("DATE", f"{year:04}-QX")
    month = number * 3 - 2 if number else base.first.month if base else 1
    return dated(Stretch(date(year, month, 1), "Q"), kind="EARLIER")


def _number(view: View) -> int | None:
    text = " ".join(view.words)
    token = re.search(r"\bq([1-4])|\b([1-4])q", text)
    if token:
        return int(token[1] or token[2])
    if "final" in view.words:
        return 4
    m = re.search(r"\b(first|second|third|fourth|[1-4](?=st|nd|rd|th))", text)
    if m is None:
        return None
    return {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(m[1]) or int(m[1]) or ordinal(view)


def _year(view: View) -> tuple[int | None, bool]:
    text = view.text
    m = re.search(r"(?:FY\s?['’]?|[QH]|['’])(\d\d)(?!\d)", text) or re.search(r"\d[QH](\d\d)\b", text)
    if m and len(m[1]) == 2:
        n = int(m[1])
        return n + (2000 if n < 50 else 1900), True
    m = re.search(r"(?<!\d)((?:1[4-9]|2[01])\d\d)", text)
    if m:
        return int(m[1]), True
    if view.context.anchor and "year" in view.words:
        for word, n in (("last", -1), ("next", 1), ("this", 0)):
            if word in view.words:
                return view.context.anchor.year + n, True
    return year_of(view)


def _quarter_of_year(view: View, year: int | None) -> Draft | None:
    base = view.context.quarter
    if year is None or base is None:
        return Draft("DATE", UNKNOWN["Q"] if year is None else f"{year:04}-QX")
    return dated(Stretch(date(year, base.first.month, 1), "Q"))


def _begun(view: View, here: Stretch, anchor: date) -> Stretch:
    """This year's, where it has begun or the verb looks ahead; else last year's."""
    return here if here.first <= anchor or view.tense == "future" else here.years(-1)


def _unresolved_if_fiscal(view: View, draft: Draft) -> Draft:
    return replace(draft, resolved=None) if _FISCAL & set(view.words) or re.search(r"\bFY", view.text) else draft
