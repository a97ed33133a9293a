"""The generated files loaded and run by Airflow, Dagster and Prefect themselves, where an environment has them.

BRIEFING_AIRFLOW_PYTHON, BRIEFING_DAGSTER_PYTHON and BRIEFING_PREFECT_PYTHON name the Python of such an environment.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.engines.conftest import Desk, ran, tool

Make = Callable[..., dict[str, str]]
AUTUMN_AND_TWICE = {
    "twice": [
        "2026-07-03T17:00:00+05:30",
        "2026-07-06T05:00:00+05:30",
        "2026-07-06T17:00:00+05:30",
        "2026-07-07T05:00:00+05:30",
    ],
}


def file_of(make: Make, engine: str, desk: Desk, folder: Path) -> Path:
    ((name, text),) = make(engine, config_path=desk.config, command=[str(desk.command)]).items()
    folder.mkdir()
    (folder / name).write_text(text)
    return folder / name


def checked(said: str) -> dict[str, Any]:
    """The facts that the script printed: tried again on 75, not on 2 or 1; every night once."""
    facts: dict[str, Any] = json.loads(said.splitlines()[-1])
    well = {name: case["well"] for name, case in facts["cases"].items()}
    calls = {name: len(case["calls"]) for name, case in facts["cases"].items()}
    assert well == {"done": True, "again": True, "wrong": False, "failed": False}
    assert calls == {"done": 1, "again": 2, "wrong": 1, "failed": 2}
    assert [t[:10] for t in facts["spring"]] == ["2026-03-29", "2026-03-30", "2026-03-31"]
    assert [t[:16] for t in facts["autumn"]] == ["2026-10-25T02:30", "2026-10-26T02:30", "2026-10-27T02:30"]
    assert facts["twice"] == AUTUMN_AND_TWICE["twice"]
    return facts


def test_airflow(make: Make, quoted_desk: Desk, tmp_path: Path) -> None:
    python = tool("BRIEFING_AIRFLOW_PYTHON")
    file = file_of(make, "airflow", quoted_desk, tmp_path / "dags")
    environment = {
        "AIRFLOW_HOME": str(tmp_path / "home"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(file.parent),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    subprocess.run(
        [python, "-m", "airflow", "db", "migrate"],
        env={"PATH": "/usr/bin:/bin", **environment},
        check=True,
        timeout=120,
    )
    facts = checked(ran(python, "airflow_runs.py", str(file), str(quoted_desk.folder), environment=environment))
    assert facts["errors"] == {}
    assert facts["dags"] == ["briefing_harbour_desk", "briefing_straits", "briefing_weekly"]
    assert facts["catchup"] == [False] * 3
    first = facts["cases"]["done"]["calls"][0]
    assert first == f"[run][harbour-desk][--slot][2026-07-05][--config][{quoted_desk.config}]"


def test_dagster(make: Make, quoted_desk: Desk, tmp_path: Path) -> None:
    python = tool("BRIEFING_DAGSTER_PYTHON")
    file = file_of(make, "dagster", quoted_desk, tmp_path / "code")
    home = tmp_path / "home"
    home.mkdir()
    facts = checked(
        ran(python, "dagster_runs.py", str(file), str(quoted_desk.folder), environment={"DAGSTER_HOME": str(home)})
    )
    assert facts["schedules"] == [f"briefing_{n}_schedule" for n in ("harbour_desk", "straits", "weekly")]
    first = facts["cases"]["done"]["calls"][0]
    assert first == f"[run][harbour-desk][--slot][2026-07-05][--config][{quoted_desk.config}]"


def test_prefect(make: Make, quoted_desk: Desk, tmp_path: Path) -> None:
    python = tool("BRIEFING_PREFECT_PYTHON")
    file = file_of(make, "prefect", quoted_desk, tmp_path / "code")
    environment = {"PREFECT_HOME": str(tmp_path / "home"), "DO_NOT_TRACK": "1"}
    facts = checked(ran(python, "prefect_runs.py", str(file), str(quoted_desk.folder), environment=environment))
    assert facts["deployments"] == {n: {"profile": n} for n in ("harbour-desk", "straits", "weekly")}
