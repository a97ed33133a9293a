"""Run by Airflow's Python: loads the generated file as Airflow's own loader does, and runs nights of a DAG."""

# mypy: disable-error-code="import-not-found"
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import airflow
import pendulum
from airflow.dag_processing.dagbag import DagBag
from airflow.timetables.trigger import CronTriggerTimetable
from desk_runs import say, tried

file, desk = sys.argv[1], Path(sys.argv[2])
bag = DagBag(dag_folder=file)
harbour = bag.dags["briefing_harbour_desk"]
nights: Iterator[datetime] = (datetime(2026, 7, 5, 0, 30, tzinfo=UTC) + timedelta(days=n) for n in count())


def run() -> bool:
    night = next(nights)
    return str(harbour.test(logical_date=night, run_after=night).state) == "success"


def times(dag: str, start: datetime, most: int) -> list[str]:
    own = bag.dags[dag].timetable
    timetable = CronTriggerTimetable(own.expression, timezone=own.timezone)  # the scheduler's form of it
    found, last = [], pendulum.instance(start)
    for _ in range(most):
        last = timetable._get_next(last)
        found.append(last.in_timezone(own.timezone).isoformat())
    return found


say(
    version=airflow.__version__,
    errors=bag.import_errors,
    dags=sorted(bag.dags),
    catchup=[dag.catchup for dag in bag.dags.values()],
    cases=tried(desk, run),
    spring=times("briefing_harbour_desk", datetime(2026, 3, 28, 12, tzinfo=UTC), 3),
    autumn=times("briefing_harbour_desk", datetime(2026, 10, 24, 12, tzinfo=UTC), 3),
    twice=times("briefing_straits", datetime(2026, 7, 3, 0, tzinfo=UTC), 4),
)
