"""``briefing schedule`` and its tables, from the command line, on a store with some nights in it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing import cli
from briefing.commands import schedule
from briefing.config import load
from briefing.ledger import Slot, SlotState
from briefing.profiles import When
from briefing.store import open_store
from tests.schedule.walk import utc

NOW = utc("2026-03-28T12:00")
CONFIG = """
profiles:
  harbour:
    sources: {folders: [articles]}
    formats: [json]
    when: {at: "02:30", zone: Europe/Paris}
  by-hand:
    sources: {folders: [articles]}
  straits:
    sources: {folders: [articles]}
    when: {cron: "0 5,17 * * mon-fri", zone: America/New_York}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings, and a clock that stands."""
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(schedule, "_now", lambda: NOW)
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as e:
        cli.main(["schedule", *words])
    out, err = capsys.readouterr()
    return int(e.value.code or 0), out, err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, out, _ = call(capsys, *words, "--format", "json")
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


def slot(at: str, state: SlotState, **more: object) -> Slot:
    local = utc(at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M+00:00")
    return Slot.model_validate({"profile": "harbour", "at": utc(at), "local": local, "state": state, **more})


@pytest.fixture
def nights(desk: Path) -> Path:
    """One night done at the second try, one missed, two told by the next, which waits."""
    store = open_store(load(desk / "config.yaml").store)
    with store.hold("harbour") as fence:
        done = slot("2026-03-20T01:30", "planned")
        for number, (outcome, state) in enumerate((("waiting", "waiting"), ("done", "done"))):
            began = done.at + timedelta(minutes=2 * number)
            run = store.begin(fence, done, began)
            message = "feed: no answer" if number == 0 else "issue 1"
            store.end(fence, run, began + timedelta(seconds=45), slot=state, outcome=outcome, message=message)  # type: ignore[arg-type]
        into = utc("2026-03-24T01:30")
        store.record(
            [
                slot("2026-03-21T01:30", "missed", note="not started within 1:00:00"),
                slot("2026-03-22T01:30", "coalesced", into=into),
                slot("2026-03-23T01:30", "coalesced", into=into),
            ]
        )
        run = store.begin(fence, slot("2026-03-24T01:30", "planned"), into)
        again = into + timedelta(minutes=5)
        store.end(fence, run, into, slot="waiting", outcome="waiting", message="disk full", next_try=again)
    store.close()
    return desk


def test_the_times_in_the_manual_are_settings() -> None:
    manual = Path(__file__).resolve().parents[2] / "docs" / "schedule.md"
    (block,) = re.findall(r"```yaml\n(.*?)```", manual.read_text(encoding="utf-8"), re.DOTALL)
    when = When.model_validate(yaml.safe_load(block)["profiles"]["straits"]["when"])
    assert when == When(at="05:30", days=("mon", "tue", "wed"), zone="Europe/Paris")  # the rest are the defaults


def test_list(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_hand, harbour, straits = rows(capsys, "list")
    assert by_hand == {
        "profile": "by-hand", "when": "when called", "zone": None, "next": None, "last_issue": None,
        "state": "has not run",
    }  # fmt: skip
    assert harbour["when"] == "02:30 every day"
    assert harbour["next"] == "2026-03-29T03:00+02:00"  # 02:30 does not exist that night
    assert harbour["state"] == "waiting: 2026-03-24T01:30+00:00, again at 2026-03-24T02:35+01:00"
    assert (straits["when"], straits["next"]) == ("0 5,17 * * mon-fri", "2026-03-30T05:00-04:00")


def test_next(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "next", "-n", "2")
    assert [(r["profile"], r["local"], r["utc"], r["in"]) for r in found] == [
        ("harbour", "2026-03-29T03:00+02:00", "2026-03-29T01:00Z", "13 h 00"),
        ("harbour", "2026-03-30T02:30+02:00", "2026-03-30T00:30Z", "1 d 12 h"),
        ("straits", "2026-03-30T05:00-04:00", "2026-03-30T09:00Z", "1 d 21 h"),
        ("straits", "2026-03-30T17:00-04:00", "2026-03-30T21:00Z", "2 d 9 h"),
    ]
    assert [r["profile"] for r in rows(capsys, "next", "straits", "-n", "1")] == ["straits"]
    assert not (desk / "briefing.db").exists()


def test_history(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "history")
    assert [(r["slot"][:10], r["try"], r["outcome"], r["took"], r["message"]) for r in found] == [
        ("2026-03-24", 1, "waiting", "0 s", "disk full"),
        ("2026-03-23", None, "coalesced", None, "told by 2026-03-24T01:30+00:00"),
        ("2026-03-22", None, "coalesced", None, "told by 2026-03-24T01:30+00:00"),
        ("2026-03-21", None, "missed", None, "not started within 1:00:00"),
        ("2026-03-20", 2, "done", "45 s", "issue 1"),
        ("2026-03-20", 1, "waiting", "45 s", "feed: no answer"),
    ]
    assert rows(capsys, "history", "-n", "2") == found[:2]
    assert rows(capsys, "history", "--profile", "straits") == []


def test_tables_for_people(nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, wanted in (
        (["list"], "waiting: 2026-03-24T01:30+00:00, again at 2026-03-24T02:35+01:00"),
        (["next"], "2026-03-29T03:00+02:00   2026-03-29T01:00Z    13 h 00"),
        (["history"], "told by 2026-03-24T01:30+00:00"),
    ):
        code, out, err = call(capsys, *words)
        assert (code, err) == (0, "")
        assert wanted in out


WRONG: list[tuple[list[str], str]] = [
    (["next", "nobody"], "no profile 'nobody'; allowed: by-hand, harbour, straits"),
    (["history", "-p", "nobody"], "no profile 'nobody'"),
    (["list", "--format", "yaml"], "--format: 'yaml'; allowed: table, json"),
    (["list", "-c", "gone.yaml"], "gone.yaml"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_calls(desk: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    code, out, err = call(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err


def test_settings_without_profiles(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "config.yaml").write_text("brief: {kicker: Desk}\n")
    for words in ([], ["list"]):
        code, _, err = call(capsys, *words)
        assert code == 2
        assert "has no profiles" in err


def test_without_a_store_the_times_are_shown(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "list")
    assert code == 0
    assert "2026-03-29T03:00+02:00" in out
    assert "not known" in out  # what is not looked up is not said to have never run
    assert "is not there yet" in err


@pytest.mark.faults
def test_the_service_as_a_process(desk: Path) -> None:
    """It takes up the night that waits, in a process of its own, and leaves with exit code 0 when it is asked to."""
    at = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    store = open_store(load(desk / "config.yaml").store)
    with store.hold("harbour") as fence:
        run = store.begin(fence, slot(at, "planned"), utc(at))
        store.end(fence, run, utc(at), slot="waiting", outcome="waiting", next_try=utc(at))
    store.close()
    words = [sys.executable, "-u", "-m", "briefing", "schedule", "-c", str(desk / "config.yaml")]
    environment = {**os.environ, "TZ": "Europe/Paris"}
    lines: list[str] = []
    with subprocess.Popen(words, cwd=desk, stderr=subprocess.PIPE, text=True, env=environment) as service:
        assert service.stderr is not None
        for line in service.stderr:
            lines.append(line)
            if f"harbour: {at}+00:00 done" in line:
                service.send_signal(signal.SIGTERM)
            assert len(lines) < 100
        assert service.wait() == 0, lines
    began = datetime.strptime(lines[0].split()[0], "%Y-%m-%dT%H:%M:%S%z")
    assert began.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert any(f"harbour: {at}+00:00 started, try 2" in line for line in lines)
    assert "off duty" in lines[-1]
