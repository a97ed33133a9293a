"""The users' page on ingest names every setting with the value that it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.config import IngestSettings

PAGE = Path(__file__).parents[2] / "docs" / "ingest.md"


def rows() -> dict[str, str]:
    """Setting → its standard, as the page gives them."""
    found: dict[str, str] = {}
    for names, values in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.M):
        keys = re.findall(r"`(\w+)`", names)
        parts = values.split(", ") if len(keys) > 1 else [values]
        found |= dict(zip(keys, parts, strict=True))
    return found


@pytest.mark.parametrize("name", list(IngestSettings.model_fields))
def test_every_setting_stands_there_with_its_standard(name: str) -> None:
    shown, value = rows()[name], getattr(IngestSettings(), name)
    if isinstance(value, tuple):
        assert shown == f"[{', '.join(value)}]"
    elif value is None:
        assert shown == "none"
    elif isinstance(value, bool):
        assert shown == str(value).lower()
    elif isinstance(value, dict):
        assert shown == "{}"
    else:
        assert float(shown) == value


def test_no_setting_stands_there_that_is_gone() -> None:
    assert set(rows()) == set(IngestSettings.model_fields)
