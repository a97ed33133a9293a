"""A night killed at each system call that changes anything, then run again: is it as if nothing had happened?

``python -m tests.faults.kill_calls --points 400 --whole 30 --database sqlite --nights 0,1``
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.faults import check, runs, strace, tally
from tests.faults.world import Database, World, world


def sweep(place: World, night: int, kind: runs.Kind, wanted: check.Reference, most: int | None) -> tally.Tally:
    """Kill the night at each call, or at so many of them, spread evenly."""
    found = strace.undisturbed(place, night, kind)
    chosen = strace.spread(found, most)
    result = tally.Tally(f"{kind} runs on {place.database}, night {night + 1}: {len(chosen)} of {len(found)} calls")
    with check.watched(place, wanted) as seen:
        for n, point in enumerate(chosen, 1):
            tally.trial(
                place,
                night,
                kind,
                wanted,
                result,
                label=f"{kind} night {night + 1} {point.name} {point.when} ({point.text[:90]})",
                kill=lambda p=point: strace.kill_at(place, night, kind, p),  # type: ignore[misc]
            )
            tally.progress(result.name, n, len(chosen), result)
    result.faults += [f"seen: {line}" for line in seen[:-1]]
    result.name += f"; {seen[-1]}"
    return result


def main(arguments: Sequence[str] | None = None) -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=400, help="kills of quick runs in each night")
    parser.add_argument("--whole", type=int, default=30, help="kills of the whole command in each night")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--nights", default="0,1")
    options = parser.parse_args(arguments)
    runs.load()
    tallies = []
    nights = [int(n) for n in options.nights.split(",")]
    kinds: list[tuple[runs.Kind, int]] = [("quick", options.points), ("whole", options.whole)]
    for kind, most in kinds:
        if most:
            database: Database = options.database
            with world(database) as place:
                wanted = check.reference(place, kind, max(nights) + 1)
                tallies += [sweep(place, night, kind, wanted, most) for night in nights]
    tally.ended(tallies)


if __name__ == "__main__":
    main()
