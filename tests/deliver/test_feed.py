"""The feed of one's own issues: valid RSS 2.0, the same bytes for the same issues, links that lead to what is there."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from briefing.deliver import carrier, feed
from briefing.ledger import Issue, Slot
from briefing.nightly.names import folder_name, ident
from briefing.profiles import ToFolder
from tests.deliver.desk import goods, issue

BASE = "https://briefs.example.org/straits"


def built(root: Path, *days: int, base_url: str | None = BASE, title: str | None = None) -> bytes:
    """The feed after issues of some days, sent in this order."""
    target = ToFolder(kind="folder", path=root, base_url=base_url)
    for n, day in enumerate(days):
        item = goods(day, known=days[:n])
        if title:
            item = item.model_copy(update={"issues": tuple(i.model_copy(update={"title": title}) for i in item.issues)})
        carrier(target).send(item, lambda: None)
    return (root / "feed.xml").read_bytes()


def test_read_by_a_reader(tmp_path: Path) -> None:
    found = feedparser.parse(built(tmp_path, 11, 12, 13))
    assert not found.bozo
    assert found.version == "rss20"
    assert found.feed.title == "Briefs: straits"
    assert found.feed.link == BASE + "/"
    assert [e.id for e in found.entries] == [f"straits-202603{d}T040000Z-brief" for d in (13, 12, 11)]
    first = found.entries[0]
    assert first.published_parsed[:5] == (2026, 3, 13, 4, 0)
    assert first.summary == "Issue 4, as of 2026-03-13: 2 changes; 5 new of 9 articles."
    (enclosure,) = first.enclosures
    assert enclosure.href == BASE + "/2026-03-13T0500/brief.pdf"
    assert enclosure.type == "application/pdf"
    assert int(enclosure.length) == (tmp_path / "2026-03-13T0500/brief.pdf").stat().st_size


def test_what_rss_asks_for(tmp_path: Path) -> None:
    channel = ET.fromstring(built(tmp_path, 12, 13)).find("channel")
    assert channel is not None
    assert all(channel.findtext(tag) for tag in ("title", "link", "description"))
    for item in channel.findall("item"):
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo is not None
        assert [e.get(k) is not None for e in item.findall("enclosure") for k in ("url", "length", "type")] == [
            True
        ] * 3


def test_the_same_bytes_in_any_order_of_sending(tmp_path: Path) -> None:
    target = ToFolder(kind="folder", path=tmp_path / "late", base_url=BASE)
    for day in (11, 13, 12):
        carrier(target).send(goods(day, known=[11, 12, 13]), lambda: None)
    assert (tmp_path / "late/feed.xml").read_bytes() == built(tmp_path / "usual", 11, 12, 13)


def test_without_an_address_there_are_no_links(tmp_path: Path) -> None:
    root = ET.fromstring(built(tmp_path, 13, base_url=None))
    assert root.findall(".//enclosure") == []
    assert root.findall(".//item/link") == []
    assert root.findtext("channel/link") == tmp_path.as_uri() + "/"


def test_titles_that_are_not_markup(tmp_path: Path) -> None:
    title = "A & B <script>\x00\x1b\ud800 ]]> “Öl”"
    found = ET.fromstring(built(tmp_path, 13, title=title))
    assert found.findtext(".//item/title") == "A & B <script> ]]> “Öl” – 2026-03-13"


def test_only_what_lies_there_is_listed(tmp_path: Path) -> None:
    target = ToFolder(kind="folder", path=tmp_path)
    carrier(target).send(goods(13, known=[11, 12]), lambda: None)  # 11 and 12 were never sent here
    assert (tmp_path / "feed.xml").read_bytes().count(b"<item>") == 1


def test_withdrawn_issues_are_not_listed(tmp_path: Path) -> None:
    item = goods(13, known=[12])
    gone = item.issues[1].model_copy(update={"withdrawn": True})
    found = feed.listed(item.model_copy(update={"issues": (item.issues[0], gone)}), {"2026-03-12T0500"})
    assert [name for _, name in found] == ["2026-03-13T0500"]


def test_no_more_than_a_reader_wants() -> None:
    item = goods(28, known=range(1, 28))
    many = tuple(i.model_copy(update={"slot": i.slot.replace(month=m)}) for m in (1, 2, 3) for i in item.issues[:20])
    found = feed.listed(item.model_copy(update={"issues": many}), {f"2026-03-{d:02}T0500" for d in range(1, 29)})
    assert len(found) <= feed.ITEMS


def test_the_guid_is_the_ident_of_the_goods() -> None:
    made = issue(13)
    slot = Slot(profile=made.profile, at=made.slot, local=made.local)
    assert feed.guid(made) == ident(slot, "brief") == goods(13).ident


@pytest.mark.parametrize(
    ("at", "manual"),
    [
        (datetime(2026, 3, 13, 4, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 13, 4, 0, 7, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), False),  # 02:30 for the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False),  # and for the second
    ],
)
def test_folders_are_found_by_the_names_they_are_given(at: datetime, manual: bool) -> None:
    from zoneinfo import ZoneInfo

    local = at.astimezone(ZoneInfo("Europe/Paris")).isoformat(timespec="minutes")
    name = folder_name(Slot(profile="straits", at=at, local=local, manual=manual), "Europe/Paris")
    assert feed.is_issue(name)
    made = issue(12).model_copy(update={"slot": at, "local": local})
    item = goods(13).model_copy(update={"issues": (made,)})
    assert feed.listed(item, {name, "2026-03-13T0600"}) == [(made, name)]


def test_both_nights_of_the_hour_that_comes_twice() -> None:
    twice: list[Issue] = [
        issue(12).model_copy(update={"slot": datetime(2026, 10, 25, h, 30, tzinfo=UTC), "local": "2026-10-25T02:30"})
        for h in (1, 0)
    ]
    item = goods(13).model_copy(update={"issues": tuple(twice)})
    names = [n for _, n in feed.listed(item, {"2026-10-25T0230", "2026-10-25T0230b"})]
    assert names == ["2026-10-25T0230b", "2026-10-25T0230"]


def test_order_of_folders() -> None:
    right = ["2026-10-25T0200", "2026-10-25T0245", "2026-10-25T0245" + "10", "2026-10-25T0210b", "2026-10-25T0300"]
    assert sorted(sorted(right), key=feed.order) == right
