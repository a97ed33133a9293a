"""JSON, Markdown, Word, CSV and STIX say what the brief says, the same way every time; saving is all or nothing."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import get_args

import pytest
import stix2
from docx import Document

from briefing.config import Config, Format, RenderSettings
from briefing.errors import OutputError, UsageError
from briefing.records import Brief, Output
from briefing.render import WRITERS, render, save
from briefing.render.markdown import escape
from tests.render import briefs

CONTRACT = (
    "title", "as_of", "marking", "articles", "summary", "key_judgements", "actors", "events", "assessments", "claims",
    "discrepancies", "gaps", "changes", "problems",
)  # fmt: skip


def files(brief: Brief, name: str, **settings: object) -> dict[str, bytes]:
    """Name → bytes of a format's files."""
    config = Config(render=RenderSettings.model_validate(settings))
    return {o.name: o.data for o in render(brief, formats=[name], config=config)}


def test_the_configuration_and_the_table_of_writers_name_the_same_formats() -> None:
    assert tuple(WRITERS) == get_args(Format)


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="odt"):
        render(briefs.small(), formats=["odt"], config=Config())


@pytest.mark.parametrize("name", [f for f in get_args(Format) if f != "pdf"])
def test_two_renders_have_the_same_bytes(name: str) -> None:
    assert files(briefs.large(12), name) == files(briefs.large(12), name)


def test_json_keeps_the_contract_and_comes_back_as_it_was() -> None:
    data = files(briefs.small(), "json")["brief.json"]
    found = json.loads(data)
    assert tuple(found)[: len(CONTRACT)] == CONTRACT
    assert "한진우".encode() in data
    assert Brief.model_validate_json(data) == briefs.small()


def test_markdown_cites_and_escapes() -> None:
    words = files(briefs.small(), "md")["brief.md"].decode()
    assert words.startswith("**TLP:GREEN**\n\n# Tessaly bars foreign tankers from the Marrow lock\n")
    targets = re.findall(r"\]\(#(q[\d-]+)\)", words)
    assert len(targets) > 30
    assert all(f'<a id="{t}"></a>' in words for t in targets)
    assert escape("a|b *c* <i>[x](y)\n1. two") == r"a\|b \*c\* \<i\>\[x\](y) 1. two"
    assert escape("- not a list") == r"\- not a list"


@pytest.mark.parametrize("style", ["daily", "spot", "executive", "actor"])
def test_markdown_tables_have_as_many_cells_as_heads(style: str) -> None:
    words = files(briefs.large(15), "md", template=style)["brief.md"].decode()
    for table in re.findall(r"(?:^\|.*\|\n?)+", words, re.MULTILINE):
        rows = table.strip().split("\n")
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_word_has_headings_footnotes_and_the_marking() -> None:
    data = files(briefs.small(), "docx")["brief.docx"]
    document = Document(io.BytesIO(data))
    heads = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads[:3] == ["Bottom line", "Key judgements", "Summary"]
    assert document.core_properties.title == briefs.small().title
    assert "TLP:GREEN" in document.sections[0].header.paragraphs[0].text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    marks = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert marks == [str(n) for n in range(1, len(marks) + 1)]
    assert f"[1] Harbour Post, ¶ 1: “{briefs.CLOSED}”" in notes


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_word_has_the_papers_size(paper: str) -> None:
    section = Document(io.BytesIO(files(briefs.small(), "docx", paper=paper)["brief.docx"])).sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == {"A4": 210, "Letter": 216}[paper]


def test_csv_tables_hold_every_row() -> None:
    found = files(briefs.large(60), "csv")
    rows = list(csv.DictReader(io.StringIO(found["tables/events.csv"].decode("utf-8-sig"))))
    assert len(rows) == 60
    assert rows[0]["quote"] == rows[0]["text"]
    assert set(found) == {
        f"tables/{n}.csv" for n in ("sources", "judgements", "events", "actors", "assessments", "claims", "relations")
    }


def test_csv_cells_are_no_formulas() -> None:
    brief = briefs.small()
    actor = brief.actors[0].model_copy(update={"name": '=HYPERLINK("http://x.example")'})
    data = files(brief.model_copy(update={"actors": (actor,)}), "csv")["tables/actors.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(data))
    assert row["name"].startswith("'=")


@pytest.mark.parametrize("marking", ["TLP:AMBER+STRICT", "TLP:CLEAR", "For the board", ""])
def test_stix_is_valid(marking: str) -> None:
    data = files(briefs.small().model_copy(update={"marking": marking}), "stix")["brief.stix.json"]
    bundle = stix2.parse(data.decode(), allow_custom=False)
    kinds = {o["type"] for o in bundle.objects}
    assert {"report", "identity", "incident", "note", "opinion", "relationship"} <= kinds
    assert "threat-actor" not in kinds
    assert ("marking-definition" in kinds) is bool(marking)
    ids = [o["id"] for o in bundle.objects]
    assert len(ids) == len(set(ids))
    report = next(o for o in bundle.objects if o["type"] == "report")
    assert set(report["object_refs"]) <= set(ids)


def test_stix_notes_carry_confidence_and_quoted_words() -> None:
    bundle = json.loads(files(briefs.small(), "stix")["brief.stix.json"])
    judgements = [o for o in bundle["objects"] if "key-judgement" in o.get("labels", ())]
    assert [o["confidence"] for o in judgements] == [50, 15, 15, 85]
    assert judgements[0]["external_references"][0]["description"] == briefs.LASTS
    assert judgements[0]["authors"] == ["Tomas Verrin"]


def test_stix_ids_stay_when_the_brief_changes() -> None:
    def ids(brief: Brief) -> set[str]:
        objects = json.loads(files(brief, "stix")["brief.stix.json"])["objects"]
        return {o["id"] for o in objects if o["type"] in {"identity", "incident", "note"}}

    assert ids(briefs.small()) == ids(briefs.small().model_copy(update={"as_of": "2031-06-01"}))


def test_save_writes_whole_files_and_leaves_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    outputs = [Output(format="csv", name="tables/a.csv", data=b"1"), Output(format="json", name="b.json", data=b"2")]
    assert save(outputs, out) == [out / "tables" / "a.csv", out / "b.json"]
    assert sorted(p.name for p in out.rglob("*") if p.is_file()) == ["a.csv", "b.json"]
    save([Output(format="json", name="b.json", data=b"3")], out)
    assert (out / "b.json").read_bytes() == b"3"


def test_save_says_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file"):
        save([Output(format="json", name="b.json", data=b"2")], tmp_path / "file")
    (tmp_path / "b.json").mkdir()
    with pytest.raises(OutputError):
        save([Output(format="json", name="b.json", data=b"2")], tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
