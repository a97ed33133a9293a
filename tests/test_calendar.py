"""Slots on every night on which a clock is changed, held against a walk along the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from briefing import calendar
from briefing.errors import UsageError
from briefing.profiles import When
from tests.schedule.walk import MINUTE, changes, crossings, utc

FULL = os.environ.get("BRIEFING_SCHEDULE") == "full"
TIMES = ("00:00", "01:30", "02:30", "05:00")
START, END = utc("2015-01-01T00:00"), utc("2031-01-01T00:00")

# Zones with a rule or a jump of their own: half an hour, two and three hours, at midnight, before midnight, Ramadan.
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Juba", "Africa/Sao_Tome", "America/Asuncion", "America/Caracas",
    "America/Havana", "America/Nuuk", "America/Sao_Paulo", "America/Scoresbysund", "Antarctica/Casey",
    "Antarctica/Troll", "Asia/Amman", "Asia/Beirut", "Asia/Damascus", "Asia/Gaza", "Asia/Pyongyang", "Asia/Tehran",
    "Australia/Lord_Howe", "Europe/Dublin", "Europe/London", "Europe/Volgograd", "Pacific/Apia", "Pacific/Norfolk",
)  # fmt: skip


def zones() -> list[str]:
    """All of the database in the full run."""
    return sorted(available_timezones()) if FULL else sorted(ZONES)


def test_clock_change_nights() -> None:
    """None missed, none doubled."""
    missed, doubled, nights = [], [], 0
    for zone in zones():
        whens = {t: When(at=t, zone=zone) for t in TIMES}
        for change in changes(zone, START, END):
            first, last = change - timedelta(hours=48), change + timedelta(hours=60)
            expected = crossings(zone, TIMES, first, last)
            days = sorted({d for d, _ in expected})[1:-1]
            for name, when in whens.items():
                wanted = [expected[d, name] for d in days]
                got = calendar.slots(when, after=wanted[0] - MINUTE, until=wanted[-1])
                by_date = [calendar.of_date(when, d) for d in days]
                nights += len(days)
                missed += [(zone, name, w) for w in wanted if w not in got]
                doubled += [(zone, name, g) for g in got if g not in wanted]
                assert by_date == [[w] for w in wanted], (zone, name, change)
    print(f"{len(zones())} zones, {nights} nights: {len(missed)} missed, {len(doubled)} doubled")  # noqa: T201
    assert nights > (75_000 if FULL else 5_000)
    assert (missed, doubled) == ([], [])


@pytest.mark.skipif(not FULL, reason="BRIEFING_SCHEDULE=full: all nights of all zones, minutes")
def test_every_night_of_every_zone() -> None:
    """Each local date from 2015 to 2030 has its slot, at its time or, on a changed night, after the gap."""
    nights = late = 0
    dates = [date(2015, 1, 1) + timedelta(days=n) for n in range((date(2031, 1, 1) - date(2015, 1, 1)).days)]
    for zone in zones():
        info = ZoneInfo(zone)
        for name in TIMES:
            got = calendar.slots(When(at=name, zone=zone), after=START - timedelta(days=2), until=END)
            walls = [g.astimezone(info).replace(tzinfo=None) for g in got]
            inside = [w for w in walls if dates[0] <= w.date() <= dates[-1]]
            off = [w for w in inside if w.strftime("%H:%M") != name]
            late += len(off)
            nights += len(inside)
            regular = {w.date() for w in inside if w not in off}
            # What comes at another time stands for the date of its gap: the same date, or the one before midnight.
            stood_for = {w.date() if w.date() not in regular else w.date() - timedelta(days=1) for w in off}
            have = regular | stood_for
            unseen = [d for d in dates if d not in have]
            assert [d for d in unseen if d not in (dates[0], dates[-1])] == [], (zone, name)
            assert len(got) == len(set(got)) == len(walls)
            assert len(regular) + len(stood_for) == len(inside), (zone, name)
    print(f"{nights} nights of {len(zones())} zones, {late} of them just after a gap")  # noqa: T201


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
    ],
)
def test_a_date_that_a_zone_never_had_has_no_slot(zone: str, skipped: date) -> None:
    for name in TIMES:
        when = When(at=name, zone=zone)
        assert calendar.of_date(when, skipped) == []
        around = datetime(skipped.year, skipped.month, skipped.day, tzinfo=UTC)
        got = calendar.slots(when, after=around - timedelta(days=5), until=around + timedelta(days=5))
        dates = [g.astimezone(ZoneInfo(zone)).date() for g in got]
        assert len(dates) == len(set(dates))
        assert skipped not in dates
        assert {skipped - timedelta(days=1), skipped + timedelta(days=1)} <= set(dates)


def test_no_zone_skips_a_date_between_2015_and_2030() -> None:
    """So a slot a date is the whole rule for the years that the nights above are of."""
    for zone in zones():
        info = ZoneInfo(zone)
        for change in changes(zone, START, END):
            noons = [(change + timedelta(hours=h)).astimezone(info).date() for h in range(-30, 54, 6)]
            steps = {(b - a).days for a, b in pairwise(noons)}
            assert steps <= {0, 1}, (zone, change)


CASES: list[tuple[str, When, str, list[str]]] = [
    ("spring", When(at="02:30", zone="Europe/Paris"), "2026-03-29", ["2026-03-29T03:00+02:00"]),
    ("autumn", When(at="02:30", zone="Europe/Paris"), "2026-10-25", ["2026-10-25T02:30+02:00"]),
    ("gap at midnight", When(at="00:00", zone="Asia/Beirut"), "2026-03-29", ["2026-03-29T01:00+03:00"]),
    ("gap over midnight", When(at="23:30", zone="America/Nuuk"), "2026-03-28", ["2026-03-29T00:00-01:00"]),
    ("half an hour", When(at="02:15", zone="Australia/Lord_Howe"), "2026-10-04", ["2026-10-04T02:30+11:00"]),
    ("weekday", When(at="05:00", zone="UTC", days=("mon", "tue")), "2026-03-13", []),
    (
        "several times in one gap are one",
        When(cron="0,30 2 * * *", zone="Europe/Paris"),
        "2026-03-29",
        ["2026-03-29T03:00+02:00"],
    ),
    (
        "steps of hours count as times of day",
        When(cron="0 */2 * * *", zone="America/New_York"),
        "2026-11-01",
        [f"2026-11-01T{h:02}:00-0{4 if h < 1 else 5}:00" for h in range(0, 24, 2)],
    ),
    ("last of the month", When(cron="0 6 L * *", zone="UTC"), "2028-02-29", ["2028-02-29T06:00+00:00"]),
]


@pytest.mark.parametrize(("name", "when", "day", "expected"), CASES, ids=[c[0] for c in CASES])
def test_slots_of_a_date(name: str, when: When, day: str, expected: list[str]) -> None:
    assert [calendar.local(when, at) for at in calendar.of_date(when, date.fromisoformat(day))] == expected


def test_every_hour_goes_by_the_hours_that_pass() -> None:
    when = When(cron="15 * * * *", zone="Europe/Paris")
    for start, hours in ((utc("2026-03-28T12:00"), 24), (utc("2026-10-24T12:00"), 24)):
        got = calendar.slots(when, after=start, until=start + timedelta(hours=hours))
        assert [b - a for a, b in pairwise(got)] == [timedelta(hours=1)] * 23


@pytest.mark.parametrize("when", [c[1] for c in CASES] + [When(cron="15 * * * *", zone="Europe/Paris")])
def test_pieces_make_the_whole(when: When) -> None:
    """However a stretch of time is cut, after is outside and until is inside."""
    start, end = utc("2026-10-20T00:00"), utc("2026-11-08T00:00")
    whole = calendar.slots(when, after=start, until=end)
    cuts = sorted({start, end, *whole, *(start + timedelta(minutes=197 * n) for n in range(1, 130))})
    pieces = [s for a, b in pairwise(cuts) for s in calendar.slots(when, after=a, until=b)]
    assert pieces == whole
    assert calendar.coming(when, after=start, most=5)[: len(whole)] == whole[:5]
    assert calendar.previous(when, until=end) == (whole[-1] if whole else calendar.previous(when, until=start))


def test_slots_are_all_of_their_dates() -> None:
    when = When(at="23:30", zone="America/Nuuk")
    got = calendar.slots(when, after=utc("2026-01-01T02:00"), until=utc("2027-01-01T02:00"))
    dates = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert got == [at for d in dates for at in calendar.of_date(when, d)]


@pytest.mark.parametrize("days", [(), ("mon", "thu", "sun")])
def test_a_time_of_day_is_the_expression_for_it(days: tuple[str, ...]) -> None:
    for zone in ZONES[::3]:
        for name in (*TIMES, "23:30"):
            cron = f"{int(name[3:])} {int(name[:2])} * * {','.join(days) or '*'}"
            when = When.model_validate({"at": name, "zone": zone, "days": days})
            span = {"after": utc("2023-12-01T00:00"), "until": utc("2025-01-01T00:00")}
            assert calendar.slots(when, **span) == calendar.slots(When(cron=cron, zone=zone), **span)


NAMED: list[tuple[str, str | None]] = [
    ("2026-03-13", "2026-03-13T01:30+00:00"),
    (" 2026-03-29 ", "2026-03-29T01:00+00:00"),
    ("2026-03-29T02:30", "2026-03-29T01:00+00:00"),
    ("2026-03-13T02:30", "2026-03-13T01:30+00:00"),
    ("2026-03-13T01:30Z", "2026-03-13T01:30+00:00"),
    ("2026-03-13T02:30+01:00", "2026-03-13T01:30+00:00"),
    ("2026-03-12T07:00Z", "2026-03-12T07:00+00:00"),
    ("2026-03-12", "2026-03-12T07:00+00:00"),
    ("2026-03-14", None),
    ("2026-03-13T02:31", None),
    ("2026-03-13T01:30:00.5Z", None),
    ("13.3.2026", None),
    ("0001-01-01", None),
    ("9999-12-31T23:59Z", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_parse(text: str, expected: str | None) -> None:
    """2026-03-12 07:00Z is in the ledger, from a time that the profile had before."""
    when = When(at="02:30", zone="Europe/Paris", days=("fri", "sun"))
    known = [utc("2026-03-12T07:00")]
    if expected is None:
        with pytest.raises(UsageError, match=r"^--slot: .*allowed: .*2026-03-1[35]"):
            calendar.parse(when, text, known=known)
    else:
        assert calendar.parse(when, text, known=known).isoformat(timespec="minutes") == expected


def test_parse_names_the_times_of_a_date_with_several() -> None:
    with pytest.raises(UsageError, match=r"2 slots; allowed: 2026-03-13T05:00\+01:00, 2026-03-13T17:00"):
        calendar.parse(When(cron="0 5,17 * * *", zone="Europe/Paris"), "2026-03-13")


def test_rare_days_are_found_and_rarer_ones_given_up() -> None:
    leap, fifth = When(cron="0 0 29 2 *"), When(cron="0 0 * 2 thu#5")  # a fifth Thursday in 2024, and then in 2052
    assert calendar.coming(leap, after=utc("2096-03-01T00:00")) == [utc("2104-02-29T00:00")]
    assert calendar.coming(fifth, after=utc("2026-01-01T00:00")) == []
    assert calendar.previous(fifth, until=utc("2026-01-01T00:00")) == utc("2024-02-29T00:00")
