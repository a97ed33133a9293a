"""The PDF: the same bytes everywhere, our fonts only, tags, bookmarks, attachments, nothing cut that should not be."""

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefing.config import BriefSettings, Config, RenderSettings
from briefing.errors import TemplateError
from briefing.records import Brief, Evidence, Statement
from briefing.render import pdf, render, templates
from tests.render import briefs

pytestmark = pytest.mark.render

OURS = ("SourceSerif4", "IBMPlexSans", "IBMPlexSansCondensed", "NotoSans", "NanumGothic", "DroidSansFallback")


def made(brief: Brief, *, settings: BriefSettings | None = None, **more: object) -> PdfReader:
    """The PDF of a brief."""
    config = Config(brief=settings or BriefSettings(), render=RenderSettings.model_validate(more))
    return PdfReader(io.BytesIO(render(brief, formats=["pdf"], config=config)[0].data))


@pytest.fixture(scope="module")
def small() -> PdfReader:
    """The small brief, daily, A4."""
    return made(briefs.small())


@pytest.fixture(scope="module")
def large() -> PdfReader:
    """Sixty rows of everything."""
    return made(briefs.large(60))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever the engine ignores of our stylesheets is a fault of ours."""
    with caplog.at_level(logging.WARNING, logger="briefing.render.pdf"):
        yield
    assert [r.getMessage() for r in caplog.records] == []


def fonts(reader: PdfReader) -> set[str]:
    """Names of the embedded fonts without their subset prefix."""
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found.add(str(font.get_object()["/BaseFont"]).split("+")[-1].lstrip("/"))
    return found


def test_metadata_language_and_tags(small: PdfReader) -> None:
    root: Any = small.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert small.metadata is not None
    assert small.metadata.title == briefs.small().title
    assert small.metadata.creation_date_raw == "D:20310528"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in xmp
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp


def test_bookmarks_are_the_sections(small: PdfReader) -> None:
    outline: Any = small.outline
    assert outline[0].title == briefs.small().title
    names = [x.title for x in outline[1] if not isinstance(x, list)]
    assert names[:4] == ["Bottom line", "Key judgements", "Summary", "What happened"]


def test_the_brief_is_attached_as_data(small: PdfReader) -> None:
    attached = small.attachments
    assert sorted(attached) == ["brief.json", "brief.stix.json"]
    assert Brief.model_validate_json(attached["brief.json"][0]) == briefs.small()
    assert json.loads(attached["brief.stix.json"][0])["type"] == "bundle"


def test_only_shipped_fonts_and_each_script_has_one(large: PdfReader) -> None:
    found = fonts(large)
    assert {f for f in found if not f.replace("-", "").startswith(OURS)} == set()
    assert {"NanumGothic", "Noto-Sans-Arabic", "Noto-Sans-Hebrew", "Noto-Sans-Thai", "Droid-Sans-Fallback"} <= found
    words = "".join(page.extract_text() for page in large.pages)
    assert "김은서" in words
    assert "Преображенский" in words
    assert "王小明" in words


def test_marking_and_page_numbers_on_every_page(large: PdfReader) -> None:
    count = len(large.pages)
    for n, page in enumerate(large.pages, 1):
        words = page.extract_text()
        assert words.count("TLP:GREEN") >= 2
        assert f"Page {n} of {count}" in words


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper(paper: str, size: tuple[int, int]) -> None:
    box = made(briefs.small(), paper=paper, template="executive").pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize("count", [3, 60])
def test_a_spot_report_is_one_page(count: int) -> None:
    brief = briefs.small() if count == 3 else briefs.large(count)
    assert len(made(brief, template="spot").pages) == 1


@pytest.mark.parametrize("style", ["daily", "executive", "actor"])
def test_no_page_is_empty(style: str) -> None:
    for page in made(briefs.large(30), template=style).pages:
        assert len(page.extract_text()) > 250


def test_rows_are_whole_and_headings_have_company(large: PdfReader) -> None:
    heads = {"Key actors", "What happened", "Who assessed what", "Stated relations", "Sources", "Coverage"}
    for page in large.pages:
        lines = [x.strip() for x in page.extract_text().splitlines() if x.strip()]
        body = [x for x in lines if "TLP:" not in x and not x.startswith(("As of", "Page "))]
        assert body[-1] not in heads


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from tests.render import briefs
from briefing.config import Config
from briefing.render import render
import hashlib
for output in render(briefs.small(), formats={formats!r}, config=Config()):
    print(output.name, hashlib.sha256(output.data).hexdigest())
"""


def test_the_same_bytes_in_other_processes_folders_and_at_other_times(tmp_path: Path) -> None:
    script = SCRIPT.format(root=str(Path(__file__).parents[2]), formats=["pdf", "html", "json", "docx"])
    seen = set()
    for n, (seed, zone) in enumerate([("0", "UTC"), ("4242", "Pacific/Kiritimati")]):
        folder = tmp_path / str(n)
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "XDG_CACHE_HOME": str(folder), "LANG": "C"}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1
    here = render(briefs.small(), formats=["pdf"], config=Config())[0]
    assert hashlib.sha256(here.data).hexdigest() in seen.pop()


def test_a_home_that_cannot_be_written_costs_no_noise(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    script = SCRIPT.format(root=str(Path(__file__).parents[2]), formats=["pdf"])
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "file")}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_no_template_reaches_outside_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")
    section = tmp_path / "own" / "daily" / "sections" / "gaps.html.j2"
    section.parent.mkdir(parents=True)
    for link in (secret.as_uri(), "http://outlet.example/x.png", "../../../secret.css"):
        section.write_text(f'<h2>x</h2><img src="{link}" alt="x">')
        with pytest.raises(TemplateError, match="only data: URLs"):
            made(briefs.small(), templates=tmp_path / "own")


def test_hostile_text_stays_text() -> None:
    words = '<img src="http://outlet.example/x.png"><link rel="attachment" href="file:///etc/passwd">@page{}'
    evidence = Evidence(article="a1", start=0, end=len(words), quote=words)
    brief = briefs.small().model_copy(
        update={"summary": (Statement(text=words, evidence=(evidence,)),), "title": words}
    )
    reader = made(brief)
    assert sorted(reader.attachments) == ["brief.json", "brief.stix.json"]
    assert "/etc/passwd" in "".join(p.extract_text() for p in reader.pages)


def test_what_a_stylesheet_says_wrongly_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sheet = tmp_path / "daily" / "extra.css"
    sheet.parent.mkdir()
    sheet.write_text("p { colour: red }")
    style = templates.load("daily", own=tmp_path)
    pdf.dump(briefs.small(), style, Config())
    assert "colour" in caplog.text
    caplog.clear()
