"""Views of calendar expressions ("April 23, 2024", "in March", "the 1990s") → Drafts."""

from __future__ import annotations

import re
from datetime import date

from briefing.extract.times.calendar import Stretch, day_of, stretch_of
from briefing.extract.times.choose import by_tense
from briefing.extract.times.context import Draft, View, dated
from briefing.extract.times.grammar import grammar
from briefing.extract.times.tense import Tense

_RELATIVE_YEARS = {"last": -1, "this": 0, "next": 1, "the following": 1, "the previous": -1, "the same": 0, "that": 0}
_RELATIVE = re.compile(r"\b(last|this|next|the following|the previous|the same|that) year$")
# A bare number outside these is a year only where "in" or "since" says so.
_EARLIEST, _LATEST = 1600, 2100
_LAST_CENTURY = 30
_BEFORE_COUNTS = frozenset({"of", "to", "than", "about", "over", "", "for", "by", "or", "and"})
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def iso_date(view: View) -> Draft | None:
    """2024-04-23, 2024-04-23T10:00."""
    text = view.text
    found = _day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if found is None:
        return None
    if "T" not in text:
        return dated(found)
    return Draft("TIME", text, found.resolved, found)


def slash_date(view: View) -> Draft | None:
    """4/23/2024 (American order unless the first number is no month), 23.4.2024 (day first)."""
    a, b, year = (int(p) for p in re.split(r"[/.]", view.text))
    if year < 100:
        year += 2000 if year < 50 else 1900
    month, day = (b, a) if "." in view.text or a > 12 else (a, b)
    found = _day(year, month, day)
    return dated(found) if found else None


def calendar(view: View) -> Draft | None:
    """A month with or without day, weekday and year."""
    month = view.value("MONTH", "MON")
    day = _day_number(view)
    year, known = year_of(view)
    if day is None and not known and not _is_month(view):
        return None
    draft = from_parts(view, year, month, day, known)
    return _without_wrong_weekday(view, draft) if draft else None


def from_parts(view: View, year: int | None, month: int, day: int | None, known: bool) -> Draft | None:
    """A Draft of a month or a day; ``known`` where the text itself gives the year, if only by "last year"."""
    tail = f"{month:02}" + (f"-{day:02}" if day else "")
    if known and year is None:
        return Draft("DATE", f"XXXX-{tail}")
    if year is not None:
        found = _month_or_day(year, month, day)
        return dated(found, kind="FULL") if found else None
    anchor = view.context.anchor
    if anchor is None:
        return _beside_last(view, month, day) or Draft("DATE", f"XXXX-{tail}", kind="YEARLESS")
    near = [anchor.year + n for n in (-1, 0, 1)]
    options = [s for s in (_month_or_day(y, month, day) for y in near) if s]
    if not options:
        return None
    return dated(by_tense(options, anchor, _tense_of_date(view, day)), kind="YEARLESS")


def _tense_of_date(view: View, day: int | None) -> Tense | None:
    tense = view.tense
    if day is not None:
        return "future" if tense == "present" else tense
    if _points_ahead(view):
        return "future"
    inside = view.token.dep_ in ("compound", "nmod", "amod")  # "a June agreement"
    if tense == "present" and not inside:
        return None
    return "future" if tense == "future" and not inside else "past"


def year_of(view: View) -> tuple[int | None, bool]:
    """The year in the text; (None, True) for "last year" without an anchor, (None, False) where none is given."""
    for word in reversed(view.words):
        if len(word) == 4 and _YEAR.fullmatch(word):
            return int(word), True
    m = _RELATIVE.search(" ".join(view.words))
    if m is None:
        return None, False
    last, anchor = view.context.last, view.context.anchor
    base: date | None = last.first if last and m[1].startswith(("the", "that")) else anchor
    return (base.year + _RELATIVE_YEARS[m[1]] if base else None), True


