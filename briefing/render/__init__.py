"""Brief in, files out: the only room with Jinja2 and WeasyPrint. One module an output, a line of the table each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import Config
from briefing.errors import OutputError, UsageError
from briefing.records import Brief, Output

if TYPE_CHECKING:
    from briefing.render.templates import Style

Files = list[tuple[str, bytes]]  # name below the output folder, content


def render(brief: Brief, *, formats: Sequence[str], config: Config) -> list[Output]:
    """The files of each format, in the order asked for. Raises UsageError, TemplateError, LibraryError."""
    outputs = []
    for name in dict.fromkeys(formats):
        if name not in WRITERS:
            raise UsageError("--format", f"no format {name!r}", allowed=", ".join(WRITERS))
        outputs += [Output(format=name, name=file, data=data) for file, data in WRITERS[name](brief, config)]
    return outputs


def save(outputs: Sequence[Output], out: Path) -> list[Path]:
    """Write each output below ``out``: a temporary file, synced and renamed, so that none is ever seen half-written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        paths = [_save(output, out) for output in outputs]
        _sync(out)
    except OSError as e:
        reason = (e.strerror or str(e)).lower()
        raise OutputError(
            str(e.filename or out), f"cannot be written: {reason}", hint="give another folder with -o"
        ) from e
    return paths


def _save(output: Output, out: Path) -> Path:
    path = out / output.name
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, tmp = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(output.data)
            file.flush()
            os.fsync(file.fileno())
        Path(tmp).chmod(0o644)
        Path(tmp).replace(path)
    except BaseException:
        Path(tmp).unlink(missing_ok=True)
        raise
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pdf(brief: Brief, config: Config) -> Files:
    from briefing.render import json, pdf, stix

    attached = [
        ("brief.json", "The brief as data, with all evidence", json.dump(brief)),
        ("brief.stix.json", "The brief as a STIX 2.1 bundle", stix.dump(brief, config)),
    ]
    return [("brief.pdf", pdf.dump(brief, _style(config), config, attached))]


def _html(brief: Brief, config: Config) -> Files:
    from briefing.render import html

    return [("brief.html", html.dump(brief, _style(config), config))]


def _json(brief: Brief, config: Config) -> Files:  # noqa: ARG001
    from briefing.render import json

    return [("brief.json", json.dump(brief))]


def _markdown(brief: Brief, config: Config) -> Files:
    from briefing.render import markdown

    return [("brief.md", markdown.dump(brief, _style(config), config))]


def _docx(brief: Brief, config: Config) -> Files:
    from briefing.render import docx

    return [("brief.docx", docx.dump(brief, _style(config), config))]


def _csv(brief: Brief, config: Config) -> Files:  # noqa: ARG001
    from briefing.render import csv

    return [(f"tables/{name}", data) for name, data in csv.dump(brief)]


def _stix(brief: Brief, config: Config) -> Files:
    from briefing.render import stix

    return [("brief.stix.json", stix.dump(brief, config))]


def _style(config: Config) -> Style:
    from briefing.render import templates

    return templates.load(config.render.template, own=config.render.templates, theme=config.render.theme)


WRITERS: dict[str, Callable[[Brief, Config], Files]] = {
    "pdf": _pdf,
    "html": _html,
    "json": _json,
    "md": _markdown,
    "docx": _docx,
    "csv": _csv,
    "stix": _stix,
}
