"""Deleting and thinning out: all that rested on it goes, nothing that is needed does."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from sqlalchemy import select, text

from briefing.ledger import OPEN
from briefing.profiles import StoreSettings
from briefing.records import Change
from briefing.store.database import Database
from briefing.store.tables import metadata
from tests.store import made
from tests.store.made import article, item, night, slot

SECRET = "Marmalade trawlers"
WORDS = f"{SECRET} were seen off the cape by nobody at all, twice."


def holding(store: Database, words: str) -> list[str]:
    """Columns that hold the words in any row, compressed or not."""
    found: set[str] = set()
    with store._base.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    if words.casefold().encode() in _plain(value).lower():
                        found.add(f"{table.name}.{name}")
    return sorted(found)


def _plain(value: object) -> bytes:
    if isinstance(value, bytes):
        try:
            return zlib.decompress(value)
        except zlib.error:
            return value
    return str(value).encode()


def test_deleting_an_article_leaves_no_word_of_it(store: Database) -> None:
    a, b = article("arden", WORDS, title=f"{SECRET} again"), article("brook")
    twin = a.model_copy(update={"id": "twin", "publisher": "Gazette", "source": "in/twin.txt"})
    told = item("e1", a, text=WORDS)
    made.kept_night(store, 0, [b], [item("e0", b)])
    made.kept_night(store, 1, [a, b, twin], [told, item("e2", b)])
    gone = Change(change="dropped", item="e1", text=f"No longer told: {WORDS}", before=WORDS)
    made.kept_night(store, 2, [article("cove")], changes=[gone], done=False)
    with store.hold("straits") as fence:
        at = slot(3)
        store.take_in(
            fence, at, at.at, articles=["arden", b], inputs={"k": ([0], [])}, problems=[], same=lambda *_: True
        )
    with store._base.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE issues SET title = :t WHERE number = 2"), {"t": f"{SECRET} again"})
    assert len(holding(store, SECRET)) >= 5

    assert store.delete("twin")["extractions"] == 0  # arden has the same words
    assert store.delete("arden") == {
        "articles": 1,
        "extractions": 1,
        "inputs": 1,
        "intakes": 2,
        "items": 1,
        "issues": 1,  # the other was withdrawn with the twin
        "files": 2,
    }
    assert holding(store, SECRET) == []
    assert list(store.verify()) == []

    first, second, third = reversed(store.issues("straits"))
    assert [i.withdrawn for i in (first, second, third)] == [False, True, True]
    assert (second.number, second.title, store.files(second.id)) == (2, "Withdrawn", [])
    assert len(store.files(first.id)) == 2
    assert store.intake(slot(3)) is not None
    assert [(p.state, p.detail[:9]) for p in store.parcels("straits")] == [
        ("sent", ""),
        ("sent", ""),
        ("failed", "withdrawn"),
    ]
    assert store.delete("arden") == dict.fromkeys(
        ("articles", "extractions", "inputs", "intakes", "items", "issues", "files"), 0
    )


def test_sqlite_overwrites_what_is_deleted(tmp_path: Path) -> None:
    from briefing.store import open_store

    path = tmp_path / "b.db"
    store = open_store(StoreSettings(url=f"sqlite:///{path}"))
    assert isinstance(store, Database)
    store.record([slot(0, note=SECRET * 20)])  # plain text, so that it can be looked for
    with store._base.engine.connect() as connection, connection.begin():
        connection.execute(text("DELETE FROM slots"))
    assert store.delete("nothing")["articles"] == 0
    everything = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    store.close()
    assert SECRET.encode() not in everything


def test_age_takes_what_nothing_young_needs(store: Database) -> None:
    url = "https://wharf.example/port"
    a, b, c, d = article("arden", url=url), article("brook"), article("cove"), article("dune")
    newer = article("arden-newer", "The port is open again, says the page.", url=url)
    made.kept_night(store, 0, [a, b], [item("e1", a), item("e2", b)])
    made.kept_night(store, 1, [newer, c], [item("e3", newer)])
    made.kept_night(store, 2, [b, d], [item("e2", b), item("e4", d)])
    assert store.articles(["arden"])[0].replaced_by == "arden-newer"

    counted = store.prune(night(2))
    assert {n: k for n, k in counted.items() if k} == {
        "slots": 2,
        "runs": 2,
        "issues": 2,
        "files": 4,
        "items": 3,
        "intakes": 2,
        "parcels": 2,
        "articles": 3,
        "extractions": 3,
    }
    assert [i.number for i in store.issues("straits")] == [3]
    assert [k.article.id for k in store.articles(["brook", "dune"])] == ["brook", "dune"]
    assert store.told("straits", articles=["brook"]).articles == ("brook",)
    assert list(store.verify()) == []
    assert not any(store.prune(night(2)).values())


def test_the_newest_slot_and_issue_of_each_profile_stay(store: Database) -> None:
    for n in range(3):
        made.kept_night(store, n, [article(f"a{n}")])
    made.kept_night(store, 0, [article("b")], profile="desk")
    store.record([slot(4, state="missed"), slot(6, manual=True, state="failed")])
    store.prune(night(99))
    assert [s.at for s in store.slots("straits")] == [night(4), night(2)]
    assert [i.number for i in store.issues("straits")] == [3]
    assert store.last_slot("straits", night(99)) == night(4)
    assert [i.number for i in store.issues("desk")] == [1]
    assert made.kept_night(store, 5, [article("a5")]).number == 4


@pytest.mark.parametrize("state", OPEN)
def test_open_slots_and_parcels_on_their_way_stay(store: Database, state: str) -> None:
    store.record([slot(0, state=state), slot(1, state="failed"), slot(2, state="failed"), slot(3, state="done")])
    with store.hold("straits") as fence:
        store.post(fence, slot(1), "notice", ["mail:x"], night(1))
    store.prune(night(99))
    assert [s.at for s in store.slots("straits")] == [night(3), night(1), night(0)]


def test_an_article_that_the_sources_still_give_stays_known(store: Database) -> None:
    old = article("arden", date=None)
    made.kept_night(store, 0, [old])
    for n in (1, 2):
        made.kept_night(store, n, [old, article(f"a{n}")])
    store.prune(night(2))
    with store.hold("straits") as fence:
        assert made.take_in(store, fence, slot(3), old).new == ()  # the issue that told it is gone


def test_what_was_had_and_deleted_is_not_new_when_it_comes_again(store: Database) -> None:
    a, b, c = article("arden", date=None), article("brook"), article("cove")
    made.kept_night(store, 0, [a])
    made.kept_night(store, 1, [b])
    made.kept_night(store, 2, [c])
    store.delete("brook")
    assert store.prune(night(2))["articles"] == 1
    assert store.counts()["articles"] == 1
    with store.hold("straits") as fence:
        intake = made.take_in(store, fence, slot(3), a, b, article("dune"))
        assert len(intake.articles) == 3
        assert intake.new == ("dune",)
    with store.hold("desk") as fence:
        assert len(made.take_in(store, fence, slot(3, "desk"), a, b).new) == 2


def test_extractions_of_older_code_go_with_age(store: Database) -> None:
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a])
    made.kept_night(store, 5, [a, b])
    with store.hold("straits") as fence:
        store.keep_extractions(fence, [made.extraction(a), made.extraction(b)], "v2")
    store.prune(night(3))
    assert set(store.extractions(["arden", "brook"], "v1")) == {"brook"}
    assert set(store.extractions(["arden", "brook"], "v2")) == {"arden", "brook"}


def test_inputs_that_gave_nothing_are_read_again_after_a_while(store: Database) -> None:
    with store.hold("straits") as fence:
        for n, key in ((0, "old"), (5, "young")):
            at = slot(n)
            store.take_in(fence, at, at.at, articles=[], inputs={key: ([], [])}, problems=[], same=lambda *_: True)
    store.prune(night(3))
    assert set(store.inputs(["old", "young"])) == {"young"}
