"""Settings: errors name file, line and key; bombs are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import yamlfile
from briefing.config import Config, fingerprint, json_schema, load
from briefing.errors import ConfigError
from briefing.profiles import StoreSettings
from briefing.shipped import shipped


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("extract:\n  min_confidence: 2\n", 2, ["extract.min_confidence", "found 2", "less than or equal to 1"]),
        ("brief:\n  tittle: x\n", 2, ["brief.tittle: unknown key", "did you mean title?"]),
        ("colour: red\n", 1, ["colour: unknown key", "allowed: brief"]),
        ("render:\n  paper: A5\n", 2, ["render.paper", "'A5'", "'A4' or 'Letter'"]),
        ("brief:\n\n\n  marking: [a]\n", 4, ["brief.marking", "string"]),
        ("render:\n  formats: [pdf, xls]\n", 2, ["render.formats.1", "'xls'"]),
        ("brief: {title: a\n", 2, ["not YAML"]),
        ("- a\n- b\n", 1, ["found list", "keys and values"]),
        ("a: &x [1]\nb: *x\n", 2, ["an alias"]),
        ("brief:\n  <<: {title: x}\n", 2, ["a merge key"]),
    ],
)
def test_errors_name_the_place(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: "), message
    for word in words:
        assert word in message


def test_deep_nesting_and_size_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="deeper than"):
        load(written(tmp_path, "a: " + "[" * 500 + "]" * 500))
    with pytest.raises(ConfigError, match="bytes"):
        load(written(tmp_path, "#" * (yamlfile.MAX_BYTES + 1)))


def test_missing_file_folder_and_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="is a folder"):
        load(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("brief: {title: Größe}".encode("latin-1"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path / "latin.yaml")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load(written(tmp_path, "synthesize:\n  actors_file: actors.yaml\nrender:\n  templates: mine\n"))
    assert config.synthesize.actors_file == tmp_path / "actors.yaml"
    assert config.render.templates == tmp_path / "mine"


def test_the_shipped_file_states_the_standard_settings() -> None:
    path = shipped("config.yaml")
    assert load(path) == Config(store=StoreSettings(url=f"sqlite:///{path.parent}/briefing.db"))
    assert load(None) == Config()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///desk/briefing.db", "sqlite:///HERE/desk/briefing.db"),
        ("sqlite:////var/lib/briefing.db", "sqlite:////var/lib/briefing.db"),
        ("postgresql://desk@db.example/briefing", "postgresql://desk@db.example/briefing"),
    ],
)
def test_the_database_file_is_relative_to_the_settings(tmp_path: Path, url: str, expected: str) -> None:
    config = load(written(tmp_path, f"store: {{url: '{url}'}}"))
    assert config.store.url == expected.replace("HERE", str(tmp_path))


def test_fingerprint_knows_settings_not_places(tmp_path: Path) -> None:
    base = fingerprint(Config())
    assert fingerprint(load(written(tmp_path, "render: {templates: mine}"))) == base
    assert fingerprint(load(written(tmp_path, "compose: {summary_words: 80}"))) != base


def test_schema_knows_every_section() -> None:
    assert set(json_schema()["properties"]) == set(Config.model_fields)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("{kind: mial, password: hunter2}", "deliver.0.kind: found 'mial'; allowed: folder, mail, webhook, bucket"),
        ("{kind: webhook, url: 'https://example.org', secrets: hunter2}", "deliver.0.webhook.secret: is missing"),
        ("{password: hunter2}", "deliver.0.kind: is missing"),
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated(tmp_path: Path, target: str, words: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"profiles:\n  quay:\n    sources: {{folders: [x]}}\n    deliver:\n      - {target}\n")
    with pytest.raises(ConfigError) as e:
        load(path)
    assert words in str(e.value)
    assert "hunter2" not in str(e.value)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    target = "{kind: webhook, url: 'https://desk:hunter2@example.org/hook', secret: {env: HOOK}}"
    text = f"profiles:\n  a:\n    sources: {{folders: [inbox]}}\n    deliver: [{target}]\n"
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(ConfigError, match="a password never stands in the settings") as caught:
        load(tmp_path / "config.yaml")
    assert "hunter2" not in str(caught.value)
