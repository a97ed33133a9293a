"""briefing check: each finding says what is wrong and how to mend it; one bad thing does not hide the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.check import Finding, checks

SUBJECTS = ["settings", "model", "libraries", "fonts", "templates"]


def found(path: Path | None) -> dict[str, Finding]:
    return {f.subject: f for f in checks(path)}


@pytest.mark.model
def test_all_is_well_with_the_standard_settings() -> None:
    result = found(None)
    assert list(result) == SUBJECTS
    assert all(f.good for f in result.values()), result


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject", "message", "hint"),
    [
        ("brief: {tittle: x}", "settings", "unknown key", "did you mean title?"),
        ("extract: {model: en_core_web_none}", "model", "no spaCy model 'en_core_web_none'", "installed package"),
        ("render: {template: nightly}", "templates", "no style 'nightly'", "render.template"),
        ("render: {theme: pink}", "templates", "no theme 'pink'", "render.theme"),
    ],
)
def test_one_bad_thing_is_named_and_the_rest_is_still_checked(
    tmp_path: Path, text: str, subject: str, message: str, hint: str
) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    result = found(path)
    assert list(result) == SUBJECTS
    assert [s for s, f in result.items() if not f.good] == [subject]
    assert message in result[subject].message
    assert hint in result[subject].hint
