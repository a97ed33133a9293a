"""A script of this folder with its arguments in; it has found nothing wrong, or the test fails with what it said."""

from __future__ import annotations

import subprocess
import sys

from tests.faults.world import TOP


def run(*words: str) -> None:
    """In a process of its own: it forks, which a process with threads should not."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=TOP, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def needs_postgres() -> None:
    """Skips where there is no server; with BRIEFING_NEED_POSTGRES=1 that is a fault."""
    from tests import postgres

    postgres._found()
