"""What changed, on the page: it leads, a quiet night says so in every style and format, a brief on demand has none."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from briefing.config import Config, Format, RenderSettings
from briefing.records import Brief
from briefing.render import render
from briefing.render.templates import styles
from tests.render import briefs

HEADING = "What changed since 31 May 2026 (issue 7)"


def page(brief: Brief, style: str = "daily", form: str = "html") -> str:
    """A brief as one file of text."""
    config = Config(render=RenderSettings(template=style))
    return render(brief, formats=[form], config=config)[0].data.decode()


@pytest.mark.parametrize("style", ["daily", "executive", "spot", "actor"])
def test_changes_lead(style: str) -> None:
    words = page(briefs.issue(), style)
    sections = [part.split('"', 1)[0] for part in words.split('<section class="')[1:]]
    assert sections[0] == "changes"
    assert HEADING in words
    assert "6 new articles were read. Stories: 1 new story, 1 told before that moved" in words


@pytest.mark.parametrize("style", ["daily", "executive", "spot", "actor"])
@pytest.mark.parametrize("form", ["html", "md"])
def test_a_brief_on_demand_has_no_changes(style: str, form: str) -> None:
    assert "What changed" not in page(briefs.small(), style, form)


def test_before_and_after_tags_and_citations() -> None:
    words = page(briefs.issue())
    rows = words.split('<table class="changes">')[1].split("</table>")[0].split("<tr>")[2:]
    assert len(rows) == 7
    assert '<p class="step">likely → <b>very unlikely</b></p>' in rows[0]
    assert "watched</span>" in rows[0]
    assert "Before: Tessaly opened the Marrow lock" in rows[2]
    assert "denied since</span>" in rows[3]
    assert ['class="cite"' in r for r in rows] == [True, True, True, True, False, True, True]


def test_the_actor_style_shows_what_changed_about_the_actor() -> None:
    words = page(briefs.issue(), "actor")
    assert "Freight rates" not in words.split('<section class="profile">')[0]


def test_markdown_says_the_same() -> None:
    words = page(briefs.issue(), form="md")
    assert f"## {HEADING}".replace("(", "(") in words
    assert "Seven ships → Eleven ships" in words


def test_the_table_of_changes_is_there_for_an_issue_only() -> None:
    made = {o.name: o.data.decode("utf-8-sig") for o in render(briefs.issue(), formats=["csv"], config=Config())}
    rows = made["tables/changes.csv"].splitlines()
    assert len(rows) == 8
    assert rows[1].startswith("updated,likelihood,yes,assessment-1,likely,very unlikely,")
    assert not any("changes" in o.name for o in render(briefs.small(), formats=["csv"], config=Config()))


@pytest.mark.parametrize("new", [3, 0])
@pytest.mark.parametrize("style", styles())
def test_a_quiet_night_says_so_in_every_style_and_is_short(style: str, new: int) -> None:
    said = "Nothing material has changed. 3 new articles were read" if new else "No new article has come in."
    for form in ("html", "md"):
        words = page(briefs.quiet(new), style, form)
        assert said in words
        assert not any(f">{s}<" in words for s in ("Key actors", "Sources", "What happened", "How to read this brief"))


@pytest.mark.render
@pytest.mark.parametrize("style", styles())
def test_a_quiet_night_and_an_issue_render_in_every_format(style: str) -> None:
    config = Config(render=RenderSettings(template=style))
    for brief in (briefs.issue(), briefs.quiet(), briefs.quiet(0)):
        made = render(brief, formats=get_args(Format), config=config)
        assert {o.format for o in made} == set(get_args(Format))
        data = next(o.data for o in made if o.format == "json")
        assert Brief.model_validate_json(data) == brief
        assert json.loads(data)["since"]["number"] == 8
