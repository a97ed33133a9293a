"""One article in every format gives one and the same text."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import IngestSettings
from briefing.ingest import ingest
from briefing.records import Article, Problem
from tests.ingest import samples

CONFIG = IngestSettings()


def read(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Problem]]:
    """``data`` saved as ``name`` and ingested."""
    (folder / name).write_bytes(data)
    return ingest([str(folder / name)], config=CONFIG)


WHOLE = [
    "plain.txt", "utf16.txt", "cp1252.txt", "marked.md", "page.html", "page.mhtml", "word.docx", "open.odt", "rich.rtf",
    "forwarded.eml", "newsletter.eml", "feed.atom", "feed.json", "rows.csv", "list.json", "plain.txt.gz", "print.pdf",
]  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_gives_the_same_body_title_and_date(tmp_path: Path, name: str) -> None:
    articles, problems = read(tmp_path, name, samples.FORMATS[name])
    assert not problems
    (article,) = articles
    assert article.text.replace("\n\n", " ") == samples.TEXT.replace("\n\n", " ")
    assert article.title == samples.TITLE
    assert article.date == "2024-05-14"
    assert article.language == "en"
    assert not article.partial
    assert article.source.startswith(str(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "authors", "publisher", "url"),
    [
        ("plain.txt", ("Lena Orvik",), "AP", None),
        ("page.html", ("Lena Orvik",), "The Almen Courier", "https://courier.example/bridge"),
        ("page.mhtml", ("Lena Orvik",), "The Almen Courier", "https://courier.example/bridge"),
        ("newsletter.eml", (), "Almen Courier", None),
        ("forwarded.eml", (), None, None),
        ("feed.atom", (), "The Almen Courier", "https://courier.example/bridge"),
        ("list.json", (), "The Almen Courier", None),
    ],
)
def test_fields(tmp_path: Path, name: str, authors: tuple[str, ...], publisher: str | None, url: str | None) -> None:
    (article,), _ = read(tmp_path, name, samples.FORMATS[name])
    assert (article.authors, article.publisher, article.url) == (authors, publisher, url)


def test_running_heads_and_page_numbers_of_a_pdf_are_cut(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, "a.pdf", samples.FORMATS["print.pdf"])
    heads = [c.text for c in article.cut if c.reason == "running head"]
    assert heads == ["The Almen Courier - News", "1", "The Almen Courier - News", "2"]


def test_a_word_broken_at_a_line_end_is_whole_again(tmp_path: Path) -> None:
    rows = (
        "The council said on Monday that the whole of the north-",
        "ern bridge would shut.",
    )
    (article,), _ = read(tmp_path, "a.pdf", samples.pdf((rows,)))
    assert article.text == "The council said on Monday that the whole of the northern bridge would shut."


def test_a_scan_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    articles, (problem,) = read(tmp_path, "scan.pdf", samples.pdf((("",), ("",))))
    assert not articles
    assert "scanned: 2 pages" in problem.message
    assert "Tesseract" in problem.hint


def test_a_scan_is_read_where_tesseract_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n/bin/cat > /dev/null\necho 'The minister resigned on Monday, his office said.'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (article,), _ = read(tmp_path, "scan.pdf", samples.pdf((("",),)))
    assert article.text == "The minister resigned on Monday, his office said."


def test_attachments_are_read_and_pictures_named(tmp_path: Path) -> None:
    articles, problems = read(tmp_path, "attached.eml", samples.FORMATS["attached.eml"])
    assert [a.title for a in articles] == [samples.TITLE]
    assert articles[0].source.endswith("attached.eml/bridge.docx")
    assert [p.message.split(":")[0] for p in problems] == [
        "attachment map.png (image/png) is not read",
        "its cover note is not read",
    ]


@pytest.mark.parametrize(("name", "count"), [("box.mbox", 2), ("feed.rss", 2), ("packed.zip", 2), ("lines.jsonl", 2)])
def test_a_file_of_several(tmp_path: Path, name: str, count: int) -> None:
    articles, problems = read(tmp_path, name, samples.FORMATS[name])
    assert len(articles) == count
    assert len({a.id for a in articles}) == count
    assert not problems


def test_jsonl_is_verbatim(tmp_path: Path) -> None:
    (first, second), _ = read(tmp_path, "lines.jsonl", samples.FORMATS["lines.jsonl"])
    assert first.text == f"  {samples.TEXT}\n"
    assert (first.id, first.date, first.verbatim, first.cut) == ("x1", "2024-05-14", True, ())
    assert second.title == samples.TITLE


def test_summaries_of_a_feed_are_partial(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, "feed.rss", samples.rss(full=False))
    assert [a.partial for a in articles] == [True, True]
    assert [n.code for n in articles[0].problems] == ["teaser"]


@pytest.mark.parametrize("name", sorted(samples.FORMATS))
def test_content_decides_not_the_extension(tmp_path: Path, name: str) -> None:
    if name in {"rows.csv", "marked.md", "lines.jsonl", "feed.rss"}:
        pytest.skip("told apart by their names too, or giving ids from it")
    named, _ = read(tmp_path, name, samples.FORMATS[name])
    bare, _ = read(tmp_path, "thing.dat", samples.FORMATS[name])
    assert [a.text for a in bare] == [a.text for a in named]
