"""What all engines share: which profiles, what is refused, no secrets, the command that writes the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from briefing.commands.export import export as command
from briefing.engines import ENGINES
from briefing.errors import ConfigError, OutputError, UsageError
from tests.engines.conftest import PROFILES, SOURCES, settings

Make = Callable[..., dict[str, str]]
CONFIG = """\
store: {url: "postgresql://desk@db.example/briefs", password: {env: STORE_PASSWORD}}
profiles:
  straits:
    sources: {folders: [in]}
    when: {at: "05:00", zone: Europe/Paris}
"""


def one(name: str, **changed: Any) -> Any:
    """Settings with a single profile."""
    return settings(profiles={name: {"sources": SOURCES, "when": {"at": "05:00"}, **changed}})


@pytest.mark.parametrize(
    ("engine", "profiles", "names"),
    [
        ("systemd", None, ["briefing.service", "briefing.timer"]),
        ("systemd", ["straits"], ["briefing-straits.service", "briefing-straits.timer"]),
        ("cron", None, ["briefing.crontab"]),
        ("kubernetes", None, ["briefing.yaml"]),
        ("airflow", None, ["briefing_airflow.py"]),
        ("dagster", ["straits"], ["briefing_dagster.py"]),
        ("prefect", None, ["briefing_prefect.py"]),
    ],
)
def test_files(make: Make, engine: str, profiles: list[str] | None, names: list[str]) -> None:
    assert list(make(engine, profiles=profiles)) == names


@pytest.mark.parametrize("engine", ENGINES)
def test_same_settings_same_bytes(make: Make, engine: str) -> None:
    assert make(engine) == make(engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_secret_is_written(make: Make, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "correct horse battery")
    text = "".join(make(engine).values())
    assert "correct horse" not in text
    assert "SMTP_PASSWORD" in text  # but what has to be set is said


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "changed",
    [
        {"config_path": Path("/srv/a\nExecStartPre=evil/config.yaml")},
        {"command": ["/opt/brief\ning"]},
        {"user": "desk\nUser=root"},
        {"image": "x\ny"},
        {"secrets": Path("/etc/a\rb")},
    ],
)
def test_no_line_of_its_own(make: Make, engine: str, changed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="control character"):
        make(engine, **changed)


@pytest.mark.parametrize(
    ("engine", "changed", "words"),
    [
        ("fcron", {}, "engine fcron: is not known; allowed: systemd, cron, kubernetes"),
        ("cron", {"profiles": ["nobody"]}, "profile nobody: is not there; allowed: harbour-desk, straits, weekly"),
        ("cron", {"profiles": ["by-hand"]}, "profile by-hand: has no when"),
        ("cron", {"config_path": Path("config.yaml")}, "config.yaml: is a relative path"),
        ("cron", {"command": ["briefing"]}, "briefing: is a relative path"),
        ("cron", {"config_path": Path("/srv/a\\b/config.yaml")}, "has a backslash"),
        ("cron", {"config_path": Path("/srv", "x" * 500, "config.yaml")}, "longer than the 998 characters"),
        ("systemd", {"command": ["/opt/it's/briefing"]}, "has a quotation mark or a backslash"),
        ("systemd", {"config_path": Path("/srv/desk /config.yaml")}, "ends in a blank or a backslash"),
        ("systemd", {"config_path": Path("/srv/desk\\/config.yaml")}, "ends in a blank or a backslash"),
    ],
)
def test_refused(make: Make, engine: str, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        make(engine, **changed)
    assert words in str(caught.value)


def test_nothing_with_a_time(make: Make) -> None:
    with pytest.raises(ConfigError, match="none has a time"):
        make("cron", settings(profiles={"by-hand": PROFILES["by-hand"]}))


@pytest.mark.parametrize("engine", ["airflow", "dagster", "prefect"])
@pytest.mark.parametrize("expression", ["0 5 13 * fri", "0 5 L * *", "0 5 * * mon#2"])
def test_calendars_that_others_read_otherwise(make: Make, engine: str, expression: str) -> None:
    with pytest.raises(UsageError, match=r"in another way.*export it for systemd, cron or kubernetes"):
        make(engine, one("straits", when={"cron": expression}))


# -------------------------------------------------------------------------------------------------------- the command
def called(*arguments: str) -> Any:
    app = typer.Typer()
    app.command(name="export")(command)
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG)
    return path


def test_printed(config: Path) -> None:
    done = called("cron", "--config", str(config), "--command", "/opt/briefing")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith(f"/opt/briefing run --due --config {config}")


def test_two_files_printed_with_their_names(config: Path) -> None:
    done = called("systemd", "-c", str(config), "-p", "straits")
    heads = [line for line in done.stdout.splitlines() if line.startswith("# ==> ")]
    assert heads == ["# ==> briefing-straits.service", "# ==> briefing-straits.timer"]


def test_written_and_not_overwritten(config: Path, tmp_path: Path) -> None:
    out = tmp_path / "units"
    arguments = ("systemd", "-c", str(config), "--out", str(out))
    assert called(*arguments).stdout.splitlines() == [f"{out}/briefing.service", f"{out}/briefing.timer"]
    (out / "briefing.timer").write_text("mine")
    refused = called(*arguments)
    assert isinstance(refused.exception, UsageError)
    assert "--force" in str(refused.exception)
    assert (out / "briefing.timer").read_text() == "mine"
    assert called(*arguments, "--force").exit_code == 0
    assert (out / "briefing.timer").read_text() != "mine"


def test_a_file_in_place_of_the_folder(config: Path) -> None:
    done = called("cron", "-c", str(config), "--out", str(config))
    assert isinstance(done.exception, OutputError)
