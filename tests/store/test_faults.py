"""What can go wrong with a database, said in one line: where, what, what to do; never a password."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from briefing.errors import ConfigError, StoreError
from briefing.profiles import StoreSettings
from briefing.secret import Secret
from briefing.store import engine, open_store
from briefing.store.database import Database
from tests.postgres import Cluster, cluster
from tests.store import made
from tests.store.conftest import PASSWORD, on_server
from tests.store.made import article, slot

ROOT = Path(__file__).parents[2]


def said(error: pytest.ExceptionInfo[StoreError]) -> str:
    """The message, which has a where, a what and a hint in one line."""
    assert error.value.where.startswith("database ")
    assert error.value.found
    assert error.value.hint
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 75
    return error.value.found


# -------------------------------------------------------------------------------------------------------------- SQLite
@pytest.fixture
def path(blank_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "briefing.db"
    shutil.copyfile(blank_file, copied)
    return copied


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("Dear diary, " * 200)
    with pytest.raises(StoreError) as e:
        open_store(StoreSettings(url=f"sqlite:///{tmp_path}/b.db"))
    assert said(e) == "is not a database, or is damaged"


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "b.db") as connection:
        connection.execute("CREATE TABLE articles (n)")
    connection.close()
    with pytest.raises(StoreError) as e:
        open_store(StoreSettings(url=f"sqlite:///{tmp_path}/b.db"))
    assert said(e) == "belongs to another program"


def test_a_damaged_page(path: Path) -> None:
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    made.kept_night(store, 0, [article(f"a{n}", os.urandom(9000).hex()) for n in range(40)])
    store.close()
    data = bytearray(path.read_bytes())
    half = len(data) // 2
    data[half:] = b"\xee" * (len(data) - half)
    path.write_bytes(data)
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    assert any(line.startswith("database") for line in store.verify())
    with pytest.raises(StoreError) as e:
        store.articles([f"a{n}" for n in range(40)])
    assert e.value.found.startswith("is damaged")
    store.close()


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as e:
        open_store(StoreSettings(url=f"sqlite:///{tmp_path}/file/b.db"))
    assert e.value.where == f"database {tmp_path}/file/b.db"
    with pytest.raises(StoreError) as e:
        open_store(StoreSettings(url=f"sqlite:///{tmp_path}/unmounted/b.db"))
    assert said(e) == f"its folder {tmp_path}/unmounted is not there"
    assert not (tmp_path / "unmounted").exists()
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreError):
        open_store(StoreSettings(url=f"sqlite:///{tmp_path}/folder.db"))


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite:///x.db?mode=ro"])
def test_an_address_without_a_file(url: str) -> None:
    with pytest.raises(ConfigError, match=r"store\.url: names no file"):
        open_store(StoreSettings(url=url))


def test_a_locked_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY", 0.1)
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError) as e:
            store.record([slot(0)])
        assert said(e) == "is locked by another process"
        assert store.slots("straits") == []  # readers do not wait
    finally:
        other.close()
    assert store.record([slot(0)]) == 1
    store.close()


def test_a_full_disk(path: Path) -> None:
    """A bound on the pages of the file gives SQLite's own "disk full"."""
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    assert isinstance(store, Database)
    with store._base.reading() as connection:  # the pool has this one connection
        connection.exec_driver_sql("PRAGMA max_page_count = 60")
    with pytest.raises(StoreError) as e:
        made.kept_night(store, 0, [article(f"a{n}", os.urandom(3000).hex()) for n in range(100)])
    assert said(e) == "cannot be written: the disk is full"
    assert (store.counts()["articles"], store.counts()["intakes"]) == (0, 0)
    assert list(store.verify()) == []
    store.close()


READ_ONLY = """
import os, sys
from briefing.errors import StoreError
from briefing.profiles import StoreSettings
from briefing.store import database, open_store  # all modules, while they may be read
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    open_store(StoreSettings(url=f"sqlite:///{sys.argv[1]}")).close()
except StoreError as e:
    print(e)
"""