def day_range(view: View) -> list[Draft] | None:
    """ "June 3-5, 2024" → June 3 and 5, 2024."""
    month = view.value("MONTH", "MON")
    year, known = year_of(view)
    days = [int(re.sub(r"\D", "", w)) for w in view.words if w[0].isdigit() and len(re.sub(r"\D", "", w)) <= 2]
    if len(days) != 2:
        return None
    drafts = []
    for name, day in zip("ab", days, strict=True):
        draft = from_parts(view, year, month, day, known)
        if draft is None:
            return None
        drafts.append(draft.over(*view.match.groups[name]))
    return drafts


def relative_month(view: View) -> Draft:
    """ "last June": the last one that is over; "this June": of this year; "next June": the first one to come."""
    month, word = view.value("MONTH"), view.words[0]
    anchor = view.context.anchor
    if anchor is None:
        return Draft("DATE", f"XXXX-{month:02}")
    if view.words[:2] == ["this", "past"] or "previous" in view.words:
        word = "last"
    elif view.words[:2] == ["this", "coming"] or "following" in view.words:
        word = "next"
    here = Stretch(date(anchor.year, month, 1), "M")
    if word == "last":
        return dated(here if here.last < anchor else here.years(-1))
    if word == "next":
        return dated(here if here.first > anchor else here.years(1))
    return dated(here)


def year(view: View) -> Draft | None:
    """A bare year, where the words around it let it be one."""
    number = int(view.words[-1])
    if view.words[0] != "the" and not _is_year(view, number):
        return None
    return dated(Stretch(date(number, 1, 1), "Y"), kind="YEAR")


def year_words(view: View) -> Draft | None:
    """ "nineteen ninety-eight", "the year two thousand"."""
    values = grammar().values
    words = [w for w in view.words if w in values["NUMWORD"]]
    if "thousand" in words:
        rest = sum(values["NUMWORD"][w] for w in words[words.index("thousand") + 1 :])
        return dated(Stretch(date(2000 + rest, 1, 1), "Y"))
    if len(words) < 2 or (words[0] == "eighteen" and view.words[0] != "the"):
        return None
    rest = sum(values["NUMWORD"][w] for w in words[1:] if w != "hundred")
    return dated(Stretch(date(values["NUMWORD"][words[0]] * 100 + rest, 1, 1), "Y"))


def short_year(view: View) -> Draft:
    """ "in '98"."""
    number = int(view.words[-1])
    return dated(Stretch(date(number + (2000 if number < 50 else 1900), 1, 1), "Y"))


def bc_year(view: View) -> Draft | None:
    """ "44 BC", as ISO-TimeML writes it; not resolved, ISO dates of this project begin in the year 1."""
    number = int(view.words[0].replace(",", ""))
    if view.words[-1] in ("ad", "ce"):
        return dated(Stretch(date(number, 1, 1), "Y")) if 0 < number <= _LATEST else None
    return Draft("DATE", f"BC{number:04}")


def decade(view: View) -> Draft:
    """ "the 1990s", "'90s"."""
    digits = re.sub(r"\D", "", view.words[-1])
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if len(digits) == 2 and int(digits) < 30:
        first = 2000 + int(digits)
    return dated(Stretch(date(first, 1, 1), "E"))


def decade_word(view: View) -> Draft | None:
    """ "the sixties"."""
    tens = view.value("DECADEWORD")
    hundreds = view.value("CENTURYWORD") if view.words[0] != "the" else 19
    if hundreds == 20 or (view.before() in ("in", "his") and view.after() in ("fahrenheit", "celsius")):
        return None
    return _mid(view, dated(Stretch(date(hundreds * 100 + tens, 1, 1), "E")))


def century(view: View) -> Draft:
    """ "the 20th century" → 19."""
    number = ordinal(view)
    if view.words[-1] in ("bc", "bce"):
        return Draft("DATE", f"BC{number - 1:02}")
    return dated(Stretch(date(max(1, (number - 1) * 100), 1, 1), "C"))


def turn_of_century(view: View) -> Draft | None:
    """ "the turn of the 20th century"."""
    number = ordinal(view)
    if 1 < number <= _LAST_CENTURY:
        return dated(Stretch(date((number - 1) * 100, 1, 1), "C"))
    return Draft("DATE", "XX") if view.context.anchor is None else dated(stretch_of(view.context.anchor, "C"))


