"""Service and timer: what systemd's own parser makes of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines.conftest import NASTY, Desk, settings

Make = Callable[..., dict[str, str]]
MANAGER = Path("/lib/systemd/systemd")
needs_analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")


@pytest.fixture
def open_desk() -> Iterator[Desk]:
    """A desk that every user may look into; systemd lets no root parse units for a test."""
    folder = Path(tempfile.mkdtemp(prefix="desk"))
    folder.chmod(0o755)
    yield Desk(folder / NASTY)
    shutil.rmtree(folder)


def put(folder: Path, files: dict[str, str]) -> list[str]:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return [str(folder / name) for name in files]


@needs_analyze
@pytest.mark.parametrize("profiles", [None, ["harbour-desk", "straits"]])
def test_verified(make: Make, desk: Desk, tmp_path: Path, profiles: list[str] | None) -> None:
    paths = put(
        tmp_path / "units", make("systemd", config_path=desk.config, command=[str(desk.command)], profiles=profiles)
    )
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_analyze
def test_verify_sees_the_program(make: Make, desk: Desk, tmp_path: Path) -> None:
    """The quoting holds: it is this very program that systemd looks for."""
    paths = put(tmp_path / "units", make("systemd", config_path=desk.config, command=[str(desk.command)]))
    desk.command.unlink()
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Command {desk.command} is not executable: No such file" in done.stderr


@needs_analyze
def test_hardened(make: Make, tmp_path: Path) -> None:
    service, _ = put(tmp_path / "units", make("systemd"))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", service],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_COLORS": "0", "LANG": "C.UTF-8"},
    )
    if "offline" in done.stderr:
        pytest.skip("this systemd-analyze judges running services only")
    assert done.returncode == 0, done.stdout
    assert re.search(r"Overall exposure level for briefing.service: 1\.\d OK", done.stdout)


@pytest.mark.skipif(not MANAGER.exists(), reason="no systemd here")
def test_what_systemd_understands(make: Make, open_desk: Desk) -> None:
    files = make(
        "systemd",
        config_path=open_desk.config,
        command=[str(open_desk.command)],
        secrets=open_desk.folder / "se crets.env",
    )
    units = open_desk.folder.parent / "units"
    put(units, files)
    found = understood(units)
    config = str(open_desk.config).replace("$", "$$")  # shown as before dollars are read
    assert f"Command Line: {shown(str(open_desk.command))} run --due --config {shown(config)}" in found
    assert f"WorkingDirectory: {open_desk.folder}" in found
    assert f"EnvironmentFile: {open_desk.folder}/se crets.env" in found
    assert f'ReadWritePaths: /srv/100% "done" $HOME {open_desk.folder} /tmp /var/tmp' in found
    assert "Restart: on-failure" in found
    assert "KillMode: mixed" in found


def understood(units: Path) -> list[str]:
    """Lines that systemd says of briefing.service when it has loaded it for a test."""
    runtime = units.parent / "run"
    runtime.mkdir(mode=0o777)
    runtime.chmod(0o777)
    environment = {"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": f"{units}:", "XDG_RUNTIME_DIR": str(runtime)}
    lower = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*lower, str(MANAGER), "--test", "--system", "--unit=briefing.service"],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "HOME": str(runtime), "LANG": "C.UTF-8"},
        timeout=60,
    )
    parts = re.split(r"^\t-> Unit ", done.stdout, flags=re.MULTILINE)
    own = [part for part in parts if part.startswith("briefing.service:")]
    if not own:
        pytest.skip("systemd cannot load units for a test here: " + done.stderr[-200:])
    return [line.strip() for line in own[0].splitlines()]


def shown(word: str) -> str:
    """A word as systemd shows it: in double quotes, with $, `, \\ and " escaped."""
    return '"' + re.sub(r'([$`"\\])', r"\\\1", word) + '"'


def test_codes_that_are_for_good_are_not_restarted(make: Make) -> None:
    service = make("systemd")["briefing.service"]
    codes = re.search(r"^RestartPreventExitStatus=(.*)$", service, re.MULTILINE)
    assert codes
    assert {"1", "2", "3"} <= set(codes[1].split())
    assert "75" not in codes[1].split()


def test_timer(make: Make) -> None:
    timer = make("systemd", profiles=["straits"])["briefing-straits.timer"]
    assert "OnCalendar=*:0/10\n" in timer
    assert "Persistent=true\n" in timer


def test_credentials_are_handed_over(make: Make) -> None:
    config = settings(
        store={
            "url": "postgresql://desk@db/briefs",
            "password": {"file": "/run/credentials/briefing.service/store"},
        }
    )
    service = make("systemd", config)["briefing.service"]
    assert "LoadCredential=store:/etc/briefing/store\n" in service
    assert "LoadCredential" not in make("systemd", config, profiles=["straits"])["briefing-straits.service"]


def test_own_tmp_unless_the_desk_stands_there(make: Make) -> None:
    assert "PrivateTmp=yes\n" in make("systemd")["briefing.service"]
    assert (
        "PrivateTmp=no\nReadWritePaths=/tmp /var/tmp\n"
        in make("systemd", config_path=Path("/var/tmp/desk/config.yaml"))["briefing.service"]
    )
