"""The manifest: against Kubernetes' own schema, and that values come back as they went in."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefing.config import Config
from briefing.errors import UsageError
from tests.engines.conftest import SOURCES, settings

Make = Callable[..., dict[str, str]]
SCHEMA = json.loads(Path(__file__).with_name("kubernetes-1.37.json").read_text())
LONG = "a-very-long-name-of-a-profile-that-goes-on-and-x"


def secretive() -> Config:
    """Settings with secrets of every kind."""
    return settings(
        store={"url": "postgresql://desk@db/briefs", "password": {"file": "/srv/desk/keys/store"}},
        profiles={
            "straits": {
                "sources": SOURCES,
                "when": {"at": "05:00"},
                "deliver": [
                    {"kind": "webhook", "url": {"env": "HOOK_URL"}, "secret": {"file": "/run/secrets/hook"}},
                    {"kind": "folder", "path": "/srv/desk/out"},
                    {"kind": "folder", "path": "/mnt/100% 'done'"},
                ],
            }
        },
    )


def documents(files: dict[str, str]) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(files["briefing.yaml"]))


def pod(files: dict[str, str]) -> Any:
    return documents(files)[1]["spec"]["jobTemplate"]["spec"]["template"]["spec"]


@pytest.mark.parametrize("config", [settings(), secretive()], ids=["plain", "secretive"])
@pytest.mark.parametrize("each", [False, True])
def test_valid(make: Make, config: Config, each: bool) -> None:
    names = [n for n, p in config.profiles.items() if p.when] if each else None
    made = documents(make("kubernetes", config, profiles=names, image='reg.example/"x": y # z'))
    assert [d["kind"] for d in made] == ["PersistentVolumeClaim", *["CronJob"] * (len(names) if names else 1)]
    for document in made:
        schema = {**SCHEMA["kinds"][document["kind"]], "$defs": SCHEMA["$defs"]}
        assert [e.message for e in Draft202012Validator(schema).iter_errors(document)] == []


def test_the_schema_is_strict(make: Make) -> None:
    cronjob = documents(make("kubernetes"))[1]
    cronjob["spec"]["concurrencyPolice"] = "Forbid"
    schema = {**SCHEMA["kinds"]["CronJob"], "$defs": SCHEMA["$defs"]}
    assert any("concurrencyPolice" in e.message for e in Draft202012Validator(schema).iter_errors(cronjob))


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl here")
def test_kubectl_drops_nothing(make: Make, tmp_path: Path) -> None:
    """kubectl reads it into Kubernetes' types and writes it again: what it does not know would be gone."""
    path = tmp_path / "briefing.yaml"
    path.write_text(make("kubernetes", secretive(), profiles=["straits"])[path.name].split("---\n", 1)[1])
    done = subprocess.run(
        ["kubectl", "set", "env", "--local", "-f", str(path), "-o", "json", "MORE=yes"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    back = json.loads(done.stdout)
    environment = back["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["env"]
    environment.remove({"name": "MORE", "value": "yes"})
    back.pop("status", None)
    assert without_blanks(back) == without_blanks(yaml.safe_load(path.read_text()))


def without_blanks(value: Any) -> Any:
    """Without what Go writes for values that are not there."""
    if isinstance(value, dict):
        found = {k: without_blanks(v) for k, v in value.items() if k != "creationTimestamp"}
        return {k: v for k, v in found.items() if v not in (None, {})}
    return [without_blanks(v) for v in value] if isinstance(value, list) else value


def test_exit_codes(make: Make) -> None:
    job = documents(make("kubernetes"))[1]["spec"]["jobTemplate"]["spec"]
    actions = {
        code: rule["action"]
        for rule in job["podFailurePolicy"]["rules"]
        for code in rule.get("onExitCodes", {}).get("values", [])
    }
    assert [actions[code] for code in (75, 1, 2)] == ["Count", "FailJob", "FailJob"]
    assert job["backoffLimit"] > 0
    assert job["template"]["spec"]["restartPolicy"] == "Never"


def test_secrets_by_reference(make: Make) -> None:
    made = pod(make("kubernetes", secretive()))
    container = made["containers"][0]
    reference = {"secretKeyRef": {"name": "briefing-secrets", "key": "HOOK_URL"}}
    assert {"name": "HOOK_URL", "valueFrom": reference} in container["env"]
    mounted = {m["mountPath"]: m["subPath"] for m in container["volumeMounts"] if m["name"] == "secrets"}
    assert mounted == {"/run/secrets/hook": "hook", "/var/lib/briefing/keys/store": "store"}


def test_folders_outside_are_named(make: Make) -> None:
    head = make("kubernetes", secretive())["briefing.yaml"].split("apiVersion")[0]
    assert "#     /mnt/100% 'done'\n#     /srv/in coming\n" in head
    assert "/srv/desk/out" not in head
    assert "SQLite" not in head
    assert "SQLite" in make("kubernetes")["briefing.yaml"]


def test_names_fit(make: Make) -> None:
    profiles = {name: {"sources": SOURCES, "when": {"at": "05:00"}} for name in (LONG, LONG[:-1] + "y", "short")}
    made = documents(make("kubernetes", settings(profiles=profiles), profiles=sorted(profiles)))[1:]
    names = [d["metadata"]["name"] for d in made]
    assert all(len(name) <= 52 for name in names)
    assert len(set(names)) == 3
    assert names[-1] == "briefing-short"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"file": "/run/a/key"}, {"file": "/run/b/key"}, "two secrets would be key"),
        ({"env": "A B"}, {"env": "C"}, "is no key of a Kubernetes secret"),
    ],
)
def test_secrets_that_no_key_can_bear(make: Make, first: dict[str, str], second: dict[str, str], words: str) -> None:
    config = settings(
        store={"url": "postgresql://desk@db/briefs", "password": first},
        profiles={"straits": {"sources": SOURCES, "when": {"at": "05:00"}, "heartbeat": {"url": second}}},
    )
    with pytest.raises(UsageError, match=words):
        make("kubernetes", config)
