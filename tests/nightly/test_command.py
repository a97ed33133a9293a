"""``briefing run`` as it is called: exit codes, what is printed where, and streams that fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.nightly.conftest import CONFIG, FIRST

ROOT = Path(__file__).parents[2]


def _run(world: Path, *arguments: str, out: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults.fast_run", *arguments, "-c", str(world / "config.yaml")]
    if out:
        with Path(out).open("w") as stdout:
            return subprocess.run(command, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "first.txt").write_text(FIRST)
    (tmp_path / "config.yaml").write_text(CONFIG)
    return tmp_path


def test_a_run_prints_where_its_issue_lies(world: Path) -> None:
    done = _run(world, "port")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_dir()
    assert "issue 1" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["prot"], 2, "no profile 'prot'; allowed: port"),
        ([], 2, "allowed: a profile's name, or --due for all"),
        (["port", "--slot", "2030-01-01"], 2, "still to come"),
        (["port", "--due", "--slot", "2026-01-01"], 2, "--due and --slot together"),
        (["--due"], 0, ""),
    ],
)
def test_exit_codes(world: Path, arguments: list[str], code: int, message: str) -> None:
    done = _run(world, *arguments)
    assert done.returncode == code, done.stderr
    assert message in " ".join(done.stderr.split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_standard_output_makes_no_good_run_a_failed_one(world: Path) -> None:
    done = _run(world, "port", out="/dev/full")
    assert done.returncode == 0, done.stderr
    assert "standard output: cannot be written: no space left on device" in done.stderr
    assert "Traceback" not in done.stderr
