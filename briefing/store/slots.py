"""Slots and runs in, the ledger of what was due and what became of it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, update

from briefing.errors import StoreError
from briefing.ledger import Run, Slot, SlotState
from briefing.store import Fence, holding
from briefing.store.forms import chunks, maybe, moment, stamp, stamped
from briefing.store.rows import add_new, ensure_profile, ensure_slot, slot_of, slot_row
from briefing.store.tables import intake_articles, issues, parcels, profiles, runs, slots


def enrol(connection: Connection, profile: str, now: datetime) -> datetime:
    ensure_profile(connection, profile)
    mine = profiles.c.name == profile
    connection.execute(update(profiles).where(mine, profiles.c.first_seen.is_(None)).values(first_seen=stamp(now)))
    return moment(str(connection.execute(select(profiles.c.first_seen).where(mine)).scalar()))


def found(
    connection: Connection, profile: str, states: Sequence[SlotState], since: datetime | None, most: int | None
) -> list[Slot]:
    wanted = select(slots).where(slots.c.profile == profile).order_by(slots.c.at.desc())
    if states:
        wanted = wanted.where(slots.c.state.in_(states))
    if since is not None:
        wanted = wanted.where(slots.c.at >= stamp(since))
    return [slot_of(row) for row in connection.execute(wanted.limit(most))]


def one(connection: Connection, profile: str, at: datetime) -> Slot | None:
    row = connection.execute(select(slots).where(slots.c.profile == profile, slots.c.at == stamp(at))).first()
    return None if row is None else slot_of(row)


def last(connection: Connection, profile: str, before: datetime) -> datetime | None:
    planned = slots.c.profile == profile, slots.c.manual.is_(False), slots.c.at <= stamp(before)
    return maybe(connection.execute(select(func.max(slots.c.at)).where(*planned)).scalar())


def record(connection: Connection, new: Sequence[Slot]) -> int:
    for profile in dict.fromkeys(s.profile for s in new):
        ensure_profile(connection, profile)
    return add_new(connection, slots, [slot_row(s) for s in new])


def forget_after(connection: Connection, profile: str, now: datetime, then: Sequence[Slot] = ()) -> int:
    untouched = [~exists().where(t.c.slot == slots.c.key) for t in (runs, issues, parcels)]
    late = slots.c.profile == profile, slots.c.at > stamp(now), slots.c.attempts == 0
    gone = connection.execute(delete(slots).where(*late, *untouched)).rowcount
    if then:
        record(connection, then)
    return gone


def mark(
    connection: Connection, profile: str, at: Sequence[datetime], state: SlotState, into: datetime | None, note: str
) -> None:
    values: dict[str, Any] = {"state": state, "into_slot": stamped(into), "note": note}
    if state != "waiting":
        values["next_try"] = None
    for part in chunks([stamp(a) for a in at]):
        where = slots.c.profile == profile, slots.c.at.in_(part), slots.c.state.in_(("planned", "waiting"))
        connection.execute(update(slots).where(*where).values(values))


# ---------------------------------------------------------------------------------------------------------------- runs
def begin(connection: Connection, fence: Fence, slot: Slot, now: datetime) -> Run:
    holding.check(connection, fence, slot.profile)
    key = ensure_slot(connection, slot)
    connection.execute(update(runs).where(runs.c.slot == key, runs.c.outcome == "running").values(outcome="cut off"))
    has_issue = connection.execute(select(exists().where(issues.c.slot == key))).scalar()
    attempt = 1 + int(connection.execute(select(slots.c.attempts).where(slots.c.key == key)).scalar_one())
    state = "built" if has_issue else "running"
    values = {"state": state, "attempts": attempt, "next_try": None, "into_slot": None}
    connection.execute(update(slots).where(slots.c.key == key).values(values))
    articles, new = _taken(connection, key)
    run = {"slot": key, "attempt": attempt, "started": stamp(now), "ended": None, "outcome": "running", "message": ""}
    run |= {"articles": articles, "new": new, "extracted": 0}
    number = connection.execute(insert(runs).values(run).returning(runs.c.key)).scalar_one()
    return _run_of(connection.execute(_runs().where(runs.c.key == number)).one())


def end(
    connection: Connection,
    fence: Fence,
    run: Run,
    now: datetime,
    slot: SlotState,
    outcome: str,
    message: str,
    next_try: datetime | None,
) -> None:
    holding.check(connection, fence, run.profile)
    Run.model_validate({**run.model_dump(), "outcome": outcome})  # a word that the ledger knows
    values = {"outcome": outcome, "message": message, "ended": stamp(now)}
    connection.execute(update(runs).where(runs.c.key == run.id).values(values))
    where = slots.c.profile == run.profile, slots.c.at == stamp(run.slot)
    changed = connection.execute(
        update(slots).where(*where).values(state=slot, next_try=stamped(next_try), note=message)
    ).rowcount
    if not changed:
        raise StoreError(f"slot {run.slot.isoformat()} of {run.profile}", "is not in the ledger")


def history(connection: Connection, profile: str | None, most: int) -> list[Run]:
    wanted = _runs().order_by(runs.c.key.desc()).limit(most)
    if profile is not None:
        wanted = wanted.where(slots.c.profile == profile)
    return [_run_of(row) for row in connection.execute(wanted)]


def count_taken(connection: Connection, slot: int) -> None:
    """Write into the run at work how many articles its slot's intake has."""
    articles, new = _taken(connection, slot)
    where = runs.c.slot == slot, runs.c.outcome == "running"
    connection.execute(update(runs).where(*where).values(articles=articles, new=new))


def count_extracted(connection: Connection, profile: str, number: int) -> None:
    """Add to the run at work how many articles it has extracted."""
    mine = select(func.max(runs.c.key)).join(slots, slots.c.key == runs.c.slot)
    at_work = mine.where(slots.c.profile == profile, runs.c.outcome == "running").scalar_subquery()
    connection.execute(update(runs).where(runs.c.key == at_work).values(extracted=runs.c.extracted + number))


def _taken(connection: Connection, slot: int) -> tuple[int, int]:
    counted = select(func.count(), func.count().filter(intake_articles.c.new)).where(intake_articles.c.intake == slot)
    articles, new = connection.execute(counted).one()
    return articles, new


def _runs() -> Select[Any]:
    return select(runs, slots.c.profile, slots.c.at).join(slots, slots.c.key == runs.c.slot)


def _run_of(row: Row[Any]) -> Run:
    return Run(
        id=row.key,
        profile=row.profile,
        slot=moment(row.at),
        attempt=row.attempt,
        started=moment(row.started),
        ended=maybe(row.ended),
        outcome=row.outcome,
        message=row.message,
        articles=row.articles,
        new=row.new,
        extracted=row.extracted,
    )
