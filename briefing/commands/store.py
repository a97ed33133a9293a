"""``briefing store``: what is kept, whether it is whole, a copy of it, and how to be rid of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.profiles import StoreSettings
    from briefing.store import Store

app = typer.Typer(
    help="Show, check, copy and thin out what is kept.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Settings; without it, ./config.yaml.", show_default=False),
]
# What is shown of the tables: the others only join these.
SHOWN = ("profiles", "slots", "runs", "articles", "extractions", "inputs", "issues", "items", "files", "parcels")


@app.command()
def show(
    config_file: ConfigFile = None,
    output: Annotated[str, typer.Option("--format", "-f", help="table, or json.")] = "table",
) -> None:
    """Say where the store is and how much is in it.

    [dim]$[/] briefing store show
    """
    if output not in {"table", "json"}:
        raise UsageError("--format", repr(output), allowed="table, json")
    with _open(config_file) as (store, settings):
        counts = store.counts()
    if output == "json":
        print(json.dumps({"store": settings.url, "bytes": _size(settings), "rows": counts}))  # noqa: T201
        return
    size = _size(settings)
    print(settings.url + (f"  ({size / 1e6:,.1f} MB)" if size is not None else ""))  # noqa: T201
    for name in SHOWN:
        print(f"{counts[name]:>10,}  {name}")  # noqa: T201


@app.command()
def verify(config_file: ConfigFile = None) -> int:
    """Check the database, every hash and every quotation; say what is wrong. Exit code 1 where something is.

    [dim]$[/] briefing store verify
    """
    found = 0
    with _open(config_file) as (store, settings):
        for line in store.verify():
            print(line)  # noqa: T201
            found += 1
    _say(f"{settings.url}: {found} things are wrong" if found else f"{settings.url}: whole")
    return 1 if found else 0


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write.")],
    config_file: ConfigFile = None,
) -> None:
    """Write all that is kept as files: articles, extractions and ledger as JSON lines, issues in folders.

    [dim]$[/] briefing store export copy/
    """
    with _open(config_file) as (store, _):
        for path in store.export(folder):
            print(path)  # noqa: T201


@app.command()
def prune(
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, help="Age that stays; without it, store.keep_days.", show_default=False),
    ] = None,
    config_file: ConfigFile = None,
) -> None:
    """Delete issues, runs and articles older than some days; what a younger issue rests on stays.

    [dim]$[/] briefing store prune --days 365
    """
    with _open(config_file) as (store, settings):
        kept = days or settings.keep_days
        if kept is None:
            raise UsageError("store prune", "no age", hint="give --days, or set store.keep_days in config.yaml")
        _say_counts(store.prune(datetime.now(UTC) - timedelta(days=kept)))


@app.command()
def delete(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids, as in the brief's source list.")],
    config_file: ConfigFile = None,
) -> None:
    """Delete articles with all that rests on them: extractions, items, the content of issues that cite them.

    Files that were delivered are not called back. An article that its source still has is stored again, but not told.

    [dim]$[/] briefing store delete talks-in-geneva
    """
    with _open(config_file) as (store, _):
        total: dict[str, int] = {}
        for article in articles:
            counts = store.delete(article)
            if not counts["articles"]:
                raise UsageError(f"article {article}", "is not in the store", hint="`briefing store export` lists ids")
            total = {name: total.get(name, 0) + number for name, number in counts.items()}
        _say_counts(total)


@contextmanager
def _open(config_file: Path | None) -> Iterator[tuple[Store, StoreSettings]]:
    from briefing.config import load
    from briefing.store import open_store

    path = config_file or Path("config.yaml")
    if config_file is None and not path.is_file():
        hint = "run it where config.yaml lies, or give --config"
        raise UsageError("config.yaml", "is not here", hint=hint)
    settings = load(path.resolve()).store
    store = open_store(settings, create=False)
    try:
        yield store, settings
    finally:
        store.close()


def _size(settings: StoreSettings) -> int | None:
    """Bytes of SQLite's file with its log; a server keeps that to itself."""
    if not settings.url.startswith("sqlite:///"):
        return None
    path = Path(settings.url.removeprefix("sqlite:///"))
    return sum(p.stat().st_size for p in (path, path.with_name(f"{path.name}-wal")) if p.exists())


def _say_counts(counts: Mapping[str, int]) -> None:
    gone = [f"{number:,} {name}" for name, number in counts.items() if number]
    print("deleted: " + (", ".join(gone) or "nothing"))  # noqa: T201


def _say(text: str) -> None:
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)
