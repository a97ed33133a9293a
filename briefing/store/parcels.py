"""Parcels in, each target once for each slot and kind; their states out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from briefing.errors import StoreError
from briefing.ledger import Parcel, ParcelKind, ParcelState, Slot
from briefing.store import Fence, holding
from briefing.store.forms import maybe, moment, stamp, stamped
from briefing.store.rows import add_new, ensure_slot
from briefing.store.tables import parcels, slots

_ON_ITS_WAY = ("sending", "committing")


def post(connection: Connection, fence: Fence, slot: Slot, kind: ParcelKind, targets: Sequence[str]) -> None:
    holding.check(connection, fence, slot.profile)
    put(connection, ensure_slot(connection, slot), None, kind, targets)


def put(connection: Connection, slot: int, issue: int | None, kind: ParcelKind, targets: Sequence[str]) -> None:
    """A pending parcel a target; one that is there stays."""
    one = {"slot": slot, "issue": issue, "kind": kind, "state": "pending", "attempts": 0, "detail": ""}
    add_new(connection, parcels, [{**one, "target": target} for target in dict.fromkeys(targets)])


def put_for(connection: Connection, profile: str, at: datetime, kind: ParcelKind, targets: Sequence[str]) -> None:
    """As ``put``, for a slot by its name."""
    if targets:
        key = select(slots.c.key).where(slots.c.profile == profile, slots.c.at == stamp(at))
        put(connection, connection.execute(key).scalar_one(), None, kind, targets)


def found(connection: Connection, profile: str, slot: Slot | None, states: Sequence[ParcelState]) -> list[Parcel]:
    wanted = _parcels().where(slots.c.profile == profile).order_by(parcels.c.key)
    if slot is not None:
        wanted = wanted.where(slots.c.at == stamp(slot.at))
    if states:
        wanted = wanted.where(parcels.c.state.in_(states))
    return [_parcel_of(row) for row in connection.execute(wanted)]


def move(
    connection: Connection,
    fence: Fence,
    parcel: Parcel,
    state: ParcelState,
    now: datetime,
    detail: str,
    next_try: datetime | None,
) -> Parcel:
    holding.check(connection, fence, parcel.profile)
    this = parcels.c.key == parcel.id
    row = connection.execute(select(parcels.c.state).where(this)).first()
    where = f"parcel {parcel.id} to {parcel.key}"
    if row is None:
        raise StoreError(where, "is not in the ledger", hint="its issue was pruned; nothing is left to send")
    if row.state == "sent" and state != "sent":
        raise StoreError(where, "is sent already and is not sent again")
    values: dict[str, Any] = {"state": state, "next_try": stamped(next_try)}
    if detail or state not in _ON_ITS_WAY:  # on its way, what the try before came to stays readable
        values["detail"] = detail
    if state == "sending":
        values["attempts"] = parcels.c.attempts + 1
    if state == "sent":
        values["sent"] = stamp(now)
    connection.execute(update(parcels).where(this).values(values))
    return _parcel_of(connection.execute(_parcels().where(this)).one())


def _parcels() -> Select[Any]:
    return select(parcels, slots.c.profile, slots.c.at).join(slots, slots.c.key == parcels.c.slot)


def _parcel_of(row: Row[Any]) -> Parcel:
    return Parcel(
        id=row.key,
        profile=row.profile,
        slot=moment(row.at),
        issue=row.issue,
        kind=row.kind,
        key=row.target,
        state=row.state,
        attempts=row.attempts,
        next_try=maybe(row.next_try),
        sent=maybe(row.sent),
        detail=row.detail,
    )
