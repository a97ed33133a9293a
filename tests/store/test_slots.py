"""The ledger: slots, the tries of each, parcels."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from briefing.errors import StoreError
from briefing.ledger import Run, Slot, SlotState
from briefing.store.database import Database
from tests.store import made
from tests.store.made import NOW, night, slot


def states(store: Database, profile: str = "straits") -> dict[int, str]:
    """Night → state."""
    return {(s.at - NOW).days: s.state for s in reversed(store.slots(profile))}


def one(store: Database, n: int) -> Slot:
    found = store.slot("straits", night(n))
    assert found is not None
    return found


def test_a_profile_is_enrolled_once(store: Database) -> None:
    assert store.record([slot(0)]) == 1  # before it is enrolled
    assert store.enrol("straits", NOW) == NOW
    assert store.enrol("straits", night(5)) == NOW
    assert store.enrol("desk", night(5)) == night(5)


def test_slots_are_recorded_once(store: Database) -> None:
    a, b = slot(0), slot(1, next_try=night(2), into=night(3), note="a note", manual=True, state="waiting", attempts=2)
    assert store.record([a, b]) == 2
    assert store.record([slot(0, state="missed"), slot(2)]) == 1
    assert store.record([]) == 0
    assert one(store, 0) == a
    assert one(store, 1) == b
    assert store.slot("straits", night(9)) is None


def test_slots_come_newest_first_by_state_time_and_number(store: Database) -> None:
    store.record([slot(n, state="planned" if n % 2 else "missed") for n in range(6)])
    store.record([slot(0, "desk")])
    at = [s.at for s in store.slots("straits")]
    assert at == [night(n) for n in (5, 4, 3, 2, 1, 0)]
    assert [s.at for s in store.slots("straits", states=("missed",), most=2)] == [night(4), night(2)]
    assert [s.at for s in store.slots("straits", since=night(4))] == [night(5), night(4)]


def test_the_last_slot_is_the_calendars(store: Database) -> None:
    assert store.last_slot("straits", NOW) is None
    store.record([slot(0, state="done"), slot(1, manual=True), slot(3)])
    assert store.last_slot("straits", night(2)) == night(0)
    assert store.last_slot("straits", night(3)) == night(3)


def test_slots_of_a_clock_that_was_ahead_are_forgotten(store: Database) -> None:
    store.record([slot(n, state=s) for n, s in enumerate(["planned", "planned", "missed", "planned", "planned"])])
    with store.hold("straits") as fence:
        run = store.begin(fence, slot(3), night(3))
        store.end(fence, run, night(3), slot="waiting", outcome="waiting")
        store.post(fence, slot(4), "notice", ["mail:x"], NOW)
    assert store.forget_after("straits", night(0)) == 2
    assert states(store) == {0: "planned", 3: "waiting", 4: "planned"}


def test_only_what_waits_is_marked(store: Database) -> None:
    given: list[SlotState] = ["planned", "waiting", "running", "built", "done", "failed"]
    store.record([slot(n, state=s, next_try=night(9)) for n, s in enumerate(given)])
    store.mark("straits", [night(n) for n in range(6)], "coalesced", into=night(6), note="told later")
    store.mark("straits", [], "missed")
    assert list(states(store).values()) == ["coalesced", "coalesced", *given[2:]]
    assert (one(store, 0).into, one(store, 0).note, one(store, 0).next_try) == (night(6), "told later", None)
    assert one(store, 2).next_try == night(9)


# ---------------------------------------------------------------------------------------------------------------- runs
def test_a_try_is_counted_and_what_was_cut_off_is_called_so(store: Database) -> None:
    with store.hold("straits") as fence:
        first = store.begin(fence, slot(0), NOW)
        assert first == Run(id=first.id, profile="straits", slot=NOW, attempt=1, started=NOW)
        assert one(store, 0).state == "running"
        second = store.begin(fence, slot(0), night(1))
        assert (second.attempt, [r.outcome for r in store.runs("straits")]) == (2, ["running", "cut off"])
        store.end(
            fence, second, night(2), slot="waiting", outcome="waiting", message="no network", next_try=night(3)
        )  # fmt: skip
    assert store.runs("straits")[0].ended == night(2)
    assert (one(store, 0).state, one(store, 0).attempts, one(store, 0).next_try) == ("waiting", 2, night(3))
    assert one(store, 0).note == "no network"
    assert [r.id for r in store.runs(most=1)] == [second.id]
    assert store.runs("desk") == []


def test_a_run_says_how_much_it_read_and_extracted(store: Database) -> None:
    made.kept_night(store, 0, [made.article("arden"), made.article("brook")])
    made.kept_night(store, 1, [made.article("arden"), made.article("cove")])
    assert [(r.articles, r.new, r.extracted) for r in store.runs("straits")] == [(2, 1, 2), (2, 2, 2)]
    with store.hold("straits") as fence:  # a slot that is tried again has its intake already
        run = store.begin(fence, slot(2), night(2))
        made.take_in(store, fence, slot(2), made.article("dune"))
        assert store.begin(fence, slot(2), night(2)).articles == 1
        assert store.runs("straits")[1].id == run.id


def test_a_slot_with_an_issue_stays_built(store: Database) -> None:
    made.kept_night(store, 0, [made.article("arden")], done=False)
    with store.hold("straits") as fence:
        run = store.begin(fence, slot(0), NOW)
        assert (one(store, 0).state, run.attempt) == ("built", 2)
        store.end(fence, run, NOW, slot="done", outcome="done")
    assert one(store, 0).state == "done"


def test_an_end_brings_its_notices_in_one_step(store: Database) -> None:
    with store.hold("straits") as fence:
        run = store.begin(fence, slot(0), NOW)
        with pytest.raises(ValidationError):
            store.end(fence, run, NOW, slot="failed", outcome="odd", notices=["mail:x"])
        assert store.parcels("straits") == []
        store.end(fence, run, NOW, slot="failed", outcome="failed", message="no", notices=["mail:x", "mail:y"])
    found = store.parcels("straits", slot=slot(0), states=("pending",))
    assert [(p.key, p.kind, p.issue, p.attempts) for p in found] == [
        ("mail:x", "notice", None, 0),
        ("mail:y", "notice", None, 0),
    ]
    assert one(store, 0).state == "failed"


# ------------------------------------------------------------------------------------------------------------- parcels
def test_a_parcel_goes_its_way(store: Database) -> None:
    made.kept_night(store, 0, [made.article("arden")], targets=["mail:x", "folder:y"], done=False)
    first, second = store.parcels("straits")
    assert (first.key, second.key) == ("mail:x", "folder:y")
    with store.hold("straits") as fence:
        moved = store.move(fence, first, "sending", NOW)
        assert (moved.state, moved.attempts) == ("sending", 1)
        moved = store.move(fence, moved, "pending", NOW, detail="connection refused", next_try=night(1))
        assert (moved.detail, moved.next_try) == ("connection refused", night(1))
        moved = store.move(fence, moved, "sending", NOW)
        assert (moved.detail, moved.next_try, moved.attempts) == ("connection refused", None, 2)
        moved = store.move(fence, store.move(fence, moved, "committing", NOW), "sent", night(2), detail="250 ok")
        assert (moved.sent, moved.detail, moved.attempts) == (night(2), "250 ok", 2)
        with pytest.raises(StoreError, match="is sent already and is not sent again"):
            store.move(fence, moved, "sending", NOW)
        with pytest.raises(StoreError, match="is not in the ledger"):
            store.move(fence, moved.model_copy(update={"id": 999}), "sending", NOW)
    assert store.parcels("straits", states=("sent",)) == [moved]
    assert store.parcels("straits", slot=slot(1)) == []


def test_a_target_gets_one_parcel_of_a_kind(store: Database) -> None:
    with store.hold("straits") as fence:
        for _ in range(2):
            store.post(fence, slot(0), "notice", ["mail:x", "mail:x"], NOW)
    assert len(store.parcels("straits")) == 1


def test_times_come_back_in_utc_to_the_microsecond(store: Database) -> None:
    odd = NOW.astimezone() + timedelta(microseconds=1)
    store.record([slot(0).model_copy(update={"at": odd})])
    assert [s.at for s in store.slots("straits")] == [odd]
    assert str(store.slots("straits")[0].at.utcoffset()) == "0:00:00"
