"""Issues: kept whole or not at all, numbered, found again."""

from __future__ import annotations

import pytest

from briefing.errors import StoreError
from briefing.ledger import Intake
from briefing.records import Change
from briefing.store.database import Database
from tests.store import made


def test_a_kept_issue_comes_back_as_it_was(store: Database) -> None:
    a, b = made.article("arden"), made.article("brook")
    issue = made.kept_night(store, 0, [a, b], [made.item("e1", a, b)])
    assert (issue.number, issue.profile, issue.slot, issue.local) == (1, "straits", made.night(0), made.slot(0).local)
    assert (issue.title, issue.as_of, issue.articles, issue.withdrawn) == ("The straits", "2026-03-13", 2, False)
    assert store.issue_of(made.slot(0)) == issue
    assert store.issues("straits") == [issue]
    assert store.brief(issue.id) == made.brief([a, b])
    assert [f.name for f in store.files(issue.id)] == ["brief.pdf", "brief.json"]
    assert store.files(issue.id)[1].data == b"{}"
    state = store.slot("straits", made.night(0))
    assert state is not None
    assert state.state == "done"
    assert [(p.key, p.issue, p.state, p.kind) for p in store.parcels("straits")] == [
        ("folder:out", issue.id, "sent", "brief")
    ]
    assert list(store.verify()) == []


def test_each_profile_counts_its_own_issues(store: Database) -> None:
    for n in range(3):
        made.kept_night(store, n, [made.article(f"arden{n}")])
    other = made.kept_night(store, 0, [made.article("brook")], profile="desk")
    assert [i.number for i in store.issues("straits")] == [3, 2, 1]
    assert [i.number for i in store.issues("straits", most=1)] == [3]
    assert store.issues("desk") == [other]
    assert other.number == 1
    assert store.issue_of(made.slot(9)) is None


def test_an_issue_that_a_try_before_has_kept_stays(store: Database) -> None:
    a = made.article("arden")
    first = made.kept_night(store, 0, [a], done=False)
    with store.hold("straits") as fence:
        run = store.begin(fence, made.slot(0), made.night(0))
        again = store.keep_issue(
            fence,
            run,
            made.slot(0),
            made.brief([a], title="Another"),
            files=[],
            items=[],
            intake=Intake(articles=(), new=()),
            targets=["mail:x"],
            now=made.NOW,
        )
    assert again == first
    assert [p.key for p in store.parcels("straits")] == ["folder:out"]


def test_an_issue_on_a_deleted_article_is_refused_whole(store: Database) -> None:
    a, b = made.article("arden"), made.article("brook")
    at = made.slot(0)
    with store.hold("straits") as fence:
        run = store.begin(fence, at, at.at)
        intake = made.take_in(store, fence, at, a, b)
        store.delete("arden")
        with pytest.raises(StoreError, match="article arden: was deleted during the run"):
            store.keep_issue(
                fence, run, at, made.brief([a, b]), files=[], items=[], intake=intake, targets=["x"], now=at.at
            )
        counts = store.counts()
        assert (counts["issues"], counts["issue_articles"], counts["parcels"], counts["had"]) == (0, 0, 0, 0)
        assert store.intake(at) == Intake(articles=("brook",), new=("brook",))


def test_changes_are_counted(store: Database) -> None:
    a = made.article("arden")
    made.kept_night(store, 0, [a], [made.item("e1", a)])
    change = Change(change="dropped", item="e1", text="e1 is told no longer")
    assert made.kept_night(store, 1, [made.article("brook")], changes=[change]).changes == 1
