"""The short form of the kills. The long form stands in docs/faults.md."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.faults import script

# In the whole of the tests a missing strace would pass unseen: CI says that it must be there.
NEEDED = os.environ.get("BRIEFING_NEED_POSTGRES") == "1"
STRACE = pytest.mark.skipif(shutil.which("strace") is None and not NEEDED, reason="strace is not installed")
pytestmark = pytest.mark.faults


@STRACE
def test_killed_at_system_calls() -> None:
    script.run("tests.faults.kill_calls", "--points", "16", "--whole", "0", "--nights", "1")


@STRACE
def test_failing_system_calls() -> None:
    script.run("tests.faults.failing_calls", "--points", "10")


def test_killed_at_random_moments() -> None:
    script.run("tests.faults.kill_random", "--moments", "12", "--whole", "0")


@pytest.mark.model
@pytest.mark.render
def test_the_whole_command_killed_at_a_random_moment() -> None:
    script.run("tests.faults.kill_random", "--moments", "0", "--whole", "1")
