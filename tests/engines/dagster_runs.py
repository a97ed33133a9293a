"""Run by Dagster's Python: loads the generated file, evaluates a schedule, runs the job it asks for."""

# mypy: disable-error-code="import-not-found"
from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import dagster
from dagster import DagsterInstance, build_schedule_context
from dagster._utils.schedules import schedule_execution_time_iterator
from desk_runs import loaded, say, tried

file, desk = sys.argv[1], Path(sys.argv[2])
defs = loaded(file).defs
repository = defs.get_repository_def()
schedule = repository.get_schedule_def("briefing_harbour_desk_schedule")
# 00:30 UTC is 02:30 in Paris in summer; the night of 5 July there.
context = build_schedule_context(scheduled_execution_time=datetime(2026, 7, 5, 0, 30, tzinfo=UTC))
(request,) = schedule.evaluate_tick(context).run_requests


def run() -> bool:
    job = repository.get_job("briefing_harbour_desk_job")
    with DagsterInstance.ephemeral() as instance:
        return bool(job.execute_in_process(request.run_config, instance=instance, raise_on_error=False).success)


def ticks(name: str, start: datetime, most: int) -> list[str]:
    schedule = repository.get_schedule_def(name)
    found = schedule_execution_time_iterator(start.timestamp(), schedule.cron_schedule, schedule.execution_timezone)
    return [next(found).isoformat() for _ in range(most)]


spring = ticks("briefing_harbour_desk_schedule", datetime(2026, 3, 28, 12, tzinfo=UTC), 3)
autumn = ticks("briefing_harbour_desk_schedule", datetime(2026, 10, 24, 12, tzinfo=UTC), 3)
twice = ticks("briefing_straits_schedule", datetime(2026, 7, 3, 0, tzinfo=UTC), 4)
say(
    version=dagster.__version__,
    cases=tried(desk, run),
    schedules=sorted(s.name for s in repository.schedule_defs),
    spring=spring,
    autumn=autumn,
    twice=twice,
)
