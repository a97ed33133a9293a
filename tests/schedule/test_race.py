"""Every slot run, coalesced or recorded as missed; none twice, none without account: outages, kills, two schedulers."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from briefing.ledger import CLOSED, Slot
from briefing.profiles import When
from tests.schedule.racing import Odds, World, play
from tests.schedule.walk import crossings, utc

FULL = os.environ.get("BRIEFING_SCHEDULE") == "full"
START = utc("2026-01-07T12:00")
SEEDS = range(20) if FULL else range(2)
DAYS = 365 if FULL else 60

# Name → when, and the times of day that its calendar has: those are what the walk along the clock looks for.
PROFILES: dict[str, tuple[When, tuple[str, ...]]] = {
    "paris": (When(at="02:30", zone="Europe/Paris", catch_up="latest"), ("02:30",)),
    "york": (When(cron="30 1,5 * * *", zone="America/New_York", catch_up="skip"), ("01:30", "05:30")),
    "lord-howe": (When(at="02:00", zone="Australia/Lord_Howe", catch_up="all", most=5), ("02:00",)),
    "beirut": (When(at="00:00", zone="Asia/Beirut", catch_up="latest", grace=timedelta()), ("00:00",)),
    "troll": (When(cron="0 2,14 * * *", zone="Antarctica/Troll", catch_up="all", most=3), ("02:00", "14:00")),
    "utc": (When(at="05:00", zone="UTC", catch_up="skip", grace=timedelta(hours=8)), ("05:00",)),
}


def moments(name: str, start: datetime, end: datetime) -> list[datetime]:
    """When a profile's slots are, found by walking along the clock."""
    when, times = PROFILES[name]
    first = (start - timedelta(days=2)).replace(hour=0, minute=0, second=0)
    found = crossings(when.zone, times, first, end + timedelta(days=2), timedelta(minutes=15))
    return sorted(at for at in set(found.values()) if start < at <= end)


def new_world(seed: int, start: datetime, days: int, odds: Odds) -> World:
    end = start + timedelta(days=days)
    every = sorted({at for name in PROFILES for at in moments(name, start, end)})
    return World({n: w for n, (w, _) in PROFILES.items()}, every, start, end, random.Random(seed), odds)


def history(seed: int, start: datetime, days: int, odds: Odds) -> World:
    world = new_world(seed, start, days, odds)
    play(world)
    return world


def account(world: World) -> Counter[str]:
    """What became of every slot; fails where one is missing, open, doubled or invented."""
    found: Counter[str] = Counter()
    for name in PROFILES:
        book = world.books.slots[name]
        # A clock that is ahead runs slots before their time: those are slots of the calendar, too.
        far = moments(name, world.books.first_seen[name], world.now + timedelta(days=40))
        come = [at for at in far if at <= world.now]
        assert [at for at in come if at not in book] == [], f"{name}: without account"
        assert sorted(set(book) - set(far)) == [], f"{name}: not in the calendar"
        for at in come:
            _settled(world, book[at])
            found[book[at].state] += 1
    return found


def _settled(world: World, slot: Slot) -> None:
    key = slot.profile, slot.at
    once = 1 if slot.state == "done" else 0
    assert slot.state in CLOSED, slot
    assert (world.books.issues[key], world.books.arrived[key]) == (once, once), slot
    assert world.books.finished[key] <= 1, slot
    if slot.state == "coalesced":
        teller = slot
        while teller.state == "coalesced" and teller.into is not None and teller.into <= world.now:
            assert teller.into > teller.at
            teller = world.books.slots[slot.profile][teller.into]
        assert teller.state in {"done", "failed"} or (teller.into or teller.at) > world.now, (slot, teller)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_schedulers_with_outages_kills_and_jumps_of_the_clock(seed: int) -> None:
    found, world = _played(seed, DAYS, Odds())
    assert found.total() > 6 * DAYS
    assert set(found) >= {"done", "missed", "coalesced"}
    assert min(world.kills, world.outages, world.jumps) >= DAYS / 15


@pytest.mark.parametrize("seed", range(100, 150 if FULL else 101))
def test_rough_times(seed: int) -> None:
    """A kill in fifty calls, the clock off in most looks."""
    _, world = _played(seed, 60 if FULL else 30, Odds(kill=0.02, jump=0.2))
    assert min(world.kills, world.jumps) > 10


def _played(seed: int, days: int, odds: Odds) -> tuple[Counter[str], World]:
    world = history(seed, START, days, odds)
    found = account(world)
    print(  # noqa: T201
        f"seed {seed}: {found.total()} slots {dict(sorted(found.items()))}; {world.looks} looks, "
        f"{world.outages} outages, {world.kills} kills (before {len(world.began)} kinds of calls), "
        f"{world.jumps} jumps of the clock"
    )
    return found, world
