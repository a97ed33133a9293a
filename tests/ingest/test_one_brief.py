"""Everything a desk receives builds one brief, in which each input is listed with what was done with it."""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.cli import main
from briefing.config import Config, IngestSettings
from briefing.records import Brief, Coverage
from briefing.render import render
from tests.ingest import desk_folder
from tests.ingest.conftest import Server, serving

pytestmark = pytest.mark.model

KIND = IngestSettings(allow=("127.0.0.1",), pause=0.0, backoff=0.0, retries=0)
PASTED = desk_folder.story(desk_folder.STORIES + 1).pasted
# Path on the server → words that the brief has on it.
FAULTS = {
    "/feed": "is stale: its newest entry is of 2024-05-14",
    "/bare": "is a feed without entries",
    "/down": "answered with status 500",
    "/gone": "answered with status 404",
    "/private/x": "robots.txt",
    "/inward": "not on the public internet",
}


@dataclass(frozen=True)
class Built:
    """A brief of the folder, and where its inputs were."""

    folder: Path
    server: Server
    brief: Brief

    def rows(self, given: str) -> list[Coverage]:
        """What the coverage section says of an input: its articles' rows, then its faults."""
        sources = {a.id: a.source for a in self.brief.articles}
        mine = {i for i, source in sources.items() if source == given or source.startswith(f"{given}/")}
        return [c for c in self.brief.coverage if mine & set(c.articles) or (not c.articles and c.subject == given)]

    def file(self, name: str) -> list[Coverage]:
        return self.rows(str(self.folder / name))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """One build of the folder, addresses of every kind, and a text on standard input."""
    folder = tmp_path_factory.mktemp("desk")
    desk_folder.write(folder)
    with serving() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASTED.encode())))
        patch.setenv("PATH", str(folder))  # no Tesseract
        paths = ("/page", "/document", "/sitemap.xml", "/teasers", *FAULTS)
        inputs = [str(folder), *map(server.url, paths), "-"]
        yield Built(folder, server, pipeline.build(inputs, config=Config(ingest=KIND)))


def test_there_are_fifty_and_every_format() -> None:
    made = desk_folder.files()
    assert len(made) + len(desk_folder.copies()) + len(desk_folder.unread()) >= 50
    assert {name.split(".", 1)[1] for name in made} == set(desk_folder.MAKERS)


@pytest.mark.parametrize("name", list(desk_folder.files())[1:])  # the first is one of the copies
def test_each_file_is_listed_as_read(built: Built, name: str) -> None:
    rows = built.file(name)
    articles = [c for c in rows if c.articles]
    assert len(articles) == desk_folder.files()[name][1]
    assert {c.outcome for c in articles} == {"partial" if name.endswith("rss") else "read"}
    assert all(" words" in c.detail for c in articles)
    assert [c for c in rows if not c.articles and not name.endswith("attached.eml")] == []


@pytest.mark.parametrize(("name", "words"), [(n, w) for n, (_, w) in desk_folder.unread().items()])
def test_what_gives_no_article_is_listed_with_its_cause(built: Built, name: str, words: str) -> None:
    (row,) = built.file(name)
    assert row.outcome == ("dropped" if "is in Korean" in words else "failed")
    assert words in row.detail


def test_attachments_that_are_not_read_are_listed(built: Built) -> None:
    details = [c.detail for c in built.brief.coverage if "map.png" in c.detail]
    assert len(details) == sum(name.endswith("attached.eml") for name in desk_folder.files())


@pytest.mark.parametrize("name", ["00.txt", *desk_folder.copies()])
def test_copies_are_listed_as_copies_of_one_origin(built: Built, name: str) -> None:
    first = desk_folder.story(0)
    names = {str(built.folder / n) for n in ("00.txt", *desk_folder.copies())}
    group = [a for a in built.brief.articles if a.source in names]
    assert len(group) == 4
    assert len({a.origin for a in group}) == 1
    assert [a.duplicate_of for a in group].count(None) == 1
    shown = next(a for a in group if a.duplicate_of is None)
    assert shown.words >= len(first.text.split())  # the fullest
    assert {c.outcome for c in built.file(name)} == {"read" if shown.source.endswith(name) else "duplicate"}


def test_no_other_story_shares_an_origin(built: Built) -> None:
    """The folder's stories, standard input's, the bridge however often the server tells it, and one teaser."""
    assert len({a.origin for a in built.brief.articles}) == desk_folder.STORIES + 3


@pytest.mark.parametrize(("path", "words"), list(FAULTS.items()))
def test_a_feed_or_page_that_fails_is_stale_or_empty_is_listed(built: Built, path: str, words: str) -> None:
    rows = [c for c in built.rows(built.server.url(path)) if not c.articles]
    assert rows
    assert {c.outcome for c in rows} == {"partial" if path == "/feed" else "failed"}  # it is stale, but gave articles
    assert all(words in c.detail for c in rows)


@pytest.mark.parametrize(("path", "count"), [("/page", 2), ("/document", 1), ("/feed", 2), ("/teasers", 2)])
def test_addresses_are_listed(built: Built, path: str, count: int) -> None:
    assert len([c for c in built.rows(built.server.url(path)) if c.articles]) == count  # the sitemap names /page too


def test_standard_input_is_listed(built: Built) -> None:
    assert [c.outcome for c in built.rows("-")] == ["read"]


def test_every_row_stands_in_the_rendered_brief(built: Built) -> None:
    page = html.unescape(render(built.brief, formats=["html"], config=Config())[0].data.decode())
    shown = page[page.index("Coverage</h2>") :]
    assert [c.subject for c in built.brief.coverage if c.subject not in shown] == []
    assert [c.detail for c in built.brief.coverage if not c.articles and c.detail not in shown] == []


FOOT = "© 2024 The Almen Courier. All rights reserved."
PASTED_CUT = ["byline\tBy Lena Orvik", "date\tMay 14, 2024", "dateline\tPORT ALMEN (AP) —"]
CUT = [
    ("html", ["promo\tRead more: Ferry fares to rise in June", f"around the article\t{FOOT}"]),
    ("txt", PASTED_CUT),
    ("pdf", [*PASTED_CUT, "running head\tThe Almen Courier - News", "running head\t1"]),
    ("news.eml", ["notice\tYou can unsubscribe at any time."]),
]


@pytest.mark.parametrize(("kind", "lines"), CUT)
def test_what_was_cut_is_shown(built: Built, capsys: pytest.CaptureFixture[str], kind: str, lines: list[str]) -> None:
    name = [n for n in desk_folder.files() if n.split(".", 1)[1] == kind][-1]
    with pytest.raises(SystemExit) as stopped:
        main(["ingest", str(built.folder / name), "--show-cut"])
    assert not stopped.value.code
    shown = capsys.readouterr().out.splitlines()
    assert [x.split("\t", 1)[1] for x in shown[: len(lines)]] == lines
    (row,) = built.file(name)
    assert {x.split("\t", 1)[0] for x in shown} == set(row.articles)
    assert f"{len(shown)} stretches cut in cleaning" in row.detail
