"""The crontab: read as cron reads it, its command run by the shell that cron runs it with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cronsim import CronSim

from tests.engines.conftest import Desk, settings

Make = Callable[..., dict[str, str]]


def commands(crontab: str) -> list[str]:
    """What cron hands to the shell: a per cent sign after a backslash is one, a bare one ends the line."""
    found = []
    for line in crontab.splitlines():
        if line.startswith("#") or line.split("=")[0] in {"SHELL", "PATH"}:
            continue
        *when, command = line.split(" ", 5)
        assert next(CronSim(" ".join(when), datetime(2026, 3, 29, 1, 1, tzinfo=UTC))).minute == 10
        assert "%" not in command.replace("\\%", "")
        found.append(command.replace("\\%", "%"))
    return found


def test_run_with_paths_hard_to_quote(make: Make, quoted_desk: Desk) -> None:
    desk = quoted_desk
    secrets = desk.folder / "se crets.env"
    secrets.write_text("SMTP_PASSWORD='a b'\n")
    files = make("cron", config_path=desk.config, command=[str(desk.command)], secrets=secrets)
    (command,) = commands(files["briefing.crontab"])
    subprocess.run(["/bin/sh", "-c", command], check=True, cwd="/", env={"PATH": "/usr/bin:/bin"})
    assert desk.calls() == [(str(desk.folder), f"[run][--due][--config][{desk.config}]")]


def test_a_line_for_each_profile(make: Make) -> None:
    lines = commands(make("cron", profiles=["weekly", "straits", "weekly"])["briefing.crontab"])
    assert [line.split(" run ")[1].split()[0] for line in lines] == ["weekly", "straits"]


def test_no_secrets_no_file(make: Make) -> None:
    config = settings(profiles={"straits": {"sources": {"folders": ["in"]}, "when": {"at": "05:00"}}})
    (command,) = commands(make("cron", config)["briefing.crontab"])
    assert command == "cd /srv/desk && /opt/briefing/bin/briefing run --due --config /srv/desk/config.yaml"


@pytest.mark.skipif(shutil.which("crontab") is None, reason="no cron here")
def test_debians_cron_takes_it(make: Make, quoted_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "briefing.crontab"
    path.write_text(make("cron", config_path=quoted_desk.config, command=[str(quoted_desk.command)])[path.name])
    done = subprocess.run(["crontab", "-n", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
