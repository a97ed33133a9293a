"""A profile and a slot in; an issue in the store and with its targets out, whatever happens on the way.

``run`` is one try of one slot. It goes on from what earlier tries have kept: the intake (what the sources gave), the
extractions, the issue, the parcels. Each of these is one transaction, so a try may be cut off anywhere.
"""

from __future__ import annotations

from briefing.nightly.desk import Night
from briefing.nightly.due import run_due
from briefing.nightly.run import Outcome, run_called, run_now, run_slot

__all__ = ["Night", "Outcome", "run_called", "run_due", "run_now", "run_slot"]
