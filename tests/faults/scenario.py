"""Broken surroundings in, a table of what came of them out: each is survived, said, and made good once it is mended.

A scenario is a function over a world that yields what was wrong; nothing when all is as it should be.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from tests.faults import check, runs
from tests.faults.world import Database, World, world

Scenario = Callable[[World, check.Reference], Iterator[str]]
NIGHT = 1  # the night that is disturbed
ROUNDS = [10]  # moments of a scenario that has several; an argument sets it


def broken(
    place: World,
    *,
    code: int = runs.AGAIN,
    says: str = "",
    night: int = NIGHT,
    wrap: Sequence[str] = (),
) -> Iterator[str]:
    """A quick run in the broken surroundings ends with this code, says this (a pattern), and shows no traceback."""
    run = runs.start(place, night, "quick", wrap=wrap)
    ended, said = run.wait(), run.said()
    shown = " ".join(said.split())[-600:]
    if ended != code:
        yield f"exit {ended} in place of {code}: {shown}"
    if "Traceback" in said:
        yield f"a traceback: {shown}"
    if not re.search(says, said, re.IGNORECASE | re.DOTALL):
        yield f"does not say {says!r}: {shown}"
    sys.stdout.write(f"    {shown}\n")


def mended(place: World, wanted: check.Reference, night: int = NIGHT) -> Iterator[str]:
    """Once the cause is gone, the night comes to the same end as an undisturbed one."""
    try:
        runs.finish(place, night, "quick")
    except (RuntimeError, TimeoutError) as e:
        yield f"not done after mending: {e}"
    else:
        yield from check.faults(place, night, wanted)


def play(place: World, scenarios: Sequence[Scenario], wanted: check.Reference, *, watch: bool = True) -> int:
    """Each from the same night on; how many faults there were."""
    bad = 0
    for scenario in scenarios:
        place.restore(f"before{NIGHT}")
        begun = time.monotonic()
        title = (scenario.__doc__ or scenario.__name__).splitlines()[0]
        sys.stdout.write(f"{title}\n")
        sys.stdout.flush()
        with check.watched(place, wanted) as seen:
            found = list(scenario(place, wanted))
        found += [f"seen: {line}" for line in seen[:-1] if watch]
        found += [f"left behind: {line}" for line in check.left_behind(place)]
        verdict = "survived" if not found else "FAULT"
        sys.stdout.write(f"    {verdict} ({time.monotonic() - begun:.1f} s)\n")
        sys.stdout.writelines(f"    FAULT {line}\n" for line in found)
        bad += len(found)
    return bad


def main(scenarios: Sequence[Scenario], *, database: Database = "sqlite", watch: bool = True) -> None:
    """The command line of a file of scenarios: all of them, or those whose names are given."""
    names = {s.__name__: s for s in scenarios}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SCENARIO", help=", ".join(names))
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default=database)
    parser.add_argument("--rounds", type=int, default=10, help="moments of scenarios that have several")
    options = parser.parse_args()
    ROUNDS[:] = [options.rounds]
    runs.load()
    with world(options.database) as place:
        wanted = check.reference(place, "quick")
        bad = play(place, [names[n] for n in options.names] or list(scenarios), wanted, watch=watch)
    sys.stdout.write(f"{bad} faults\n")
    sys.exit(1 if bad else 0)
