"""Settings, paths that are hard to quote, and a stand-in for briefing that ends as it is told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Config
from briefing.engines import export

SOURCES = {"folders": ["/srv/in coming"]}
PROFILES: dict[str, Any] = {
    "harbour-desk": {
        "sources": SOURCES,
        "when": {"at": "02:30", "zone": "Europe/Paris", "backoff": "PT1S"},
        "deliver": [
            {"kind": "mail", "host": "h", "sender": "a@x.org", "to": ["b@x.org"], "password": {"env": "SMTP_PASSWORD"}},
            {"kind": "folder", "path": '/srv/100% "done" $HOME'},
        ],
    },
    "straits": {"sources": SOURCES, "when": {"cron": "0 5,17 * * mon-fri", "zone": "Asia/Kolkata", "backoff": "PT1S"}},
    "weekly": {"sources": SOURCES, "when": {"at": "05:00", "days": ["sun"], "zone": "America/New_York"}},
    "by-hand": {"sources": SOURCES},
}
NASTY = "de sk $HOME %n `x` ${y} #;&*"  # as a folder's name; quotation marks come on top where an engine takes them
STAND_IN = """\
#!/bin/sh
# Appends how it was called, then ends with the next code of the file `codes`; at its end, with 0.
here=$(dirname "$0")
{ pwd; printf '[%s]' "$@"; echo; } >> "$here/calls"
code=$(head -n 1 "$here/codes")
sed -i 1d "$here/codes"
echo "stand-in ends with ${code:-0}"
exit "${code:-0}"
"""


def settings(**changed: Any) -> Config:
    """The settings of these tests, with other top-level parts."""
    return Config.model_validate({"profiles": PROFILES, **changed})


@pytest.fixture
def make() -> Callable[..., dict[str, str]]:
    """Export for an engine, with facts that do for most tests."""

    def made(engine: str, config: Config | None = None, **changed: Any) -> dict[str, str]:
        facts = {"config_path": Path("/srv/desk/config.yaml"), "command": ["/opt/briefing/bin/briefing"], **changed}
        return export(engine, settings() if config is None else config, **facts)

    return made


class Desk:
    """A folder with a name that is hard to quote, with a stand-in for briefing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.command = folder / "brief ing"
        self.command.write_text(STAND_IN)
        self.command.chmod(0o755)
        self.ends()

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def ends(self, *codes: int) -> None:
        """What the next calls end with."""
        (self.folder / "codes").write_text("".join(f"{code}\n" for code in codes))
        (self.folder / "calls").write_text("")

    def calls(self) -> list[tuple[str, str]]:
        """Folder and arguments of each call."""
        lines = (self.folder / "calls").read_text().splitlines()
        return list(zip(lines[::2], lines[1::2], strict=True))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / NASTY)


@pytest.fixture
def quoted_desk(tmp_path: Path) -> Desk:
    """With quotation marks too."""
    return Desk(tmp_path / f"{NASTY} ' \"")


def tool(variable: str) -> str:
    """Python of the environment that an engine is installed in; without it, the test is skipped."""
    path = os.environ.get(variable)
    if not path:
        pytest.skip(f"{variable} names no Python with this engine")
    return path


def ran(python: str, script: str, *arguments: str, environment: dict[str, str]) -> str:
    """What a script of this folder prints in another Python; its failure is the test's."""
    done = subprocess.run(
        [python, str(Path(__file__).parent / script), *arguments],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout
