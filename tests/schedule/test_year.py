"""A year of the service in six zones, every change of their clocks, 40 outages: each slot as its policy says."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from briefing.config import Config
from briefing.ledger import Slot
from briefing.profiles import Profile, Sources, StoreQuery, When
from briefing.service import loop
from tests.schedule.ledger import Books, Ledger
from tests.schedule.racing import try_one
from tests.schedule.walk import changes, crossings, utc

FULL = os.environ.get("BRIEFING_SCHEDULE") == "full"
START, END = utc("2026-01-01T12:00"), utc("2027-01-01T12:00")
OUTAGES = 40
GRACE = timedelta(hours=1)
MOST = 4

# Zone → the time of day that its clock changes hit, and how often they do in 2026.
ZONES = {
    "Europe/Paris": ("02:30", 2),
    "America/New_York": ("01:30", 2),
    "Australia/Lord_Howe": ("02:00", 2),
    "Asia/Beirut": ("00:00", 2),
    "America/Santiago": ("00:00", 2),
    "Africa/Casablanca": ("02:30", 2),
}
POLICIES = ("skip", "latest", "all")


class PowerCut(BaseException):
    """The machine is off."""


@dataclass
class Machine:
    """A clock that runs while the service sleeps; at the next outage the service is gone."""

    now: datetime
    cut: datetime
    politely: bool = False  # it is asked to stop before
    asked: int = 0
    ended: bool = False  # a child, which wakes the sleeper

    def clock(self) -> datetime:
        return self.now

    def sleep(self, length: timedelta) -> None:
        self.now += timedelta(seconds=1) if self.ended else length
        self.ended = False
        if self.now >= self.cut:
            if not self.politely:
                raise PowerCut
            self.asked = 1


@dataclass
class AtOnce:
    """A child that is done when it is looked at."""

    code: int = 0

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


@dataclass
class Fixed:
    """Settings that do not change."""

    config: Config

    def current(self) -> Config:
        return self.config


@dataclass
class Said:
    """What the oracle says of a slot."""

    state: str
    into: datetime | None = None
    started: datetime | None = field(default=None)


def profiles() -> dict[str, Profile]:
    out = {}
    for zone, (at, _) in ZONES.items():
        for policy in POLICIES:
            when = When.model_validate({"at": at, "zone": zone, "catch_up": policy, "grace": GRACE, "most": MOST})
            name = f"{zone.split('/')[1].lower().replace('_', '-')}-{policy}"
            out[name] = Profile(sources=Sources(store=StoreQuery()), when=when)
    return out


def outages(dice: random.Random) -> list[tuple[datetime, datetime]]:
    """Forty, from minutes to ten days; a third of them over a night of a changed clock."""
    nights = [c for zone in ZONES for c in changes(zone, START, END)]
    found: list[tuple[datetime, datetime]] = []
    while len(found) < OUTAGES:
        around = dice.choice(nights) + timedelta(hours=dice.randint(-30, 12))
        anywhere = START + timedelta(seconds=dice.randint(86_400, 360 * 86_400))
        start = (around if len(found) % 3 == 0 else anywhere) + timedelta(seconds=dice.randint(1, 3000))
        minutes = dice.choice((20, 50, 70, 200, 600, 1500, 4000, 14_400))
        end = start + timedelta(seconds=60 * minutes + dice.randint(0, 999))
        if all(end < a - timedelta(hours=1) or b + timedelta(hours=1) < start for a, b in found) and end < END:
            found.append((start, end))
    return sorted(found)


def oracle(moments: Sequence[datetime], policy: str, away: Sequence[tuple[datetime, datetime]]) -> dict[datetime, Said]:
    """What must become of each slot, from the outages alone."""
    said: dict[datetime, Said] = {}
    for m in moments:
        if not any(a <= m < b for a, b in away):
            said[m] = Said("done", started=m)
    for start, end in away:
        slept = [m for m in moments if start <= m < end]
        late = [m for m in slept if end - m > GRACE]
        for m in slept:
            said[m] = Said("done", started=end)
        if policy == "skip":
            said |= {m: Said("missed") for m in late}
        if policy == "all":
            said |= {m: Said("missed") for m in late[: max(0, len(late) - MOST)]}
        if policy == "latest" and late:
            teller = min((m for m in slept if m not in late), default=max(late))
            said |= {m: Said("coalesced", into=teller) for m in late if m != teller}
    return said


def live(books: Books, config: Config, away: Sequence[tuple[datetime, datetime]]) -> None:
    """The service, from its start to the end of the year, with every outage in between."""
    begin = START
    for number, (start, end) in enumerate([*away, (END, END)]):
        machine = Machine(begin, start, politely=number % 2 == 0)
        ledger = Ledger(books)

        def run(_config: Config, slot: Slot, machine: Machine = machine, ledger: Ledger = ledger) -> AtOnce:
            try_one(ledger, slot, machine.clock, lambda: False)
            machine.ended = True
            return AtOnce()

        with contextlib.suppress(PowerCut):
            loop.serve(
                Fixed(config),
                store=lambda _found, ledger=ledger: ledger.as_store(),  # type: ignore[misc]
                run=run,
                clock=machine.clock,
                sleep=machine.sleep,
                stop=machine,
            )
        begin = end


@pytest.mark.parametrize("seed", range(3 if FULL else 1))
def test_a_year_in_six_zones(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if not FULL:
        monkeypatch.setattr(loop, "NAP", timedelta(hours=2))
    monkeypatch.setattr(loop, "LOOK", timedelta(days=3))
    away = outages(random.Random(seed))
    config, books = Config(profiles=profiles()), Books()
    live(books, config, away)
    counts: dict[str, int] = {}
    for zone, (at, changed) in ZONES.items():
        assert len(changes(zone, START, END)) == changed, zone
        first = START - timedelta(days=1)
        found = crossings(zone, [at], first, END + timedelta(days=1), timedelta(minutes=15))
        moments = sorted(m for m in found.values() if START < m <= END)
        assert len(moments) == 365
        for policy in POLICIES:
            name = f"{zone.split('/')[1].lower().replace('_', '-')}-{policy}"
            said = oracle(moments, policy, away)
            assert sorted(books.slots[name]) == moments
            begun = {r.slot: r.started for r in books.runs if r.profile == name}
            for m in moments:
                slot = books.slots[name][m]
                counts[slot.state] = counts.get(slot.state, 0) + 1
                assert (slot.state, slot.into) == (said[m].state, said[m].into), (name, m)
                assert books.arrived[name, m] == (1 if slot.state == "done" else 0)
                if (expected := said[m].started) is not None:
                    assert timedelta() <= begun[m] - expected <= timedelta(minutes=2), (name, m, begun[m])
    print(f"seed {seed}: {sum(counts.values())} slots, {OUTAGES} outages: {dict(sorted(counts.items()))}")  # noqa: T201
