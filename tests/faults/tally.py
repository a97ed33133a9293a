"""Trials in, figures out: one killed night after another, what was wrong after each, and a summary of all."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tests.faults import check, runs
from tests.faults.world import World


@dataclass
class Tally:
    """What has come of the trials so far."""

    name: str
    killed: int = 0
    over: int = 0  # runs that had ended before the kill came
    again: Counter[int] = field(default_factory=Counter)  # runs that a night took after the kill → how often
    doubts: int = 0  # nights after which a mail without an archive is in doubt, and said to be
    repeated: int = 0  # webhooks that came twice, with the same webhook-id
    faults: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def report(self) -> str:
        """The figures in a few lines."""
        again = ", ".join(f"{n} after {k}" for k, n in sorted(self.again.items()))
        first = (
            f"{self.name}: {self.killed} runs cut short, {self.over} came to their end; done: {again} more run(s); "
            f"{self.doubts} mails in doubt and said so, {self.repeated} webhooks repeated under their id; "
            f"{len(self.faults)} faults; {time.monotonic() - self.begun:.0f} s"
        )
        return "\n".join([first, *(f"  FAULT {f}" for f in self.faults)])


def trial(
    world: World,
    night: int,
    kind: runs.Kind,
    wanted: check.Reference,
    tally: Tally,
    *,
    label: str,
    kill: Callable[[], int],
    codes: Sequence[int] = (0,),
) -> None:
    """Put the night back, run and kill it, run it to its end, and hold it against the undisturbed one."""
    world.restore(f"before{night}")
    code = kill()
    said = (world.root / "run.log").read_text(errors="replace")
    if code == 0:
        tally.over += 1
    else:
        tally.killed += 1
    if code not in {-9, *codes} or "Traceback" in said:
        tally.faults.append(f"{label}: exit {code}: {said[-500:]}")
    try:
        tries, _ = runs.finish(world, night, kind)
    except (RuntimeError, TimeoutError) as e:
        tally.faults.append(f"{label}: {e}")
        return
    tally.again[tries] += 1
    tally.faults += [f"{label}: {f}" for f in check.faults(world, night, wanted)]
    tally.faults += [f"{label}: left behind: {f}" for f in check.left_behind(world)]
    tally.doubts += not world.mails("hold")
    hooks = world.hooks()
    tally.repeated += len(hooks) - len({h["id"] for h in hooks})


def ended(tallies: Iterable[Tally]) -> None:
    """Say the figures, and leave with 1 where anything was wrong."""
    bad = 0
    for tally in tallies:
        sys.stdout.write(tally.report() + "\n")
        bad += len(tally.faults)
    sys.exit(1 if bad else 0)


def progress(label: str, done: int, of: int, tally: Tally) -> None:
    """A line now and then on standard error."""
    if done % 25 == 0 or done == of:
        sys.stderr.write(f"{label}: {done}/{of}, {len(tally.faults)} faults\n")
        sys.stderr.flush()
