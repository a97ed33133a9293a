"""Files for Airflow, Dagster and Prefect, without these engines: what they call, when, and what a stop does."""

from __future__ import annotations

import ast
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim

from tests.engines.conftest import SOURCES, Desk, settings

Make = Callable[..., dict[str, str]]
PYTHON = ["airflow", "dagster", "prefect"]
STOPPED = """\
#!/bin/sh
trap 'echo stopped >> "$0.log"; exit 75' TERM
echo started >> "$0.log"
while :; do sleep 0.05; done
"""


def head(text: str) -> str:
    """The part of a file that needs no engine: imports of Python's own, constants, the call."""
    tree = ast.parse(text)
    kept = [
        node
        for node in tree.body
        if not (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PYTHON)
    ]
    names = [getattr(node, "name", "") for node in kept]
    return ast.unparse(ast.Module(kept[: names.index("again") + 1], []))


def part(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(head(text), "generated", "exec"), names)
    return names


@pytest.mark.parametrize("engine", PYTHON)
def test_compiles_and_calls(make: Make, quoted_desk: Desk, engine: str, capfd: pytest.CaptureFixture[str]) -> None:
    desk = quoted_desk
    (text,) = make(engine, config_path=desk.config, command=[str(desk.command)]).values()
    compile(text, engine, "exec")
    names = part(text)
    desk.ends(0, 75)
    assert names["call"]("harbour-desk", datetime(2026, 7, 5, 0, 30, tzinfo=UTC)) == 0
    assert names["call"]("straits", datetime(2026, 7, 5, 0, 30, tzinfo=UTC)) == 75
    assert desk.calls() == [
        (str(desk.folder), f"[run][harbour-desk][--slot][2026-07-05][--config][{desk.config}]"),
        (str(desk.folder), f"[run][straits][--due][--config][{desk.config}]"),
    ]
    assert "stand-in ends with 75" in capfd.readouterr().out  # what it says is for the engine's log
    assert [names["again"](code) for code in (75, -9, 0, 1, 2, 127)] == [True, True, False, False, False, False]


def test_no_program(make: Make, desk: Desk) -> None:
    (text,) = make("airflow", config_path=desk.config, command=["/nowhere/briefing"]).values()
    assert part(text)["call"]("straits", datetime(2026, 7, 5, tzinfo=UTC)) == 127


@pytest.mark.parametrize(
    ("when", "cron", "at"),
    [
        ({"at": "05:00"}, "0 5 * * *", "05:00"),
        ({"at": "00:07", "days": ["mon", "sun"]}, "7 0 * * mon,sun", "00:07"),
        ({"cron": "30 6 * * MON-FRI"}, "30 6 * * mon-fri", "06:30"),
        ({"cron": "0 5,17 * * *"}, "0 5,17 * * *", None),
        ({"at": "05:00", "catch_up": "all"}, "0 5 * * *", None),
        ({"at": "05:00", "catch_up": "skip"}, "0 5 * * *", None),
    ],
)
def test_times(make: Make, when: dict[str, Any], cron: str, at: str | None) -> None:
    (text,) = make("airflow", settings(profiles={"straits": {"sources": SOURCES, "when": when}})).values()
    found = part(text)["PROFILES"]["straits"]
    assert (found["cron"], found["at"]) == (cron, at)


def test_retries_are_enough_for_the_ledger(make: Make) -> None:
    profile = {"sources": SOURCES, "when": {"at": "05:00", "attempts": 7, "backoff": "PT2H"}, "attempts": 9}
    (text,) = make("prefect", settings(profiles={"straits": profile})).values()
    found = part(text)["PROFILES"]["straits"]
    assert (found["retries"], found["delay"]) == (16, 1800)


@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "Africa/Cairo", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"]
)
@pytest.mark.parametrize("at", ["00:00", "01:30", "02:30", "05:00"])
def test_the_night_is_the_ledgers(make: Make, zone: str, at: str) -> None:
    """Also where an engine starts a night an hour early or late, as engines do when the clock jumps over its time."""
    (text,) = make("dagster", settings(profiles={"straits": {"sources": SOURCES, "when": {"at": at}}})).values()
    night_of, asked = part(text)["night_of"], {"zone": zone, "at": at}
    hour, minute = at.split(":")
    slots = CronSim(f"{int(minute)} {int(hour)} * * *", datetime(2024, 1, 1, tzinfo=ZoneInfo(zone)))
    for slot in (next(slots) for _ in range(800)):
        planned = slot.astimezone(UTC)
        for late in (-60, 0, 60):
            day, begins = night_of(asked, planned + timedelta(minutes=late))
            assert day == slot.date()
            assert timedelta(0) <= begins - planned <= timedelta(hours=1)  # never before the ledger's time


def test_early_engines_wait(make: Make) -> None:
    names = part(next(iter(make("prefect").values())))
    waits: list[float] = []
    names["sleep"] = waits.append
    now = datetime.now(UTC)
    begins = now + timedelta(minutes=40)
    names["night_of"] = lambda _settings, _planned: (begins.date(), begins)
    names["arguments"]("harbour-desk", now)
    names["night_of"] = lambda _settings, _planned: (begins.date(), now - timedelta(hours=3))
    names["arguments"]("harbour-desk", now)
    assert waits == [pytest.approx(2400, abs=60), 0.0]


def test_a_stop_is_passed_on(make: Make, desk: Desk, tmp_path: Path) -> None:
    desk.command.write_text(STOPPED)
    (text,) = make("prefect", config_path=desk.config, command=[str(desk.command)]).values()
    program = tmp_path / "program.py"
    program.write_text(head(text) + "\ncall('straits', datetime(2026, 7, 5, tzinfo=timezone.utc))\n")
    log = Path(f"{desk.command}.log")
    process = subprocess.Popen([sys.executable, str(program)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wait_for(log.exists)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) != 0
    assert re.fullmatch(r"started\nstopped\n", log.read_text())


def wait_for(ready: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "never ready"
        time.sleep(0.02)
