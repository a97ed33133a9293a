"""Arguments in, pipeline called, result said. Heavy imports stand inside the commands."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer

from briefing import __version__
from briefing.commands import schedule, store
from briefing.commands.run import run
from briefing.config import Config, Format, Paper, load
from briefing.errors import BriefingError, InputsFailed, NothingToBrief, UsageError
from briefing.records import Problem

CONFIG_NAME = "config.yaml"
FORMATS = get_args(Format)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what writing may say

app = typer.Typer(
    name="briefing",
    help="Articles in, a polished PDF brief out: every sentence leads to the words it rests on.\n\n"
    "Start with [bold]briefing build FOLDER[/bold]. Works offline; the same input gives the same bytes.",
    epilog="Exit codes: 0 done · 1 nothing to brief, or a run that failed for good · 2 wrong usage or configuration · "
    "3 some inputs failed · 75 try again later",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[list[str], typer.Argument(metavar="ARTICLES", help="Files, folders, URLs, or - for standard input.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", "-c", help=f"Settings; without it, ./{CONFIG_NAME} where there is one.", show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="No result if any input failed (exit code 3).")]


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """The command line: runs, says errors in one line, exits with the code of the error's class."""
    _open_streams()
    try:
        code = app(args=None if argv is None else list(argv), standalone_mode=False)
        sys.stdout.flush()  # here, where a full disk can still be said
    except BriefingError as e:
        _say_error(e)
        raise SystemExit(e.exit_code) from None
    except typer.Abort:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our pipe has gone; closing stderr keeps Python from complaining about it at exit.
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as e:
        if e.filename is not None or e.errno not in _FULL:
            raise
        with suppress(OSError):  # what is still in the buffer would make Python complain at its end
            sys.stdout.close()
        _say(f"[bold red]briefing:[/] output: {(e.strerror or '').lower()}; make room where it goes")
        raise SystemExit(1) from None
    except Exception as e:
        if not hasattr(e, "exit_code") or not hasattr(e, "format_message"):
            raise
        _say(f"[bold red]briefing:[/] {_plain(e.format_message())} See briefing --help.")
        raise SystemExit(2) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """A stream that the caller has closed takes what is written and forgets it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115, PTH123 - open until the end


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    if version:
        print(f"briefing {__version__}")  # noqa: T201
        raise typer.Exit


# --------------------------------------------------------------------------------------------------------------- build
@app.command(rich_help_panel="Briefs")
def build(
    inputs: Inputs,
    config_file: ConfigFile = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The brief's date; without it, the latest article's."),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", "-f", help=f"Comma-separated: {', '.join(FORMATS)}.", show_default="pdf,html,json"),
    ] = None,
    out: Annotated[str, typer.Option("--out", "-o", help="Folder for the results; - prints one format.")] = "out",
    template: Annotated[str | None, typer.Option("--template", help="House style: a folder of templates/.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", help="Theme of the style, such as navy.")] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="A brief on one actor: style actor, if none is named.")
    ] = None,
    paper: Annotated[str | None, typer.Option("--paper", help="A4 or Letter.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the brief.")] = None,
    marking: Annotated[str | None, typer.Option("--marking", help="Such as TLP:GREEN.")] = None,
    summary_words: Annotated[int | None, typer.Option("--summary-words", min=1, help="Bound of the summary.")] = None,
    strict: Strict = False,
) -> int:
    """Build a brief from articles: a PDF, a web page and brief.json.

    [dim]$[/] briefing build articles/

    [dim]$[/] briefing build a.txt b.html --as-of 2024-04-25 --marking TLP:GREEN

    [dim]$[/] briefing build articles/ --format json --out -
    """
    from briefing import pipeline

    config = _config(config_file, title, marking, template, paper, summary_words, theme, actor)
    wanted = _formats(formats, config)
    if out == "-" and len(wanted) != 1:
        raise UsageError("--out -", f"{len(wanted)} formats for one stream", hint="give one, such as --format json")
    with _progress() as progress:
        brief = pipeline.build(inputs, config=config, as_of=_date(as_of), strict=strict, progress=progress)
        progress("render", 0, 1)
        if out == "-":
            from briefing.render import render

            sys.stdout.buffer.write(render(brief, formats=wanted, config=config)[0].data)
            sys.stdout.buffer.flush()
            paths: list[Path] = []
        else:
            paths = pipeline.write(brief, config=config, formats=wanted, out=Path(out))
        progress("render", 1, 1)
    _say_problems(brief.problems)
    for path in paths:
        print(path)  # noqa: T201
    # The brief stands, but not on all that was given.
    return InputsFailed.exit_code if any(p.fails and p.stage in {"ingest", "extract"} for p in brief.problems) else 0


app.command(rich_help_panel="By itself")(run)
app.add_typer(schedule.app, name="schedule", rich_help_panel="By itself")
app.add_typer(store.app, name="store", rich_help_panel="By itself")


# -------------------------------------------------------------------------------------------------------------- stages
@app.command(rich_help_panel="Stages")
def ingest(
    inputs: Inputs,
    config_file: ConfigFile = None,
    output: Annotated[str, typer.Option("--format", "-f", help="jsonl, or text to read.")] = "jsonl",
    url: Annotated[str | None, typer.Option("--url", help="Address that a saved page came from.")] = None,
    show_cut: Annotated[bool, typer.Option("--show-cut", help="Show what cleaning took out, and why.")] = False,
    strict: Strict = False,
) -> None:
    """Read inputs and print the articles that are in them, one JSON object a line."""
    from briefing import pipeline

    _one_of("--format", output, ("jsonl", "text"))
    articles, problems = pipeline.read(inputs, config=_config(config_file), url=url)
    for article in articles:
        if show_cut:
            _print_cut(article.id, article.cut)
        elif output == "text":
            print(f"# {article.title or article.id}\n\n{article.text}\n")  # noqa: T201
        else:
            print(article.model_dump_json())  # noqa: T201
    _finish(problems, found=bool(articles), strict=strict, inputs=inputs)


@app.command(rich_help_panel="Stages")
def extract(
    inputs: Inputs,
    config_file: ConfigFile = None,
    output: Annotated[str, typer.Option("--format", "-f", help="jsonl.")] = "jsonl",
    strict: Strict = False,
) -> None:
    """Print what each article says: mentions, actors, attributions, times, events, one JSON object a line."""
    from briefing import pipeline

    _one_of("--format", output, ("jsonl",))
    config = _config(config_file)
    articles, problems = pipeline.read(inputs, config=config)
    with _progress() as progress:
        for extraction in pipeline.analyse(articles, config=config, progress=progress):
            print(extraction.model_dump_json(), flush=True)  # noqa: T201
    _finish(problems, found=bool(articles), strict=strict, inputs=inputs)


@app.command(rich_help_panel="Stages")
def match(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl", help='Lines of {"id", "a", "b", "type"}, or -.')],
) -> None:
    """Say how far two names are one name: a score from 0 to 1 a pair, 0.5 being the line between."""
    from briefing.names import score

    for number, line in enumerate(_lines(pairs), 1):
        if not line.strip():
            continue
        try:
            pair = json.loads(line)
            found = score(str(pair["a"]), str(pair["b"]), str(pair.get("type", "PERSON")))
            record = {"id": pair["id"], "score": round(found, 6)}
        except (json.JSONDecodeError, KeyError, TypeError) as e:
            allowed = 'one object a line with "id", "a", "b" and "type"'
            raise UsageError(f"{pairs}:{number}", f"not a pair ({e})", allowed=allowed) from e
        print(json.dumps(record))  # noqa: T201


# ---------------------------------------------------------------------------------------------------------------- help
@app.command(rich_help_panel="Set-up")
def schema(
    name: Annotated[str, typer.Argument(help="article, extraction, brief or config.")],
) -> None:
    """Print the JSON Schema of a record, or of config.yaml for your editor."""
    from pydantic import BaseModel

    from briefing import config as settings
    from briefing.records import Article, Brief, Extraction

    _one_of("name", name, ("article", "extraction", "brief", "config"))
    kinds: dict[str, type[BaseModel]] = {"article": Article, "extraction": Extraction, "brief": Brief}
    # What is printed is the record as it comes out: every field is there.
    found = settings.json_schema() if name == "config" else kinds[name].model_json_schema(mode="serialization")
    print(json.dumps(found, indent=2, ensure_ascii=False))  # noqa: T201


@app.command(rich_help_panel="Set-up")
def check(config_file: ConfigFile = None) -> None:
    """Check settings, templates, model, fonts and native libraries: what is wrong and how to mend it."""
    from briefing.check import checks

    bad = 0
    for finding in checks(_config_path(config_file)):
        mark = "[green]ok  [/]" if finding.good else "[bold red]bad [/]"
        _say(f"{mark} [bold]{finding.subject:<12}[/] {_plain(finding.message)}", err=False)
        if finding.hint:
            _say(f"     {'':<12} → {_plain(finding.hint)}", err=False)
        bad += not finding.good
    if bad:
        raise typer.Exit(2)


@app.command(rich_help_panel="Set-up")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Write a commented config.yaml and copy the standard templates for changing."""
    from briefing.setup import write_start

    for path in write_start(folder, force=force):
        print(path)  # noqa: T201


