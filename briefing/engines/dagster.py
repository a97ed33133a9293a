"""Jobs in, a file of Dagster definitions out."""

from __future__ import annotations

from string import Template

from briefing.engines.job import Order
from briefing.engines.python import call

DEFINITIONS = Template('''\
"""Nightly briefs: a job and a schedule for each profile. Written by `briefing schedule export dagster`.

Try it with: dagster dev -f briefing_dagster.py
"""

import shlex
import subprocess
from datetime import datetime, time, timedelta, timezone
from time import sleep
from zoneinfo import ZoneInfo

from dagster import (
    Config,
    DefaultScheduleStatus,
    Definitions,
    Failure,
    RetryRequested,
    RunRequest,
    job,
    op,
    schedule,
)

$call

class Night(Config):
    """When the night was planned, as an ISO time; of a run by hand, now."""

    planned: str = ""


def nightly(profile):
    settings = PROFILES[profile]
    name = "briefing_" + profile.replace("-", "_")

    @op(name=name)
    def run(context, config: Night):
        planned = datetime.fromisoformat(config.planned) if config.planned else datetime.now(timezone.utc)
        code = call(profile, planned)
        if again(code):
            wait = min(settings["delay"] * 2**context.retry_number, MOST_DELAY)
            raise RetryRequested(max_retries=settings["retries"], seconds_to_wait=wait)
        if code:
            raise Failure(f"exit code {code}: failed for good", allow_retries=False)

    @job(name=name + "_job")
    def runs():
        run()

    @schedule(
        name=name + "_schedule",
        job=runs,
        cron_schedule=settings["cron"],
        execution_timezone=settings["zone"],
        default_status=DefaultScheduleStatus.RUNNING,
    )
    def nights(context):
        planned = context.scheduled_execution_time.isoformat()
        return RunRequest(run_key=planned, run_config={"ops": {name: {"config": {"planned": planned}}}})

    return nights


schedules = [nightly(name) for name in PROFILES]
defs = Definitions(schedules=schedules, jobs=[each.job for each in schedules])
''')


def files(order: Order) -> dict[str, str]:
    """One file with the definitions of all profiles."""
    return {"briefing_dagster.py": DEFINITIONS.substitute(call=call(order, "dagster"))}
