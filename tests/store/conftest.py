"""A store on each database, empty at the start of every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.profiles import StoreSettings
from briefing.secret import Secret
from briefing.store import open_store
from briefing.store.database import Database
from tests.postgres import Cluster, cluster

PASSWORD = "BRIEFING_TEST_PASSWORD"


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server, started once."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StoreSettings:
    """Where an empty database is, or may be made."""
    if request.param == "sqlite":
        return StoreSettings(url=f"sqlite:///{tmp_path}/desk/briefing.db")
    running: Cluster = request.getfixturevalue("server")
    monkeypatch.setenv(PASSWORD, running.password)
    return StoreSettings(url=running.fresh(), password=Secret(env=PASSWORD))


@pytest.fixture
def store(settings: StoreSettings) -> Iterator[Database]:
    """An open store with empty tables."""
    opened = open_store(settings)
    assert isinstance(opened, Database)
    yield opened
    opened.close()
