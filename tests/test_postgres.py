"""The throw-away server that tests of the store stand on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import postgres
from tests.postgres import cluster

pytestmark = pytest.mark.postgres


def test_what_was_committed_is_there_after_a_kill() -> None:
    with cluster() as server:
        assert server.password not in repr(server) + server.url
        server.execute("CREATE TABLE t AS SELECT 7 AS n")
        for end in (server.kill, server.stop):
            end()
            server.start()
            assert server.execute("SELECT n FROM t") == [(7,)]
        name = server.fresh().rpartition("/")[2]
        assert server.execute("SELECT current_database()", database=name) == [(name,)]
        root = server.root
    assert not root.exists()


def test_a_missing_server_is_a_fault_where_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    monkeypatch.setenv(postgres.NEED, "1")
    with pytest.raises(pytest.fail.Exception, match="BRIEFING_NEED_POSTGRES=1"), cluster():
        pass
    monkeypatch.delenv(postgres.NEED)
    with pytest.raises(pytest.skip.Exception, match="initdb"), cluster():
        pass
