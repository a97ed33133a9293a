"""Settings in; what a night would stumble over, said before it does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.check import _profiles
from briefing.config import load

PROFILE = "sources: {folders: [inbox]}"
MAIL = "kind: mail, host: mail.example.org, sender: a@example.org, to: [b@example.org]"


@pytest.mark.parametrize(
    ("profiles", "said"),
    [
        ({"quay": PROFILE}, []),
        ({"quay": "sources: {folders: [inbux]}"}, ["quay: {here}/inbux: does not exist"]),
        ({"quay": f"{PROFILE}\n    deliver: [{{{MAIL}, ca_file: inbox}}]"}, ["quay: {here}/inbox: does not exist"]),
        ({"quay": f"{PROFILE}\n    deliver: [{{{MAIL}, ca_file: config.yaml}}]"}, []),
        (
            {
                n: f"{PROFILE}\n    deliver: [{{kind: folder, path: {p}}}]"
                for n, p in (("quay", "out"), ("pier", "x/../out"))
            },
            [
                "quay: {here}/out: is the folder of the profile 'pier', too",
                "pier: {here}/out: is the folder of the profile 'quay', too",
            ],
        ),
        ({n: f"{PROFILE}\n    deliver: [{{kind: folder, path: {n}}}]" for n in ("quay", "pier")}, []),
    ],
)
def test_profiles_that_would_stumble(tmp_path: Path, profiles: dict[str, str], said: list[str]) -> None:
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "config.yaml"
    path.write_text("profiles:\n" + "".join(f"  {n}:\n    {p}\n" for n, p in profiles.items()))
    found = list(_profiles(load(path)))
    assert {f.subject for f in found} == {"profile"}
    assert [f.message for f in found if not f.good] == [s.format(here=tmp_path) for s in said]
    assert all(f.hint for f in found if not f.good)


@pytest.mark.parametrize(
    ("closed", "said"),
    [("inbox", "quay: {here}/inbox: cannot be read"), ("out", "quay: {here}/out: cannot be written")],
)
def test_places_that_may_not_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str, said: str) -> None:
    for name in ("inbox", "out"):
        (tmp_path / name).mkdir()
    path = tmp_path / "config.yaml"
    path.write_text(f"profiles:\n  quay:\n    {PROFILE}\n    deliver: [{{kind: folder, path: out/quay}}]\n")
    monkeypatch.setattr(os, "access", lambda place, _: Path(place).name != closed)  # root may do everything
    assert [f.message for f in _profiles(load(path))] == [said.format(here=tmp_path)]
