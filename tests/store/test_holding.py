"""One holder at a time: in threads and processes, after a kill, and after a lock was lost without knowing it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.errors import BusyError, StoreError
from briefing.profiles import StoreSettings
from briefing.store import open_store
from briefing.store.database import Database
from tests.store import made
from tests.store.made import article, night, slot

ROOT = Path(__file__).parents[2]
HEAD = """
import sys, time
from briefing.profiles import StoreSettings
from briefing.store import open_store
from tests.store import made
store = open_store(StoreSettings.model_validate_json(sys.argv[1]))
"""
HOLD = f"""{HEAD}
with store.hold("straits"):
    print("held", flush=True)
    time.sleep(120)
"""
WRITE = f"""{HEAD}
me = sys.argv[2]
for n in range(6):
    made.kept_night(store, n, [made.article(f"{{me}}{{n}}"), made.article(f"both{{n}}")], profile=me)
store.close()
"""


@contextmanager
def process(code: str, settings: StoreSettings, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code, settings.model_dump_json(), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def test_a_second_holder_is_sent_away(store: Database, settings: StoreSettings) -> None:
    other = open_store(settings)
    with store.hold("straits") as first, other.hold("desk") as desk:
        assert (first.profile, first.token, desk.token) == ("straits", 1, 1)
        for holder in (store, other):
            with pytest.raises(BusyError, match="profile straits: another run is at work"), holder.hold("straits"):
                pass
        begun = time.monotonic()
        with pytest.raises(BusyError), other.hold("straits", wait=0.3):
            pass
        assert time.monotonic() - begun >= 0.3
    with other.hold("straits") as second:
        assert second.token == 2
    other.close()


def test_a_lock_is_free_at_once_when_its_holder_is_killed(store: Database, settings: StoreSettings) -> None:
    with process(HOLD, settings) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError), store.hold("straits"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        begun = time.monotonic()
        with store.hold("straits", wait=10) as fence:
            assert fence.token == 2
        assert time.monotonic() - begun < 5


def test_who_waits_gets_it_when_it_is_free(store: Database, settings: StoreSettings) -> None:
    with process(HOLD.replace("120", "0.5"), settings) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with store.hold("straits", wait=30) as fence:
            assert fence.token == 2


def test_a_holder_that_was_overtaken_writes_nothing_more(store: Database) -> None:
    made.kept_night(store, 0, [article("arden")], done=False)
    (parcel,) = store.parcels("straits")
    with store.hold("straits") as old:
        run = store.begin(old, slot(1), night(1))
    with store.hold("straits"):
        before = store.counts()
        for write in (
            lambda: store.begin(old, slot(1), night(1)),
            lambda: store.end(old, run, night(1), slot="done", outcome="done"),
            lambda: made.take_in(store, old, slot(1), article("brook")),
            lambda: store.keep_extractions(old, [made.extraction(article("arden"))], "v2"),
            lambda: store.keep_issue(
                old,
                run,
                slot(1),
                made.brief([]),
                files=[],
                items=[],
                intake=store.intake(slot(0)),  # type: ignore[arg-type]
                targets=["x"],
                now=night(1),
            ),
            lambda: store.post(old, slot(1), "notice", ["x"], night(1)),
            lambda: store.move(old, parcel, "sending", night(1)),
        ):
            with pytest.raises(BusyError, match="profile straits: another run has taken over"):
                write()
        assert store.counts() == before
        assert store.parcels("straits") == [parcel]
        assert store.runs("straits")[0].outcome == "running"


def test_a_fence_is_of_its_profile_only(store: Database) -> None:
    with store.hold("desk") as fence, pytest.raises(StoreError, match="profile straits: written by the holder of desk"):
        store.begin(fence, slot(0), night(0))


def test_four_processes_that_write_lose_nothing(store: Database, settings: StoreSettings) -> None:
    names = ["alpha", "bravo", "carol", "delta"]
    running = [
        subprocess.Popen([sys.executable, "-c", WRITE, settings.model_dump_json(), n], cwd=ROOT) for n in names
    ]  # fmt: skip
    assert [p.wait(120) for p in running] == [0, 0, 0, 0]
    counts = store.counts()
    assert (counts["slots"], counts["runs"], counts["issues"], counts["parcels"]) == (24, 24, 24, 24)
    assert (counts["articles"], counts["extractions"]) == (30, 30)
    for name in names:
        assert [i.number for i in store.issues(name)] == list(range(6, 0, -1))
    assert list(store.verify()) == []
