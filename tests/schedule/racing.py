"""Two schedulers on one ledger, killed and woken at random, the clock pushed about: all from a seed.

Each scheduler is a thread, but only one moves at a time: before every call of its ledger it may be stopped for the
other's turn, or killed. So the same seed gives the same history, down to the single call.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from briefing.errors import BusyError
from briefing.ledger import CLOSED, Run, Slot
from briefing.profiles import When
from briefing.schedule import ClockError, plan
from briefing.store import Fence
from tests.schedule.ledger import Books, CutOff, Ledger

TRIES = 4


@dataclass
class Odds:
    """How often things go wrong."""

    kill: float = 0.006  # before a call of the ledger
    turn: float = 0.3  # before a call: the other scheduler goes on
    stumble: float = 0.3  # a build, or a delivery, that has to be tried again
    outage: float = 0.03  # of both, for hours or weeks, between two looks
    alone: float = 0.03  # one of them is away for a while
    jump: float = 0.04  # of the clock, forwards or back, for some looks


Stumbles = Callable[[], bool]
Try = Callable[[Ledger, Slot, Callable[[], datetime], Stumbles], None]


@dataclass
class World:
    """The true time, what the machines' clocks are off by, and what is on disk."""

    whens: Mapping[str, When]
    moments: list[datetime]  # slots of all profiles, in order: when it is worth to look
    now: datetime
    end: datetime
    dice: random.Random
    odds: Odds
    books: Books = field(default_factory=Books)
    open: Callable[[Books, Callable[[str], None], int], Ledger] = lambda books, hook, _number: Ledger(books, hook)
    once: Try | None = None  # how a slot is tried; as a night goes, unless said otherwise
    off: timedelta = timedelta()
    off_looks: int = 0
    kills: int = 0
    outages: int = 0
    jumps: int = 0
    looks: int = 0
    began: set[str] = field(default_factory=set)  # calls before which a scheduler was killed


class Scheduler:
    """One process: it plans every profile, runs what is due, and starts afresh after it was killed."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number, self.skew = world, number, timedelta(seconds=world.dice.randint(-120, 120) * number)
        self.away_until = world.now
        self.go, self.stopped, self.over, self.idle = threading.Semaphore(0), threading.Semaphore(0), False, True
        self.safe = False  # not killed any more
        self.fault: BaseException | None = None
        self.thread = threading.Thread(target=self._live, daemon=True)
        self.thread.start()

    def clock(self) -> datetime:
        """What this machine's clock says."""
        return self.world.now + self.world.off + self.skew

    def step(self) -> None:
        """Let it move until its next pause."""
        self.go.release()
        self.stopped.acquire()

    def _pause(self) -> None:
        self.stopped.release()
        self.go.acquire()

    def _live(self) -> None:
        self.go.acquire()
        try:
            while not self.over:
                try:
                    self._look()
                except CutOff:
                    self.world.kills += 1
                self.idle = True
                self._pause()
        except BaseException as e:  # noqa: BLE001 - handed to the test
            self.fault = e
        self.stopped.release()

    def _hook(self, call: str) -> None:
        world = self.world
        if not self.safe and world.dice.random() < world.odds.kill:
            world.began.add(call)
            raise CutOff(call)
        if world.dice.random() < world.odds.turn:
            self._pause()

    def _look(self) -> None:
        ledger = self.world.open(self.world.books, self._hook, self.number)
        once = self.world.once or try_one
        store = ledger.as_store()
        for name, when in self.world.whens.items():
            try:
                for slot in plan(store, name, when, self.clock()):
                    once(ledger, slot, self.clock, self._stumbles)
            except ClockError:  # before the profile was first seen
                continue

    def _stumbles(self) -> bool:
        self.world.now += timedelta(seconds=self.world.dice.randint(0, 20))
        return not self.safe and self.world.dice.random() < self.world.odds.stumble


def try_one(ledger: Ledger, slot: Slot, clock: Callable[[], datetime], stumbles: Stumbles) -> None:
    """One try of a slot, step by step as a night goes."""
    try:
        with ledger.hold(slot.profile) as fence:
            known = ledger.slot(slot.profile, slot.at) or slot
            if known.state in CLOSED:
                return
            run = ledger.begin(fence, known, clock())
            if not ledger.books.issues[slot.profile, slot.at]:
                if stumbles():
                    again_or_failed(ledger, fence, run, clock())
                    return
                ledger.keep(slot)
            deliver(ledger, fence, run, clock, stumbles)
    except BusyError:
        return


