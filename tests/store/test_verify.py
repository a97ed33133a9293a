"""What is wrong is found and named; what is kept can be taken out as plain files."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from sqlalchemy import text

from briefing.errors import OutputError
from briefing.records import Article, Brief, Extraction
from briefing.store.database import Database
from tests.store import made
from tests.store.made import article, item, slot


@pytest.fixture
def filled(store: Database) -> Database:
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a, b], [item("e1", a, b)])
    made.kept_night(store, 1, [article("cove")])
    assert list(store.verify()) == []
    return store


def run(store: Database, *statements: str, **values: object) -> None:
    """Statements as an outsider would run them, without the keys' rules."""
    with store._base.engine.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement), values)


def body(store: Database, table: str, column: str, where: str) -> bytes:
    with store._base.reading() as connection:
        return bytes(connection.execute(text(f"SELECT {column} FROM {table} WHERE {where}")).scalar_one())


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE articles SET sha256 = 'x' WHERE id = 'arden'", "article arden: it does not say what its content"),
        ("UPDATE articles SET id = 'ardent' WHERE id = 'arden'", "article ardent: it does not say what its content"),
        ("UPDATE files SET sha256 = 'x' WHERE position = 1", "file brief.json of issue 1 of straits: its bytes"),
        ("UPDATE slots SET state = 'planned' WHERE key = 1", "slot 2026-03-13T05:00+01:00 of straits: is planned and"),
        ("UPDATE slots SET state = 'coalesced' WHERE key = 1", "was told by no later slot"),
        ("UPDATE slots SET state = 'odd' WHERE key = 1", "is odd and that is no state"),
        ("UPDATE runs SET outcome = 'running' WHERE slot = 1", "is done and is at work"),
        ("DELETE FROM runs WHERE slot = 1", "is done and never ran"),
        ("DELETE FROM issues WHERE number = 1", "is done and has no issue"),
        ("UPDATE issues SET withdrawn = (1 = 1) WHERE number = 1", "issue 1 of straits: is withdrawn and has a brief"),
        ("UPDATE issues SET brief = NULL WHERE number = 1", "issue 1 of straits: has no brief"),
        ("UPDATE parcels SET sent = NULL WHERE slot = 1", "parcel 1 to folder:out: is sent at no time"),
        ("UPDATE parcels SET issue = NULL WHERE slot = 1", "parcel 1 to folder:out: has no issue"),
        ("DELETE FROM articles WHERE id = 'brook'", "rests on article brook, which is not there"),
    ],
)
def test_what_does_not_fit_is_named(filled: Database, statement: str, expected: str) -> None:
    run(filled, statement)
    assert any(expected in line for line in filled.verify()), list(filled.verify())


@pytest.mark.parametrize(
    ("table", "column", "where", "expected"),
    [
        ("articles", "body", "id = 'arden'", "article arden: is damaged"),
        ("extractions", "body", "key = 1", "extraction 1 (v1): is damaged"),
        ("issues", "brief", "number = 1", "brief of issue 1 of straits: is damaged"),
        ("items", "body", "id = 'e1'", "item e1 of issue 1 of straits: is damaged"),
        ("files", "data", "position = 0 AND issue = 1", "file brief.pdf of issue 1 of straits: is damaged"),
        ("intakes", "problems", "slot = 1", "intakes 1: is damaged"),
    ],
)
def test_bytes_that_turned_are_found(filled: Database, table: str, column: str, where: str, expected: str) -> None:
    good = body(filled, table, column, where)
    bad = good[:-6] + bytes([good[-6] ^ 0xFF]) + good[-5:]
    run(filled, f"UPDATE {table} SET {column} = :bad WHERE {where}", bad=bad)
    assert any(line.startswith(expected) for line in filled.verify()), list(filled.verify())


def test_a_quotation_that_is_not_in_the_text_is_found(filled: Database) -> None:
    for table, column, where in (("items", "body", "id = 'e1'"), ("issues", "brief", "number = 1")):
        changed = zlib.decompress(body(filled, table, column, where)).replace(b"The harbour", b"Our harbour")
        run(filled, f"UPDATE {table} SET {column} = :new WHERE {where}", new=zlib.compress(changed))
    lines = list(filled.verify())
    assert 'item e1 of issue 1 of straits: quotes "Our harbour master", which arden does not say' in lines
    assert any(line.startswith("issue 1 of straits: quotes") for line in lines)


def test_a_text_that_was_changed_is_found(filled: Database) -> None:
    changed = zlib.decompress(body(filled, "articles", "body", "id = 'cove'")).replace(b"closed", b"opened")
    run(filled, "UPDATE articles SET body = :new WHERE id = 'cove'", new=zlib.compress(changed))
    assert "article cove: its text is not the one that its SHA-256 says" in list(filled.verify())


def test_an_orphan_is_found(filled: Database) -> None:
    run(filled, "INSERT INTO extractions (reading, version, body) VALUES ('nobody', 'v1', :b)", b=zlib.compress(b"{}"))
    assert "table extractions: 1 rows that no article has" in list(filled.verify())


def test_export_writes_what_is_kept(filled: Database, tmp_path: Path) -> None:
    filled.delete("cove")
    paths = filled.export(tmp_path / "copy")
    assert [str(p.relative_to(tmp_path / "copy")) for p in paths] == [
        "articles.jsonl",
        "extractions.jsonl",
        "ledger.jsonl",
        "issues/straits/0001/brief.pdf",
        "issues/straits/0001/brief.json",
    ]
    lines = [[json.loads(line) for line in p.read_text().splitlines()] for p in paths[:3]]
    assert [Article.model_validate(line["article"]).id for line in lines[0]] == ["arden", "brook"]
    assert [Extraction.model_validate(line["extraction"]).id for line in lines[1]] == ["arden", "brook"]
    assert [line["record"] for line in lines[2]] == [
        "profile", "slot", "slot", "run", "run", "issue", "issue", "parcel", "parcel",
    ]  # fmt: skip
    assert [line["number"] for line in lines[2] if line["record"] == "issue"] == [1, 2]
    first = {p: p.read_bytes() for p in paths}
    filled.export(tmp_path / "copy")
    assert first == {p: p.read_bytes() for p in paths}


def test_an_issue_without_a_brief_file_is_exported_with_one(store: Database, tmp_path: Path) -> None:
    a = article("arden")
    with store.hold("straits") as fence:
        run_ = store.begin(fence, slot(0), made.NOW)
        intake = made.take_in(store, fence, slot(0), a)
        store.keep_issue(
            fence, run_, slot(0), made.brief([a]), files=[], items=[], intake=intake, targets=[], now=made.NOW
        )
    path = store.export(tmp_path)[-1]
    assert path.name == "brief.json"
    assert Brief.model_validate_json(path.read_text()) == made.brief([a])


def test_export_into_what_is_no_folder_is_refused(filled: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file"):
        filled.export(tmp_path / "file")
