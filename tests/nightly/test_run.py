"""One night after the other: what is run, what is kept, what is handed over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.errors import BusyError, OutputError, StoreError, TemplateError, UsageError
from briefing.nightly import run_called, run_due, run_now, run_slot
from briefing.nightly.run import Outcome
from briefing.schedule import by_hand
from tests.nightly.conftest import CONFIG, FIRST, SECOND, Desk


def _due(desk: Desk) -> list[Outcome]:
    found = list(run_due(desk.night))
    assert all(isinstance(o, Outcome) for o in found), found
    return [o for o in found if isinstance(o, Outcome)]


def _issues(desk: Desk) -> list[Path]:
    folder = desk.folder / "out" / "port"
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.is_symlink()) if folder.exists() else []


def _brief(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "brief.json").read_text())
    return found


def test_a_night_at_its_time(desk: Desk) -> None:
    assert _due(desk) == []  # first seen at noon: nothing is due from before
    desk.clock.on(hours=17)
    (done,) = _due(desk)
    assert (done.result, done.slot.local) == ("done", "2026-03-13T05:00+01:00")
    (folder,) = _issues(desk)
    assert folder.name == "2026-03-13T0500"
    assert (desk.folder / "out" / "port" / "latest").resolve() == folder
    assert _brief(folder)["as_of"] == "2026-03-13"
    assert sorted(p.name for p in folder.iterdir()) == ["brief.json", "brief.pdf"]
    assert _due(desk) == []


def test_only_new_articles_are_extracted(desk: Desk, extracted: list[str]) -> None:
    run_now(desk.night, "port")
    desk.put("second.txt", SECOND)
    desk.clock.on(days=1)
    run_now(desk.night, "port")
    assert extracted == ["first", "second"]


def test_an_unmoved_night_is_quiet_and_says_so(desk: Desk) -> None:
    run_now(desk.night, "port")
    desk.clock.on(days=1)
    run_now(desk.night, "port")
    _, second = _issues(desk)
    brief = _brief(second)
    since = brief["since"]
    assert isinstance(since, dict)
    assert since["quiet"] is True
    assert brief["events"] == []


def test_nothing_at_all_is_a_quiet_brief_too(desk: Desk) -> None:
    (desk.folder / "inbox" / "first.txt").unlink()
    assert run_now(desk.night, "port").result == "done"
    assert len(_issues(desk)) == 1


def test_an_edited_page_is_the_same_article(desk: Desk) -> None:
    run_now(desk.night, "port")
    desk.put("first.txt", FIRST.replace("two tugs", "three tugs"))
    desk.clock.on(days=1)
    outcome = run_now(desk.night, "port")
    assert outcome.issue is not None
    assert outcome.issue.articles == 1
    kept = desk.store.articles(["first"])
    assert kept[0].replaced_by is not None


def test_a_slot_is_run_once(desk: Desk) -> None:
    desk.store.enrol("port", desk.clock())
    desk.clock.on(hours=17)
    first = run_called(desk.night, "port", "2026-03-13")
    desk.put("second.txt", SECOND)
    again = run_called(desk.night, "port", "2026-03-13")
    assert (first.result, again.result) == ("done", "done")
    assert "made before" in again.message
    assert len(_issues(desk)) == 1


@pytest.mark.parametrize(
    ("text", "message"), [("2026-03-14", "still to come"), ("yesterday", "--slot"), ("2026-03-13T06:00", "--slot")]
)
def test_slots_that_are_none(desk: Desk, text: str, message: str) -> None:
    desk.clock.on(hours=17)
    with pytest.raises(UsageError, match=message):
        run_called(desk.night, "port", text)


def test_a_profile_that_is_none(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no profile 'prot'; allowed: port"):
        run_now(desk.night, "prot")


# ------------------------------------------------------------------------------------------------------------- faults
def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*args: object, **rest: object) -> object:
        raise error

    monkeypatch.setattr("briefing.render.render", broken)


def test_what_may_work_later_is_tried_again_ever_later_and_fails_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch, OSError(28, "No space left on device", "/tmp/x"))
    waits = []
    slot = by_hand("port", desk.night.profile("port").when, desk.clock())
    for _ in range(3):
        outcome = run_slot(desk.night, slot)
        assert (outcome.result, outcome.exit_code) == ("again", 75)
        kept = desk.store.slot("port", slot.at)
        assert kept is not None
        assert kept.next_try is not None
        waits.append(kept.next_try - desk.clock())
        desk.clock.now = kept.next_try
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    outcome = run_slot(desk.night, slot)
    assert (outcome.result, outcome.exit_code) == ("failed", 1)
    assert "no space left on device" in outcome.message
    notices = list((desk.folder / "out" / "port").glob("notice-*"))
    assert len(notices) == 1
    assert "no space left on device" in notices[0].read_text()


def test_what_cannot_work_fails_at_once_and_a_call_runs_it_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.store.enrol("port", desk.clock())
    desk.clock.on(hours=17)
    with monkeypatch.context() as broken:
        _break(broken, TemplateError("layout.yaml:3", "no section 'glans'"))
        (outcome,) = _due(desk)
        assert (outcome.result, outcome.exit_code) == ("failed", 1)
    assert _due(desk) == []
    assert run_called(desk.night, "port", "2026-03-13").result == "done"
    assert len(_issues(desk)) == 1


def test_a_fault_of_ours_ends_no_other_profile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, KeyError("oops"))
    outcome = run_now(desk.night, "port")
    assert outcome.result == "again"
    assert "KeyError" in outcome.message


def test_every_source_unreadable_is_tried_again_one_of_two_is_told(desk: Desk) -> None:
    (desk.folder / "inbox").rename(desk.folder / "elsewhere")
    outcome = run_now(desk.night, "port")
    assert outcome.result == "again"
    assert "does not exist" in outcome.message
    (desk.folder / "elsewhere").rename(desk.folder / "inbox")
    desk.configure(CONFIG.replace("[inbox]", "[inbox, gone]"))
    desk.clock.on(minutes=5)
    outcome = run_now(desk.night, "port")
    assert outcome.result == "done"
    problems = _brief(_issues(desk)[0])["problems"]
    assert [p["subject"] for p in problems] == ["gone"]  # type: ignore[attr-defined]
    desk.store.close()


def test_a_stop_is_heard_between_two_steps_and_the_next_run_goes_on(desk: Desk) -> None:
    outcome = run_now(desk.stopping(), "port")
    assert (outcome.result, outcome.exit_code) == ("again", 75)
    assert _issues(desk) == []
    desk.put("second.txt", SECOND)  # came too late for that slot: its intake stands
    done = run_now(desk.night, "port")
    assert done.result == "done"
    assert done.slot.at == outcome.slot.at
    assert done.issue is not None
    assert done.issue.articles == 1


def test_a_profile_that_is_held_is_left_alone(desk: Desk) -> None:
    desk.store.enrol("port", desk.clock())
    desk.clock.on(hours=17)
    with desk.store.hold("port"):
        assert _due(desk) == []
        with pytest.raises(BusyError):
            run_now(desk.night, "port")
    assert len(_due(desk)) == 1


def test_a_slot_that_ends_its_process_each_time_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class KilledError(BaseException):
        pass

    def killed(*args: object, **rest: object) -> object:
        raise KilledError

    monkeypatch.setattr("briefing.render.render", killed)
    slot = by_hand("port", None, desk.clock())
    for _ in range(4):
        with pytest.raises(KilledError):
            run_slot(desk.night, slot)
    outcome = run_slot(desk.night, slot)
    assert (outcome.result, "cut off 4 times" in outcome.message) == ("failed", True)
    assert [r.outcome for r in desk.store.runs("port")] == ["failed", *["cut off"] * 4]


def test_a_dead_database_is_no_outcome_of_the_slot(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*args: object, **rest: object) -> object:
        raise StoreError("store.url", "the database does not answer")

    monkeypatch.setattr(type(desk.store), "keep_issue", dead)
    with pytest.raises(StoreError):
        run_now(desk.night, "port")
    assert [r.outcome for r in desk.store.runs("port")] == ["running"]


def test_an_output_that_cannot_be_written_fails_with_its_reason(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, OutputError("out", "cannot be written: read-only file system"))
    assert "read-only file system" in run_now(desk.night, "port").message


# ------------------------------------------------------------------------------------------------------------ sources
def test_topic_age_and_language_choose(desk: Desk) -> None:
    desk.configure(CONFIG.replace("days_back: 4000", "days_back: 30\n    topic: {any: [port]}"))
    desk.put("second.txt", SECOND)
    desk.put("old.jsonl", json.dumps({"id": "old", "text": FIRST + " Again.", "date": "2020-01-01"}))
    desk.put("young.jsonl", json.dumps({"id": "young", "text": FIRST + " Still.", "date": "2026-03-01"}))
    desk.clock.now = datetime(2026, 3, 12, tzinfo=UTC)
    run_now(desk.night, "port")
    articles = _brief(_issues(desk)[0])["articles"]
    assert [a["id"] for a in articles] == ["first", "young"]  # type: ignore[attr-defined]
    desk.store.close()


def test_a_query_over_the_store_gives_what_another_profile_brought(desk: Desk) -> None:
    text = (
        CONFIG + "  desk:\n    sources: {store: {days: 3, words: [tugs]}}\n    formats: [json]\n    days_back: 4000\n"
    )
    desk.configure(text)
    desk.put("second.txt", SECOND)
    run_now(desk.night, "port")
    run_now(desk.night, "desk")
    (folder,) = [p for p in (desk.folder / "out" / "desk").iterdir() if p.name.startswith("2026")]
    assert [a["id"] for a in _brief(folder)["articles"]] == ["first"]  # type: ignore[attr-defined]
    desk.store.close()


# ----------------------------------------------------------------------------------------------------------- delivery
def test_an_issue_that_one_target_refuses_for_good_is_told_where_it_arrived(desk: Desk) -> None:
    mail = "{kind: mail, host: 127.0.0.1, port: 9, tls: none, sender: a@example.org, to: [b@example.org]}"
    desk.configure(CONFIG + f"    deliver: [{{kind: folder, path: out/port}}, {mail}]\n    attempts: 1\n")
    outcome = run_now(desk.night, "port")
    assert (outcome.result, outcome.exit_code) == ("failed", 1)
    assert "127.0.0.1:9" in outcome.message
    assert outcome.message.count("mail:b@example.org") == 1
    assert len(_issues(desk)) == 1
    (notice,) = (desk.folder / "out" / "port").glob("notice-*")
    assert "The brief was made: issue 1" in notice.read_text()
    assert desk.store.slots("port")[0].state == "done"
    desk.store.close()


def test_a_dead_target_is_tried_again_and_the_brief_is_not_built_again(desk: Desk, extracted: list[str]) -> None:
    mail = "{kind: mail, host: 127.0.0.1, port: 9, tls: none, sender: a@example.org, to: [b@example.org]}"
    desk.configure(CONFIG + f"    deliver: [{{kind: folder, path: out/port}}, {mail}]\n")
    first = run_now(desk.night, "port")
    assert (first.result, first.exit_code) == ("again", 75)
    desk.clock.on(minutes=2)
    again = run_now(desk.night, "port")
    assert again.slot.at == first.slot.at
    assert [(p.state, p.attempts) for p in again.parcels] == [("sent", 1), ("pending", 2)]
    assert extracted == ["first"]
    assert len(_issues(desk)) == 1
    desk.store.close()


def test_an_issue_that_was_withdrawn_before_it_arrived_is_not_sent(desk: Desk) -> None:
    mail = "{kind: mail, host: 127.0.0.1, port: 9, tls: none, sender: a@example.org, to: [b@example.org]}"
    desk.configure(CONFIG + f"    deliver: [{mail}]\n")
    assert run_now(desk.night, "port").result == "again"
    desk.store.delete("first")
    desk.clock.on(minutes=2)
    outcome = run_now(desk.night, "port")
    assert (outcome.result, "withdrawn" in outcome.message) == ("failed", True)
    desk.store.close()


def test_a_dead_heartbeat_is_said_and_costs_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.configure(CONFIG + "    heartbeat: {url: 'http://127.0.0.1:9/beat', seconds: 2}\n")
    assert run_now(desk.night, "port").result == "done"
    assert "heartbeat" in caplog.text
    desk.store.close()


def test_a_broken_template_is_told_by_a_notice_that_needs_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own = desk.folder / "templates" / "daily"
    own.mkdir(parents=True)
    (own / "layout.yaml").write_text("name: [")
    desk.configure(CONFIG + "render: {templates: templates}\n")
    outcome = run_now(desk.night, "port")
    assert (outcome.result, outcome.exit_code) == ("failed", 1)
    assert "layout.yaml" in outcome.message
    (notice,) = (desk.folder / "out" / "port").glob("notice-*")
    assert "layout.yaml" in notice.read_text()
    desk.store.close()


def test_a_stop_before_the_delivery_keeps_the_issue_that_was_made(desk: Desk) -> None:
    asked = iter([False] * 4 + [True] * 9)  # intake, extraction, brief, files; then between two parcels
    outcome = run_now(replace(desk.night, stopped=lambda: next(asked)), "port")
    assert (outcome.result, outcome.exit_code) == ("again", 75)
    assert [s.state for s in desk.store.slots("port")] == ["built"]
    assert list(desk.store.verify()) == []
    assert run_now(desk.night, "port").slot.at == outcome.slot.at
    assert len(_issues(desk)) == 1
