"""Parcels of a slot in; each handed over, put off, failed or in doubt, and the notices that tell of it."""

from __future__ import annotations

import logging

from briefing.deliver import Carrier, carrier, key
from briefing.deliver.handing import hand_over
from briefing.errors import BriefingError
from briefing.ledger import Goods, Letter, Parcel, Slot
from briefing.nightly.desk import Night
from briefing.nightly.make import LETTER
from briefing.nightly.names import folder_name, ident
from briefing.store import Fence

WITHDRAWN = "withdrawn: an article it rested on was deleted"
FEED = 30  # issues that a feed lists
_log = logging.getLogger(__name__)


def issue(night: Night, fence: Fence, slot: Slot) -> list[Parcel]:
    """The parcels of a slot's issue, after this try."""
    return [p for p in left(night, fence, slot) if p.kind == "brief"]


def left(night: Night, fence: Fence, slot: Slot) -> list[Parcel]:
    """All parcels of a slot, after each that is on its way or in doubt was tried; a stop is heard between two."""
    parcels = night.store.parcels(slot.profile, slot=slot)
    made = night.store.issue_of(slot)
    carriers = {key(t): t for t in night.targets(slot.profile)}
    out: list[Parcel] = []
    for parcel in parcels:
        if parcel.state in {"sent", "failed"}:
            out.append(parcel)
            continue
        if made and made.withdrawn and parcel.kind == "brief":
            doubt = "; whether it arrived before is not known" if parcel.state in {"committing", "doubtful"} else ""
            out.append(night.store.move(fence, parcel, "failed", night.clock(), detail=f"{WITHDRAWN}{doubt}"))
            continue
        night.checkpoint()
        known: dict[str, Carrier] = {k: carrier(t, clock=night.clock) for k, t in carriers.items() if k == parcel.key}
        out += hand_over(
            night.store,
            fence,
            [parcel],
            known,
            lambda p: _goods(night, slot, p),
            profile=night.profile(slot.profile),
            clock=night.clock,
        )
    return out


def heartbeat(night: Night, name: str, *, good: bool) -> None:
    """Ask the heartbeat's address; that it cannot be reached is said and costs nothing."""
    from briefing.deliver.heartbeat import beat

    beating = night.profile(name).heartbeat
    if beating is None:
        return
    try:
        beat(beating, good=good)
    except (BriefingError, OSError) as e:
        _log.warning("%s: heartbeat: %s", name, e)


def _goods(night: Night, slot: Slot, parcel: Parcel) -> Goods:
    zone = night.zone(slot.profile)
    made = night.store.issue_of(slot) if parcel.kind == "brief" else None
    files = night.store.files(made.id) if made else []
    if made:
        words = next(Letter.model_validate_json(f.data) for f in files if f.format == LETTER)
    else:
        words = _notice(night, slot)
    return Goods(
        profile=slot.profile,
        kind=parcel.kind,
        slot=slot.at,
        local=slot.local,
        folder=folder_name(slot, zone),
        ident=ident(slot, parcel.kind),
        title=made.title if made else words.subject,
        as_of=made.as_of if made else slot.local[:10],
        number=made.number if made else None,
        letter=words,
        files=tuple(f for f in files if f.format != LETTER),
        issues=tuple(i for i in night.store.issues(slot.profile, most=FEED) if not i.withdrawn),
    )


def _notice(night: Night, slot: Slot) -> Letter:
    from briefing.render.letter import notice as words

    known = night.store.slot(slot.profile, slot.at) or slot
    last = next((r for r in night.store.runs(slot.profile) if r.slot == slot.at), None)
    before = night.store.issues(slot.profile, most=1)
    return words(
        night.settings(slot.profile),
        profile=slot.profile,
        local=slot.local,
        message=(last.message if last else "") or known.note or "no reason was recorded",
        attempts=known.attempts,
        last_issue=before[0] if before else None,
        made=night.store.issue_of(slot),
    )
