"""A night killed at moments that a seeded die throws, then run again: is it as if nothing had happened?

``python -m tests.faults.kill_random --moments 200 --whole 25 --database sqlite``
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults import check, runs, tally
from tests.faults.world import Database, World, world

MOST = 4  # trials for each kill: on a machine that grows idle, runs are over before their moment has come


def moments(number: int, seed: int) -> list[float]:
    """Shares of the night: one in each of as many equal stretches, in a random order."""
    die = random.Random(seed)
    found = [(n + die.random()) / number for n in range(number)]
    die.shuffle(found)
    return found


def shoot(place: World, night: int, kind: runs.Kind, wanted: check.Reference, number: int, seed: int) -> tally.Tally:
    """Kill the night at each of the moments; one whose run was over before is tried again, sooner."""
    result = tally.Tally(f"{kind} runs on {place.database}, night {night + 1}: {number} moments, seed {seed}")
    gun = Gun(place, night, kind, wanted.seconds[night])
    with check.watched(place, wanted) as seen:
        for n, share in enumerate(moments(number, seed), 1):
            for _ in range(MOST):
                label = f"{kind} night {night + 1} after {share * gun.seconds:.4f} s"
                before = result.killed
                tally.trial(
                    place,
                    night,
                    kind,
                    wanted,
                    result,
                    label=label,
                    kill=lambda share=share: gun.shot(share),  # type: ignore[misc]
                )
                if result.killed > before:
                    break
            tally.progress(result.name, n, number, result)
    result.faults += [f"seen: {line}" for line in seen[:-1]]
    result.name += f"; {seen[-1]}"
    return result


@dataclass
class Gun:
    """Kills a run after a share of the time that a run takes now."""

    place: World
    night: int
    kind: runs.Kind
    seconds: float

    def shot(self, share: float) -> int:
        """The exit code of a run that had so much of its time."""
        begun = time.monotonic()
        run = runs.start(self.place, self.night, self.kind)
        while time.monotonic() < begun + share * self.seconds:
            code = run.poll()
            if code is not None:
                self.seconds = 0.95 * (time.monotonic() - begun)
                return code
            time.sleep(0.0005)
        return run.kill(alone=True)


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
