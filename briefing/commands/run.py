"""``briefing run``: one profile now, one slot of it, or whatever is due. What every scheduler calls."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.errors import BriefingError, TemporaryError, UsageError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.nightly import Night, Outcome
    from briefing.pipeline import Progress

_log = logging.getLogger(__name__)

# Thousands of stored records are read and stay until the end: looking through all of them for rings, as often as Python
# does by itself, takes a third of the time of reading them.
SELDOM = (100_000, 20, 50)

Settings = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Settings; without it, ./config.yaml.", show_default=False),
]


def run(
    profile: Annotated[str | None, typer.Argument(help="Name of a profile in config.yaml.")] = None,
    slot: Annotated[
        str | None,
        typer.Option("--slot", metavar="WHEN", help="One night by its local date, or a slot by its full time."),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Run what is due, of all profiles or this one, and exit.")] = False,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run of the profile.")] = 0.0,
    trust_clock: Annotated[
        bool,
        typer.Option(
            "--trust-clock", help="Go on though the clock looks wrong: a year ahead of the ledger, or before it."
        ),
    ] = False,
    config_file: Settings = None,
) -> int:
    """Build a profile's brief, say what changed since its last issue, and deliver it.

    [dim]$[/] briefing run straits

    [dim]$[/] briefing run --due

    [dim]$[/] briefing run straits --slot 2026-03-13

    Exit codes: 0 done or nothing due · 1 failed for good · 2 wrong usage or configuration · 75 try again later.
    """
    from briefing.nightly import run_called, run_due, run_now

    if due and slot:
        raise UsageError("run", "--due and --slot together", allowed="one of them")
    if profile is None and not due:
        raise UsageError("run", "no profile", allowed="a profile's name, or --due for all")
    with night(config_file) as desk:
        if due:
            return _worst([_say(o) for o in run_due(desk, [profile] if profile else [], trust_clock=trust_clock)])
        name = profile or ""
        return _say(run_called(desk, name, slot, wait=wait) if slot else run_now(desk, name, wait=wait))


def _worst(codes: list[int]) -> int:
    """A run that may work later asks to be called again; else one that failed for good counts."""
    return TemporaryError.exit_code if TemporaryError.exit_code in codes else max(codes, default=0)


def _say(found: Outcome | BriefingError) -> int:
    from rich.console import Console

    if isinstance(found, BriefingError):
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"briefing: {found}", markup=False)
        return found.exit_code
    head = f"{found.slot.profile}, {found.slot.local}"
    said = Console(stderr=True, highlight=False, soft_wrap=True)
    said.print(f"{head}: {found.message}", markup=False)
    sent = [p for p in found.parcels if p.state == "sent"]
    for parcel in sent:
        if not parcel.key.startswith("folder:"):
            said.print(f"{parcel.key}: {parcel.detail}", markup=False)
    _print([p.detail for p in sent if p.key.startswith("folder:")])  # where the files lie: for other programs
    return found.exit_code


def _print(lines: Sequence[str]) -> None:
    """To standard output; that it is closed or full makes no run that ended well a failed one."""
    try:
        for line in lines:
            print(line)  # noqa: T201
        sys.stdout.flush()
    except (OSError, ValueError) as e:  # a closed stream is a ValueError
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - else Python says it again at its end
        reason = getattr(e, "strerror", None) or str(e)
        _log.warning("standard output: cannot be written: %s", reason.lower())


@contextmanager
def night(config_file: Path | None, clock: Callable[[], datetime] | None = None) -> Iterator[Night]:
    """Settings and store for a run; a first SIGTERM or SIGINT stops it between two steps, a second at once."""
    from briefing.nightly import Night
    from briefing.store import open_store

    gc.set_threshold(*SELDOM)
    config, folder = settings(config_file)
    stop: list[int] = []

    def asked(number: int, frame: object) -> None:  # noqa: ARG001
        if stop:
            sys.exit(128 + number)
        stop.append(number)

    before = {s: signal.signal(s, asked) for s in (signal.SIGTERM, signal.SIGINT)}
    store = open_store(config.store)
    try:
        yield Night(
            config=config,
            store=store,
            clock=clock or (lambda: datetime.now(UTC)),
            folder=folder,
            progress=_log_progress(),
            stopped=lambda: bool(stop),
        )
    finally:
        store.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def settings(config_file: Path | None) -> tuple[Config, Path]:
    """The settings with their folder. Raises UsageError where there is no config.yaml: profiles stand nowhere else."""
    from briefing.config import load

    path = config_file or Path("config.yaml")
    if config_file is None and not path.is_file():
        hint = "run it where config.yaml lies, or give --config; `briefing init` writes one"
        raise UsageError("config.yaml", "is not here", hint=hint)
    path = path.resolve()  # a target is named by its whole path: the same from wherever the command is called
    return load(path), path.parent


def _log_progress() -> Progress:
    from briefing.pipeline import quiet

    return quiet
