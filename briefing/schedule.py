"""Profiles, a ledger and the time in; the slots that are due out. Knows nothing of how a slot is run.

``decide`` is the rule, without a store; ``plan`` reads the ledger, lets it decide and writes what was decided. Any
number of processes may plan at once: slots are put in where they are missing, and only what has not begun is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from briefing import calendar
from briefing.errors import TemporaryError, UsageError
from briefing.ledger import OPEN, Parcel, ParcelState, Slot
from briefing.profiles import When
from briefing.store import Store

UNDER_WAY: tuple[ParcelState, ...] = ("pending", "sending", "committing")
SKEW = timedelta(minutes=10)  # clocks of two machines on one store may differ by so much
FAR = timedelta(days=366)
# No try waits so long by itself: one that does was put off while the clock was ahead.
LONGEST_WAIT = timedelta(days=1)


class ClockError(TemporaryError):
    """The clock is so far from all that the ledger knows that it is more likely wrong than right."""


@dataclass(frozen=True)
class Decision:
    """``insert`` goes into the ledger as it stands; ``marked`` are slots of the ledger with their new state."""

    insert: tuple[Slot, ...] = ()
    marked: tuple[Slot, ...] = ()
    due: tuple[Slot, ...] = ()


def plan(store: Store, name: str, when: When | None, now: datetime, *, trust_clock: bool = False) -> list[Slot]:
    """The slots of a profile that are due, oldest first, after the ledger was brought up to date.

    Raises StoreError; and ClockError, unless ``trust_clock``, where the clock is more than a year ahead of the ledger
    or stands before the profile was first seen.
    """
    times: list[datetime] = []
    if when is not None:
        start = _start(store, name, when, now, trust_clock)
        _set_back(store, name, when, now)
        times = calendar.slots(when, after=start, until=now)
    parcels = store.parcels(name, states=UNDER_WAY)
    known = _known(store, name, times, parcels)
    found = decide(name, when, now, known=known, times=times, parcels=parcels)
    if found.insert:
        store.record(found.insert)
    for (state, into, note), group in groupby(found.marked, key=lambda s: (s.state, s.into, s.note)):
        store.mark(name, [s.at for s in group], state, into=into, note=note)
    return list(found.due)


def find(store: Store, name: str, when: When, text: str, now: datetime) -> Slot:
    """The slot that ``--slot`` names: that of the ledger where there is one, else one called by hand.

    The ledger is brought up to date first, so that a night called by hand leaves no hole before it. Raises UsageError.
    """
    plan(store, name, when, now)
    known = {s.at: s for s in store.slots(name)}
    # A date means a night of the calendar; a full time may name a build that was called by hand, too.
    at = calendar.parse(when, text, known=[s.at for s in known.values() if not s.manual or ":" in text])
    if at > now + SKEW:
        hint = "a slot runs when it is due; `briefing run PROFILE` builds now"
        raise UsageError("--slot", f"{calendar.local(when, at)} is still to come", hint=hint)
    return known.get(at) or Slot(profile=name, at=at, local=calendar.local(when, at), manual=True)


def by_hand(name: str, when: When | None, now: datetime) -> Slot:
    """The slot of a build that a person calls now."""
    at = now.astimezone(UTC).replace(microsecond=0)
    shown = at.astimezone(ZoneInfo(when.zone if when else "UTC"))
    return Slot(profile=name, at=at, local=shown.isoformat(timespec="seconds"), manual=True)


# ----------------------------------------------------------------------------------------------------------- the rule
def decide(
    name: str,
    when: When | None,
    now: datetime,
    *,
    known: Sequence[Slot],
    times: Sequence[datetime],
    parcels: Sequence[Parcel] = (),
) -> Decision:
    """What becomes of the slots: ``known`` ones of the ledger, and ``times`` of the calendar that have come by now."""
    there = {s.at for s in known}
    fresh = [Slot(profile=name, at=t, local=calendar.local(when, t)) for t in times if when and t not in there]
    idle = [s for s in known if s.state == "planned" and not s.manual and s.at <= now]
    judged = caught_up(when, now, sorted((*idle, *fresh), key=lambda s: s.at)) if when else idle
    begun = [s for s in known if (s.state != "planned" or s.manual) and is_due(s, now, parcels)]
    return Decision(
        insert=tuple(s for s in judged if s.at not in there),
        marked=tuple(s for s in judged if s.at in there and s.state != "planned"),
        due=tuple(sorted((*begun, *(s for s in judged if s.state == "planned")), key=lambda s: s.at)),
    )


def caught_up(when: When, now: datetime, idle: Sequence[Slot]) -> list[Slot]:
    """Slots that have not begun, oldest first: those that may still start in time stay; late ones as the policy says.

    ``latest``: late ones are told by the next that runs in time, or else by the newest of them.
    """
    late = [s for s in idle if now - s.at > when.grace]
    if not late or when.catch_up == "skip":
        return [*(_missed(s, f"not started within {when.grace}") for s in late), *idle[len(late) :]]
    if when.catch_up == "all":
        over = max(0, len(late) - when.most)
        return [*(_missed(s, f"older than the {when.most} that are caught up") for s in late[:over]), *idle[over:]]
    teller = idle[len(late)] if len(late) < len(idle) else late[-1]
    told = [s for s in late if s is not teller]
    return [*(s.model_copy(update={"state": "coalesced", "into": teller.at}) for s in told), *idle[len(told) :]]


def is_due(slot: Slot, now: datetime, parcels: Sequence[Parcel]) -> bool:
    """Whether a slot that has begun, or was called by hand, is to be taken up now."""
    mine = [p for p in parcels if p.slot == slot.at]
    left = any(has_come(p.next_try, now) for p in mine)
    if slot.state == "built":
        return left or not mine
    if slot.state == "waiting":
        return has_come(slot.next_try, now) and slot.at <= now + SKEW
    # One later than now was begun while the clock was ahead: it is taken up when its time has come.
    return left or (slot.state in {"running", "planned"} and slot.at <= now + SKEW)


def has_come(at: datetime | None, now: datetime) -> bool:
    """Whether it is time for a try; one put off for longer than any is, was put off while the clock was ahead."""
    return at is None or at <= now or at > now + LONGEST_WAIT


def _missed(slot: Slot, note: str) -> Slot:
    return slot.model_copy(update={"state": "missed", "note": note})


# ---------------------------------------------------------------------------------------------------------- the ledger
def _known(store: Store, name: str, times: Sequence[datetime], parcels: Sequence[Parcel]) -> list[Slot]:
    """Open slots, those at the given times, and closed ones with parcels on their way."""
    found = {s.at: s for s in store.slots(name, states=OPEN)}
    if times:
        wanted = set(times)
        found |= {s.at: s for s in store.slots(name, since=times[0]) if s.at in wanted}
    for at in sorted({p.slot for p in parcels} - set(found)):
        slot = store.slot(name, at)
        if slot is not None:
            found[at] = slot
    return list(found.values())


def _start(store: Store, name: str, when: When, now: datetime, trust_clock: bool) -> datetime:
    """The moment after which slots are planned: the latest in the ledger, else when the profile was first seen."""
    first = store.enrol(name, now)
    last = store.last_slot(name, now)
    start = first if last is None else last
    if start > now + SKEW:
        return _before_it_was_seen(store, name, when, now, first, trust_clock)
    if now - start > FAR and not trust_clock:
        _refuse_far(store, name, when, now, start)
    return start


def _before_it_was_seen(
    store: Store, name: str, when: When, now: datetime, first: datetime, trust_clock: bool
) -> datetime:
    """One of the two clocks was wrong. Trusted, a missed slot in the ledger stands for all that was before."""
    if not trust_clock:
        seen = calendar.local(when, first)
        raise _wrong(when, now, f"before profile {name!r} was first seen, {seen}")
    last = calendar.previous(when, until=now)
    if last is None:
        return now
    note = f"first seen on {calendar.local(when, first)}, by a clock that was ahead"
    store.record([Slot(profile=name, at=last, local=calendar.local(when, last), state="missed", note=note)])
    return last


def _refuse_far(store: Store, name: str, when: When, now: datetime, start: datetime) -> None:
    known = max([start, *(r.started for r in store.runs(name, most=1))])
    # A profile with a slot a year, or in leap years, has nothing to show for a long time.
    due = calendar.coming(when, after=known) or [known]
    if now > max(known, due[0] - timedelta(days=1)) + FAR:
        last = calendar.local(when, known)
        raise _wrong(when, now, f"more than {FAR.days} days after the last that is known of profile {name!r}, {last}")


def _wrong(when: When, now: datetime, found: str) -> ClockError:
    hint = "set the clock; where it is right, run `briefing run --due --trust-clock` once"
    return ClockError("clock", f"says {calendar.local(when, now)}, {found}", hint=hint)


def _set_back(store: Store, name: str, when: When, now: datetime) -> None:
    """Forget slots that a clock ahead of time planned and nobody began; those that ran stay and never run again.

    Up to the last that ran, slots are planned ahead: ``last_slot`` will jump there, and none before it may be lost.
    """
    later = [s for s in store.slots(name, since=now) if s.at > now]
    ahead = [s for s in later if not s.manual]
    ran = [s.at for s in ahead if s.attempts]
    fill = calendar.slots(when, after=now, until=max(ran)) if ran else []
    there, wanted = {s.at for s in later}, set(fill)
    idle = [s for s in ahead if not s.attempts and s.at > now + SKEW]
    wrong = any(s.state != "planned" or s.at not in wanted for s in idle)
    if wrong or wanted - there:
        # In one transaction: what is planned again must not be lost between the two.
        again = [Slot(profile=name, at=t, local=calendar.local(when, t)) for t in fill]
        store.forget_after(name, now + SKEW, then=again)
