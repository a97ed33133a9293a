"""What earlier issues told of the stories at hand."""

from __future__ import annotations

import time

from briefing.records import Article, Told
from briefing.store.database import Database
from tests.store import made
from tests.store.made import article, item


def names(found: Told) -> list[tuple[str, int]]:
    """Item and number of the issue that told it last, in order."""
    return [(i.id, i.issue) for i in found.items]


def test_nothing_was_told_before_the_first_issue(store: Database) -> None:
    assert store.told("straits", articles=[]) == Told()
    assert store.told("straits", articles=["nobody"]) == Told()


def test_an_item_comes_as_it_was_told_last(store: Database) -> None:
    a, b, c = article("arden"), article("brook"), article("cove")
    made.kept_night(store, 0, [a, c], [item("e1", a, origins=1), item("e2", a), item("other", c)])
    made.kept_night(store, 1, [a, b], [item("e1", b, story="arden", origins=2)])
    made.kept_night(store, 0, [a], [item("e9", a)], profile="desk")
    for given in (["arden"], ["brook"], ["brook", "arden"]):
        found = store.told("straits", articles=given)
        assert names(found) == [("e2", 1), ("e1", 2)]
        assert found.items[1] == item("e1", b, story="arden", origins=2, issue=2)
        assert (found.issue, found.as_of) == (2, "2026-03-13")
        assert found.articles == ("arden", "brook")
    assert names(store.told("straits", articles=["cove"])) == [("other", 1)]
    assert store.told("straits", articles=[]).items == ()
    assert store.told("straits", articles=[]).issue == 2


def test_stories_are_followed_through_the_evidence_of_their_items(store: Database) -> None:
    a, b, c, d = (article(n) for n in ("arden", "brook", "cove", "dune"))
    made.kept_night(store, 0, [a, b], [item("e1", a, b)])
    made.kept_night(store, 1, [b, c], [item("e2", b, c, story="brook")])
    made.kept_night(store, 2, [d], [item("e3", d)])
    assert names(store.told("straits", articles=["cove"])) == [("e1", 1), ("e2", 2)]
    assert store.told("straits", articles=["cove"]).articles == ("arden", "brook", "cove")


def test_a_story_goes_on_under_the_id_of_its_first_article(store: Database) -> None:
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a], [item("e1", a)])
    made.kept_night(store, 1, [b], [item("e2", b, story="arden")])
    assert names(store.told("straits", articles=["arden"])) == [("e1", 1), ("e2", 2)]
    assert names(store.told("straits", articles=["brook"])) == [("e1", 1), ("e2", 2)]


def test_versions_lead_to_what_the_older_ones_told(store: Database) -> None:
    url = "https://wharf.example/port"
    v1, v2, v3 = (article(f"v{n}", f"The port is shut, says version {n}.", url=url) for n in (1, 2, 3))
    made.kept_night(store, 0, [v1], [item("e1", v1)])
    with store.hold("straits") as fence:
        made.take_in(store, fence, made.slot(1), v2)
        made.take_in(store, fence, made.slot(2), v3)
    for given in ("v1", "v2", "v3"):
        found = store.told("straits", articles=[given])
        assert names(found) == [("e1", 1)]
        assert found.articles == ("v1",)
        assert found.replaced == {"v1": "v3", "v2": "v3"}


def test_what_was_withdrawn_is_not_told_and_what_was_deleted_is_gone(store: Database) -> None:
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a], [item("e1", a)])
    made.kept_night(store, 1, [a, b], [item("e1", a, origins=2), item("e2", b, story="arden")])
    store.delete("brook")
    found = store.told("straits", articles=["arden"])
    assert names(found) == [("e1", 1)]
    assert found.gone == ("brook",)
    assert found.issue == 2  # the next one is number 3


def test_it_is_fast_with_many_articles_and_items(store: Database) -> None:
    old: list[Article] = [article(f"a{n}") for n in range(1000)]
    items = [item(f"e{n}", old[n % 1000], old[(n + n % 2) % 1000], story=f"a{n % 1000}") for n in range(5000)]
    made.kept_night(store, 0, old, items)
    begun = time.process_time()
    found = store.told("straits", articles=[a.id for a in old])
    assert len(found.items) == 5000
    assert time.process_time() - begun < 2  # a third of a second; ten times that with the joins the wrong way round
