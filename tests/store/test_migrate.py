"""Tables are made and brought up to date: by one process, whole, and with nothing lost."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.profiles import StoreSettings
from briefing.store import engine, migrate, open_store
from briefing.store.database import Database
from briefing.store.tables import metadata
from tests.store import made
from tests.store.made import article, item

ROOT = Path(__file__).parents[2]
OPEN = """
import sys
from briefing.profiles import StoreSettings
from briefing.store import open_store
store = open_store(StoreSettings.model_validate_json(sys.argv[1]))
store.enrol(sys.argv[2], __import__("datetime").datetime(2026, 1, 1, tzinfo=__import__("datetime").UTC))
store.close()
"""
NEXT = '''
"""A made-up next revision: one table is built anew on SQLite, with rows that others point to."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    with op.batch_alter_table("articles", recreate="auto") as batch:
        batch.add_column(sa.Column("place", sa.Text(), nullable=False, server_default="somewhere"))
        batch.alter_column("publisher", existing_type=sa.Text(), nullable=False, server_default="nobody")
    {more}
'''


def test_the_revisions_make_the_tables_that_the_code_knows(nowhere: StoreSettings) -> None:
    store = open_store(nowhere)
    assert isinstance(store, Database)
    with store._base.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "version_table": "briefing_version"}
        )
        assert compare_metadata(context, metadata) == []
    store.close()


def test_the_head_is_the_newest_revision() -> None:
    assert ScriptDirectory(str(migrate.SCRIPTS)).get_current_head() == migrate.HEAD


def test_a_new_file_is_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "briefing.db"
    path.parent.mkdir()
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    store.enrol("straits", made.NOW)
    found = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    store.close()
    assert set(found.values()) == {0o600}


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    store = open_store(StoreSettings(url=f"sqlite:///{tmp_path}/b.db"))
    assert isinstance(store, Database)
    with store._base.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    store.close()
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 30_000,
    }  # fmt: skip


def test_processes_that_open_at_once_do_not_collide(nowhere: StoreSettings) -> None:
    command = [sys.executable, "-c", OPEN, nowhere.model_dump_json()]
    running = [subprocess.Popen([*command, f"p{n}"], cwd=ROOT) for n in range(3)]
    assert [p.wait(120) for p in running] == [0, 0, 0]
    store = open_store(nowhere)
    assert store.counts()["profiles"] == 3
    store.close()


def test_nothing_is_lost_when_a_table_is_built_anew(
    nowhere: StoreSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(nowhere)
    a = article("arden", publisher="The Wharf")
    made.kept_night(store, 0, [a], [item("e1", a)])
    before = store.counts()
    store.close()

    base = engine.connected(nowhere, create=False)
    migrate.upgrade(base, create=False, scripts=_next(tmp_path), head="0003")
    with base.reading() as connection:
        assert connection.execute(text("SELECT place, publisher FROM articles")).all() == [("somewhere", "The Wharf")]
    assert Database(base).counts() == before
    assert list(Database(base).verify()) == []
    base.engine.dispose()

    with pytest.raises(StoreError, match=r"was written by a newer version of briefing \(tables 0003, known: 0002\)"):
        open_store(nowhere)


def test_an_upgrade_that_fails_leaves_the_old_tables(nowhere: StoreSettings, tmp_path: Path) -> None:
    store = open_store(nowhere)
    made.kept_night(store, 0, [article("arden", publisher="The Wharf")])
    before = store.counts()
    store.close()
    base = engine.connected(nowhere, create=False)
    with pytest.raises(StoreError):
        migrate.upgrade(base, create=False, scripts=_next(tmp_path, 'op.execute("no such thing")'), head="0003")
    base.engine.dispose()
    store = open_store(nowhere)
    assert store.counts() == before
    assert list(store.verify()) == []
    store.close()


def _next(folder: Path, more: str = "") -> Path:
    """The scripts with one revision more."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "0003_next.py").write_text(NEXT.format(more=more))
    return scripts


def test_nothing_is_made_where_it_is_not_wanted(nowhere: StoreSettings) -> None:
    with pytest.raises(StoreError, match="`briefing run`"):
        open_store(nowhere, create=False)
    if nowhere.url.startswith("sqlite"):
        assert not Path(nowhere.url.removeprefix("sqlite:///")).exists()
