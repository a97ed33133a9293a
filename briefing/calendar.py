"""A profile's time and zone in; its slots out, as moments in UTC. Pure: no clock is read, no ledger is known.

A time of day comes exactly once on each date of the zone's calendar. Where the clock jumps over it, it comes at the
first moment after the jump; where the clock shows it twice, the first time counts. A date that the zone never had
(Samoa went from 29 to 31 December 2011) has no slot. Only an expression that names every hour goes by the hours
that pass: both of a doubled hour, none of a skipped one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefing.errors import UsageError
from briefing.profiles import When

_MARGIN = timedelta(hours=25)  # more than any clock was ever moved at once
_SECOND = timedelta(seconds=1)
_HORIZON = timedelta(days=9 * 366)  # two 29 February are at most eight years apart
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEARS = range(1970, 2200)


def slots(when: When, *, after: datetime, until: datetime) -> list[datetime]:
    """The slots later than ``after`` and not later than ``until``, in order."""
    if until <= after:
        return []
    zone = ZoneInfo(when.zone)
    first, last = _wall(after, zone) - _MARGIN, _wall(until, zone) + _MARGIN
    found = {moment for wall in _walls(when, first, last) for moment in _moments(when, wall, zone)}
    return sorted(moment for moment in found if after < moment <= until)


def coming(when: When, *, after: datetime, most: int = 1) -> list[datetime]:
    """The next slots after a moment: at most that many, fewer where the expression has no more."""
    span = timedelta(days=2)
    while True:
        found = slots(when, after=after, until=after + span)
        if len(found) >= most or span > _HORIZON:
            return found[:most]
        span *= 4


def previous(when: When, *, until: datetime) -> datetime | None:
    """The latest slot not later than a moment."""
    span = timedelta(days=2)
    while True:
        found = slots(when, after=until - span, until=until)
        if found or span > _HORIZON:
            return found[-1] if found else None
        span *= 4


def of_date(when: When, day: date) -> list[datetime]:
    """The slots of one local date, in order: those whose time of day was meant for it."""
    zone = ZoneInfo(when.zone)
    start = datetime(day.year, day.month, day.day)
    walls = _walls(when, start - _SECOND, start + timedelta(days=1) - _SECOND)
    return sorted({moment for wall in walls for moment in _moments(when, wall, zone)})


def planned(when: When, at: datetime) -> bool:
    """Whether a moment is a slot."""
    return at in slots(when, after=at - _SECOND, until=at)


def local(when: When, at: datetime) -> str:
    """What the zone's wall clock shows, with its offset: 2026-03-13T05:00+01:00."""
    shown = at.astimezone(ZoneInfo(when.zone))
    return shown.isoformat(timespec="seconds" if shown.second else "minutes")


def parse(when: When, text: str, *, known: Sequence[datetime] = ()) -> datetime:
    """The slot that a person or a scheduler named: a local date, or a full time, local or with an offset.

    ``known`` are slots of the ledger: they count even where the profile's time has changed since. Raises UsageError.
    """
    text = text.strip()
    try:
        if len(text) <= len("2026-03-13"):
            return _on(when, date.fromisoformat(text), known)
        return _at(when, datetime.fromisoformat(text), known)
    except (ValueError, OverflowError) as e:
        allowed = "a local date such as 2026-03-13, or a time such as 2026-03-13T05:00 or 2026-03-13T04:00Z"
        raise UsageError("--slot", repr(text), allowed=allowed) from e


# -------------------------------------------------------------------------------------------------------- wall clock
def _walls(when: When, after: datetime, until: datetime) -> Iterator[datetime]:
    """Times that the wall clock should show, without regard to what the zone does with them."""
    for wall in CronSim(when.cron, after) if when.cron else _daily(when, after):
        if wall > until:
            return
        yield wall


def _daily(when: When, after: datetime) -> Iterator[datetime]:
    """What ``M H * * DAYS`` gives, in a twentieth of the time."""
    wall = datetime.combine(after.date(), time.fromisoformat(str(when.at)))
    while True:
        if wall > after and (not when.days or _DAYS[wall.weekday()] in when.days):
            yield wall
        wall += timedelta(days=1)


def _moments(when: When, wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When the zone's clock shows a time: once, on rare nights twice or never."""
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return (first,)
    if first < second:
        return (first, second) if _every_hour(when) else (first,)
    if _every_hour(when):
        return ()
    after = _end_of_gap(second, first, zone)
    before = (after - _SECOND).astimezone(zone).date()
    skipped = before < wall.date() < after.astimezone(zone).date()
    return () if skipped else (after,)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second at which the clock has jumped, between a moment before and one after."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def _every_hour(when: When) -> bool:
    return when.cron is not None and len(CronSim(when.cron, datetime(2026, 1, 1)).hours) == 24


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


# ------------------------------------------------------------------------------------------------------------- naming
def _on(when: When, day: date, known: Sequence[datetime]) -> datetime:
    _known_year(day)
    zone = ZoneInfo(when.zone)
    on_day = sorted({k.astimezone(UTC) for k in known if k.astimezone(zone).date() == day})
    meant = of_date(when, day)
    found = [at for at in meant if at in on_day] or on_day or meant
    if len(found) == 1:
        return found[0]
    if found:
        times = ", ".join(local(when, at) for at in found[:6]) + (" …" if len(found) > 6 else "")
        raise UsageError("--slot", f"{day} has {len(found)} slots", allowed=times)
    raise UsageError("--slot", f"no slot on {day}", allowed=_near(when, datetime(day.year, day.month, day.day, 12)))


def _at(when: When, given: datetime, known: Sequence[datetime]) -> datetime:
    _known_year(given)
    zone = ZoneInfo(when.zone)
    if given.tzinfo is None:
        moments = _moments(when, given, zone) or (given.replace(tzinfo=zone),)
        moment = moments[0].astimezone(UTC)
    else:
        moment = given.astimezone(UTC)
    if moment in known or planned(when, moment):
        return moment
    raise UsageError("--slot", f"no slot at {local(when, moment)}", allowed=_near(when, _wall(moment, zone)))


def _known_year(day: date) -> None:
    if day.year not in _YEARS:
        raise ValueError(day)


def _near(when: When, wall: datetime) -> str:
    """The slots before and after a time, for a message."""
    at = wall.replace(tzinfo=ZoneInfo(when.zone)).astimezone(UTC)
    near = [previous(when, until=at), *coming(when, after=at)]
    return " or ".join(local(when, moment) for moment in near if moment) or "none: the expression never comes true"
