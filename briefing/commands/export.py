"""``briefing schedule export``: an engine's name and config.yaml in, its unit or job files out."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.config import load
from briefing.engines import ENGINES, SECRETS
from briefing.engines import export as files_of
from briefing.errors import OutputError, UsageError


def export(
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help=f"One of {', '.join(ENGINES)}.")],
    profiles: Annotated[
        list[str] | None,
        typer.Option("--profile", "-p", metavar="NAME", help="A job for this profile alone; can be repeated."),
    ] = None,
    config_file: Annotated[Path, typer.Option("--config", "-c", help="Settings with the profiles.")] = Path(
        "config.yaml"
    ),
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the files; without it, they are printed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    command: Annotated[
        Path | None, typer.Option("--command", help="Path of briefing where it will run.", show_default="this one's")
    ] = None,
    user: Annotated[str, typer.Option("--user", help="Whom systemd runs it as.")] = "briefing",
    image: Annotated[str, typer.Option("--image", help="What Kubernetes runs.")] = "briefing:latest",
    secrets: Annotated[
        Path, typer.Option("--secrets", help="File with the environment variables that hold secrets.")
    ] = SECRETS,
) -> None:
    """Write the unit or job file for a scheduler that you have.

    [dim]$[/] briefing schedule export systemd --out units/
    """
    config_path = config_file.absolute()
    files = files_of(
        engine,
        load(config_path),
        config_path=config_path,
        command=[str(command)] if command is not None else own_command(),
        user=user,
        image=image,
        secrets=secrets,
        profiles=profiles or None,
    )
    if out is None:
        sys.stdout.write(printed(files))
        return
    for path in write(files, out, force=force):
        print(path)  # noqa: T201


def own_command() -> list[str]:
    """How this very briefing is called, by whole paths."""
    script = shutil.which(str(Path(sys.argv[0])))
    if script is not None and Path(script).name == "briefing":
        return [str(Path(script).absolute())]
    return [sys.executable, "-m", "briefing"]


def printed(files: dict[str, str]) -> str:
    """One file as it is; of several, each below its name in a comment."""
    if len(files) == 1:
        return next(iter(files.values()))
    return "\n".join(f"# ==> {name}\n{text}" for name, text in files.items())


def write(files: dict[str, str], folder: Path, *, force: bool) -> list[Path]:
    """The files below ``folder``: all of them, or none where one is there already. Raises UsageError, OutputError."""
    paths = [folder / name for name in files]
    there = [path for path in paths if path.exists()]
    if there and not force:
        raise UsageError(f"--out {folder}", f"{there[0].name} is there already", hint="--force writes over it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in zip(paths, files.values(), strict=True):
            path.write_text(text, encoding="utf-8")
    except OSError as e:
        raise OutputError(str(folder), (e.strerror or "cannot be written").lower(), hint="choose another --out") from e
    return paths
