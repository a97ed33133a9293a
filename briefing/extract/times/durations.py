"""Views of durations and of repeated times ("three years", "the past decade", "every Friday") → Drafts."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from briefing.extract.times.calendar import add_months, stretch_of
from briefing.extract.times.context import Draft, View
from briefing.extract.times.grammar import grammar
from briefing.extract.times.numbers import duration_value, parse_count

_DAYS = {"D": 1, "W": 7, "FN": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120}
_OLD = frozenset({"old", "olds"})
_FARTHEST = 1000
_BACK = frozenset({"last", "past", "recent", "previous", "prior", "preceding"})
_ON = frozenset({"next", "coming", "upcoming"})


def duration(view: View) -> Draft | None:
    """three years, a two-hour, half an hour. Ages are none."""
    if _is_age(view) or _is_rate(view) or _is_distance(view):
        return None
    words = view.words
    if words[0] in ("a", "an") and len(words) == 2 and view.value("UNITS"):
        return None  # "a years-long feud"
    unit = unit_of(view)
    if (unit == "Q" and view.after() == "of") or words[-2:] == ["a", "quarter"]:
        return None
    if view.value("UNIT") and view.before() in ("-", "–") and words[0] in grammar().values["ORDWORD"]:
        return None
    if words[-3:] in (["and", "a", "half"], ["and", "an", "half"]):
        return Draft("DURATION", duration_value((parse_count(words[:-4]) or Fraction(1)) + Fraction(1, 2), unit))
    if (
        view.match.lexed.words[view.match.first].isdigit()
        and len(words[0]) == 4
        and words[-1] in grammar().values["UNIT"]
    ):
        return None
    count = count_of(view)
    draft = Draft("DURATION", duration_value(count, unit), _ahead(view, count, unit))
    if words[0] in ("a", "an") and len(words) > 2 and _is_adjective(view):
        return draft.over(view.match.first + 1, view.match.end)
    return draft


def duration_range(view: View) -> Draft | None:
    """two or three years, 8-10 weeks: the higher; TIMEX3 has no value for both."""
    if _is_age(view):
        return None
    words = view.words
    cut = next(i for i, w in enumerate(words) if w in ("or", "to") or w in "-–—‑")
    return Draft("DURATION", duration_value(parse_count(words[cut + 1 :]), unit_of(view)))


def duration_a(view: View) -> Draft | None:
    """a year, another month, an additional week."""
    words = view.words
    if words[0] in ("a", "an", "one") and view.value("UNITS"):
        return None
    if _is_age(view) or _is_distance(view) or (words[0] in ("a", "an", "one") and (_is_rate(view) or not _lasts(view))):
        return None
    return Draft("DURATION", duration_value(Fraction(1), unit_of(view)))


def duration_sum(view: View) -> Draft | None:
    """two years and three months."""
    words = view.words
    units = {**grammar().values["UNIT"], **grammar().values["UNITS"]}
    at = [i for i, w in enumerate(words) if w in units]
    if len(at) != 2 or _is_age(view):
        return None
    parts = [(parse_count(words[: at[0]]), units[words[at[0]]]), (parse_count(words[at[0] + 1 :]), units[words[at[1]]])]
    if any(n is None or n.denominator != 1 for n, _ in parts):
        return None
    dates = "".join(f"{n}{u}" for n, u in parts if not u.startswith("T"))
    times = "".join(f"{n}{u[1:]}" for n, u in parts if u.startswith("T"))
    return Draft("DURATION", "P" + dates + (f"T{times}" if times else ""))


def duration_past(view: View) -> Draft | None:
    """the past three years, recent weeks, the first nine months, those two days."""
    words = view.words
    if words[0] == "last" and view.token.pos_ == "VERB":
        return None
    if words[0] in ("early", "first", "last", "latest", "final", "past") and len(words) == 2 and words[0] != "past":
        return None
    counted = any(w[0].isdigit() or w in grammar().values["NUMWORD"] or w in ("couple", "dozen") for w in words)
    if not counted and not set(words) & (
        set(grammar().values["RECENT"])
        | {"first", "final", "early", "opening", "closing", "last", "few", "several", "many"}
    ):
        return None
    if _is_age(view):
        return None
    unit = "Y" if "fiscal" in words else unit_of(view)
    count = parse_count([w for w in words if w not in grammar().values["ORDWORD"]]) if counted else None
    value = duration_value(count, unit)
    if counted and words[0] == "the" and unit == "M" and not set(words) & (_BACK | _ON):
        view.context.period = value
    return Draft("DURATION", value, _interval(view, count, unit))


def bare_units(view: View) -> Draft | None:
    """for years; within weeks or months."""
    if view.after() == "old":
        return None
    if view.before() == "of":
        return None
    return Draft("DURATION", duration_value(None, unit_of(view)))


def units_long(view: View) -> Draft:
    """years-long, a daylong."""
    word = view.words[0].removesuffix("long")
    plural = word in grammar().values["UNITS"]
    unit = grammar().values["UNITS" if plural else "UNIT"][word]
    return Draft("DURATION", duration_value(None if plural else Fraction(1), unit))


def constant(view: View) -> Draft:
    """What the rule itself says."""
    return Draft(view.given["type"], view.given["value"])


def every(view: View) -> Draft | None:
    """every day, each Tuesday, every two weeks, every other month."""
    words = view.words
    weekday, month, season = view.value("WEEKDAY"), view.value("MONTH"), view.value("SEASON")
    if weekday:
        return Draft("SET", f"XXXX-WXX-{weekday}")
    if month:
        return Draft("SET", f"XXXX-{month:02}")
    if season:
        return Draft("SET", f"XXXX-{season}")
    part = view.value("PART")
    unit = view.value("UNIT", "UNITS", "NIGHT")
    if words == ["every", "day"] and view.context.token(view.match.lexed.ends[view.match.end - 1] + 1).pos_ == "NOUN":
        return None  # "in every day life"
    if part and unit is None:
        return Draft("SET", f"XXXX-XX-XXT{part}")
    count: Fraction | None = Fraction(2) if "other" in words else Fraction(1)
    if {"few", "couple"} & set(words):
        count = None
    elif len(words) > 2 and "other" not in words:
        ordinals = [grammar().values["ORDWORD"].get(w) for w in words]
        known = next((n for n in ordinals if n), None)
        digits = next((w.rstrip("stndrh") for w in words if w[0].isdigit()), None)
        count = Fraction(str(known or digits).replace(",", "")) if known or digits else parse_count(words[1:])
    return Draft("SET", duration_value(count, unit))


def times_a(view: View) -> Draft:
    """twice a week."""
    return Draft("SET", duration_value(Fraction(1), view.value("UNIT")))


def per(view: View) -> Draft | None:
    """per year; not per day as part of a measure."""
    unit = "Y" if "annum" in view.words else view.value("UNIT")
    if unit.startswith("T"):
        return None
    return Draft("SET", duration_value(Fraction(1), unit))


def adverb_set(view: View) -> Draft | None:
    """daily, annually, weekends."""
    if "value" in view.given:
        return Draft("SET", view.given["value"])
    if view.token.pos_ == "PROPN" or (
        view.match.lexed.words[view.match.first][0].isupper() and view.before() not in ("", ".")
    ):
        return None
    return Draft("SET", view.value("ADVERB"))


def count_of(view: View) -> Fraction | None:
    """The count before the unit; None for a vague one, and for a bare plural."""
    values = grammar().values
    words = view.words
    cut = next(
        (
            i
            for i, w in enumerate(words)
            if (w in values["UNIT"] and not (w == "quarter" and "of" in words)) or w in values["UNITS"] or w == "night"
        ),
        len(words),
    )
    counted = [w for w in words[:cut] if w not in ("the", "another")]
    if not counted:
        return Fraction(1) if words[cut : cut + 1] and words[cut] in values["UNIT"] else None
    return parse_count(counted)


def unit_of(view: View, *, last: bool = False) -> str:
    """The TIMEX3 designator of the unit."""
    values: dict[str, Any] = {**grammar().values["UNIT"], **grammar().values["UNITS"], **grammar().values["NIGHT"]}
    words = view.words if not last else list(reversed(view.words))
    known = [w for w in words if w in values]
    if len(known) > 1 and known[0] == "quarter" and not last:
        known = known[1:]
    return str(values[known[0]])


def _ahead(view: View, count: Fraction | None, unit: str) -> str | None:
    """ "will return in three days": also the day that this leads to."""
    anchor = view.context.anchor
    if anchor is None or count is None or count.denominator != 1 or view.before() != "in" or unit not in "DWMY":
        return None
    if view.tense != "future" or count > _FARTHEST:
        return None
    return stretch_of(stretch_of(anchor, unit).shift(int(count)).first, unit).resolved


def _interval(view: View, count: Fraction | None, unit: str) -> str | None:
    """ "the past three weeks" and "the next ten days" as days from and to the anchor; nothing where vague."""
    anchor, words = view.context.anchor, set(view.words)
    if anchor is None or count is None or count.denominator != 1 or not words & (_BACK | _ON):
        return None
    n = int(count) * (-1 if words & _BACK else 1)
    if unit in _DAYS and abs(n) <= _FARTHEST * 50:
        other = anchor + timedelta(days=n * _DAYS[unit])
    elif unit in _MONTHS and abs(n) <= _FARTHEST:
        other = add_months(anchor, n * _MONTHS[unit])
    else:
        return None
    return "/".join(d.isoformat() for d in sorted((anchor, other)))


def _is_adjective(view: View) -> bool:
    """ "a three-hour meeting", "a five year low": the article is the noun's."""
    words, values = view.words, grammar().values
    counted = words[1][0].isdigit() or words[1] in values["NUMWORD"] or words[1] in values["VAGUE"]
    return counted and words[-1] in values["UNIT"] and "half" not in words


def _is_distance(view: View) -> bool:
    """ "a year-earlier loss" is read as one year before, not as a year."""
    return view.after() in ("-", "‑") and view.after(2) in ("earlier", "ago", "before", "on", "over", "end", "to")


def _is_age(view: View) -> bool:
    if "aged" in (view.before(n) for n in (1, 2, 3)):
        return True
    return view.after() in _OLD or (view.after() in ("-", "of") and view.after(2) in ("old", "olds", "age"))


def _is_rate(view: View) -> bool:
    """ "$2 million a year", "15 a year": a measure, not a time."""
    if view.words[0] not in ("a", "an") or len(view.words) > 2:
        return False
    before = view.context.token(max(0, view.start - 2))
    return before.pos_ in ("NOUN", "NUM", "SYM", "PROPN") or before.text == "%"


def _lasts(view: View) -> bool:
    """Whether "a day", "a week" lasts ("for a week", "took a year") and is not just one of many."""
    if view.words[0] in ("another", "one") or len(view.words) > 2:
        return view.words[0] != "one" or view.words[-1] != "day"
    return view.before() in grammar().values["LASTING"]
