"""Brief in, files out: the only room with Jinja2 and WeasyPrint. One module an output, a line of the table each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.config import Config
from briefing.errors import OutputError, UsageError
from briefing.records import Brief, Output


def render(brief: Brief, *, formats: Sequence[str], config: Config) -> list[Output]:
    """One Output a format, in the order asked for. Raises UsageError, TemplateError, LibraryError."""
    outputs = []
    for name in dict.fromkeys(formats):
        if name not in WRITERS:
            raise UsageError("--format", f"no format {name!r}", allowed=", ".join(WRITERS))
        file, write = WRITERS[name]
        outputs.append(Output(format=name, name=file, data=write(brief, config)))
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
    handle, tmp = tempfile.mkstemp(dir=out, prefix=f".{output.name}.")
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


def _pdf(brief: Brief, config: Config) -> bytes:
    from briefing.render import json, pdf

    data = json.dump(brief)
    return pdf.dump(brief, _style(config), config, [("brief.json", "The brief as data, with all evidence", data)])


def _html(brief: Brief, config: Config) -> bytes:
    from briefing.render import html

    return html.dump(brief, _style(config), config)


def _json(brief: Brief, config: Config) -> bytes:  # noqa: ARG001
    from briefing.render import json

    return json.dump(brief)


def _style(config: Config):  # type: ignore[no-untyped-def]
    from briefing.render import templates

    return templates.load(config.render.template, own=config.render.templates, theme=config.render.theme)


WRITERS: dict[str, tuple[str, Callable[[Brief, Config], bytes]]] = {
    "pdf": ("brief.pdf", _pdf),
    "html": ("brief.html", _html),
    "json": ("brief.json", _json),
}
