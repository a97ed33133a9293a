"""Run by Prefect's Python: loads the generated file, builds its deployments, runs a night of the flow."""

# mypy: disable-error-code="import-not-found"
from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import prefect
from desk_runs import loaded, say, tried
from prefect.server.schemas.schedules import CronSchedule
from prefect.testing.utilities import prefect_test_harness

file, desk = sys.argv[1], Path(sys.argv[2])
module = loaded(file)
module.sleep = lambda _seconds: None  # the flow runs as if called now, which may be shortly before the night


def run() -> bool:
    return bool(module.briefing("harbour-desk", return_state=True).is_completed())


def times(name: str, start: datetime, most: int) -> list[str]:
    client = deployments[name].schedules[0].schedule
    schedule = CronSchedule(cron=client.cron, timezone=client.timezone)  # what the server makes of it
    return [t.isoformat() for t in asyncio.run(schedule.get_dates(most, start))]


deployments = {each.name: each for each in module.deployments()}
if __name__ == "__main__":
    with prefect_test_harness(server_startup_timeout=180):
        cases = tried(desk, run)
    say(
        version=prefect.__version__,
        cases=cases,
        deployments={name: each.parameters for name, each in deployments.items()},
        spring=times("harbour-desk", datetime(2026, 3, 28, 12, tzinfo=UTC), 3),
        autumn=times("harbour-desk", datetime(2026, 10, 24, 12, tzinfo=UTC), 3),
        twice=times("straits", datetime(2026, 7, 3, 0, tzinfo=UTC), 4),
    )
