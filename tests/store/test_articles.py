"""Articles: known by what they say, named for ever, linked where one is the newer version of another."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from briefing.errors import StoreError
from briefing.ledger import Intake
from briefing.profiles import StoreQuery
from briefing.records import Article, Problem
from briefing.store import forms
from briefing.store.database import Database
from tests.store import made
from tests.store.made import article, slot

NOTE = Problem(stage="ingest", subject="in/x.pdf", message="holds no text")


def taken(
    store: Database, n: int, *given: Article | str, profile: str = "straits", like: bool = True
) -> tuple[str, ...]:
    """Take in for the n-th night; ids as the store has them."""
    with store.hold(profile) as fence:
        at = slot(n, profile)
        return store.take_in(
            fence, at, at.at, articles=given, inputs={}, problems=[], same=lambda _old, _new: like
        ).articles


def replaced(store: Database, *ids: str) -> list[str | None]:
    return [k.replaced_by for k in store.articles(ids)]


def test_an_article_comes_back_as_it_was_read(store: Database) -> None:
    a = article("arden", authors=("Ida Moen",), publisher="The Wharf", url="https://wharf.example/1", cut=())
    assert taken(store, 0, a) == ("arden",)
    (kept,) = store.articles(["arden"])
    assert kept.article == a
    assert kept.sha256 == forms.content_hash(a)
    assert kept.first_seen == made.NOW
    assert kept.replaced_by is None


def test_articles_come_in_the_order_asked_for(store: Database) -> None:
    taken(store, 0, *(article(f"a{n}") for n in range(1203)))
    wanted = [f"a{n}" for n in (1202, 3, 700, 3, 0)]
    assert [k.article.id for k in store.articles(wanted)] == wanted
    with pytest.raises(StoreError, match="article nobody: is not in the store"):
        store.articles(["a1", "nobody"])


def test_the_same_words_are_one_article(store: Database) -> None:
    a = article("arden")
    assert taken(store, 0, a, a.model_copy(update={"id": "copy", "source": "in/copy.txt"})) == ("arden",)
    assert taken(store, 1, a.model_copy(update={"id": "moved", "source": "other/arden.txt"})) == ("arden",)
    assert store.counts()["articles"] == 1


@pytest.mark.parametrize("field", ["title", "date", "publisher", "url"])
def test_another_headline_date_outlet_or_address_is_another_article(store: Database, field: str) -> None:
    a = article("arden")
    b = a.model_copy(update={field: "2026-01-01", "source": "in/b.txt"})
    digest = forms.content_hash(b)
    assert taken(store, 0, a, b) == ("arden", f"arden-{digest[:6]}")


def test_an_id_is_never_used_twice(store: Database) -> None:
    made.kept_night(store, 0, [article("arden")])
    store.delete("arden")
    other = article("arden", "A wholly different text about the ferry.")
    (name,) = taken(store, 1, other)
    assert name == f"arden-{forms.content_hash(other)[:6]}"
    third = article("arden", "A third text about the quay.", source="in/third.txt")
    clash = third.model_copy(update={"id": f"arden-{forms.content_hash(third)[:6]}", "text": "x" * 30})
    taken(store, 2, clash.model_copy(update={"sha256": hashlib.sha256(b"x" * 30).hexdigest(), "source": "in/4.txt"}))
    assert taken(store, 3, third) == (f"arden-{forms.content_hash(third)[:8]}",)


def test_an_intake_stays_as_it_was_first_taken(store: Database) -> None:
    a, b = article("arden"), article("brook")
    with store.hold("straits") as fence:
        at = slot(0)
        first = store.take_in(fence, at, at.at, articles=[b, a], inputs={}, problems=[NOTE], same=lambda *_: True)
        assert first == Intake(articles=("brook", "arden"), new=("brook", "arden"), problems=(NOTE,))
        again = store.take_in(
            fence, at, at.at, articles=[article("late")], inputs={}, problems=[], same=lambda *_: True
        )
    assert again == first == store.intake(at)
    assert store.counts()["articles"] == 2
    assert store.intake(slot(1)) is None


def test_new_is_what_no_issue_of_the_profile_has_had(store: Database) -> None:
    a, b = article("arden"), article("brook")
    made.kept_night(store, 0, [a])
    with store.hold("straits") as fence:
        assert made.take_in(store, fence, slot(1), "arden", b).new == ("brook",)
        assert made.take_in(store, fence, slot(2), a, b).new == ("brook",)  # no issue had brook yet
    with store.hold("desk") as fence:
        assert made.take_in(store, fence, slot(0, "desk"), a).new == ("arden",)


def test_an_unknown_id_is_named(store: Database) -> None:
    with store.hold("straits") as fence, pytest.raises(StoreError, match="article ghost: is not in the store"):
        made.take_in(store, fence, slot(0), article("arden"), "ghost")
    assert store.counts()["articles"] == 0
    assert store.intake(slot(0)) is None


def test_inputs_are_known_again_by_their_bytes(store: Database) -> None:
    a, b = article("arden"), article("brook")
    with store.hold("straits") as fence:
        at = slot(0)
        inputs = {"k1": ([1, 0], [NOTE]), "k2": ([], [NOTE]), "k3": ([0], [])}
        store.take_in(fence, at, at.at, articles=[a, b], inputs=inputs, problems=[], same=lambda *_: True)
    found = store.inputs(["k3", "k1", "nothing", "k2"])
    assert list(found.items()) == [
        ("k3", (("arden",), ())),
        ("k1", (("brook", "arden"), (NOTE,))),
        ("k2", ((), (NOTE,))),
    ]
    store.delete("brook")
    assert set(store.inputs(["k1", "k2", "k3"])) == {"k2", "k3"}  # k1 gave brook: it is read again


# ------------------------------------------------------------------------------------------------------------ versions
URL = "https://wharf.example/port"


def version(name: str, n: int, **other: object) -> Article:
    return article(name, f"The port is shut, says version {n} of this page.", **{"url": URL, **other})


def test_a_newer_version_of_a_page_replaces_the_older(store: Database) -> None:
    taken(store, 0, version("v1", 1))
    taken(store, 1, version("v2", 2))
    taken(store, 2, version("v3", 3))
    assert replaced(store, "v1", "v2", "v3") == ["v3", "v3", None]
    taken(store, 3, version("v1", 1))  # the page was set back
    assert replaced(store, "v1", "v2", "v3") == [None, "v1", "v1"]


def test_another_page_at_the_same_address_replaces_nothing(store: Database) -> None:
    taken(store, 0, version("v1", 1))
    taken(store, 1, version("v2", 2), like=False)
    assert replaced(store, "v1", "v2") == [None, None]


def test_what_is_in_the_intake_is_not_replaced(store: Database) -> None:
    taken(store, 0, version("v1", 1))
    taken(store, 1, "v1", version("v2", 2))
    assert replaced(store, "v1", "v2") == [None, None]


def test_a_part_does_not_replace_the_whole(store: Database) -> None:
    taken(store, 0, version("v1", 1))
    taken(store, 1, version("v2", 2, partial=True))
    assert replaced(store, "v1") == [None]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["a"], ["b"], ["b"]),
        (["a", "b"], ["c"], [None, None]),  # a file with two articles says not which is newer
        (["a"], ["b", "c"], [None]),
    ],
)
def test_a_file_without_address_is_one_article_or_nothing(
    store: Database, before: list[str], after: list[str], expected: list[str | None]
) -> None:
    taken(store, 0, *(article(n, source="in/news.txt") for n in before))
    taken(store, 1, *(article(n, source="in/news.txt") for n in after))
    assert replaced(store, *before) == expected


def test_standard_input_is_no_address(store: Database) -> None:
    taken(store, 0, article("a", source="-"))
    taken(store, 1, article("b", source="-"))
    assert replaced(store, "a") == [None]


# --------------------------------------------------------------------------------------------------------------- query
def test_a_query_finds_by_age_outlet_and_words(store: Database) -> None:
    old = article("old", date="2026-02-01", publisher="The Wharf")
    month = article("month", date="2026-03", publisher="the wharf")  # may be of today
    undated = article("undated", date=None, publisher="Gazette")
    ferry = article("ferry", "Ferries  stay\nin; a ferry line is closed.", publisher="Gazette", date="2026-03-12")
    taken(store, 0, old, month, undated, ferry)

    def found(**wanted: object) -> list[str]:
        return store.query(StoreQuery.model_validate(wanted), made.NOW)

    assert found(days=3) == ["ferry", "month", "undated"]
    assert found(days=90) == ["old", "ferry", "month", "undated"]
    assert found(days=90, publishers=("THE WHARF",)) == ["old", "month"]
    assert found(days=3, words=("stay in",)) == ["ferry"]
    assert found(days=3, words=("FERRY", "nowhere")) == ["ferry"]
    assert found(days=3, words=("ferr",)) == []
    assert found(days=3, words=("port of undated",)) == ["undated"]  # the headline counts
    taken(store, 1, article("ferry2", "Another text.", source="in/ferry.txt"))
    assert "ferry" not in found(days=3)


def test_recent_are_those_of_earlier_issues_of_the_profile(store: Database) -> None:
    a, b, c = article("arden"), article("brook", date="2026-01-05"), article("cove")
    made.kept_night(store, 0, [a, b])
    made.kept_night(store, 0, [c], profile="desk")
    since = made.NOW - timedelta(days=30)
    assert [k.article.id for k in store.recent("straits", since=since)] == ["arden"]
    assert [k.article.id for k in store.recent("straits", since=since - timedelta(days=90))] == ["brook", "arden"]
    taken(store, 1, article("arden2", source="in/arden.txt"))
    assert store.recent("straits", since=since) == []


@pytest.mark.parametrize(
    ("date", "published_at", "expected"),
    [
        ("2026-03-12", None, "2026-03-12T23:59:59.999999Z"),
        ("2026-02", None, "2026-02-28T23:59:59.999999Z"),
        ("2025", None, "2025-12-31T23:59:59.999999Z"),
        ("2026-03-12", "2026-03-12T08:00:00+02:00", "2026-03-12T06:00:00.000000Z"),
        ("2031-01-01", None, "2026-03-13T04:00:00.000000Z"),  # nothing is published after it was seen
        ("198", None, "0198-12-31T23:59:59.999999Z"),
        ("nonsense", None, "2026-03-13T04:00:00.000000Z"),
        (None, "yesterday", "2026-03-13T04:00:00.000000Z"),
    ],
)
def test_an_age_is_reckoned_from_the_last_moment_that_the_date_may_mean(
    date: str | None, published_at: str | None, expected: str
) -> None:
    assert forms.dated(article("a", date=date, published_at=published_at), made.NOW) == expected


def test_times_sort_as_text_and_come_back() -> None:
    moments = [datetime(y, 1, 1, tzinfo=UTC) + timedelta(microseconds=m) for y in (2, 1999, 2026) for m in (0, 1, 10)]
    stamps = [forms.stamp(m) for m in moments]
    assert stamps == sorted(stamps)
    assert len({len(s) for s in stamps}) == 1
    assert [forms.moment(s) for s in stamps] == moments


# --------------------------------------------------------------------------------------------------------- extractions
def test_extractions_go_with_the_words_and_the_version(store: Database) -> None:
    a = article("arden")
    twin = a.model_copy(update={"publisher": "Gazette", "id": "twin", "source": "in/twin.txt"})
    taken(store, 0, a, twin, article("brook"))
    with store.hold("straits") as fence:
        store.keep_extractions(fence, [made.extraction(a)], "v1")
    found = store.extractions(["brook", "twin", "arden"], "v1")
    assert list(found) == ["twin", "arden"]
    assert found["arden"] == made.extraction(a)
    assert found["twin"].id == "twin"
    assert store.extractions(["arden"], "v2") == {}
    with store.hold("straits") as fence:
        store.keep_extractions(fence, [made.extraction(a), made.extraction(article("deleted"))], "v2")
        store.keep_extractions(fence, [made.extraction(a)], "v2")
    assert store.counts()["extractions"] == 2


def test_text_that_a_database_cannot_hold_is_kept_readable(store: Database) -> None:
    odd = article("odd", "Ten words\0 of an odd text \U0001f600 with all in it.", title="Nul\0")
    taken(store, 0, odd)
    assert store.articles(["odd"])[0].article == odd
    with store.hold("straits") as fence:
        run = store.begin(fence, slot(1), made.NOW)
        store.end(fence, run, made.NOW, slot="failed", outcome="failed", message="bad \0 byte \ud800")
    assert store.runs("straits")[0].message == "bad � byte ?"
