"""``briefing schedule``: the service in the foreground, and tables of what comes, what was and what is."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.commands.export import export
from briefing.errors import BriefingError, StoreError, UsageError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.ledger import Run, Slot
    from briefing.profiles import When
    from briefing.store import Store

app = typer.Typer(
    help="Run every profile at its time, as a service in the foreground; or see what is planned and what was run.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command(name="export")(export)

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Settings; without it, ./config.yaml.", show_default=False),
]
As = Annotated[str, typer.Option("--format", "-f", help="table, or json.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[PROFILE]...", help="Only of these.", show_default=False)]
Row = dict[str, Any]


@app.callback()
def schedule(
    context: typer.Context,
    config_file: ConfigFile = None,
    together: Annotated[int, typer.Option("--together", min=1, help="Most profiles that run side by side.")] = 1,
    trust_clock: Annotated[
        bool,
        typer.Option(
            "--trust-clock", help="Go on though the clock looks wrong: a year ahead of the ledger, or before it."
        ),
    ] = False,
) -> int:
    """Run every profile at its time, in the foreground, until SIGTERM or Ctrl-C.

    [dim]$[/] briefing schedule

    [dim]$[/] briefing schedule next -n 3
    """
    if context.invoked_subcommand is not None:
        context.obj = config_file
        return 0
    from briefing.commands.run import settings
    from briefing.service.host import OnDisk, Signals
    from briefing.service.loop import serve
    from briefing.store import open_store

    config, _ = settings(config_file)
    _some_profile(config)
    on_disk = OnDisk(config_file or Path("config.yaml"))
    with _log_lines(), Signals() as signals:
        try:
            return serve(
                on_disk,
                store=lambda found: open_store(found.store),
                run=on_disk.run,
                clock=_now,
                sleep=signals.sleep,
                stop=signals,
                together=together,
                trust_clock=trust_clock,
            )
        finally:
            on_disk.close()


# -------------------------------------------------------------------------------------------------------------- tables
@app.command(name="list")
def list_(context: typer.Context, config_file: ConfigFile = None, output: As = "table") -> None:
    """List the profiles: when, in which zone, next slot, last issue, state."""
    config = _config(context, config_file)
    now = _now()
    rows = _from_store(
        config, lambda store: [_profile_row(config, store, name, now) for name in sorted(config.profiles)]
    )
    _print(rows, output, ("profile", "when", "zone", "next", "last issue", "state"))


@app.command(name="next")
def next_(
    context: typer.Context,
    names: Names = None,
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many of each profile.")] = 5,
    config_file: ConfigFile = None,
    output: As = "table",
) -> None:
    """List the coming slots of each profile, in local time and UTC."""
    from briefing import calendar

    config = _config(context, config_file)
    now = _now()
    rows = [
        {"profile": name, "local": calendar.local(when, at), "utc": _utc(at), "in": _span(at - now)}
        for name, when in _timed(config, names)
        for at in calendar.coming(when, after=now, most=most)
    ]
    _print(rows, output, ("profile", "local", "utc", "in"))


@app.command()
def history(
    context: typer.Context,
    profile: Annotated[str | None, typer.Option("--profile", "-p", help="Only of this one.")] = None,
    most: Annotated[int, typer.Option("-n", min=1, help="How many, newest first.")] = 20,
    config_file: ConfigFile = None,
    output: As = "table",
) -> None:
    """List the runs, newest first, with the slots that were missed or told by a later one."""
    config = _config(context, config_file)
    names = [profile] if profile else sorted(config.profiles)
    _named(config, [profile] if profile else [])
    rows = _from_store(config, lambda store: _history(store, names, most)) or []
    _print(rows, output, ("profile", "slot", "try", "outcome", "started", "took", "message"))


def _profile_row(config: Config, store: Store | None, name: str, now: datetime) -> Row:
    from briefing import calendar

    when = config.profiles[name].when
    coming = calendar.coming(when, after=now) if when else []
    issues = store.issues(name, most=1) if store else []
    last = _latest(store, name, now) if store else []
    return {
        "profile": name,
        "when": _when(when),
        "zone": when.zone if when else None,
        "next": calendar.local(when, coming[0]) if when and coming else None,
        "last issue": f"{issues[0].number}, {issues[0].local}" if issues else None,
        "state": _state(last[0], when) if last else "has not run" if store else "not known",
    }


def _latest(store: Store, name: str, now: datetime) -> list[Slot]:
    """The slot that says most of how a profile is: one that is not over yet, else the last."""
    from briefing.ledger import OPEN

    under_way = [s for s in store.slots(name, states=OPEN) if s.at <= now]
    return under_way[:1] or [s for s in store.slots(name, most=50) if s.at <= now][:1]


def _history(store: Store | None, names: Sequence[str], most: int) -> list[Row]:
    """Runs and slots that had none, by the time of their slot."""
    if store is None:
        return []
    runs = [r for name in names for r in store.runs(name, most=most)]
    unrun = [s for name in names for s in store.slots(name, states=("missed", "coalesced"), most=most)]
    shown = {(s.profile, s.at): s.local for name in names for s in store.slots(name, most=10 * most)}
    rows = [(r.slot, r.id, _run_row(r, shown.get((r.profile, r.slot), _utc(r.slot)))) for r in runs]
    rows += [(s.at, 0, _slot_row(s, shown)) for s in unrun]
    return [row for _, _, row in sorted(rows, key=lambda r: (r[0], r[1], r[2]["profile"]), reverse=True)[:most]]


def _run_row(run: Run, local: str) -> Row:
    return {
        "profile": run.profile,
        "slot": local,
        "try": run.attempt,
        "outcome": run.outcome,
        "started": _utc(run.started),
        "took": _span(run.ended - run.started) if run.ended else None,
        "message": run.message,
    }


def _slot_row(slot: Slot, shown: Mapping[tuple[str, datetime], str]) -> Row:
    told = f"told by {shown.get((slot.profile, slot.into), _utc(slot.into))}" if slot.into else ""
    return {
        "profile": slot.profile,
        "slot": slot.local,
        "try": None,
        "outcome": slot.state,
        "started": None,
        "took": None,
        "message": "; ".join(part for part in (told, slot.note) if part),
    }


def _state(slot: Slot, when: When | None) -> str:
    from briefing import calendar

    if slot.state not in {"waiting", "built"} or slot.next_try is None:
        return f"{slot.state}: {slot.local}"
    again = calendar.local(when, slot.next_try) if when else _utc(slot.next_try)
    return f"{slot.state}: {slot.local}, again at {again}"


def _when(when: When | None) -> str:
    if when is None:
        return "when called"
    return when.cron or f"{when.at} {', '.join(when.days) or 'every day'}"


# -------------------------------------------------------------------------------------------------------------- shared
def _config(context: typer.Context, config_file: Path | None) -> Config:
    from briefing.commands.run import settings

    config, _ = settings(config_file or context.obj)
    _some_profile(config)
    return config


def _some_profile(config: Config) -> None:
    if not config.profiles:
        raise UsageError("config.yaml", "has no profiles", hint="add one below `profiles:`; see docs/schedule.md")


def _named(config: Config, names: Sequence[str]) -> None:
    for name in names:
        if name not in config.profiles:
            raise UsageError("profile", f"no profile {name!r}", allowed=", ".join(sorted(config.profiles)))


def _timed(config: Config, names: Sequence[str] | None) -> Iterator[tuple[str, When]]:
    _named(config, names or [])
    for name in names or sorted(config.profiles):
        when = config.profiles[name].when
        if when is not None:
            yield name, when


def _from_store(config: Config, ask: Callable[[Store | None], list[Row]]) -> list[Row]:
    """What the store says; without one, what can be said without."""
    from briefing.store import open_store

    try:
        store = open_store(config.store, create=False)
    except BriefingError as e:
        _note(str(e))
        return ask(None)
    try:
        return ask(store)
    except StoreError as e:
        _note(str(e))
        return ask(None)
    finally:
        store.close()


def _print(rows: Sequence[Row], output: str, columns: Sequence[str]) -> None:
    if output not in {"table", "json"}:
        raise UsageError("--format", repr(output), allowed="table, json")
    if output == "json":
        found = [{c.replace(" ", "_"): row[c] for c in columns} for row in rows]
        print(json.dumps(found, indent=2, ensure_ascii=False))  # noqa: T201
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in {"try", "took", "in"} else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("–" if row[c] is None else str(row[c])) for c in columns))
    terminal = Console().is_terminal
    # In a pipe or file a line is as long as it needs to be.
    Console(highlight=False, width=None if terminal else 240).print(table)


def _note(text: str) -> None:
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(f"briefing: {text}", markup=False)


def _now() -> datetime:
    return datetime.now(UTC)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")


def _span(length: timedelta) -> str:
    """A length of time as people say it: 45 s, 12 min, 7 h 05, 3 d 4 h."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 86400:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02}"
    return f"{seconds // 86400} d {seconds % 86400 // 3600} h"


@contextmanager
def _log_lines() -> Iterator[None]:
    """Lines of the service on standard error, each with the machine's local time."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    logger = logging.getLogger("briefing")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
