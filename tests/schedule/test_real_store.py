"""The race again on SQLite and PostgreSQL, each call held against the ledger in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from briefing.ledger import Parcel, ParcelState, Run, Slot, SlotState
from briefing.profiles import StoreSettings
from briefing.secret import Secret
from briefing.store import Fence, Store, open_store
from tests.postgres import cluster
from tests.schedule.ledger import Books, Ledger
from tests.schedule.racing import Odds, play, try_plainly
from tests.schedule.test_race import PROFILES, START, new_world

T = TypeVar("T")
FULL = os.environ.get("BRIEFING_SCHEDULE") == "full"
DAYS = 30 if FULL else 4
NAMES = tuple(PROFILES) if FULL else ("beirut", "troll")


class Twin(Ledger):
    """Every call is made on a real store, too: both must say the same."""

    def __init__(self, books: Books, hook: Callable[[str], None], real: Store) -> None:
        super().__init__(books, hook)
        self.real = real

    @contextmanager
    def hold(self, profile: str, *, wait: float = 0.0) -> Iterator[Fence]:
        with super().hold(profile), self.real.hold(profile) as fence:
            yield fence

    def enrol(self, profile: str, now: datetime) -> datetime:
        return same(super().enrol(profile, now), self.real.enrol(profile, now))

    def slots(
        self, profile: str, *, states: Sequence[SlotState] = (), since: datetime | None = None, most: int | None = None
    ) -> list[Slot]:
        return same(
            super().slots(profile, states=states, since=since, most=most),
            self.real.slots(profile, states=states, since=since, most=most),
        )

    def slot(self, profile: str, at: datetime) -> Slot | None:
        return same(super().slot(profile, at), self.real.slot(profile, at))

    def last_slot(self, profile: str, before: datetime) -> datetime | None:
        return same(super().last_slot(profile, before), self.real.last_slot(profile, before))

    def record(self, slots: Sequence[Slot]) -> int:
        return same(super().record(slots), self.real.record(slots))

    def forget_after(self, profile: str, now: datetime, *, then: Sequence[Slot] = ()) -> int:
        return same(super().forget_after(profile, now, then=then), self.real.forget_after(profile, now, then=then))

    def mark(
        self, profile: str, at: Sequence[datetime], state: SlotState, *, into: datetime | None = None, note: str = ""
    ) -> None:
        super().mark(profile, at, state, into=into, note=note)
        self.real.mark(profile, at, state, into=into, note=note)

    def begin(self, fence: Fence, slot: Slot, now: datetime) -> Run:
        return same(super().begin(fence, slot, now), self.real.begin(fence, slot, now))

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
        super().end(fence, run, now, slot=slot, outcome=outcome, message=message, next_try=next_try)
        self.real.end(fence, run, now, slot=slot, outcome=outcome, message=message, next_try=next_try)

    def runs(self, profile: str | None = None, *, most: int = 50) -> list[Run]:
        return same(super().runs(profile, most=most), self.real.runs(profile, most=most))

    def parcels(self, profile: str, *, slot: Slot | None = None, states: Sequence[ParcelState] = ()) -> list[Parcel]:
        return same(super().parcels(profile, states=states), self.real.parcels(profile, states=states))


def same(model: T, real: T) -> T:
    assert real == model
    return real


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stores(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Store, Store]]:
    """One database, opened by two schedulers."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            settings = StoreSettings(url=f"sqlite:///{tmp_path}/briefing.db")
        else:
            server = stack.enter_context(cluster())
            monkeypatch.setenv("SCHEDULE_PASSWORD", server.password)
            url = server.fresh()
            server.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET synchronous_commit = off")
            settings = StoreSettings(url=url, password=Secret(env="SCHEDULE_PASSWORD"))
        first, second = open_store(settings), open_store(settings)
        stack.callback(first.close)
        stack.callback(second.close)
        yield first, second


def test_the_race_on_a_real_store(stores: tuple[Store, Store]) -> None:
    world = new_world(5, START, DAYS, Odds(kill=0.02, outage=0.1, jump=0.15))
    world.whens = {name: PROFILES[name][0] for name in NAMES}
    world.open = lambda books, hook, number: Twin(books, hook, stores[number])
    world.once = try_plainly
    play(world)
    slots = runs = 0
    for name in NAMES:
        book = world.books.slots[name]
        assert {s.at: s for s in stores[0].slots(name)} == book
        assert {s.state for s in book.values() if s.at <= world.now} <= {"done", "failed", "missed", "coalesced"}
        slots += len(book)
        runs += len(stores[1].runs(name, most=10_000))
    print(f"{slots} slots, {runs} runs, {world.looks} looks, {world.kills} kills, {world.jumps} jumps")  # noqa: T201
    assert slots > len(NAMES) * DAYS
    assert min(world.kills, world.jumps) > 0