# -------------------------------------------------------------------------------------------------------------- shared
def _config_path(path: Path | None) -> Path | None:
    here = Path(CONFIG_NAME)
    return path if path is not None else (here if here.is_file() else None)


def _config(
    path: Path | None,
    title: str | None = None,
    marking: str | None = None,
    template: str | None = None,
    paper: str | None = None,
    summary_words: int | None = None,
    theme: str | None = None,
    actor: str | None = None,
) -> Config:
    """The settings in force: the file's, with the command line's over them."""
    config = load(_config_path(path))
    brief = {k: v for k, v in {"title": title, "marking": marking}.items() if v is not None}
    if actor is not None and template is None and config.render.template == Config().render.template:
        template = "actor"  # the standard style would show everybody
    render = {k: v for k, v in {"template": template, "theme": theme, "actor": actor}.items() if v}
    if paper is not None:
        _one_of("--paper", paper, get_args(Paper))
        render["paper"] = paper
    compose = {"summary_words": summary_words} if summary_words else {}
    return config.model_copy(
        update={
            "brief": config.brief.model_copy(update=brief),
            "render": config.render.model_copy(update=render),
            "compose": config.compose.model_copy(update=compose),
        }
    )


def _formats(given: str | None, config: Config) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(f.strip() for f in given.split(",") if f.strip())) if given else config.render.formats
    for name in wanted:
        _one_of("--format", name, get_args(Format))
    return wanted


