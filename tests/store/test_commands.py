"""``briefing store …`` as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.commands.store import app
from briefing.errors import StoreError, UsageError
from briefing.profiles import StoreSettings
from briefing.store import open_store
from tests.store import made
from tests.store.made import article, item

Call = Callable[..., object]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """``call("show")`` → what it returns; the store has one issue on two articles."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("store: {url: 'sqlite:///desk.db'}\n")
    store = open_store(StoreSettings(url=f"sqlite:///{tmp_path}/desk.db"))
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a, b], [item("e1", a, b)])
    store.close()
    return lambda *arguments: app(args=list(arguments), standalone_mode=False)


def test_show_says_where_and_how_much(call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("show")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"sqlite:///{tmp_path}/desk.db  (")
    assert "         2  articles" in lines
    call("show", "--format", "json")
    assert json.loads(capsys.readouterr().out)["rows"]["issues"] == 1
    with pytest.raises(UsageError, match="allowed: table, json"):
        call("show", "--format", "xml")


def test_verify_says_whether_it_is_whole(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("verify") == 0
    assert capsys.readouterr().err.strip().endswith("desk.db: whole")


def test_delete_and_export(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("delete", "arden", "brook")
    said = capsys.readouterr().out
    assert said == "deleted: 2 articles, 2 extractions, 2 intakes, 1 items, 1 issues, 2 files\n"
    with pytest.raises(UsageError, match="article arden: is not in the store"):
        call("delete", "arden")
    call("export", "copy", "-c", "config.yaml")
    assert Path("copy/ledger.jsonl").is_file()


def test_prune_wants_an_age(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="store prune: no age"):
        call("prune")
    call("prune", "--days", "1")
    assert capsys.readouterr().out.startswith("deleted: ")


def test_nothing_is_made_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"config\.yaml: is not here"):
        app(args=["show"], standalone_mode=False)
    (tmp_path / "config.yaml").write_text("")
    with pytest.raises(StoreError, match="is not there yet"):
        app(args=["show"], standalone_mode=False)
    assert not (tmp_path / "briefing.db").exists()
