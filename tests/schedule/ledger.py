"""The slots, runs and parcels of a store, in memory: what plans and runs need, with a hook before every call.

``Books`` is what several processes share; a ``Ledger`` is one process's way to it. Once its hook has raised, the
process is dead: nothing that it does afterwards reaches the books.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from briefing.errors import BusyError
from briefing.ledger import CLOSED, Parcel, ParcelState, Run, Slot, SlotState
from briefing.store import Fence, Store

Key = tuple[str, datetime]


class CutOff(BaseException):
    """The process was killed."""


@dataclass
class Books:
    """What is on disk, and counts of what went out into the world."""

    first_seen: dict[str, datetime] = field(default_factory=dict)
    slots: defaultdict[str, dict[datetime, Slot]] = field(default_factory=lambda: defaultdict(dict))
    by_hand: set[Key] = field(default_factory=set)
    runs: list[Run] = field(default_factory=list)
    at_work: defaultdict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))  # runs that have not ended
    parcels: defaultdict[str, dict[datetime, Parcel]] = field(default_factory=lambda: defaultdict(dict))
    issues: Counter[Key] = field(default_factory=Counter)
    arrived: Counter[Key] = field(default_factory=Counter)
    finished: Counter[Key] = field(default_factory=Counter)
    held: dict[str, Held] = field(default_factory=dict)
    tokens: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Held:
    """A fence."""

    profile: str
    token: int


def _quiet(_call: str) -> None: ...


class Ledger:
    """One process's store. ``hook`` is called before every call with its name; it may raise CutOff."""

    def __init__(self, books: Books, hook: Callable[[str], None] = _quiet) -> None:
        self.books, self._hook, self._dead = books, hook, False

    def as_store(self) -> Store:
        """For what asks for a whole store."""
        return cast("Store", self)

    def _call(self, name: str) -> None:
        if self._dead:
            raise CutOff(name)
        try:
            self._hook(name)
        except CutOff:
            self._dead = True
            raise

    @contextmanager
    def hold(self, profile: str, *, wait: float = 0.0) -> Iterator[Fence]:
        self._call("hold")
        if profile in self.books.held:
            raise BusyError(profile, "another run is at work")
        self.books.tokens[profile] += 1
        fence = Held(profile, self.books.tokens[profile])
        self.books.held[profile] = fence
        try:
            yield cast("Fence", fence)
        finally:
            del self.books.held[profile]

    # ------------------------------------------------------------------------------------------------------------ slots
    def enrol(self, profile: str, now: datetime) -> datetime:
        self._call("enrol")
        return self.books.first_seen.setdefault(profile, now)

    def slots(
        self, profile: str, *, states: Sequence[SlotState] = (), since: datetime | None = None, most: int | None = None
    ) -> list[Slot]:
        self._call("slots")
        found = [
            s
            for at, s in self.books.slots[profile].items()
            if (not states or s.state in states) and (since is None or at >= since)
        ]
        return sorted(found, key=lambda s: s.at, reverse=True)[:most]

    def slot(self, profile: str, at: datetime) -> Slot | None:
        self._call("slot")
        return self.books.slots[profile].get(at)

    def last_slot(self, profile: str, before: datetime) -> datetime | None:
        self._call("last_slot")
        by_hand = self.books.by_hand
        return max(
            (at for at in self.books.slots[profile] if at <= before and (profile, at) not in by_hand), default=None
        )

    def record(self, slots: Sequence[Slot]) -> int:
        self._call("record")
        new = [s for s in slots if s.at not in self.books.slots[s.profile]]
        for slot in new:
            self._put(slot)
        return len(new)

    def forget_after(self, profile: str, now: datetime, *, then: Sequence[Slot] = ()) -> int:
        self._call("forget_after")
        gone = [at for at, s in self.books.slots[profile].items() if at > now and not s.attempts]
        for at in gone:
            del self.books.slots[profile][at]
        for slot in then:
            if slot.at not in self.books.slots[profile]:
                self._put(slot)
        return len(gone)

    def mark(
        self, profile: str, at: Sequence[datetime], state: SlotState, *, into: datetime | None = None, note: str = ""
    ) -> None:
        self._call("mark")
        for moment in at:
            slot = self.books.slots[profile].get(moment)
            if slot is not None and slot.state in {"planned", "waiting"}:
                self._set(slot, state=state, into=into, note=note, next_try=None)

    # ------------------------------------------------------------------------------------------------------------- runs
    def begin(self, fence: Fence, slot: Slot, now: datetime) -> Run:
        self._call("begin")
        known = self.books.slots[slot.profile].get(slot.at) or self._put(slot)
        assert known.state not in {"done", "missed", "coalesced"}, f"{known.state} slot begun: {known}"
        for i in self.books.at_work.pop((slot.profile, slot.at), []):
            self.books.runs[i - 1] = self.books.runs[i - 1].model_copy(update={"outcome": "cut off"})
        state = "built" if self.books.issues[slot.profile, slot.at] else "running"
        self._set(known, state=state, attempts=known.attempts + 1, next_try=None, into=None)
        number = len(self.books.runs) + 1
        run = Run(id=number, profile=slot.profile, slot=slot.at, attempt=known.attempts + 1, started=now)
        self.books.runs.append(run)
        self.books.at_work[run.profile, run.slot].append(run.id)
        return run

    def end(
        self,
        fence: Fence,
        run: Run,
        now: datetime,
        *,
        slot: SlotState,
        outcome: str,
        message: str = "",
        next_try: datetime | None = None,
    ) -> None:
        self._call("end")
        self.books.at_work.pop((run.profile, run.slot), None)
        self._set(self.books.slots[run.profile][run.slot], state=slot, next_try=next_try, note=message)
        if slot in CLOSED:
            self.books.finished[run.profile, run.slot] += 1
        ended = run.model_copy(update={"ended": now, "outcome": outcome, "message": message})
        self.books.runs[run.id - 1] = ended

    def runs(self, profile: str | None = None, *, most: int = 50) -> list[Run]:
        self._call("runs")
        found = (r for r in reversed(self.books.runs) if profile in {None, r.profile})
        return [r for r, _ in zip(found, range(most), strict=False)]

    # --------------------------------------------------------------------------------------------- issues and parcels
    def keep(self, slot: Slot) -> None:
        """An issue with one parcel."""
        self._call("keep_issue")
        self.books.issues[slot.profile, slot.at] += 1
        parcel = Parcel(id=0, profile=slot.profile, slot=slot.at, issue=1, kind="brief", key="folder:out")
        self.books.parcels[slot.profile][slot.at] = parcel
        self._set(self.books.slots[slot.profile][slot.at], state="built")

    def parcels(self, profile: str, *, slot: Slot | None = None, states: Sequence[ParcelState] = ()) -> list[Parcel]:
        self._call("parcels")
        mine = self.books.parcels[profile]
        found = mine.values() if slot is None else [mine[slot.at]] if slot.at in mine else []
        return [p for p in found if not states or p.state in states]

    def move(self, parcel: Parcel, state: ParcelState, next_try: datetime | None = None) -> Parcel:
        """The parcel in its new state."""
        self._call(f"move to {state}")
        moved = parcel.model_copy(update={"state": state, "next_try": next_try, "attempts": parcel.attempts + 1})
        self.books.parcels[parcel.profile][parcel.slot] = moved
        return moved

    def hand(self, parcel: Parcel) -> None:
        """Out of the house: nothing can take it back."""
        self._call("hand over")
        self.books.arrived[parcel.profile, parcel.slot] += 1

    def close(self) -> None:
        """Nothing to close."""

    def _put(self, slot: Slot) -> Slot:
        self.books.slots[slot.profile][slot.at] = slot
        if slot.manual:
            self.books.by_hand.add((slot.profile, slot.at))
        return slot

    def _set(self, slot: Slot, **changes: object) -> None:
        self.books.slots[slot.profile][slot.at] = slot.model_copy(update=changes)
