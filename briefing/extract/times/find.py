"""Reading → [Time]: words, matches, drafts, and the words beside them that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from briefing.extract.reading import Reading
from briefing.extract.times import clock, dates, distance, durations, fiscal, holidays, relative, weekdays
from briefing.extract.times.anchors import anchored
from briefing.extract.times.calendar import Stretch, day_of
from briefing.extract.times.context import Context, Draft, View
from briefing.extract.times.grammar import Affix, Grammar, Match, grammar
from briefing.extract.times.lexer import Lexed
from briefing.records import Time

Reader = Callable[[View], Draft | list[Draft] | None]


def reference(view: View) -> Draft | None:
    """now, recently, soon."""
    words, value = view.words, view.given["value"]
    if words == ["soon"] and (view.before() == "as" or view.after() in ("after", "as")):
        return None
    if words[-1] == "now" and view.before() in ("until", "by", "from", "till") and len(words) == 1:
        return Draft("DATE", value)
    if words == ["now"] and view.before() == "every":
        return None
    if words == ["previously"] and view.context.token(view.match.lexed.ends[view.match.end - 1] + 1).tag_ in (
        "VBN",
        "JJ",
        "NN",
    ):
        return None
    if words == ["shortly"] and view.after() in ("after", "before"):
        return None
    if words[-1] == "future" and words[0] not in ("the", "near"):
        return None
    return Draft("DATE", value)


READERS: dict[str, Reader] = {
    "iso_date": dates.iso_date,
    "slash_date": dates.slash_date,
    "calendar": dates.calendar,
    "day_range": dates.day_range,
    "relative_month": dates.relative_month,
    "year": dates.year,
    "year_words": dates.year_words,
    "short_year": dates.short_year,
    "bc_year": dates.bc_year,
    "decade": dates.decade,
    "decade_word": dates.decade_word,
    "century": dates.century,
    "turn_of_century": dates.turn_of_century,
    "weekday": weekdays.weekday,
    "weekday_of_week": weekdays.weekday_of_week,
    "ordinal_weekday": weekdays.ordinal_weekday,
    "week_from": weekdays.week_from,
    "weekday_set": weekdays.weekday_set,
    "deictic_day": relative.deictic_day,
    "relative_unit": relative.relative_unit,
    "unit_before_last": relative.unit_before_last,
    "whole_unit": relative.whole_unit,
    "bare_unit": relative.bare_unit,
    "anaphoric": relative.anaphoric,
    "season": lambda v: relative.season_of_year(v) if dates.year_of(v)[1] else relative.relative_season(v),
    "season_bare": relative.bare_season,
    "year_end": relative.year_end,
    "quarter": fiscal.quarter,
    "half_year": fiscal.half_year,
    "fiscal_year": fiscal.fiscal_year,
    "split_year": fiscal.split_year,
    "latest_period": fiscal.latest_period,
    "year_earlier": fiscal.year_earlier,
    "year_period": fiscal.year_period,
    "ago": distance.ago,
    "ago_two": distance.ago_two,
    "nth_day": distance.nth_day,
    "from_now": distance.from_now,
    "earlier_later": distance.earlier_later,
    "duration": durations.duration,
    "duration_a": durations.duration_a,
    "duration_sum": durations.duration_sum,
    "duration_past": durations.duration_past,
    "duration_range": durations.duration_range,
    "bare_units": durations.bare_units,
    "units_long": durations.units_long,
    "constant": durations.constant,
    "every": durations.every,
    "times_a": durations.times_a,
    "per": durations.per,
    "adverb_set": durations.adverb_set,
    "deictic_part": clock.deictic_part,
    "day_part": clock.day_part,
    "bare_part": clock.bare_part,
    "clock": clock.clock,
    "reference": reference,
    "holiday": holidays.holiday,
}


# A dateline is a few days from publication at most; anything further off is a date that the text is about.
_DATELINE_DAYS = 3
# Captions may stand before a line that is a date, so the head is long; a date inside a sentence has to open the text.
_HEAD, _OPENING = 3000, 400
# Years that a publication can have; others (0001-01-01) mean that the date is not known.
_YEARS = range(1400, 2200)
_RANGE = ("and", "to", "through", "until", "till", "-", "–", "—")
_ENDING = ("W", "M", "Q", "H", "Y")


def find_times(reading: Reading) -> tuple[Time, ...]:
    """Every time expression of the body, in order of place."""
    g = grammar()
    lexed = g.lexer.lex(reading.article.text)
    context = Context(reading, anchor_of(reading, lexed, g))
    drafts = _read(lexed, context, g)
    return anchored([_time(reading, lexed, d) for d in _linked(drafts, lexed, context)], reading)


def anchor_of(reading: Reading, lexed: Lexed, g: Grammar) -> date | None:
    """The day that "today" means: the one the text has at its head, where it fits the publication date; else that."""
    published = reading.anchor if reading.anchor and reading.anchor.year in _YEARS else None
    written = dateline(reading, lexed, g)
    if published is None or (written and abs((written - published).days) <= _DATELINE_DAYS):
        return written
    return published


def dateline(reading: Reading, lexed: Lexed, g: Grammar) -> date | None:
    """The day at the head of a text, alone on a line or before a dash or an agency's name."""
    head = reading.article.text[:_HEAD]
    blank = Context(reading, None)
    for match in _matches(lexed, g, len(head)):
        if match.rule.make not in ("calendar", "iso_date", "slash_date"):
            continue
        draft = READERS[match.rule.make](View(match, blank))
        if not isinstance(draft, Draft) or draft.when is None or draft.when.unit != "D":
            continue
        if draft.when.first.year in _YEARS and _heads(head, lexed.starts[match.first], lexed.ends[match.end - 1]):
            return draft.when.first
    return None


