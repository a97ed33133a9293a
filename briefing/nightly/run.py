"""One try of one slot: taken up where earlier tries were cut off, ended as done, to be tried again, or failed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from briefing.errors import BriefingError, RunFailed, StoppedError, StoreError, TemporaryError, UsageError
from briefing.ledger import OPEN, Issue, Parcel, Run, Slot, SlotState
from briefing.nightly import hand
from briefing.nightly.desk import Night
from briefing.nightly.make import make
from briefing.profiles import Profile
from briefing.schedule import UNDER_WAY, by_hand, find
from briefing.store import Fence

_log = logging.getLogger(__name__)

LONGEST_BACKOFF = timedelta(hours=6)
ATTEMPTS = 4  # of a profile that runs only when it is called

Result = Literal["done", "again", "failed"]
EXIT = {"done": 0, "again": TemporaryError.exit_code, "failed": RunFailed.exit_code}


@dataclass(frozen=True)
class Outcome:
    """What became of a slot: ``result`` names the exit code, ``message`` is for people."""

    slot: Slot
    result: Result
    message: str
    issue: Issue | None = None
    parcels: tuple[Parcel, ...] = ()

    @property
    def exit_code(self) -> int:
        return EXIT[self.result]


def run_now(night: Night, name: str, *, wait: float = 0.0) -> Outcome:
    """A build called by hand; one that was cut off is finished in its place."""
    when = night.profile(name).when
    night.store.enrol(name, night.clock())
    unfinished = [s for s in night.store.slots(name, states=OPEN) if s.manual]
    return run_slot(night, unfinished[0] if unfinished else by_hand(name, when, night.clock()), wait=wait)


def run_called(night: Night, name: str, text: str, *, wait: float = 0.0) -> Outcome:
    """The slot that ``--slot`` names, also where it was missed or has failed. Raises UsageError."""
    when = night.profile(name).when
    if when is None:
        raise UsageError("--slot", f"profile {name!r} has no times", hint="add `when`, or run it without --slot")
    return run_slot(night, find(night.store, name, when, text, night.clock()), called=True, wait=wait)


def run_slot(night: Night, slot: Slot, *, called: bool = False, wait: float = 0.0) -> Outcome:
    """One try. ``called`` runs a slot again that was missed or has failed. Raises BusyError, StoreError."""
    profile = night.profile(slot.profile)
    with night.store.hold(slot.profile, wait=wait) as fence:
        # Asked again behind the fence: another scheduler may have been faster.
        known = night.store.slot(slot.profile, slot.at) or slot
        if known.state == "coalesced":
            return Outcome(known, "done", f"told by the issue of {_when(known.into)}")
        if known.state == "missed" and not called:
            return Outcome(known, "done", "missed, as its policy says")
        if known.state == "done" or (known.state == "failed" and not (called and _settled(night, known))):
            return _left_over(night, fence, known)
        return _try(night, fence, known, profile)


def _settled(night: Night, slot: Slot) -> bool:
    """Whether nothing of a failed slot is on its way any more."""
    return not night.store.parcels(slot.profile, slot=slot, states=UNDER_WAY)


def _try(night: Night, fence: Fence, slot: Slot, profile: Profile) -> Outcome:
    run = night.store.begin(fence, slot, night.clock())
    try:
        _not_again_and_again(slot, run, profile)
        issue = night.store.issue_of(slot) or make(night, fence, run, slot)
        parcels = hand.issue(night, fence, slot)
    except StoreError:
        raise  # nothing can be written of it; the next run finds it cut off
    except StoppedError as e:
        state: SlotState = "built" if night.store.issue_of(slot) else "waiting"
        night.store.end(fence, run, night.clock(), slot=state, outcome="waiting", message=str(e))
        return Outcome(slot, "again", str(e))
    except (TemporaryError, OSError, MemoryError) as e:
        return _later(night, fence, slot, run, profile, _said(e))
    except BriefingError as e:
        return _failed(night, fence, slot, run, str(e))
    except Exception as e:  # noqa: BLE001 - a fault of ours: told like any other, and it must not end the other profiles
        _log.exception("%s", _name(slot))
        return _later(night, fence, slot, run, profile, f"{type(e).__name__}: {e}")
    return _handed(night, fence, slot, run, profile, issue, parcels)


def _not_again_and_again(slot: Slot, run: Run, profile: Profile) -> None:
    """A slot that ends its process each time (no memory left, say) is not begun for ever."""
    most = profile.when.attempts if profile.when else ATTEMPTS
    if slot.state == "running" and run.attempt > most:
        raise RunFailed(_name(slot), f"was cut off {run.attempt - 1} times", hint="see what ends the process")


def _handed(
    night: Night, fence: Fence, slot: Slot, run: Run, profile: Profile, issue: Issue, parcels: Sequence[Parcel]
) -> Outcome:
    """The issue is kept: done once every parcel has come to an end."""
    now = night.clock()
    waiting = [p for p in parcels if p.state in UNDER_WAY]
    bad = [p for p in parcels if p.state in {"failed", "doubtful"}]
    said = "; ".join(map(_told, (*bad, *waiting))) or f"issue {issue.number}"
    if waiting:
        again = min((p.next_try for p in waiting if p.next_try), default=None)
        night.store.end(fence, run, now, slot="built", outcome="waiting", message=said, next_try=again)
        return Outcome(slot, "again", said, issue, tuple(parcels))
    told = [p.key for p in parcels if p.state in {"sent", "doubtful"}] if bad else []
    night.store.end(
        fence,
        run,
        now,
        slot="done",
        outcome="failed" if bad else "done",
        message=said,
        notices=told if profile.notify else [],
    )
    hand.left(night, fence, slot)
    hand.heartbeat(night, slot.profile, good=not bad)
    return Outcome(slot, "failed" if bad else "done", said, issue, tuple(parcels))


def _later(night: Night, fence: Fence, slot: Slot, run: Run, profile: Profile, said: str) -> Outcome:
    """Tried again after a while, twice as long each time; failed when it was tried often enough."""
    when = profile.when
    most, backoff = (when.attempts, when.backoff) if when else (ATTEMPTS, timedelta(minutes=1))
    if run.attempt >= most:
        return _failed(night, fence, slot, run, f"{said} (tried {run.attempt} times)")
    now = night.clock()
    again = now + min(backoff * 2 ** (run.attempt - 1), LONGEST_BACKOFF)
    night.store.end(fence, run, now, slot="waiting", outcome="waiting", message=said, next_try=again)
    return Outcome(slot, "again", said)


def _failed(night: Night, fence: Fence, slot: Slot, run: Run, said: str) -> Outcome:
    keys = night.keys(slot.profile) if night.profile(slot.profile).notify else []
    night.store.end(fence, run, night.clock(), slot="failed", outcome="failed", message=said, notices=keys)
    parcels = hand.left(night, fence, slot)
    hand.heartbeat(night, slot.profile, good=False)
    return Outcome(slot, "failed", said, parcels=tuple(parcels))


def _left_over(night: Night, fence: Fence, slot: Slot) -> Outcome:
    """A slot that is closed: parcels that are still on their way (a notice, say) are handed over."""
    issue = night.store.issue_of(slot)
    parcels = hand.left(night, fence, slot)
    waiting = [p for p in parcels if p.state in UNDER_WAY]
    said = f"issue {issue.number} was made before" if issue else f"had {slot.state} before: {slot.note}"
    if waiting:
        return Outcome(slot, "again", "; ".join(map(_told, waiting)), issue, tuple(parcels))
    return Outcome(slot, "done", said, issue, tuple(parcels))


def _said(e: BaseException) -> str:
    if isinstance(e, OSError):
        where = f"{e.filename}: " if e.filename else ""
        return f"{where}{(e.strerror or str(e)).lower()}"
    return str(e) or type(e).__name__


def _told(parcel: Parcel) -> str:
    """A parcel's target and what became of it; most of what is said of one names its target already."""
    return parcel.detail if parcel.detail.startswith(parcel.key) else f"{parcel.key}: {parcel.detail}"


def _name(slot: Slot) -> str:
    return f"{slot.profile}, {slot.local}"


def _when(at: datetime | None) -> str:
    return at.isoformat(timespec="minutes") if at else "a later night"
