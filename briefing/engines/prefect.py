"""Jobs in, a file with a Prefect flow and its deployments out."""

from __future__ import annotations

from string import Template

from briefing.engines.job import Order
from briefing.engines.python import call

FLOW = Template('''\
"""Nightly briefs: a flow and a deployment for each profile. Written by `briefing schedule export prefect`.

python briefing_prefect.py serves the deployments; it has to go on running, under systemd for one.
"""

import shlex
import subprocess
from datetime import datetime, time, timedelta, timezone
from time import sleep
from zoneinfo import ZoneInfo

from prefect import flow, serve, task
from prefect.runtime import flow_run
from prefect.schedules import Cron

$call

class TryAgain(Exception):
    """What may work later."""


class Failed(Exception):
    """What fails for good."""


def may_work(_task, _run, state):
    """Whether the task is to be tried once more."""
    return isinstance(state.result(raise_on_failure=False), TryAgain)


@task(name="run", retry_condition_fn=may_work)
def run(profile, planned):
    code = call(profile, planned)
    if again(code):
        raise TryAgain(f"exit code {code}: to be tried again")
    if code:
        raise Failed(f"exit code {code}: failed for good")


@flow(name="briefing", log_prints=True)
def briefing(profile: str):
    """One night of a profile."""
    settings = PROFILES[profile]
    waits = [min(settings["delay"] * 2**n, MOST_DELAY) for n in range(settings["retries"])]
    night = run.with_options(retries=len(waits), retry_delay_seconds=waits)
    night(profile, flow_run.scheduled_start_time)


def deployments():
    """A deployment for each profile."""
    return [
        briefing.to_deployment(
            name=profile,
            parameters={"profile": profile},
            schedule=Cron(settings["cron"], timezone=settings["zone"]),
            concurrency_limit=1,
            tags=["briefing"],
        )
        for profile, settings in PROFILES.items()
    ]


if __name__ == "__main__":
    serve(*deployments())
''')


def files(order: Order) -> dict[str, str]:
    """One file with the flow and the deployments of all profiles."""
    return {"briefing_prefect.py": FLOW.substitute(call=call(order, "prefect"))}
