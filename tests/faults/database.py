"""A PostgreSQL server that is stopped, killed in the middle of a run, restarted: said, and made good afterwards.

``python -m tests.faults.database [SCENARIO …]``
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from tests.faults import check, runs, scenario
from tests.faults.world import PROFILE, World

Wrong = Iterator[str]


def stopped_before(place: World, wanted: check.Reference) -> Wrong:
    """The database is down when the run begins: try again, with nothing done."""
    place.cluster.stop()
    try:
        yield from scenario.broken(place, says=r"(postgresql|127\.0\.0\.1).*refused")
    finally:
        place.cluster.start()
    if place.mails("desk"):
        yield "a mail went out that no ledger knows of"
    yield from scenario.mended(place, wanted)


def wrong_password(place: World, wanted: check.Reference) -> Wrong:
    """The password is wrong: said without showing it."""
    right, place.password = place.password, "not the one 7"
    yield from _no_secret(scenario.broken(place, says="password"), place)
    place.password = right
    yield from scenario.mended(place, wanted)


def no_database(place: World, wanted: check.Reference) -> Wrong:
    """There is no such database: said."""
    place.write_config(**{"/world": "/elsewhere"})
    yield from scenario.broken(place, says="elsewhere")
    place.write_config()
    yield from scenario.mended(place, wanted)


def killed_in_the_middle(place: World, wanted: check.Reference) -> Wrong:
    """The server is killed at ten moments of a run, and started again: the night is as if nothing had been."""
    yield from _cut(place, wanted, place.cluster.kill, 21)


def killed_in_doubt(place: World, wanted: check.Reference) -> Wrong:
    """The server is killed while the editor's mail waits for its answer: in doubt, said, and the desk is told."""
    place.mood("hold", "slow")
    run = runs.start(place, scenario.NIGHT, "quick")
    while not place.mails("hold") and run.poll() is None:
        time.sleep(0.005)
    place.cluster.kill()
    code = run.wait()
    place.cluster.start()
    place.mood("hold", "accept")
    if code != runs.AGAIN:
        yield f"exit {code}: {run.said()[-600:]}"
    yield from scenario.mended(place, wanted)
    with check.opened(place) as store:
        if not store.parcels(PROFILE, states=("doubtful",)):
            yield "nothing is in doubt"


def restarted_in_the_middle(place: World, wanted: check.Reference) -> Wrong:
    """The server is stopped in good order at ten moments of a run, and started again."""
    yield from _cut(place, wanted, place.cluster.stop, 22)


def connection_cut(place: World, wanted: check.Reference) -> Wrong:
    """An administrator ends the run's connections at ten moments."""
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'world'"
    yield from _cut(place, wanted, lambda: place.cluster.execute(statement), 23)


def numbers_set_back(place: World, wanted: check.Reference) -> Wrong:
    """A restore left the sequences behind their tables: said, and nothing is left out in silence."""
    tables = ("runs", "issues", "parcels", "articles", "extractions")
    for table in tables:
        place.cluster.execute(f"SELECT setval('{table}_key_seq', 1, false)", database="world")
    yield from scenario.broken(place, says="breaks its rules")
    for table in tables:
        place.cluster.execute(f"SELECT setval('{table}_key_seq', 1000)", database="world")
    yield from scenario.mended(place, wanted)


def _cut(place: World, wanted: check.Reference, cut: object, seed: int) -> Wrong:
    die = random.Random(seed)
    codes = []
    for n in range(scenario.ROUNDS[0]):
        place.restore(f"before{scenario.NIGHT}")
        run = runs.start(place, scenario.NIGHT, "quick")
        time.sleep((n + die.random()) / scenario.ROUNDS[0] * wanted.seconds[scenario.NIGHT])
        cut()  # type: ignore[operator]
        code = run.wait()
        codes.append(code)
        place.cluster.start()
        if code not in {0, runs.AGAIN} or "Traceback" in run.said():
            yield f"exit {code}: {run.said()[-600:]}"
        yield from scenario.mended(place, wanted)
    yield from _shown(codes)


def _shown(codes: list[int]) -> Wrong:
    if runs.AGAIN not in codes:
        yield f"no run was disturbed: {codes}"


def _no_secret(found: Wrong, place: World) -> Wrong:
    yield from found
    said = (place.root / "run.log").read_text()
    if place.password in said:
        yield "the password is shown"


SCENARIOS: tuple[scenario.Scenario, ...] = (
    stopped_before,
    wrong_password,
    no_database,
    killed_in_the_middle,
    killed_in_doubt,
    restarted_in_the_middle,
    connection_cut,
    numbers_set_back,
)

if __name__ == "__main__":
    scenario.main(SCENARIOS, database="postgresql")
