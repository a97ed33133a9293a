"""Slots by walking along the clock, some minutes at a time: the calendar's rule told in another way.

A time of day belongs to a date; it comes when the zone's wall clock first passes it upwards on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)  # Casey has changed its clock at 00:01


def walk(zone: str, start: datetime, end: datetime, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Moments and what the wall clock shows then, without its zone."""
    info, at = ZoneInfo(zone), start
    while at <= end:
        yield at, at.astimezone(info).replace(tzinfo=None)
        at += step


def crossings(
    zone: str, times: Sequence[str], start: datetime, end: datetime, step: timedelta = MINUTE
) -> dict[tuple[date, str], datetime]:
    """Date and time of day → when it came, for every date that the wall clock showed in full or in part."""
    steps = list(walk(zone, start, end, step))
    shown = {wall.date() for _, wall in steps}
    wanted = sorted((datetime.combine(d, _clock(t)), t) for d in shown for t in times)
    found: dict[tuple[date, str], datetime] = {}
    reached = steps[0][1]  # the latest that the wall clock has shown
    place = next((i for i, (wall, _) in enumerate(wanted) if wall > reached), len(wanted))
    for at, wall in steps:
        while place < len(wanted) and wanted[place][0] <= wall:
            planned, name = wanted[place]
            found[planned.date(), name] = at
            place += 1
    return found


def changes(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """Moments, to half a day, after which the clock's offset is another."""
    info, at, out = ZoneInfo(zone), start, []
    offset = at.astimezone(info).utcoffset()
    while at < end:
        at += timedelta(hours=12)
        now = at.astimezone(info).utcoffset()
        if now != offset:
            out.append(at - timedelta(hours=12))
        offset = now
    return out


def utc(text: str) -> datetime:
    """2026-03-13T04:00 as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _clock(text: str) -> time:
    return time.fromisoformat(text)
