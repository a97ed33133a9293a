"""Jobs in, a file of DAGs for Airflow 3 out."""

from __future__ import annotations

from string import Template

from briefing.engines.job import Order
from briefing.engines.python import call

# No start_date: the first run is the next night. catchup=False: after an outage Airflow starts the latest night only.
DAGS = Template('''\
"""Nightly briefs: a DAG for each profile. Written by `briefing schedule export airflow`; goes into the DAGs folder."""

import shlex
import subprocess
from datetime import datetime, time, timedelta, timezone
from time import sleep
from zoneinfo import ZoneInfo

from airflow.sdk import DAG, CronTriggerTimetable, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

$call

def planned(context):
    """When the night was planned; of a run by hand, when it was called."""
    return context.get("data_interval_end") or context["dag_run"].run_after


def nightly(profile):
    settings = PROFILES[profile]
    with DAG(
        dag_id="briefing_" + profile.replace("-", "_"),
        schedule=CronTriggerTimetable(settings["cron"], timezone=settings["zone"]),
        catchup=False,
        max_active_runs=1,
        tags=["briefing"],
    ) as dag:

        @task(
            task_id="run",
            retries=settings["retries"],
            retry_delay=timedelta(seconds=settings["delay"]),
            retry_exponential_backoff=2,
            max_retry_delay=timedelta(seconds=MOST_DELAY),
        )
        def run(**context):
            code = call(profile, planned(context))
            if again(code):
                raise AirflowException(f"exit code {code}: to be tried again")
            if code:
                raise AirflowFailException(f"exit code {code}: failed for good")

        run()
    return dag


for name in PROFILES:
    globals()["briefing_" + name.replace("-", "_")] = nightly(name)
''')


def files(order: Order) -> dict[str, str]:
    """One file with a DAG for each profile."""
    return {"briefing_airflow.py": DAGS.substitute(call=call(order, "airflow"))}
