"""Reading, Cast, times, attributions → [Event]: who did what to whom, when and where, and whether it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Span, Token

from briefing.extract import participants
from briefing.extract.acts import Act, find_acts
from briefing.extract.factuality import factuality
from briefing.extract.places import place_of
from briefing.extract.products import is_product
from briefing.extract.reading import Cast, Reading
from briefing.extract.time_links import date_of_event
from briefing.records import Attribution, Event, Factuality, Time

OLD_DAYS = 21  # an act further back than this is background to the news
LEAD = 2  # paragraphs of prose whose undated past acts are the news itself
PROSE = 12  # words; shorter paragraphs are headlines, datelines and bylines


def find_events(
    reading: Reading, cast: Cast, times: Sequence[Time], attributions: Sequence[Attribution]
) -> tuple[Event, ...]:
    """Every event of the body, in order of trigger."""
    alleged = [s for a in attributions if a.kind == "allegation" for s in a.content]
    return tuple(
        _event(reading, cast, sentence, act, times, alleged)
        for sentence in reading.doc.sents
        for act in find_acts(sentence)
    )


def _event(
    reading: Reading, cast: Cast, sentence: Span, act: Act, times: Sequence[Time], alleged: Sequence[tuple[int, int]]
) -> Event:
    trigger = (act.trigger.idx, act.trigger.idx + len(act.trigger))
    time = (
        date_of_event(act.trigger, times, reading)
        or date_of_event(act.deepest, times, reading)
        or _time_above(act.trigger, times)
    )
    when = iso(time) if time else None
    place, country = place_of(act.trigger, sentence)
    sure = _certainty(act, trigger, alleged)
    return Event(
        trigger=trigger,
        type=act.type,
        verb=act.verb,
        source=_ids(act.source, cast),
        source_spans=participants.spans(act.source),
        target=_ids(act.target, cast),
        target_spans=participants.spans(act.target),
        date=when
        or _counted_back(reading, act.trigger, times)
        or (None if time else _day_of_news(reading, act, trigger[0], sure)),
        when=(time.start, time.end) if time else None,
        place=place,
        country=country,
        factuality=sure,
        evidence=_evidence(reading, sentence, trigger[0]),
        background=_is_background(reading, act, when),
    )


def _counted_back(reading: Reading, trigger: Token, times: Sequence[Time]) -> str | None:
    """The day of an act that the news comes "a week after": counted back from publication, in days and weeks."""
    head, day = trigger.head, reading.anchor
    after = any(c.dep_ == "mark" and c.lower_ == "after" for c in trigger.children)
    if day is None or trigger.dep_ != "advcl" or not after or head.tag_ != "VBZ":
        return None
    between = (t for t in times if head.idx < t.start < trigger.idx)
    found = next((m for t in between if (m := _SPAN.match(t.value))), None)
    if found is None:
        return None
    return (day - timedelta(days=int(found.group(1)) * (7 if found.group(2) == "W" else 1))).isoformat()


_SPAN = re.compile(r"P(\d+)([DW])$")


def _time_above(trigger: Token, times: Sequence[Time]) -> Time | None:
    """The time that a clause describes: "in March 2011, when the two met"."""
    if trigger.dep_ != "relcl":
        return None
    return next((t for t in times if t.start <= trigger.head.idx < t.end), None)


def _evidence(reading: Reading, sentence: Span, at: int) -> tuple[int, int]:
    """The sentence, as far as it lies in the act's own paragraph, without blanks at its ends."""
    low, high = next(p for p in reading.paragraphs if p[0] <= at < p[1])
    start, end = max(low, sentence.start_char), min(high, sentence.end_char)
    text = reading.article.text[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _certainty(act: Act, trigger: tuple[int, int], alleged: Sequence[tuple[int, int]]) -> Factuality:
    own = factuality(act.trigger)
    if own == "actual" and any(a <= trigger[0] < b for a, b in alleged):
        return "alleged"
    return own


def _day_of_news(reading: Reading, act: Act, at: int, sure: Factuality) -> str | None:
    """Publication day for an undated act of the lead in the simple past or present: news is of its day."""
    if reading.anchor is None or sure != "actual" or at >= _end_of_lead(reading):
        return None
    aux = {c.lower_ for c in act.trigger.children if c.dep_ in ("aux", "auxpass")}
    simple = act.trigger.tag_ in ("VBD", "VBZ", "VBP") or aux & {"was", "were", "has", "have", "is", "are"}
    return reading.anchor.isoformat() if simple and "had" not in aux and not act.nominal else None


def _end_of_lead(reading: Reading) -> int:
    """Where the first paragraphs of prose end."""
    text = reading.article.text
    prose = [b for a, b in reading.paragraphs if len(text[a:b].split()) >= PROSE]
    return prose[:LEAD][-1] if prose else len(text)


def iso(time: Time) -> str | None:
    """The day, month or year of a time; of an interval what its ends have in common."""
    ends = [end[:10] for end in (time.resolved or "").split("/")]
    for length in (10, 7, 4):
        if len({end[:length] for end in ends}) == 1 and _ISO.match(ends[0][:length]):
            return ends[0][:length]
    return None


_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?$")


def _is_background(reading: Reading, act: Act, when: str | None) -> bool:
    """Older than the news: by its date, or told in the past perfect."""
    if when is not None and reading.anchor is not None:
        return _age(when, reading.anchor) > OLD_DAYS
    return any(c.lower_ in ("had", "'d") and c.dep_ == "aux" for c in act.trigger.children)


def _age(when: str, today: date) -> int:
    """Days from the end of a day, month or year to today; negative for what is to come."""
    parts = [int(p) for p in when.split("-")]
    last = date(parts[0], parts[1] if len(parts) > 1 else 12, parts[2] if len(parts) > 2 else 28)
    return (today - last).days


def _ids(tokens: Sequence[Token], cast: Cast) -> tuple[str, ...]:
    """Actors of several phrases: of the phrase itself, else of the name beside it ("the carrier, Alpine Air, …")."""
    found = []
    for t in tokens:
        whole = participants.phrase(t)
        beside = [c for c in t.children if c.dep_ == "appos"]  # "Arden's newest plane, the A40"
        phrases = (whole, *map(participants.phrase, beside))
        models = [cast.of_token(inside) for p in phrases for inside in p if is_product(inside)]
        found += [cast.of_span(whole) or _beside(t, cast), _leader(t, cast), *models]
    return tuple(dict.fromkeys(i for i in found if i))


def _leader(token: Token, cast: Cast) -> str | None:
    """Who leads a group: "a team headed by Ada Brook"."""
    led = next((c for c in token.children if c.dep_ == "acl" and c.lemma_ in ("lead", "head")), None)
    by = participants.agent(led) if led is not None else None
    return cast.of_span(participants.phrase(by)) if by is not None else None


def _beside(token: Token, cast: Cast) -> str | None:
    names = [c for c in token.children if c.dep_ == "appos"]
    return next((i for c in names if (i := cast.of_span(participants.phrase(c)))), None)
