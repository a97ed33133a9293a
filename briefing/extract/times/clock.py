"""Views of times of day ("10 p.m. Wednesday", "this morning", "18:00 UTC") → Drafts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from briefing.extract.times.calendar import UNKNOWN, Stretch
from briefing.extract.times.context import Draft, View
from briefing.extract.times.dates import calendar
from briefing.extract.times.grammar import grammar
from briefing.extract.times.numbers import parse_count
from briefing.extract.times.weekdays import weekday_stretch

_MODS = {"early": "START", "mid": "MID", "late": "END"}
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def deictic_part(view: View) -> Draft:
    """this morning, tonight, last night."""
    part = view.given.get("part") or view.value("PART")
    anchor = view.context.anchor
    day = Stretch(anchor + timedelta(days=view.given["days"]), "D") if anchor else None
    return _at(day, part, _mod(view))


def day_part(view: View) -> Draft | None:
    """Friday morning, yesterday afternoon, the morning of April 3."""
    day, unknown = _day(view)
    part = view.value("PART") or view.value("CLOCKWORD")
    return _at(day, part.removeprefix("T"), _mod(view), unknown)


def bare_part(view: View) -> Draft | None:
    """in the morning, by mid afternoon: of the day that the sentence names, else of the anchor."""
    part = view.value("PART")
    if part is None or view.after() == "-":
        return None
    words = view.words
    if words[:2] in (["the", "next"], ["the", "following"]) and view.context.last and view.context.last.unit == "D":
        return _at(view.context.last.shift(1), part, None)
    return _at(_near_day(view), part, _mod(view))


def clock(view: View) -> Draft | None:
    """10 p.m. Wednesday; 18:00 UTC; noon; half past nine in the evening."""
    hour = _hour(view)
    if hour is None:
        return None
    named = (
        any(w in _DAYS for w in view.words) or view.value("WEEKDAY", "MONTH", "MON") or re.match(r"\d{4}-", view.text)
    )
    day, unknown = _day(view) if named else (_near_day(view), UNKNOWN["D"])
    if "last" in view.words and "night" in view.words and view.context.anchor:
        day = Stretch(view.context.anchor - timedelta(days=1), "D")
    return _at(day, hour + _zone(view), None, unknown)


def _at(day: Stretch | None, part: str, mod: str | None, unknown: str = UNKNOWN["D"]) -> Draft:
    value = f"{day.value if day else unknown}T{part}"
    return Draft("TIME", value, day.resolved if day else None, day, mod)


def _near_day(view: View) -> Stretch | None:
    same = view.context.same_sentence(view.start)
    if same and same.unit == "D":
        return same
    if view.context.anchor:
        return Stretch(view.context.anchor, "D")
    last = view.context.last
    return last if last and last.unit == "D" else None


def _day(view: View) -> tuple[Stretch | None, str]:
    """The day that the words name, and the value to show where it is not known."""
    anchor = view.context.anchor
    deictic = next((_DAYS[w] for w in view.words if w in _DAYS), None)
    if deictic is not None:
        return (Stretch(anchor + timedelta(days=deictic), "D") if anchor else None), UNKNOWN["D"]
    if re.search(r"\d{4}-\d\d-\d\d", view.text):
        found = re.search(r"\d{4}-\d\d-\d\d", view.text)
        draft = _iso(found[0]) if found else None
        return draft, UNKNOWN["D"]
    if view.value("MONTH", "MON"):
        full = calendar(_only_date(view))
        return (full.when if full else None), (full.value if full else UNKNOWN["D"])
    number = view.value("WEEKDAY", "WDAY")
    if number:
        return weekday_stretch(view, number), f"XXXX-WXX-{number}"
    return _near_day(view), UNKNOWN["D"]


def _iso(text: str) -> Stretch | None:
    try:
        return Stretch(date.fromisoformat(text), "D")
    except ValueError:
        return None


def _only_date(view: View) -> View:
    """The view without its clock: the words from the month's neighbours on."""
    values = grammar().values
    words = view.words
    at = next(i for i, w in enumerate(words) if w in values["MONTH"] or w in values["MON"])
    first = at - 1 if at and words[at - 1][0].isdigit() and not _clock_digit(words, at - 1) else at
    if at > 1 and words[at - 1] == "of" and words[at - 2][0].isdigit():
        first = at - 2
    match = view.match
    end = len(words)
    for i in range(at + 1, len(words)):
        if words[i] in ("at", "around", "about") or ":" in words[i]:
            end = i
            break
    return View(replace(match, first=match.first + first, end=match.first + end), view.context)


def _clock_digit(words: list[str], i: int) -> bool:
    return ":" in words[i] or words[i + 1] in grammar().values["AMPM"]


def _hour(view: View) -> str | None:
    values, words = grammar().values, view.words
    for word in words:
        if word in values["CLOCKWORD"]:
            return str(values["CLOCKWORD"][word])[1:]
    half = _past_or_to(words)
    if half:
        return half
    for i, word in enumerate(words):
        m = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?", word)
        nxt = words[i + 1] if i + 1 < len(words) else ""
        if m and (m[2] or nxt in values["AMPM"] or nxt == "o'clock"):
            return _clock(int(m[1]), int(m[2] or 0), _pm(view, nxt))
        if re.fullmatch(r"\d{4}", word) and i == 0:
            return _clock(int(word[:2]), int(word[2:]), None)
        if word in values["HOURWORD"] and (nxt in values["AMPM"] or nxt == "o'clock"):
            return _clock(values["HOURWORD"][word], 0, _pm(view, nxt))
    return None


def _pm(view: View, word: str) -> str | None:
    mark = grammar().values["AMPM"].get(word)
    if mark:
        return str(mark)
    for marked in view.words:
        if marked in grammar().values["AMPM"]:
            return str(grammar().values["AMPM"][marked])
    part = view.value("PART")
    return {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}.get(part or "")


def _clock(hour: int, minute: int, mark: str | None) -> str | None:
    if hour > 24 or minute > 59:
        return None
    if mark == "pm" and hour < 12:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def _past_or_to(words: list[str]) -> str | None:
    cut = next((i for i, w in enumerate(words) if w in ("past", "to", "after", "before")), None)
    if not cut or cut + 1 >= len(words):
        return None
    minutes = 30 if words[0] == "half" else 15 if words[0] == "quarter" else int(parse_count(words[:cut]) or 0)
    hour_word = words[cut + 1]
    hour = int(hour_word) if hour_word.isdigit() else grammar().values["HOURWORD"].get(hour_word)
    if hour is None or not 0 < minutes < 60:
        return None
    total = hour * 60 + (minutes if words[cut] in ("past", "after") else -minutes)
    if any(grammar().values["AMPM"].get(w) == "pm" for w in words) and total < 720:
        total += 720
    return f"{total // 60 % 24:02}:{total % 60:02}"


def _zone(view: View) -> str:
    zones = grammar().values["ZONE"]
    text = view.text
    name = next((w for w in (v.replace(".", "") for v in view.words) if w in zones), None)
    if name is None:
        return ""
    offset = re.search(r"(?:GMT|UTC)\s*([+–-])\s*(\d{1,2})(?::?(\d{2}))?", text, re.IGNORECASE)
    if offset:
        sign = "+" if offset[1] == "+" else "-"
        return f"{sign}{int(offset[2]):02}:{offset[3] or '00'}"
    return str(zones[name])


def _mod(view: View) -> str | None:
    return next((_MODS[w] for w in view.words if w in _MODS), None)
