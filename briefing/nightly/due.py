"""All profiles and the time in; every due slot run, one after the other; a fault of one costs no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.errors import BriefingError, BusyError
from briefing.nightly.desk import Night
from briefing.nightly.run import Outcome, run_slot
from briefing.schedule import plan


def run_due(night: Night, names: Sequence[str] = (), *, trust_clock: bool = False) -> Iterator[Outcome | BriefingError]:
    """One outcome a due slot, oldest first in each profile; a profile that another run holds is passed over."""
    for name in names or sorted(night.config.profiles):
        try:
            when = night.profile(name).when
            for slot in plan(night.store, name, when, night.clock(), trust_clock=trust_clock):
                if night.stopped():
                    return
                yield run_slot(night, slot)
        except BusyError:
            continue  # whoever holds it does the work
        except BriefingError as e:
            yield e
