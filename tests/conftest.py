"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.reading import Reading
from briefing.records import Article

SHARED = Path(__file__).resolve().parents[2] / "shared"

Read = Callable[..., Reading]

# The same examples on every run and machine, and no clock; ``--hypothesis-profile long`` looks for new ones.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=5000)
settings.load_profile("ci")


def article(text: str, *, title: str | None = None, date: str | None = None, id: str = "a1") -> Article:  # noqa: A002
    """An Article with nothing but what is given."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=id, title=title, date=date, text=text, source="test", sha256=digest, language="en")


@pytest.fixture(scope="session")
def pipeline() -> nlp.Pipeline:
    """The installed spaCy pipeline, loaded once."""
    return nlp.load(ExtractSettings())


@pytest.fixture(scope="session")
def read(pipeline: nlp.Pipeline) -> Read:
    """``read(text, title=…, date=…)`` → Reading with a real parse."""

    def reading(text: str, *, title: str | None = None, date: str | None = None) -> Reading:
        return pipeline.read(article(text, title=title, date=date))

    return reading


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring sets; the test is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the measuring sets are not here")
    return SHARED
