"""Settings, a store and a clock in; each due slot run in a process of its own, until it is asked to stop.

A build that crashes, hangs on or leaks never ends the service. Between two looks it sleeps a minute at most, so that a
clock that was set, or a laptop that was closed, is seen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from briefing import calendar
from briefing.config import Config
from briefing.errors import BriefingError, TemporaryError
from briefing.ledger import Slot
from briefing.profiles import When
from briefing.schedule import ClockError, plan
from briefing.store import Store

NAP = timedelta(minutes=1)  # longest sleep
LOOK = timedelta(minutes=10)  # a ledger that other machines write to is read at least so often
FIRST_PAUSE = timedelta(seconds=15)  # before the same slot is started again; doubled each time
LONGEST_PAUSE = timedelta(minutes=15)
REPEAT = timedelta(hours=1)  # how often a fault that lasts is said again
PATIENCE = timedelta(seconds=60)  # what a run may take to stop
log = logging.getLogger("briefing.service")


class Child(Protocol):
    """One run in a process of its own."""

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


class Stop(Protocol):
    """How often the service was asked to stop."""

    asked: int


class Settings(Protocol):
    """The settings in force: those of the file as it is now, or the last good ones."""

    def current(self) -> Config: ...


@dataclass
class _Work:
    slot: Slot
    child: Child
    began: datetime
    said: datetime


@dataclass
class _Pause:
    until: datetime
    length: timedelta
    later_wait: bool = False  # the profile's later slots wait with it


@dataclass
class Service:
    """What the service knows between two looks."""

    settings: Settings
    open_store: Callable[[Config], Store]
    run: Callable[[Config, Slot], Child]
    clock: Callable[[], datetime]
    sleep: Callable[[timedelta], None]
    stop: Stop
    together: int = 1  # runs side by side
    trust_clock: bool = False
    store: Store | None = None
    config: Config = field(default_factory=Config)
    last: datetime | None = None
    at_work: dict[str, _Work] = field(default_factory=dict)
    look_at: dict[str, datetime] = field(default_factory=dict)
    due: dict[str, list[Slot]] = field(default_factory=dict)
    pauses: dict[tuple[str, datetime], _Pause] = field(default_factory=dict)
    faults: dict[str, datetime] = field(default_factory=dict)
    down: _Pause | None = None

    # ------------------------------------------------------------------------------------------------------ the loop
    def serve(self) -> int:
        """Until it is asked to stop: 0, or 130 where it was asked twice."""
        log.info("on duty")
        try:
            while not self.stop.asked:
                now = self.clock()
                self._see_the_clock(now)
                self._reap(now)
                self._read_settings()
                self._look(now)
                self._start(now)
                self._doze()
            return self._leave()
        finally:
            self._close()

    def _see_the_clock(self, now: datetime) -> None:
        """After a jump of the clock everything is looked at again."""
        if self.last is not None and not -NAP < now - self.last < 5 * NAP:
            log.warning("the clock went from %s to %s", _shown(self.last), _shown(now))
            self.look_at.clear()
            self.pauses.clear()
            self.faults.clear()
            self.down = None
        self.last = now

    def _read_settings(self) -> None:
        config = self.settings.current()
        if config is self.config:
            return
        if config.store != self.config.store:
            self._close()
            self.down = None
        self.config = config
        self.look_at.clear()
        self.due = {name: slots for name, slots in self.due.items() if name in config.profiles}
        for name, profile in sorted(config.profiles.items()):
            log.info("%s: %s", name, _next(profile.when, self.clock()))

    # ------------------------------------------------------------------------------------------------------- looking
    def _look(self, now: datetime) -> None:
        if self.down is not None and now < self.down.until:
            return
        for name in sorted(self.config.profiles):
            if now < self.look_at.get(name, now):
                continue
            try:
                self._look_at(name, now)
            except ClockError as e:
                self._say_fault(name, str(e), now)
                self.due[name], self.look_at[name] = [], now + NAP
            except BriefingError as e:
                self._store_down(e, now)
                return

    def _look_at(self, name: str, now: datetime) -> None:
        when = self.config.profiles[name].when
        if self.store is None:
            self.store = self.open_store(self.config)
        self.due[name] = plan(self.store, name, when, now, trust_clock=self.trust_clock)
        if self.down is not None:
            log.info("store: back")
            self.down = None
        # While something is under way it may be put off, or end, at any minute.
        busy = self.due[name] or self._open(self.store, name)
        next_slot = calendar.coming(when, after=now) if when else []
        self.look_at[name] = min([now + (NAP if busy else LOOK), *next_slot])

    def _open(self, store: Store, name: str) -> bool:
        return name in self.at_work or bool(store.slots(name, states=("waiting", "built", "running"), most=1))

    def _store_down(self, e: BriefingError, now: datetime) -> None:
        length = min(self.down.length * 2, LONGEST_PAUSE) if self.down else FIRST_PAUSE
        self.down = _Pause(now + length, length)
        log.error("%s; looking again in %s", e, length)
        self._close()
        self.due.clear()

    def _say_fault(self, name: str, text: str, now: datetime) -> None:
        if now - self.faults.get(name, now - REPEAT) >= REPEAT:
            log.error("%s: %s", name, text)
            self.faults[name] = now

    def _close(self) -> None:
        if self.store is not None:
            store, self.store = self.store, None
            try:
                store.close()
            except BriefingError as e:
                log.warning("%s", e)

    # ------------------------------------------------------------------------------------------------------- running
    def _start(self, now: datetime) -> None:
        """The oldest due slots first, one a profile."""
        ready = [self._ready(name, now) for name in sorted(self.due) if name not in self.at_work]
        for slot in sorted((s for s in ready if s is not None), key=lambda s: (s.at, s.profile)):
            if len(self.at_work) >= self.together:
                return
            self._start_one(slot, now)

    def _ready(self, name: str, now: datetime) -> Slot | None:
        """The oldest slot that has no pause. While another machine holds the profile, later ones keep their place."""
        for slot in self.due[name]:
            pause = self.pauses.get((name, slot.at))
            if pause is None or pause.until <= now:
                return slot
            if pause.later_wait:
                return None
        return None

    def _start_one(self, slot: Slot, now: datetime) -> None:
        key = (slot.profile, slot.at)
        before = self.pauses.get(key)
        length = min(before.length * 2, LONGEST_PAUSE) if before else FIRST_PAUSE
        self.pauses[key] = _Pause(now + length, length)
        try:
            child = self.run(self.config, slot)
        except OSError as e:
            log.error("%s: %s could not be started: %s", slot.profile, slot.local, e)  # noqa: TRY400 - one line
            return
        log.info("%s: %s started%s", slot.profile, slot.local, _again(slot))
        self.at_work[slot.profile] = _Work(slot, child, now, now)

    def _reap(self, now: datetime) -> None:
        for name, work in list(self.at_work.items()):
            code = work.child.poll()
            if code is None:
                if now - work.said >= REPEAT:
                    log.warning("%s: %s is still at work after %s", name, work.slot.local, _took(work.began, now))
                    work.said = now
                continue
            del self.at_work[name]
            self.look_at.pop(name, None)
            self._pause_from(work.slot, now, code)
            level = logging.INFO if code in (0, TemporaryError.exit_code) else logging.ERROR
            log.log(level, "%s: %s %s, %s", name, work.slot.local, ended(code), _took(work.began, now))

    def _pause_from(self, slot: Slot, now: datetime, code: int) -> None:
        pause = self.pauses.get((slot.profile, slot.at))
        if pause is not None:
            pause.until = now + pause.length
            pause.later_wait = code == TemporaryError.exit_code
        # Pauses of slots that are long over are dropped with the next day.
        self.pauses = {k: p for k, p in self.pauses.items() if now - p.until < timedelta(days=1)}

    def _doze(self) -> None:
        """Until the next thing that is known to come, a minute at most; a child's end or a signal wakes earlier."""
        if self.stop.asked:
            return
        now = self.clock()
        moments = [t for t in self.look_at.values() if t > now]
        moments += [p.until for p in self.pauses.values() if p.until > now]
        if self.down is not None:
            moments.append(self.down.until)
        wait = min([NAP, *(t - now for t in moments)])
        self.sleep(max(wait, timedelta(milliseconds=100)))

    # ------------------------------------------------------------------------------------------------------ stopping
    def _leave(self) -> int:
        """Nothing new is started; what runs is asked to stop, and given time; a second signal ends it at once."""
        log.info("asked to stop%s", f"; waiting for {', '.join(sorted(self.at_work))}" if self.at_work else "")
        for work in self.at_work.values():
            work.child.terminate()
        waited = timedelta()
        while self.at_work and waited < PATIENCE and self.stop.asked < 2:
            before = self.clock()
            self.sleep(timedelta(milliseconds=500))
            waited += max(timedelta(milliseconds=1), min(self.clock() - before, NAP))
            self._reap(self.clock())
        for name, work in self.at_work.items():
            log.warning("%s: %s ended by force; its next run goes on from there", name, work.slot.local)
            work.child.kill()
        log.info("off duty")
        return 0 if self.stop.asked < 2 else 130


