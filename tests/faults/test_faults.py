"""The short form of the proof: each script with fewer kills. The long form stands in docs/faults.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.world import TOP

STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def _script(*words: str) -> None:
    """Run a script of this folder in a process of its own: it forks, which a process with threads should not."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=TOP, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


@STRACE
@pytest.mark.faults
def test_killed_at_system_calls() -> None:
    _script("tests.faults.kill_calls", "--points", "40", "--whole", "0", "--nights", "1")


@pytest.mark.faults
def test_killed_at_random_moments() -> None:
    _script("tests.faults.kill_random", "--moments", "30", "--whole", "0")


@pytest.mark.faults
@pytest.mark.model
def test_the_whole_command_killed_at_random_moments() -> None:
    _script("tests.faults.kill_random", "--moments", "0", "--whole", "2")


@pytest.mark.faults
@pytest.mark.postgres
def test_killed_at_random_moments_on_postgresql() -> None:
    _needs_postgres()
    _script("tests.faults.kill_random", "--moments", "20", "--whole", "0", "--database", "postgresql")


@STRACE
@pytest.mark.faults
def test_failing_system_calls() -> None:
    _script("tests.faults.failing_calls", "--points", "25")


@pytest.mark.faults
@pytest.mark.parametrize("script", ["disks", "servers", "clocks", "meetings"])
def test_broken_surroundings(script: str) -> None:
    _script(f"tests.faults.{script}")


@pytest.mark.faults
@pytest.mark.postgres
def test_dead_database() -> None:
    _needs_postgres()
    _script("tests.faults.database")


@pytest.mark.faults
@pytest.mark.postgres
def test_frozen_holder() -> None:
    _needs_postgres()
    _script("tests.faults.meetings", "frozen", "--database", "postgresql")


def _needs_postgres() -> None:
    """Skips where there is no server; with BRIEFING_NEED_POSTGRES=1 that is a fault."""
    from tests import postgres

    postgres._found()


def test_the_sizes_are_arguments() -> None:
    """What the documentation tells people to run can be asked for its options."""
    for script in ("kill_calls", "kill_random", "failing_calls"):
        done = subprocess.run(
            [sys.executable, "-m", f"tests.faults.{script}", "--help"],
            cwd=TOP,
            capture_output=True,
            env={**os.environ, "COLUMNS": "200"},
            check=False,
        )
        assert done.returncode == 0