def _date(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as e:
        raise UsageError("--as-of", repr(given), allowed="a date such as 2024-04-25") from e


def _one_of(option: str, given: str, allowed: Sequence[str]) -> None:
    if given not in allowed:
        raise UsageError(option, repr(given), allowed=", ".join(allowed))


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(path, f"cannot be read ({e})", hint="give a .jsonl file in UTF-8, or -") from e


def _finish(problems: Sequence[Problem], *, found: bool, strict: bool, inputs: Sequence[str]) -> None:
    _say_problems(problems)
    failed = [p for p in problems if p.fails]
    if strict and failed:
        raise InputsFailed(failed[0].subject, failed[0].message)
    if not found:
        raise NothingToBrief(", ".join(inputs[:3]), "no article found")


def _print_cut(name: str, cuts: Sequence[object]) -> None:
    from briefing.records import Cut

    for cut in cuts:
        if isinstance(cut, Cut):
            print(f"{name}\t{cut.reason}\t{' '.join(cut.text.split())}")  # noqa: T201


def _plain(text: str) -> str:
    """Text that is shown as it is: no markup of the console's."""
    return text.replace("[", r"\[")


def _say(text: str, *, err: bool = True) -> None:
    from rich.console import Console

    Console(stderr=err, highlight=False, soft_wrap=True).print(text)


def _say_error(e: BriefingError) -> None:
    _say(f"[bold red]briefing:[/] {_plain(str(e))}")
    if isinstance(e, NothingToBrief):
        for reason in e.reasons:
            _say(f"  {_plain(reason)}")


def _say_problems(problems: Sequence[Problem]) -> None:
    for p in problems:
        hint = f" ({p.hint})" if p.hint else ""
        _say(f"[yellow]{p.stage}:[/] {_plain(p.subject)}: {_plain(p.message + hint)}")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress line on a terminal; silence in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _stage, _done, _total: None
        return
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, int] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(bar.task_ids[tasks[stage]], completed=done, total=total)

        yield update