def _heads(text: str, start: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    rest = text[end:].split("\n", 1)[0].strip(" .")
    if not line.strip() and not rest:
        return True
    if start > _OPENING:
        return False
    capitals = sum(c.isupper() for c in line)
    named = 0 < len(line) < 60 and capitals >= 2 and not line.strip().endswith((" on", " in"))
    return (named and rest.startswith(("(", "-", "–", "—", ":"))) or (
        line.lower().startswith(("published", "updated", "posted"))
    )


def _matches(lexed: Lexed, g: Grammar, until: int) -> Iterator[Match]:
    """Matches that begin before an offset, read or not; for what needs no context."""
    for start, end in g.regions(lexed):
        if lexed.starts[start] > until:
            return
        at = start
        while found := g.at_or_after(lexed, at, end):
            yield from found
            at = found[0].end


def _read(lexed: Lexed, context: Context, g: Grammar) -> list[Draft]:
    drafts: list[Draft] = []
    for region in g.regions(lexed):
        at, end = region
        while found := g.at_or_after(lexed, at, end):
            done = drafts[-1].end or 0 if drafts else 0
            new = _first_read(found, context)
            for draft in new:
                grown = _suffixed(_prefixed(draft, lexed, g, done), lexed, g)
                context.note(grown, lexed.starts[grown.first or 0])
                drafts.append(grown)
                done = grown.end or done
            at = max(done, found[0].first + 1) if new else found[0].first + 1
    return drafts


def _first_read(found: Sequence[Match], context: Context) -> list[Draft]:
    """The reading of the longest match that its reader accepts."""
    for match in found:
        read = READERS[match.rule.make](View(match, context))
        if read:
            drafts = read if isinstance(read, list) else [read]
            return [d if d.first is not None else d.over(match.first, match.end) for d in drafts]
    return []


def _prefixed(draft: Draft, lexed: Lexed, g: Grammar, done: int) -> Draft:
    first, end = draft.first or 0, draft.end or 0
    for affix in g.prefixes:
        if not _applies(affix, draft):
            continue
        low = max(done, first - 6)
        m = affix.pattern.search(lexed.code[low:first])
        if m and not _inside_compound(lexed, low + m.start()):
            grown = replace(draft.over(low + m.start(), end), mod=affix.mod or draft.mod)
            ends = "end" in lexed.words[low + m.start() : first] and draft.when and draft.when.unit in _ENDING
            return replace(grown, resolved=draft.when.last.isoformat()) if ends and draft.when else grown
    return draft


def _suffixed(draft: Draft, lexed: Lexed, g: Grammar) -> Draft:
    end = draft.end or 0
    for affix in g.suffixes:
        if _applies(affix, draft) and (m := affix.pattern.match(lexed.code, end)):
            return replace(draft.over(draft.first or 0, m.end()), mod=affix.mod)
    return draft


def _applies(affix: Affix, draft: Draft) -> bool:
    if draft.value.endswith("_REF"):
        return draft.kind in affix.applies
    return draft.type in affix.applies or draft.kind in affix.applies


def _inside_compound(lexed: Lexed, first: int) -> bool:
    return first > 0 and lexed.words[first - 1] in "-–" and lexed.ends[first - 1] == lexed.starts[first]


def _linked(drafts: Sequence[Draft], lexed: Lexed, context: Context) -> list[Draft]:
    """Expressions that get their day from the one behind them: "two days after June 17", "opening night, June 17"."""
    out = list(drafts)
    for i, (draft, behind) in enumerate(pairwise(drafts)):
        if behind.when is None or draft.end is None or behind.first is None:
            continue
        gap = behind.first - draft.end
        if (
            draft.kind == "NAMED"
            and behind.when.unit == "D"
            and gap == 1
            and lexed.words[draft.end] in (",", "(", "on")
        ):
            out[i] = replace(draft, value=behind.when.value, resolved=behind.when.resolved, when=behind.when)
        if draft.kind == "YEARLESS" and behind.kind == "FULL" and gap == 1 and lexed.words[draft.end].lower() in _RANGE:
            out[i] = _in_year_of(draft, behind.when)
        near = gap <= 4 and context.sentence(lexed.starts[draft.end]) == context.sentence(lexed.starts[behind.first])
        if draft.distance and near:
            out[i] = replace(draft, resolved=distance.moved(behind.when, draft.distance))
    return _same_name_same_day(out, lexed)


def _in_year_of(draft: Draft, end: Stretch) -> Draft:
    """ "between June 3 and June 5, 2023": the year at the end is that of both, or the one before."""
    month, *day = (int(p) for p in draft.value.split("-")[1:])
    for year in (end.first.year, end.first.year - 1):
        first = day_of(year, month, day[0] if day else 1)
        if first and first <= end.first:
            when = Stretch(first, "D" if day else "M")
            return replace(draft, value=when.value, resolved=when.resolved, when=when)
    return draft


def _same_name_same_day(drafts: Sequence[Draft], lexed: Lexed) -> list[Draft]:
    """ "opening night" is the same day wherever the article speaks of it, once a date stands beside it."""
    names = [_name(d, lexed) for d in drafts]
    known = {n: d.when for n, d in reversed(list(zip(names, drafts, strict=True))) if d.kind == "NAMED" and d.when}
    return [
        replace(d, value=when.value, resolved=when.resolved)
        if d.kind.startswith("NAMED") and (when := known.get(n))
        else d
        for n, d in zip(names, drafts, strict=True)
    ]


def _name(draft: Draft, lexed: Lexed) -> str:
    words = [w.lower() for w in lexed.words[draft.first or 0 : draft.end]]
    return " ".join(words[words[0] == "the" :])


def _time(reading: Reading, lexed: Lexed, draft: Draft) -> Time:
    start, end = lexed.starts[draft.first or 0], lexed.ends[(draft.end or 1) - 1]
    return Time(
        start=start,
        end=end,
        text=reading.article.text[start:end],
        type=draft.type,
        value=draft.value,
        resolved=draft.resolved,
    )
