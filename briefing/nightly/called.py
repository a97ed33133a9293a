"""A profile's name and what ``--slot`` says in; the slot that is meant out."""

from __future__ import annotations

from datetime import timedelta

from briefing import calendar
from briefing.errors import UsageError
from briefing.ledger import Slot
from briefing.nightly.desk import Night

EARLY = timedelta(minutes=5)  # clocks of two machines may differ; a scheduler may call a little early


def slot_called(night: Night, name: str, text: str) -> Slot:
    """The slot of a date or time, in the ledger or not. Raises UsageError where the profile has none there."""
    when = night.profile(name).when
    if when is None:
        raise UsageError("--slot", f"profile {name!r} has no times", hint="add `when`, or run it without --slot")
    at = calendar.parse(when, text)
    now = night.clock()
    if at > now + EARLY:
        raise UsageError("--slot", f"{calendar.local(when, at)} is still to come", hint="slots run when they are due")
    night.store.enrol(name, now)
    known = night.store.slot(name, at)
    return known or Slot(profile=name, at=at, local=calendar.local(when, at))
