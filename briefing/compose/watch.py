"""Desk → what to watch: announced events, deadlines, intentions and what hangs on a condition, dated ones first."""

from __future__ import annotations

from datetime import date as day

from briefing.compose import wording
from briefing.compose.desk import Desk
from briefing.records import Evidence, Time, WatchLine

FRESH = 31  # days before the brief's date in which an undated announcement still counts
SAME = 0.7  # cosine of content words from which two announcements are one

Key = tuple[str, int]


def watch_lines(desk: Desk) -> tuple[WatchLine, ...]:
    """Each sentence once; dated ones by date, then conditions, then other announcements in the order of the text."""
    lines: dict[Key, WatchLine] = {}
    for line in (*_dated(desk), *_planned(desk), *_intended(desk), *_conditional(desk)):
        first = line.evidence[0]
        lines.setdefault((first.article, first.start), line)
    ordered = sorted(lines.values(), key=lambda w: (w.date is None, w.date or "", not wording.depends(w.text)))
    return tuple(_distinct(ordered))


def _dated(desk: Desk) -> list[WatchLine]:
    """Sentences that speak of something to come and name a time after the brief's date."""
    found = []
    for article in desk.shown:
        for time in desk.extraction[article.id].times:
            when = ahead(time, desk.as_of)
            if when is None:
                continue
            evidence = desk.cited_sentence(article.id, time.start, time.end)
            if wording.comes(evidence.quote) or wording.depends(evidence.quote):
                found.append(_line(desk, evidence, when, _actors(desk, evidence)))
    return [w for w in found if _sound(w.text)]


def ahead(time: Time, as_of: str | None) -> str | None:
    """The date of a time expression where it lies after ``as_of``; of an interval its beginning."""
    if not as_of or time.type not in {"DATE", "TIME"} or not time.resolved:
        return None
    start = time.resolved.split("/")[0].partition("T")[0]
    return start if start[:4].isdigit() and start > as_of[: len(start)] else None


def _planned(desk: Desk) -> list[WatchLine]:
    found = []
    for e in desk.found.events:
        t = e.tellings[0]
        evidence = desk.cited_sentence(t.article, t.evidence.start, t.evidence.end)
        if e.factuality != "planned" or (e.date and desk.as_of and e.date < desk.as_of[: len(e.date)]):
            continue
        line = _line(desk, evidence, e.date, e.actors)
        if _sound(line.text) and (e.date or _news(desk, evidence)):
            found.append(line)
    return found


def _intended(desk: Desk) -> list[WatchLine]:
    said = [a for a in desk.found.attributions if a.kind == "intent" and a.forward]
    lines = [(a, _line(desk, a.sentence, None, (a.speaker,) if a.speaker else ())) for a in said]
    return [w for a, w in lines if _sound(w.text) and _news(desk, a.sentence)]


def _conditional(desk: Desk) -> list[WatchLine]:
    found = []
    for article in desk.shown:
        for s in desk.extraction[article.id].sentences:
            evidence = desk.evidence(article.id, s.start, s.end)
            if wording.depends(evidence.quote) and _news(desk, evidence):
                found.append(_line(desk, evidence, None, _actors(desk, evidence)))
    return [w for w in found if _sound(w.text)]


def _sound(text: str) -> bool:
    """A whole sentence that is no question and has a speaker where it is somebody's words."""
    return wording.whole(text) and not wording.asks(text) and not wording.only_quoted(text)


def _news(desk: Desk, evidence: Evidence) -> bool:
    """Whether an undated sentence announces something, calls for nothing, and stands in no copy and no old article."""
    if desk.placed[evidence.article].duplicate_of or not _fresh(desk, evidence.article):
        return False
    return wording.comes(evidence.quote) and not wording.demands(evidence.quote)


def _fresh(desk: Desk, article: str) -> bool:
    told = (desk.placed[article].date or "")[:10]
    if not desk.as_of or len(told) < 10 or len(desk.as_of) < 10:
        return True
    return (day.fromisoformat(desk.as_of[:10]) - day.fromisoformat(told)).days <= FRESH


def _actors(desk: Desk, evidence: Evidence) -> tuple[str, ...]:
    """Actors of the events told in a sentence."""
    inside = [
        e
        for e in desk.found.events
        for t in e.tellings
        if t.article == evidence.article and evidence.start <= t.evidence.start < evidence.end
    ]
    return tuple(dict.fromkeys(a for e in inside for a in e.actors))


def _distinct(lines: list[WatchLine]) -> list[WatchLine]:
    """Without those that say what an earlier one of the same date says."""
    kept: list[tuple[WatchLine, frozenset[str]]] = []
    for line in lines:
        roots = wording.roots(line.text)
        if not any(k.date == line.date and wording.alike(roots, r) >= SAME for k, r in kept):
            kept.append((line, roots))
    return [k for k, _ in kept]


def _line(desk: Desk, evidence: Evidence, date: str | None, actors: tuple[str, ...]) -> WatchLine:
    return WatchLine(text=desk.lifted(evidence, short=True).text, evidence=(evidence,), date=date, actors=actors)
