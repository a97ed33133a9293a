"""What is due: the rule by tables, and the ledger after clocks, times and people did what they do."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from briefing import schedule
from briefing.errors import UsageError
from briefing.ledger import Parcel, ParcelState, Slot, SlotState
from briefing.profiles import When
from briefing.schedule import ClockError, decide, find, plan
from tests.schedule.ledger import Books, CutOff, Ledger
from tests.schedule.racing import try_one
from tests.schedule.walk import utc

DAILY = When(at="05:00")
HOUR = timedelta(hours=1)


def made(at: str, state: SlotState = "planned", **more: object) -> Slot:
    return Slot.model_validate({"profile": "p", "at": utc(at), "local": f"{at}+00:00", "state": state, **more})


def day(number: int, clock: str = "05:00") -> str:
    return f"2026-03-{number:02}T{clock}"


# Policy, grace in hours, days whose 05:00 has come, now → due, missed, coalesced into (days of March).
POLICIES: list[tuple[str, float, int, str, str, list[int], list[int], list[int], int | None]] = [
    ("in time", 1, 31, "latest", "10T05:30", [10], [], [], None),
    ("just in time", 1, 31, "skip", "10T06:00", [10], [], [], None),
    ("just too late", 1, 31, "skip", "10T06:01", [], [10], [], None),
    ("late alone", 1, 31, "latest", "10T12:00", [10], [], [], None),
    ("three late, skip", 1, 31, "skip", "12T12:00", [], [10, 11, 12], [], None),
    ("three late, latest", 1, 31, "latest", "12T12:00", [12], [], [10, 11], 12),
    ("three late, all", 1, 31, "all", "12T12:00", [10, 11, 12], [], [], None),
    ("three late, all, at most two", 1, 2, "all", "12T12:00", [11, 12], [10], [], None),
    ("two late, one in time, skip", 1, 31, "skip", "12T05:10", [12], [10, 11], [], None),
    ("two late, one in time, latest", 1, 31, "latest", "12T05:10", [12], [], [10, 11], 12),
    ("two late, one in time, at most one", 1, 1, "all", "12T05:10", [11, 12], [10], [], None),
    ("grace of three days", 72, 31, "skip", "12T05:10", [10, 11, 12], [], [], None),
    ("no grace", 0, 31, "latest", "12T05:00", [12], [], [10, 11], 12),
]


@pytest.mark.parametrize(
    ("grace", "most", "policy", "now", "due", "missed", "told", "into"),
    [c[1:] for c in POLICIES],
    ids=[c[0] for c in POLICIES],
)
@pytest.mark.parametrize("known", [False, True], ids=["new", "in the ledger"])
def test_policies(
    grace: float,
    most: int,
    policy: str,
    now: str,
    due: list[int],
    missed: list[int],
    told: list[int],
    into: int | None,
    known: bool,
) -> None:
    when = When.model_validate({"at": "05:00", "grace": timedelta(hours=grace), "most": most, "catch_up": policy})
    moment = utc(f"2026-03-{now}")
    times = [utc(day(n)) for n in range(10, 13) if utc(day(n)) <= moment]
    there = [made(f"{t:%Y-%m-%dT%H:%M}") for t in times] if known else []
    found = decide("p", when, moment, known=there, times=times)
    assert [s.at.day for s in found.due] == due
    changed = [s for s in (*found.insert, *found.marked) if s.state != "planned"]
    assert {s.at.day for s in changed if s.state == "missed"} == set(missed)
    assert [s.at.day for s in changed if s.state == "coalesced"] == told
    assert {s.into.day for s in changed if s.into} == ({into} if into else set())
    assert all(s.note for s in changed if s.state == "missed")
    assert len(found.insert) == (0 if known else len(times))


NOW = utc(day(12, "12:00"))
SOON, LONG_AGO, FAR_OFF = NOW + HOUR, NOW - HOUR, NOW + timedelta(days=200)


def parcel(state: ParcelState, next_try: datetime | None) -> Parcel:
    return Parcel(
        id=1, profile="p", slot=utc(day(10)), issue=1, kind="brief", key="folder:out", state=state, next_try=next_try
    )


DUE: list[tuple[str, Slot, list[Parcel], bool]] = [
    ("running: its holder may be dead", made(day(10), "running", attempts=1), [], True),
    ("waiting, its time has come", made(day(10), "waiting", next_try=LONG_AGO), [], True),
    ("waiting, not yet", made(day(10), "waiting", next_try=SOON), [], False),
    ("waiting since the clock was ahead", made(day(10), "waiting", next_try=FAR_OFF), [], True),
    ("built, nothing left but to close it", made(day(10), "built"), [], True),
    ("built, a parcel is due", made(day(10), "built"), [parcel("pending", LONG_AGO)], True),
    ("built, a parcel is new", made(day(10), "built"), [parcel("pending", None)], True),
    ("built, a parcel was cut off", made(day(10), "built"), [parcel("committing", None)], True),
    ("built, its parcel waits", made(day(10), "built"), [parcel("pending", SOON)], False),
    ("failed, a notice is due", made(day(10), "failed"), [parcel("pending", LONG_AGO)], True),
    ("failed, its notice waits", made(day(10), "failed"), [parcel("pending", SOON)], False),
    ("called by hand, cut off at once", made(day(10), manual=True), [], True),
    ("planned for a time to come", made(day(13)), [], False),
    ("begun when the clock was ahead", made(day(20), "running", attempts=1), [], False),
]


@pytest.mark.parametrize(("slot", "parcels", "due"), [c[1:] for c in DUE], ids=[c[0] for c in DUE])
def test_what_has_begun_is_taken_up(slot: Slot, parcels: Sequence[Parcel], due: bool) -> None:
    for when in (DAILY, None):
        found = decide("p", when, NOW, known=[slot], times=[], parcels=parcels)
        assert found.due == ((slot,) if due else ())
        assert found.insert == found.marked == ()


# -------------------------------------------------------------------------------------------------------------- ledger
class Desk:
    """A ledger with a clock: ``look`` plans and runs, and gives the days whose slots ran."""

    def __init__(self, when: When | None = DAILY) -> None:
        self.books, self.when = Books(), when
        self.ledger = Ledger(self.books)

    def plan(self, now: str, *, trust_clock: bool = False) -> list[Slot]:
        return plan(self.ledger.as_store(), "p", self.when, utc(now), trust_clock=trust_clock)

    def look(self, now: str) -> list[str]:
        due = self.plan(now)
        for slot in due:
            try_one(self.ledger, slot, lambda: utc(now), lambda: False)
        return [f"{s.at:%d %H:%M}" for s in due]

    @property
    def states(self) -> dict[str, str]:
        return {f"{at:%d %H:%M}": s.state for at, s in sorted(self.books.slots["p"].items())}


def test_no_backlog_from_before_it_was_seen() -> None:
    desk = Desk()
    assert desk.look(day(10, "12:00")) == []
    assert desk.look(day(11, "05:00")) == ["11 05:00"]
    assert desk.look(day(11, "05:00")) == []
    assert desk.states == {"11 05:00": "done"}


def test_a_new_time_of_day_doubles_nothing_and_loses_nothing() -> None:
    desk = Desk()
    desk.look(day(9, "12:00"))
    assert desk.look(day(10, "05:01")) == ["10 05:00"]
    desk.when = When(at="03:00")
    assert desk.look(day(10, "06:00")) == []
    assert desk.look(day(11, "03:00")) == ["11 03:00"]
    desk.when = When(at="03:00", zone="America/New_York")
    assert desk.look(day(11, "09:00")) == ["11 07:00"]
    desk.when = When(at="03:00", zone="Asia/Tokyo")
    assert desk.look(day(11, "20:00")) == ["11 18:00"]
    assert set(desk.states.values()) == {"done"}


def test_a_slot_of_an_old_time_that_is_open_is_finished() -> None:
    desk = Desk()
    desk.look(day(9, "12:00"))
    (slot,) = desk.plan(day(10, "05:00"))
    with desk.ledger.hold("p") as fence:
        desk.ledger.begin(fence, slot, utc(day(10, "05:00")))
    desk.when = When(at="07:00", zone="Asia/Tokyo")
    assert desk.look(day(10, "06:00")) == ["10 05:00"]
    desk.when = None
    assert desk.look(day(10, "06:00")) == []


def test_a_clock_that_was_ahead() -> None:
    """What ran then never runs again, and every night up to there has its slot when it comes."""
    desk = Desk()
    desk.look(day(9, "12:00"))
    desk.look(day(10, "05:00"))
    assert desk.look(day(14, "06:30")) == ["14 05:00"]
    assert desk.states == {
        "10 05:00": "done",
        **dict.fromkeys(["11 05:00", "12 05:00", "13 05:00"], "coalesced"),
        "14 05:00": "done",
    }
    assert desk.look(day(10, "08:00")) == []
    assert desk.states["12 05:00"] == "planned"
    assert desk.look(day(11, "05:00")) == ["11 05:00"]
    # An outage over the slot that has run: the night before it is not lost, though the ledger's last slot is later.
    assert desk.look(day(15, "05:00")) == ["15 05:00"]
    assert desk.states == {
        "10 05:00": "done", "11 05:00": "done", "12 05:00": "coalesced", "13 05:00": "coalesced",
        "14 05:00": "done", "15 05:00": "done",
    }  # fmt: skip


def test_a_clock_that_was_ahead_before_anything_ran() -> None:
    desk = Desk()
    desk.look(day(9, "12:00"))
    desk.plan(day(14, "06:30"))
    assert set(desk.states) == {f"{d} 05:00" for d in range(10, 15)}
    assert desk.look(day(9, "13:00")) == []
    assert desk.states == {}
    assert desk.look(day(10, "05:00")) == ["10 05:00"]


def test_small_differences_between_two_machines_forget_nothing() -> None:
    desk = Desk()
    desk.look(day(9, "12:00"))
    desk.plan(day(10, "05:00"))
    assert desk.plan(day(10, "04:55")) == []
    assert desk.states == {"10 05:00": "planned"}


def test_a_clock_far_ahead_is_refused() -> None:
    desk = Desk()
    desk.look(day(9, "12:00"))
    desk.look(day(10, "05:00"))
    with pytest.raises(ClockError, match=r"2027-03-12T05:00\+00:00.*'p', 2026-03-10T05:00\+00:00.*--trust-clock") as e:
        desk.plan("2027-03-12T05:00")
    assert e.value.exit_code == 75
    assert set(desk.states) == {"10 05:00"}
    assert len(desk.plan("2027-03-12T05:00", trust_clock=True)) == 1
    assert len(desk.books.slots["p"]) == 368
    assert desk.plan("2027-03-12T05:01")


def test_a_slot_a_year_is_no_reason_to_doubt_the_clock() -> None:
    desk = Desk(When(cron="0 5 29 2 *"))
    desk.look("2024-01-01T00:00")
    assert desk.look("2024-02-29T05:00") == ["29 05:00"]
    assert desk.look("2027-12-01T05:00") == []
    assert desk.look("2028-02-29T05:00") == ["29 05:00"]


def test_a_clock_before_the_profile_was_seen_is_refused() -> None:
    """A machine that boots in 1970 runs nothing; set right, it goes on as if nothing had been."""
    desk = Desk()
    desk.look(day(9, "12:00"))
    with pytest.raises(ClockError, match=r"1970-01-01T00:05.*before profile 'p' was first seen, 2026-03-09T12:00"):
        desk.plan("1970-01-01T00:05")
    assert desk.look(day(10, "05:00")) == ["10 05:00"]
    assert desk.states == {"10 05:00": "done"}


def test_a_profile_first_seen_by_a_clock_that_was_ahead_can_be_told_to_go_on() -> None:
    desk = Desk()
    desk.plan("2026-05-01T00:00")
    assert desk.plan(day(9, "12:00"), trust_clock=True) == []
    assert desk.look(day(10, "05:00")) == ["10 05:00"]
    assert desk.look("2026-05-02T05:00") == ["02 05:00"]
    assert len(desk.books.slots["p"]) == 55  # the anchor, 10 to 31 March, April, 1 and 2 May


def test_two_that_plan_at_once_agree() -> None:
    desk = Desk(When(at="05:00", catch_up="latest"))
    desk.look(day(9, "12:00"))
    other: list[Slot] = []

    def between(call: str) -> None:
        if call == "record" and not other:
            other.extend(plan(Ledger(desk.books).as_store(), "p", desk.when, utc(day(13, "05:30"))))

    mine = plan(Ledger(desk.books, between).as_store(), "p", desk.when, utc(day(12, "05:30")))
    assert [s.at.day for s in mine] == [12]
    assert [s.at.day for s in other] == [13]
    assert desk.states == {
        "10 05:00": "coalesced",
        "11 05:00": "coalesced",
        "12 05:00": "coalesced",
        "13 05:00": "planned",
    }


@pytest.mark.parametrize("call", ["enrol", "last_slot", "slots", "parcels", "record", "mark"])
def test_cut_off_while_planning(call: str) -> None:
    """Whatever was written, the next look gives what one without a cut would have."""
    for late in range(4):
        desk = Desk(When(at="05:00", catch_up="latest"))
        desk.look(day(9, "12:00"))
        desk.plan(day(10, "05:00"))
        passed = iter(range(late + 1))

        def cut(name: str, passed: object = passed) -> None:
            if name == call and next(passed, None) is None:  # type: ignore[call-overload]
                raise CutOff(name)

        with contextlib.suppress(CutOff):
            plan(Ledger(desk.books, cut).as_store(), "p", desk.when, utc(day(12, "08:00")))
        assert desk.look(day(12, "08:00")) == ["12 05:00"]
        assert desk.states == {"10 05:00": "coalesced", "11 05:00": "coalesced", "12 05:00": "done"}


# --------------------------------------------------------------------------------------------------------- called slots
def test_find_gives_the_slot_of_the_ledger_or_one_by_hand() -> None:
    desk = Desk()
    store = desk.ledger.as_store()
    desk.look(day(10, "12:00"))
    found = find(store, "p", DAILY, "2026-03-12", utc(day(12, "05:30")))
    assert (found.at, found.manual, found.state) == (utc(day(12)), False, "planned")
    assert desk.states["11 05:00"] == "coalesced"  # planned before: no hole is left
    before = find(store, "p", DAILY, "2026-03-08", utc(day(12, "05:30")))
    assert (before.at, before.manual) == (utc(day(8)), True)
    assert find(store, "p", DAILY, "2026-03-12T05:00Z", utc(day(12, "05:30"))).at == found.at
    with pytest.raises(UsageError, match=r"2026-03-13T05:00\+00:00 is still to come"):
        find(store, "p", DAILY, "2026-03-13", utc(day(12, "05:30")))


def test_find_knows_slots_of_a_former_time() -> None:
    desk = Desk()
    desk.look(day(10, "12:00"))
    desk.look(day(11, "05:00"))
    new = When(at="19:00")
    store = desk.ledger.as_store()
    assert find(store, "p", new, "2026-03-11", utc(day(11, "12:00"))).state == "done"
    assert find(store, "p", new, "2026-03-11T05:00Z", utc(day(11, "20:00"))).state == "done"


def test_a_slot_called_by_hand_never_moves_the_calendar() -> None:
    desk = Desk()
    desk.look(day(10, "12:00"))
    hand = schedule.by_hand("p", DAILY, utc(day(12, "14:00")) + timedelta(microseconds=5))
    assert (hand.manual, hand.local) == (True, "2026-03-12T14:00:00+00:00")
    try_one(desk.ledger, hand, lambda: utc(day(12, "14:00")), lambda: False)
    assert desk.look(day(12, "15:00")) == ["12 05:00"]
    assert desk.states == {"11 05:00": "coalesced", "12 05:00": "done", "12 14:00": "done"}
    store = desk.ledger.as_store()
    assert find(store, "p", DAILY, "2026-03-12", utc(day(12, "15:00"))).at == utc(day(12))
    assert find(store, "p", DAILY, "2026-03-12T14:00:00Z", utc(day(12, "15:00"))).manual