def ordinal(view: View) -> int:
    """The ordinal number in the words; 0 where there is none."""
    values, total = grammar().values, 0
    for word in view.words:
        if word[0].isdigit():
            return int(re.sub(r"\D", "", word))
        total += values["NUMWORD"].get(word, 0) if not total else 0
        if word in values["ORDWORD"]:
            return total + int(values["ORDWORD"][word])
    return 0


def _without_wrong_weekday(view: View, draft: Draft) -> Draft:
    """ "Sun" and "Sat" before a date are also the ends of names: dropped where they are not its weekday."""
    short = grammar().values["WDAY"].get(view.words[0])
    if short is None or draft.when is None or draft.when.first.isoweekday() == short:
        return draft
    return draft.over(view.match.first + 1 + (view.words[1] in (",", ".")), view.match.end)


def _mid(view: View, draft: Draft) -> Draft:
    mods = {"early": "START", "mid": "MID", "late": "END"}
    return next((Draft(**{**draft.__dict__, "mod": mods[w]}) for w in view.words if w in mods), draft)


def _day_number(view: View) -> int | None:
    for word in view.words:
        digits = re.match(r"\d{1,2}(?=$|st|nd|rd|th)", word)
        if digits:
            return int(digits[0])
    found = ordinal(view) if any(w in grammar().values["ORDWORD"] for w in view.words) else 0
    return found or None


def _month_or_day(year_: int, month: int, day: int | None) -> Stretch | None:
    found = _day(year_, month, day or 1)
    return Stretch(found.first, "D" if day else "M") if found else None


def _day(year_: int, month: int, day: int) -> Stretch | None:
    found = day_of(year_, month, day)
    return Stretch(found, "D") if found else None


def _beside_last(view: View, month: int, day: int | None) -> Draft | None:
    """Without an anchor: the year of a date just before it in the same sentence."""
    last = view.context.same_sentence(view.start)
    found = _month_or_day(last.first.year, month, day) if last else None
    return dated(found) if found else None


def _points_ahead(view: View) -> bool:
    return view.before() in grammar().values["UNTIL"]


def _is_month(view: View) -> bool:
    """Whether a bare month's name is one: "May" and "March" are words, "April" and "June" people."""
    word = view.words[0]
    if view.token.ent_type_ in ("PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT") and view.before() not in (
        "in",
        "since",
    ):
        return False
    token = view.token
    if (
        token.i
        and token.nbor(-1).pos_ == "PROPN"
        and token.nbor(-1).dep_ == "compound"
        and token.nbor(-1).head == token
    ):
        return False  # "Theresa May", whatever the entity tagger thinks of her
    if view.token.dep_ == "compound" and view.token.head.pos_ == "PROPN" and view.before() not in ("in", "since"):
        return False
    if word in ("may", "march", "august"):
        return view.token.pos_ == "PROPN" and (
            view.before() not in ("", ".", "”", '"') or view.token.ent_type_ == "DATE"
        )
    return True


def _is_year(view: View, number: int) -> bool:
    values, token = grammar().values, view.token
    before, after = view.before(), view.after()
    if before in values["NUMBERED"] or after in values["COUNTED"] or _counts(view):
        return False
    if not _EARLIEST <= number <= _LATEST:
        return before in ("in", "since", "year") and token.head.pos_ == "ADP"
    if token.dep_ == "nummod" and token.head.tag_ in ("NNS", "NNPS") and before in _BEFORE_COUNTS:
        return bool(token.ent_type_ == "DATE")
    free = before in ("(", "-", "–", ",", "/") and token.ent_type_ in ("DATE", "")
    return before in values["INTOYEAR"] or token.ent_type_ == "DATE" or free


def _counts(view: View) -> bool:
    """Whether the number counts units: "2000 years", "a 1500 year old temple"."""
    values = grammar().values
    ahead = [view.after(n) for n in (1, 2, 3)]
    return ahead[0] in values["UNITS"] or (any(w in values["UNIT"] for w in ahead[:2]) and "old" in ahead)
