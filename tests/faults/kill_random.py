"""A night killed at moments that a seeded die throws, then run again: is it as if nothing had happened?

``python -m tests.faults.kill_random --moments 200 --whole 25 --database sqlite``
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from tests.faults import check, runs, tally
from tests.faults.world import Database, World, world

LATE = 0.15  # how much longer than the undisturbed night the latest kill waits, as a share of it


def moments(number: int, seconds: float, seed: int) -> list[float]:
    """Seconds after the start: one in each of as many equal stretches of the night, in a random order."""
    die = random.Random(seed)
    step = seconds * (1 + LATE) / number
    found = [(n + die.random()) * step for n in range(number)]
    die.shuffle(found)
    return found


def shoot(place: World, night: int, kind: runs.Kind, wanted: check.Reference, number: int, seed: int) -> tally.Tally:
    """Kill the night at each of the moments."""
    result = tally.Tally(f"{kind} runs on {place.database}, night {night + 1}: {number} moments, seed {seed}")
    with check.watched(place, wanted) as seen:
        for n, moment in enumerate(moments(number, wanted.seconds[night], seed), 1):
            tally.trial(
                place,
                night,
                kind,
                wanted,
                result,
                label=f"{kind} night {night + 1} after {moment:.4f} s",
                kill=lambda m=moment: killed_after(place, night, kind, m),  # type: ignore[misc]
            )
            tally.progress(result.name, n, number, result)
    result.faults += [f"seen: {line}" for line in seen[:-1]]
    result.name += f"; {seen[-1]}"
    return result


def killed_after(place: World, night: int, kind: runs.Kind, seconds: float) -> int:
    """The exit code of a run that had so many seconds."""
    run = runs.start(place, night, kind)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        code = run.poll()
        if code is not None:
            return code
        time.sleep(0.0005)
    return run.kill()


def main(arguments: Sequence[str] | None = None) -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200, help="kills of quick runs, shared by the two nights")
    parser.add_argument("--whole", type=int, default=25, help="kills of the whole command, in the second night")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args(arguments)
    runs.load()
    tallies = []
    database: Database = options.database
    if options.moments:
        with world(database) as place:
            wanted = check.reference(place, "quick")
            half = options.moments // 2
            tallies += [shoot(place, night, "quick", wanted, half, options.seed + night) for night in (0, 1)]
    if options.whole:
        with world(database) as place:
            wanted = check.reference(place, "whole")
            tallies.append(shoot(place, 1, "whole", wanted, options.whole, options.seed + 2))
    tally.ended(tallies)


if __name__ == "__main__":
    main()