def try_plainly(ledger: Ledger, slot: Slot, clock: Callable[[], datetime], stumbles: Stumbles) -> None:
    """One try of a slot that makes no issue."""
    try:
        with ledger.hold(slot.profile) as fence:
            known = ledger.slot(slot.profile, slot.at) or slot
            if known.state in CLOSED:
                return
            run = ledger.begin(fence, known, clock())
            if stumbles():
                again_or_failed(ledger, fence, run, clock())
            else:
                ledger.end(fence, run, clock(), slot="done", outcome="done", message="issue 1")
    except BusyError:
        return


def again_or_failed(ledger: Ledger, fence: Fence, run: Run, now: datetime) -> None:
    """The slot is tried again, or was tried often enough."""
    if run.attempt >= TRIES:
        ledger.end(fence, run, now, slot="failed", outcome="failed")
    else:
        again = now + timedelta(minutes=2**run.attempt)
        ledger.end(fence, run, now, slot="waiting", outcome="waiting", next_try=again)


def deliver(
    ledger: Ledger, fence: Fence, run: Run, clock: Callable[[], datetime], stumbles: Callable[[], bool]
) -> None:
    """The parcel goes out once: one in doubt is asked about."""
    (parcel,) = ledger.parcels(run.profile, slot=ledger.books.slots[run.profile][run.slot])
    if parcel.state == "committing" and ledger.books.arrived[run.profile, run.slot]:
        ledger.move(parcel, "sent")
    elif parcel.state != "sent":
        parcel = ledger.move(parcel, "sending")
        if stumbles():
            again = clock() + timedelta(minutes=3)
            ledger.move(parcel, "pending", next_try=again)
            ledger.end(fence, run, clock(), slot="built", outcome="waiting", next_try=again)
            return
        parcel = ledger.move(parcel, "committing")
        ledger.hand(parcel)
        ledger.move(parcel, "sent")
    ledger.end(fence, run, clock(), slot="done", outcome="done")


# -------------------------------------------------------------------------------------------------------------- history
def play(world: World) -> None:
    """From now to the end; then, undisturbed and with a right clock, until nothing is left to do."""
    pair = [Scheduler(world, 0), Scheduler(world, 1)]
    try:
        while world.now < world.end:
            _look_together(world, pair)
            _pass_time(world, pair)
        world.off = timedelta()
        world.now = max(world.now, world.end)
        for scheduler in pair:
            scheduler.safe, scheduler.away_until, scheduler.skew = True, world.now, timedelta()
        for _ in range(30):
            world.now += timedelta(hours=2)
            _look_together(world, pair)
    finally:
        for scheduler in pair:
            _end(scheduler)


def _look_together(world: World, pair: list[Scheduler]) -> None:
    """Both look once, their steps mixed; one that is killed is back for the next look."""
    world.looks += 1
    here = [s for s in pair if s.away_until <= world.now]
    for scheduler in here:
        scheduler.idle = False
    while busy := [s for s in here if not s.idle and s.fault is None]:
        world.dice.choice(busy).step()
    for scheduler in here:
        if scheduler.fault is not None:
            raise scheduler.fault


def _pass_time(world: World, pair: list[Scheduler]) -> None:
    dice, odds = world.dice, world.odds
    if dice.random() < 0.5:
        later = next((m for m in world.moments if m > world.now), world.end)
        while world.moments and world.moments[0] <= world.now:
            world.moments.pop(0)
        world.now = max(world.now, later) + timedelta(seconds=dice.randint(0, 400))
    else:
        world.now += timedelta(minutes=dice.randint(1, 40))
    if dice.random() < odds.outage:
        world.outages += 1
        world.now += dice.choice((timedelta(minutes=50), timedelta(hours=5), timedelta(days=2), timedelta(days=9)))
    if dice.random() < odds.alone:
        dice.choice(pair).away_until = world.now + timedelta(hours=dice.randint(1, 60))
    _push_the_clock(world)


def _push_the_clock(world: World) -> None:
    world.off_looks -= 1
    if world.off_looks == 0:
        world.off = timedelta()
    elif world.off_looks < 0 and world.dice.random() < world.odds.jump:
        world.jumps += 1
        world.off = timedelta(hours=world.dice.choice((-200, -30, -3, -1, 1, 2, 12, 40, 300)))
        world.off_looks = world.dice.randint(1, 6)


def _end(scheduler: Scheduler) -> None:
    scheduler.over, scheduler.world.odds = True, Odds(0, 0, 0, 0, 0, 0)
    while scheduler.thread.is_alive():
        scheduler.go.release()
        scheduler.thread.join(timeout=0.05)
