"""The parcel loop: what becomes of a parcel by what the carrier does, and after a death at each step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from briefing.deliver.faults import UnansweredError
from briefing.errors import ConfigError, DeliveryError, StoreError
from briefing.ledger import Goods, ParcelState
from tests.deliver.desk import NOW, PROFILE, STEPS, Desk, Killed

MINUTE = timedelta(minutes=1)
PASSING = DeliveryError("k", "no answer in time")
LASTING = DeliveryError("k", "no such box", lasting=True)
LOST = UnansweredError("k", "hung up")


class Fake:
    """A carrier that follows a plan: what it raises before and after ``commit``, one entry a try; None is success."""

    def __init__(
        self,
        *plan: tuple[str, Exception | None],
        known: bool | DeliveryError | None = None,
        in_doubt: str = "hold",
        repeatable: bool = False,
        settle: timedelta | None = None,
    ) -> None:
        self.plan, self.known, self.repeatable, self.in_doubt = list(plan), known, repeatable, in_doubt
        self.came: list[str] = []
        self.asked = 0
        if settle is not None:
            self.settle = settle

    def send(self, goods: Goods, commit: object) -> str:
        when, fault = self.plan.pop(0) if self.plan else ("", None)
        if when == "before" and fault is not None:
            raise fault
        assert callable(commit)
        commit()
        if when == "lost" and fault is not None:
            raise fault
        self.came.append(goods.ident)
        if fault is not None:
            raise fault
        return "sent to 1"

    def arrived(self, goods: Goods) -> bool | None:
        self.asked += 1
        if isinstance(self.known, DeliveryError):
            raise self.known
        return bool(self.came) if self.known is not None else None


def test_sent_at_once_with_each_step_in_the_ledger() -> None:
    desk = Desk(Fake())
    found = desk.hand()
    assert (found.state, found.detail, found.attempts, found.sent) == ("sent", "sent to 1", 1, NOW)
    assert desk.ledger.journal == ["sending", "committing", "sent"]


@pytest.mark.parametrize(
    ("plan", "state", "attempts", "wait"),
    [
        ([("before", PASSING)], "pending", 1, MINUTE),
        ([("before", LASTING)], "failed", 1, None),
        ([("after", PASSING)], "pending", 1, MINUTE),  # answered, and refused, after the last byte
        ([("after", LASTING)], "failed", 1, None),
        ([("before", ConfigError("environment variable P", "is not set"))], "pending", 1, MINUTE),
        ([("before", RuntimeError("a fault of the carrier"))], "pending", 1, MINUTE),
    ],
)
def test_a_fault(plan: list[tuple[str, Exception]], state: str, attempts: int, wait: timedelta | None) -> None:
    found = Desk(Fake(*plan)).hand()
    assert (found.state, found.attempts) == (state, attempts)
    assert found.next_try == (NOW + wait if wait else None)
    assert found.detail


def test_waits_double_and_end() -> None:
    desk = Desk(Fake(*[("before", PASSING)] * 3))
    waits = []
    while (found := desk.hand()).state == "pending":
        assert found.next_try is not None
        waits.append(found.next_try - desk.now)
        desk.now = found.next_try
    assert waits == [MINUTE, 2 * MINUTE]
    assert (found.state, found.attempts) == ("failed", 3)
    assert found.detail == "k: no answer in time; given up after 3 tries"


def test_not_tried_before_its_time() -> None:
    desk = Desk(Fake(("before", PASSING)))
    desk.hand()
    before = list(desk.ledger.journal)
    desk.now += timedelta(seconds=59)
    assert desk.hand().state == "pending"
    assert desk.ledger.journal == before
    desk.now += timedelta(seconds=1)
    assert desk.hand().state == "sent"


@pytest.mark.parametrize("back", [timedelta(days=2), timedelta(days=700)])
def test_a_clock_set_back_does_not_put_a_parcel_off(back: timedelta) -> None:
    desk = Desk(Fake(("before", PASSING)))
    desk.hand()
    desk.now -= back
    assert desk.hand().state == "sent"


def test_a_clock_set_back_does_not_put_the_archive_off() -> None:
    carrier = Fake(("lost", LOST), known=True, settle=2 * MINUTE)
    desk = Desk(carrier)
    desk.hand()
    desk.now -= timedelta(days=30)
    assert desk.hand().state == "sent"
    assert len(carrier.came) == 1


def test_no_wait_is_longer_than_a_day() -> None:
    desk = Desk(Fake(*[("before", PASSING)] * 19), profile=PROFILE.model_copy(update={"attempts": 20}))
    for _ in range(19):
        found = desk.hand()
        assert found.next_try is not None
        assert found.next_try - desk.now <= timedelta(days=1)
        desk.now = found.next_try
    assert desk.hand().state == "sent"


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_what_is_over_is_left_alone(state: ParcelState) -> None:
    desk = Desk(Fake(), state=state)
    assert desk.hand().state == state
    assert desk.ledger.journal == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pending", "k: no longer a target"),
        ("sending", "k: no longer a target"),
        ("committing", "k: no longer a target; whether it arrived is not known"),
    ],
)
def test_no_longer_a_target(state: ParcelState, said: str) -> None:
    desk = Desk(Fake(), state=state)
    found = desk.hand({})
    assert (found.state, found.detail) == ("failed", said)


# carrier → after a death at each of the five steps: final state, and how often the goods came
_DEATHS: list[tuple[str, dict[str, object], list[tuple[str, int]]]] = [
    ("asked, hold", {"known": True}, [("sent", 1)] * 5),
    ("asked, resend", {"known": True, "in_doubt": "resend"}, [("sent", 1)] * 5),
    ("nobody can say, hold", {}, [("sent", 1), ("sent", 1), ("sent", 1), ("doubtful", 0), ("doubtful", 1)]),
    ("nobody can say, resend", {"in_doubt": "resend"}, [("sent", 1)] * 4 + [("sent", 2)]),
    ("repeatable", {"repeatable": True}, [("sent", 1)] * 4 + [("sent", 2)]),
]


@pytest.mark.parametrize(("options", "outcomes"), [d[1:] for d in _DEATHS], ids=[d[0] for d in _DEATHS])
@pytest.mark.parametrize("step", range(5), ids=["-".join(s) for s in STEPS])
def test_death_at_a_step(step: int, options: dict[str, object], outcomes: list[tuple[str, int]]) -> None:
    carrier = Fake(**options)  # type: ignore[arg-type]
    desk = Desk(carrier)
    desk.killed(*STEPS[step])
    found = desk.until_still()
    assert (found.state, len(carrier.came)) == outcomes[step]


def test_every_death_in_a_row_still_ends() -> None:
    carrier = Fake(known=True)
    desk = Desk(carrier)
    for step in STEPS[:3]:
        desk.killed(*step)
    assert desk.until_still().state in {"sent", "failed"}
    assert len(carrier.came) <= 1


def test_cut_off_each_time_ends_and_says_so() -> None:
    desk = Desk(Fake())
    for _ in range(3):
        desk.killed("sending", "after")
    found = desk.hand()
    assert (found.state, found.detail) == ("failed", "k: given up after 3 tries, the last one cut off")


@pytest.mark.parametrize(
    ("carrier", "state"),
    [
        (Fake(("lost", LOST), known=True), "pending"),  # asked, and it is not there
        (Fake(("after", LOST), known=True), "sent"),
        (Fake(("after", LOST)), "doubtful"),
        (Fake(("after", LOST), in_doubt="resend"), "pending"),
    ],
)
def test_no_answer_to_the_last_byte(carrier: Fake, state: str) -> None:
    found = Desk(carrier).hand()
    assert found.state == state
    assert (found.next_try is not None) == (state == "pending")


def test_doubt_is_said_plainly() -> None:
    found = Desk(Fake(("after", LOST))).hand()
    assert found.detail == "k: hung up; it may or may not have arrived and is not sent again"


def test_a_copy_may_still_be_on_its_way() -> None:
    carrier = Fake(("lost", LOST), known=True, settle=2 * MINUTE)
    desk = Desk(carrier)
    found = desk.hand()
    assert (found.state, found.next_try) == ("committing", NOW + 2 * MINUTE)
    assert found.detail == "k: no answer came to the last byte; its copy is looked for until 2026-03-13 04:02:30 UTC"
    desk.now += MINUTE
    steps = len(desk.ledger.journal)
    assert desk.hand() == found
    assert len(desk.ledger.journal) == steps  # nothing new, nothing written
    carrier.came.append("late")
    assert desk.hand().state == "sent"
    assert carrier.came == ["late"]


def test_a_copy_that_has_not_come_in_time_is_sent_again() -> None:
    carrier = Fake(("lost", LOST), known=True, settle=2 * MINUTE)
    desk = Desk(carrier)
    desk.hand()
    desk.now += 2 * MINUTE
    assert desk.hand().state == "sent"
    assert len(carrier.came) == 1


def test_an_archive_that_cannot_be_reached_is_asked_again_for_a_day() -> None:
    carrier = Fake(("after", LOST), known=PASSING)
    desk = Desk(carrier)
    found = desk.hand()
    assert (found.state, found.next_try) == ("committing", NOW + MINUTE)
    assert "no answer in time" in found.detail
    desk.now += timedelta(days=1)
    assert desk.hand().state == "doubtful"
    carrier.known = True  # it is back
    assert desk.hand().state == "sent"
    assert len(carrier.came) == 1


def test_what_stays_in_doubt_is_not_written_again() -> None:
    desk = Desk(Fake(), state="doubtful")
    assert desk.hand().state == "doubtful"
    assert desk.ledger.journal == []


def test_a_dead_database_stops_the_run_and_loses_nothing() -> None:
    class Dead(Fake):
        def send(self, goods: Goods, commit: object) -> str:
            raise StoreError("store", "cannot be reached")

    desk = Desk(Dead())
    with pytest.raises(StoreError):
        desk.hand()
    assert desk.parcel.state == "sending"
    desk.carrier = Fake()
    assert desk.hand().state == "sent"


def test_killed_is_not_caught() -> None:
    class Dying(Fake):
        def send(self, goods: Goods, commit: object) -> str:
            raise Killed

    desk = Desk(Dying())
    with pytest.raises(Killed):
        desk.hand()
    assert desk.parcel.state == "sending"