def test_a_read_only_folder(path: Path) -> None:
    for folder in (path.parent, *path.parents[1:3]):
        folder.chmod(0o555)
    path.chmod(0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        for folder in (path.parent, *path.parents[1:3]):
            folder.chmod(0o700)
    assert done.stdout.startswith(f"database {path}: permission denied; check the place"), done.stderr


# ---------------------------------------------------------------------------------------------------------- PostgreSQL
@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"password": None}, "refuses user or password"),
        ({"password": Secret(env="WRONG_PASSWORD")}, "refuses user or password"),
        ({"database": "nowhere"}, "there is no such database"),
        ({"port": "1"}, "cannot be reached"),
    ],
)
def test_a_server_that_does_not_let_in(
    server: Cluster, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], found: str
) -> None:
    monkeypatch.setenv("WRONG_PASSWORD", "hunter2 hunter2")
    url = server.url.replace("/postgres", f"/{change.get('database', 'postgres')}")
    url = url.replace(f":{server.port}", f":{change.get('port', server.port)}")
    with pytest.raises(StoreError) as e:
        open_store(StoreSettings(url=url, password=change.get("password", Secret(env=PASSWORD))))
    assert said(e).startswith(found)
    for secret in (server.password, "hunter2"):
        assert secret not in str(e.value) + repr(e.value) + str(e.value.__cause__)


def test_a_server_that_does_not_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pg8000")
    monkeypatch.setattr("briefing.store.line.DOOR", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"postgresql://desk@127.0.0.1:{deaf.getsockname()[1]}/desk"
        with pytest.raises(StoreError):
            open_store(StoreSettings(url=url))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://db.example/desk", "names no user or no database"),
        ("postgresql://desk@db.example", "names no user or no database"),
        ("postgresql://desk@db.example:x/desk", "Port could not be cast"),
        ("postgresql://desk@db.example/desk?sslmode=maybe", "sslmode=maybe; allowed: disable, prefer"),
        ("postgresql://desk@db.example/desk?colour=red", "unknown option colour"),
    ],
)
def test_an_address_that_is_none(url: str, expected: str) -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(ConfigError, match=expected):
        open_store(StoreSettings(url=url))


def test_the_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "briefing.store.line", None)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[postgres\]'"):
        open_store(StoreSettings(url="postgresql://desk@db.example/desk"))


@pytest.mark.postgres
def test_a_socket_and_encryption_are_asked_for_in_the_address(server: Cluster) -> None:
    name = server.url.rpartition("@")
    local = f"{name[0]}@:{server.port}/postgres?host={server.root}"
    base = engine.connected(on_server(local), create=True)
    with base.reading() as connection:
        assert connection.execute(text("SELECT inet_client_addr()")).scalar() is None
    base.engine.dispose()
    for mode, found in (("require", "cannot be reached"), ("verify-full", "cannot be reached")):
        with pytest.raises(StoreError) as e:
            open_store(on_server(f"{server.url}?sslmode={mode}"))
        assert found in str(e.value)


@pytest.mark.postgres
@pytest.mark.faults
def test_a_server_that_dies_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with cluster() as mortal:
        monkeypatch.setenv(PASSWORD, mortal.password)
        store = open_store(on_server(mortal.fresh()))
        with store.hold("straits") as fence:
            run = store.begin(fence, slot(0), made.NOW)
            mortal.kill()
            with pytest.raises(StoreError) as e:
                made.take_in(store, fence, slot(0), article("arden"))
            assert said(e)
            mortal.start()
            # Nobody has taken over: the same holder goes on.
            assert made.take_in(store, fence, slot(0), article("arden")).articles == ("arden",)
            mortal.stop()
            mortal.start()
            store.end(fence, run, made.NOW, slot="failed", outcome="failed")
        with store.hold("straits") as fence:
            assert fence.token == 2
        assert list(store.verify()) == []
        store.close()
