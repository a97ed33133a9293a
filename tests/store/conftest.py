"""A store on each database, empty at the start of every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.profiles import StoreSettings
from briefing.secret import Secret
from briefing.store import open_store
from briefing.store.database import Database
from briefing.store.tables import metadata
from tests.postgres import Cluster, cluster

PASSWORD = "BRIEFING_TEST_PASSWORD"
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server, started once; its password is in the environment."""
    with cluster() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv(PASSWORD, running.password)
        yield running


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with empty tables, to be copied: that is faster than making them."""
    path = tmp_path_factory.mktemp("blank") / "briefing.db"
    open_store(StoreSettings(url=f"sqlite:///{path}")).close()
    return path


@pytest.fixture(scope="session")
def blank_database(server: Cluster) -> StoreSettings:
    """A PostgreSQL database with empty tables, to be emptied again for each test."""
    settings = on_server(server.fresh())
    open_store(settings).close()
    server.execute(f"ALTER DATABASE {settings.url.rpartition('/')[2]} SET synchronous_commit = off")
    return settings


def on_server(url: str) -> StoreSettings:
    return StoreSettings(url=url, password=Secret(env=PASSWORD))


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """Where a store with empty tables is."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("blank_file"), tmp_path / "briefing.db")
        return StoreSettings(url=f"sqlite:///{tmp_path}/briefing.db")
    running: Cluster = request.getfixturevalue("server")
    found: StoreSettings = request.getfixturevalue("blank_database")
    tables = ", ".join(metadata.tables)
    running.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE", database=found.url.rpartition("/")[2])
    return found


@pytest.fixture(params=BOTH)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """Where a store may be made: no file, a database without tables."""
    if request.param == "sqlite":
        return StoreSettings(url=f"sqlite:///{tmp_path}/briefing.db")
    running: Cluster = request.getfixturevalue("server")
    return on_server(running.fresh())


@pytest.fixture
def store(settings: StoreSettings) -> Iterator[Database]:
    """An open store with empty tables."""
    opened = open_store(settings)
    assert isinstance(opened, Database)
    yield opened
    opened.close()
