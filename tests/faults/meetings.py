"""Two runs at once, a run that is asked to stop, a run that freezes while another takes over.

``python -m tests.faults.meetings [SCENARIO …] [--database postgresql]``
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator

from tests.faults import check, runs, scenario
from tests.faults.world import World

Wrong = Iterator[str]


def two_at_once(place: World, wanted: check.Reference) -> Wrong:
    """Two runs of a profile at the same moment, ten times: one works, the other is told to try again."""
    met = 0
    for n in range(scenario.ROUNDS[0]):
        place.restore(f"before{scenario.NIGHT}")
        first = runs.start(place, scenario.NIGHT, "quick")
        time.sleep(n * wanted.seconds[scenario.NIGHT] / scenario.ROUNDS[0] / 2)
        second = runs.start(place, scenario.NIGHT, "quick", name="second")
        codes = (first.wait(), second.wait())
        met += runs.AGAIN in codes
        if set(codes) - {0, runs.AGAIN} or 0 not in codes:
            yield f"exits {codes}: {first.said()[-300:]} / {second.said()[-300:]}"
        yield from check.faults(place, scenario.NIGHT, wanted)
    if not met:
        yield "no two runs ever met"


def asked_to_stop(place: World, wanted: check.Reference) -> Wrong:
    """SIGTERM at ten moments: it ends soon, says so, and the next run goes on from there."""
    die = random.Random(31)
    codes = []
    for n in range(scenario.ROUNDS[0]):
        place.restore(f"before{scenario.NIGHT}")
        run = runs.start(place, scenario.NIGHT, "quick")
        time.sleep((n + die.random()) / scenario.ROUNDS[0] * wanted.seconds[scenario.NIGHT])
        os.kill(run.pid, signal.SIGTERM)
        asked = time.monotonic()
        code = run.wait(20)
        codes.append(code)
        if time.monotonic() - asked > 5:
            yield f"took {time.monotonic() - asked:.1f} s to stop"
        if code not in {0, runs.AGAIN, -signal.SIGTERM} or "Traceback" in run.said():
            yield f"exit {code}: {run.said()[-500:]}"
        yield from scenario.mended(place, wanted)
    if runs.AGAIN not in codes:
        yield f"no run was stopped in good order: {codes}"


def frozen(place: World, wanted: check.Reference) -> Wrong:
    """A run freezes at ten moments, its connections are cut, another run takes over, the first wakes up: fenced off."""
    die = random.Random(32)
    for n in range(scenario.ROUNDS[0]):
        place.restore(f"before{scenario.NIGHT}")
        run = runs.start(place, scenario.NIGHT, "quick")
        time.sleep((n + die.random()) / scenario.ROUNDS[0] * wanted.seconds[scenario.NIGHT])
        os.kill(run.pid, signal.SIGSTOP)
        held = run.poll() is None
        place.cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'world'")
        try:
            runs.finish(place, scenario.NIGHT, "quick", name="second")
        except (RuntimeError, TimeoutError) as e:
            yield f"nobody could take over: {e}"
        if held:
            os.kill(run.pid, signal.SIGCONT)
            code = run.wait()
            if code not in {0, runs.AGAIN} or "Traceback" in run.said():
                yield f"the frozen run ended with {code}: {run.said()[-500:]}"
        yield from check.faults(place, scenario.NIGHT, wanted)


SCENARIOS: tuple[scenario.Scenario, ...] = (two_at_once, asked_to_stop)
SHARED: tuple[scenario.Scenario, ...] = (*SCENARIOS, frozen)

if __name__ == "__main__":
    import sys

    scenario.main(SHARED if "postgresql" in sys.argv else SCENARIOS)
