"""The service with clock, children and store in hand; and once as it is, with real processes and signals."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import StoreError
from briefing.ledger import Slot
from briefing.profiles import Profile, Sources, StoreQuery, When
from briefing.service import host, loop
from tests.schedule.ledger import Books, Ledger
from tests.schedule.racing import try_one
from tests.schedule.walk import utc

START = utc("2026-03-09T12:00")
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86_400))


def profile(at: str = "05:00", **more: object) -> Profile:
    return Profile(sources=Sources(store=StoreQuery()), when=When.model_validate({"at": at, **more}))


@dataclass
class Child:
    """A run that takes some time; what it does to the ledger it does at its end."""

    hall: Hall
    slot: Slot
    ends: datetime
    code: int = 0
    terminated: bool = False
    killed: bool = False

    def poll(self) -> int | None:
        if self.killed:
            return -9
        if self.hall.now < self.ends:
            return None
        if self.code == 0:
            try_one(self.hall.ledger, self.slot, self.hall.clock, lambda: False)
        return self.code

    def terminate(self) -> None:
        self.terminated = True
        if not self.hall.deaf:
            self.ends, self.code = self.hall.now + SECOND, 75

    def kill(self) -> None:
        self.killed = True


@dataclass
class Hall:
    """All that the service is given, moved by its own sleep. ``at`` says what happens when, once."""

    config: Config
    now: datetime = START
    until: datetime = START + DAY
    takes: timedelta = 2 * MINUTE
    code: Callable[[Slot], int] = lambda _slot: 0
    deaf: bool = False  # children do not hear SIGTERM
    asked: int = 0
    books: Books = field(default_factory=Books)
    children: list[Child] = field(default_factory=list)
    naps: list[timedelta] = field(default_factory=list)
    at: dict[datetime, Callable[[Hall], None]] = field(default_factory=dict)
    broken: str = ""  # what the store says
    most_at_work: int = 0
    opened: int = 0
    closed: int = 0

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.books, self._hook)
        self.ledger.close = self._close  # type: ignore[method-assign]

    def _hook(self, _call: str) -> None:
        if self.broken:
            raise StoreError("store", self.broken)

    def _close(self) -> None:
        self.closed += 1

    def clock(self) -> datetime:
        return self.now

    def current(self) -> Config:
        return self.config

    def open(self, _config: Config) -> object:
        self.opened += 1
        return self.ledger

    def run(self, _config: Config, slot: Slot) -> Child:
        child = Child(self, slot, self.now + self.takes, self.code(slot))
        self.children.append(child)
        self.most_at_work = max(self.most_at_work, sum(self.now < c.ends and not c.killed for c in self.children))
        return child

    def sleep(self, length: timedelta) -> None:
        self.naps.append(length)
        wake = min([self.now + length, *(c.ends for c in self.children if c.ends > self.now)])
        for moment in sorted(m for m in self.at if m <= wake):
            wake = max(moment, self.now)
            self.at.pop(moment)(self)
            break
        self.now = wake if self.now <= wake else self.now
        if self.now >= self.until:
            self.asked = max(self.asked, 1)

    def serve(self, *, together: int = 1) -> int:
        return loop.serve(
            self,
            store=self.open,  # type: ignore[arg-type]
            run=self.run,
            clock=self.clock,
            sleep=self.sleep,
            stop=self,
            together=together,
        )

    @property
    def began(self) -> list[str]:
        return [f"{c.slot.profile} {c.slot.at:%d %H:%M}" for c in self.children]


@pytest.fixture(autouse=True)
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "briefing")
    return caplog


def test_each_profile_at_its_time_and_never_asleep_for_more_than_a_minute(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"b": profile(), "a": profile(), "c": profile("06:30", zone="Europe/Paris")}))
    assert hall.serve() == 0
    assert hall.began == ["a 10 05:00", "b 10 05:00", "c 10 05:30"]
    assert [c.ends - c.slot.at for c in hall.children] == [2 * MINUTE, 4 * MINUTE, 2 * MINUTE]
    assert max(hall.naps) <= MINUTE
    assert "c: next 2026-03-10T06:30+01:00" in said.text
    assert "a: 2026-03-10T05:00+00:00 done, 0:02:00" in said.text
    assert hall.opened == hall.closed == 1


@pytest.mark.parametrize("together", [1, 2, 5])
def test_side_by_side_up_to_a_bound(together: int) -> None:
    hall = Hall(Config(profiles={n: profile() for n in "abcd"}))
    hall.serve(together=together)
    assert sorted(hall.began) == [f"{n} 10 05:00" for n in "abcd"]
    assert hall.most_at_work == min(4, together)


def test_one_run_a_profile_at_a_time() -> None:
    hall = Hall(Config(profiles={"a": profile(catch_up="all")}), until=START + 5 * DAY)
    hall.at[START + HOUR] = lambda h: setattr(h, "now", START + 4 * DAY)
    hall.serve(together=4)
    assert hall.began == ["a 10 05:00", "a 11 05:00", "a 12 05:00", "a 13 05:00", "a 14 05:00"]
    assert hall.most_at_work == 1


def test_a_run_that_crashes_ends_nothing_and_is_not_started_in_a_rush(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile(), "b": profile("07:00")}), takes=SECOND)
    hall.code = lambda slot: -11 if slot.profile == "a" else 0
    hall.serve()
    assert "b 10 07:00" in hall.began
    starts = [c.ends for c in hall.children if c.slot.profile == "a"]
    waits = [(b - a).total_seconds() for a, b in pairwise(starts)]
    assert waits[:4] == [16, 31, 61, 121]
    assert max(waits) <= 15 * 60 + 2
    assert "a: 2026-03-10T05:00+00:00 ended by signal 11" in said.text


def test_another_machine_at_work_is_passed_over_quietly(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile()}), until=START + 18 * HOUR, takes=SECOND)
    hall.code = lambda _slot: 75
    hall.serve()
    assert 5 < len(hall.began) < 12
    assert not [r for r in said.records if r.levelno > logging.INFO]


def test_later_nights_wait_for_one_that_another_machine_holds_but_not_for_one_that_crashes() -> None:
    for code, expected in ((75, ["a 10 05:00"] * 2 + ["a 11 05:00"]), (-9, ["a 10 05:00", "a 11 05:00", "a 10 05:00"])):
        hall = Hall(Config(profiles={"a": profile(catch_up="all")}), until=START + 2 * DAY, takes=SECOND)
        hall.at[START + HOUR] = lambda h: setattr(h, "now", utc("2026-03-11T06:30"))
        hall.code = lambda _slot, code=code, hall=hall: code if len(hall.children) == 0 else 0  # type: ignore[misc]
        hall.serve()
        assert hall.began == expected


def test_a_dead_store_is_said_waited_for_and_found_again(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile()}), broken="cannot be reached")
    hall.at[START + 20 * HOUR] = lambda h: setattr(h, "broken", "")
    hall.serve()
    assert hall.began == []  # first seen after 05:00
    errors = [r.getMessage() for r in said.records if r.levelno == logging.ERROR]
    assert errors[0] == "store: cannot be reached; looking again in 0:00:15"
    assert errors[-1] == "store: cannot be reached; looking again in 0:15:00"
    assert 80 < len(errors) < 100
    assert "store: back" in said.text
    assert hall.opened == len(errors) + 1


def test_a_store_that_dies_between_two_nights_costs_none() -> None:
    hall = Hall(Config(profiles={"a": profile(catch_up="all")}), until=START + 4 * DAY)
    hall.at[START + HOUR] = lambda h: setattr(h, "broken", "is gone")
    hall.at[START + 2 * DAY] = lambda h: setattr(h, "broken", "")
    hall.serve()
    assert hall.began == [f"a {d} 05:00" for d in (10, 11, 12, 13)]


def test_a_clock_that_jumps_is_seen_within_a_minute(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile()}))
    jump = START + 3 * HOUR
    hall.at[jump] = lambda h: setattr(h, "now", utc("2026-03-10T05:20"))
    hall.serve()
    assert [c.ends - 2 * MINUTE for c in hall.children] == [utc("2026-03-10T05:20")]
    assert "the clock went from" in said.text


def test_a_clock_before_the_profile_was_seen_is_said_once_an_hour(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile()}), until=START + 3 * HOUR)
    hall.books.first_seen["a"] = START + DAY
    hall.serve()
    errors = [r.getMessage() for r in said.records if r.levelno == logging.ERROR]
    assert len(errors) == 3
    assert errors[0].startswith("a: clock: says 2026-03-09T12:00+00:00, before profile 'a' was first seen")


def test_new_settings_count_from_the_next_look(said: pytest.LogCaptureFixture) -> None:
    hall = Hall(Config(profiles={"a": profile(), "gone": profile()}))
    hall.at[START + HOUR] = lambda h: setattr(h, "config", Config(profiles={"a": profile("04:00"), "new": profile()}))
    hall.serve()
    assert hall.began == ["a 10 04:00", "new 10 05:00"]


@pytest.mark.parametrize(
    ("deaf", "again", "code", "took"),
    [(False, False, 0, SECOND), (True, False, 0, MINUTE), (True, True, 130, 2 * SECOND)],
    ids=["it stops", "it does not hear", "asked twice"],
)
def test_stopping(deaf: bool, again: bool, code: int, took: timedelta) -> None:
    """No new run; the one at work is asked, then given a minute; a second signal ends it at once."""
    hall = Hall(Config(profiles={"a": profile(), "b": profile()}), takes=HOUR, deaf=deaf)
    stop = utc("2026-03-10T05:10")
    hall.at[stop] = lambda h: setattr(h, "asked", 1)
    if again:
        hall.at[stop + 2 * SECOND] = lambda h: setattr(h, "asked", 2)
    assert hall.serve() == code
    assert hall.began == ["a 10 05:00"]
    assert (hall.children[0].terminated, hall.children[0].killed) == (True, deaf)
    assert took - SECOND <= hall.now - stop <= took + SECOND


# ---------------------------------------------------------------------------------------------------------------- host
def test_the_command_of_a_run() -> None:
    slot = Slot(profile="a", at=utc("2026-03-10T05:00"), local="2026-03-10T06:00+01:00")
    run = [sys.executable, "-m", "briefing", "run", "a"]
    assert host.command(slot, Path("c.yaml")) == [*run, "--slot", "2026-03-10T05:00:00Z", "-c", "c.yaml"]
    left_over = slot.model_copy(update={"state": "failed"})
    assert host.command(left_over, Path("c.yaml")) == [*run, "--due", "-c", "c.yaml"]


CONFIG = "profiles:\n  a:\n    sources: {store: {}}\n    when: {at: '%s'}\n"


def test_settings_on_disk(tmp_path: Path, said: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file keeps the old settings, for runs too; a whole one counts again."""
    started: list[list[str]] = []
    monkeypatch.setattr(host, "Process", started.append)
    slot = Slot(profile="a", at=START, local="")
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG % "05:00")
    disk = host.OnDisk(path)
    first = disk.current()
    assert disk.current() is first
    path.write_text("profiles: [")
    assert disk.current() is first
    assert disk.current() is first
    assert said.text.count("the settings read before stay in force") == 1
    disk.run(first, slot)
    spare = Path(started[-1][-1])
    assert (spare.parent, spare.read_text()) == (tmp_path, CONFIG % "05:00")
    path.unlink()
    assert disk.current() is first
    path.write_text(CONFIG % "06:00")
    when = disk.current().profiles["a"].when
    assert when is not None
    assert when.at == "06:00"
    disk.run(disk.current(), slot)
    assert started[-1][-1] == str(path)
    disk.close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_sleep_ends_with_a_signal() -> None:
    with host.Signals() as signals:
        os.kill(os.getpid(), signal.SIGTERM)
        began = time.monotonic()
        signals.sleep(timedelta(seconds=20))
        child = subprocess.Popen([sys.executable, "-c", ""])
        signals.sleep(timedelta(seconds=20))
        assert child.wait() == 0
        assert time.monotonic() - began < 15
        assert signals.asked == 1
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_process_that_does_not_hear_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid)); time.sleep(60)"
    )
    process = host.Process([sys.executable, "-c", code])
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.02)
    process.terminate()
    time.sleep(0.1)
    assert process.poll() is None
    process.kill()
    assert process.poll() == -signal.SIGKILL
    grandchild = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if _ended(grandchild):
            break
        time.sleep(0.05)
    assert _ended(grandchild)


def _ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True