def serve(
    settings: Settings,
    *,
    store: Callable[[Config], Store],
    run: Callable[[Config, Slot], Child],
    clock: Callable[[], datetime],
    sleep: Callable[[timedelta], None],
    stop: Stop,
    together: int = 1,
    trust_clock: bool = False,
) -> int:
    """Run what is due until asked to stop. ``sleep`` may come back early: at a signal, at a child's end."""
    return Service(settings, store, run, clock, sleep, stop, together, trust_clock).serve()


_ENDS: Mapping[int, str] = {0: "done", 1: "failed", 2: "cannot run: wrong settings", 75: "not done, tried again later"}


def ended(code: int) -> str:
    """What an exit code means."""
    if code < 0:
        return f"ended by signal {-code}"
    return _ENDS.get(code, f"ended with exit code {code}")


def _again(slot: Slot) -> str:
    return f", try {slot.attempts + 1}" if slot.attempts else ""


def _took(began: datetime, now: datetime) -> str:
    return str(timedelta(seconds=round(max(now - began, timedelta()).total_seconds())))


def _next(when: When | None, now: datetime) -> str:
    if when is None:
        return "runs only when called"
    found = calendar.coming(when, after=now)
    return f"next {calendar.local(when, found[0])}" if found else "its time never comes"


def _shown(at: datetime) -> str:
    return at.astimezone().isoformat(timespec="seconds")
