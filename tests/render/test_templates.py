"""Styles: what wins over what, and what is said where something is wrong."""

from pathlib import Path

import pytest

from briefing.config import Config, RenderSettings
from briefing.errors import TemplateError
from briefing.render import render, templates
from tests.render import briefs

SHIPPED = ("actor", "daily", "executive", "spot")


def config(own: Path | None = None, **settings: object) -> Config:
    """Settings with nothing but what a test needs."""
    return Config(render=RenderSettings.model_validate({"templates": own, **settings}))


def page(own: Path | None = None, **settings: object) -> str:
    """The HTML of the small brief."""
    (output,) = render(briefs.small(), formats=["html"], config=config(own, **settings))
    return output.data.decode()


def put(folder: Path, name: str, words: str) -> Path:
    """A file below ``folder``."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def shipped_layout() -> str:
    """The text of the daily layout."""
    return (templates.shipped() / "daily" / "layout.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_styles_and_all_their_themes_load(name: str) -> None:
    themes = ("navy", "oxblood", "forest", "plain", "rtl")
    assert [templates.load(name, theme=t).theme_name for t in themes] == list(themes)


def test_styles_lists_what_there_is(tmp_path: Path) -> None:
    put(tmp_path, "house/layout.yaml", "extends: daily\nname: House\nsections: [{use: summary}]\n")
    assert templates.styles(tmp_path) == sorted([*SHIPPED, "house"])


def test_the_users_folder_wins_file_by_file(tmp_path: Path) -> None:
    put(tmp_path, "daily/sections/gaps.html.j2", "<p>OWN {{ items | length }}</p>")
    found = page(tmp_path)
    assert "<p>OWN 2</p>" in found
    assert "Key judgements" in found


def test_a_style_extends_another_and_changes_its_look(tmp_path: Path) -> None:
    words = "extends: daily\nname: House\nsections:\n  - {use: summary, title: In short}\nthemes:\n"
    put(tmp_path, "house/layout.yaml", words + '  navy: {colours: {accent: "#123456"}}\n')
    found = page(tmp_path, template="house")
    assert "In short" in found
    assert "color: #123456" in found
    assert "var(--" not in found
    assert "Key judgements" not in found


def test_a_section_of_the_users_own(tmp_path: Path) -> None:
    put(tmp_path, "house/layout.yaml", "extends: daily\nname: House\nsections: [{use: hello, title: Hi}]\n")
    put(tmp_path, "house/sections/hello.html.j2", "<h2>{{ section.title }} {{ brief.title }}</h2>")
    assert "Hi Tessaly bars" in page(tmp_path, template="house")


def test_show_false_title_and_limit(tmp_path: Path) -> None:
    words = shipped_layout().replace("    title: Summary", "    title: Summary\n    show: false")
    put(tmp_path, "daily/layout.yaml", words.replace("title: Key actors\n    limit: 14", "title: Who\n    limit: 2"))
    found = page(tmp_path)
    assert "Summary" not in found
    assert ">Who</h2>" in found
    assert "5 more actors in the attached brief.json." in found


@pytest.mark.parametrize(
    ("name", "words", "where", "says"),
    [
        ("daily/sections/gaps.html.j2", "<p>\n{{ nobody }}</p>", "gaps.html.j2:2", "'nobody': unknown variable"),
        ("daily/sections/gaps.html.j2", "{{ brief.titel }}", "gaps.html.j2:1", "titel"),
        ("daily/sections/gaps.html.j2", "\n\n{% for x in %}", "gaps.html.j2:3", "Expected an expression"),
        ("daily/sections/gaps.html.j2", '\n{% include "gone.j2" %}', "gaps.html.j2:2", "no template 'gone.j2'"),
        ("daily/sections/gaps.html.j2", "{{ ''.__class__.__mro__ }}", "gaps.html.j2:1", "unsafe"),
        ("daily/sections/gaps.html.j2", "\n{{ 1 / 0 }}", "gaps.html.j2:2", "division"),
        ("daily/sections/gaps.html.j2", "{{ range(99999) | list }}", "gaps.html.j2:1", "range()"),
    ],
)
def test_a_faulty_template_is_named_with_its_line(tmp_path: Path, name: str, words: str, where: str, says: str) -> None:
    put(tmp_path, name, words)
    with pytest.raises(TemplateError) as caught:
        page(tmp_path)
    assert where in caught.value.where
    assert says in caught.value.found


@pytest.mark.parametrize(
    ("change", "line_of", "says"),
    [
        (('"#5b1a22"', '"reddish"'), "colours: {accent", "themes.oxblood.colours.accent: found 'reddish'"),
        (("use: gaps", "use: gapz"), "gapz", "unknown section 'gapz'"),
        (("limit: 40", "limit: 0"), "limit: 0", "sections.5.limit"),
        (("  navy: {}", "  navy: {logo: crest.png}"), "logo", "no file 'crest.png'"),
        (("title: Summary", "titel: Summary"), "titel", "unknown key"),
    ],
)
def test_a_faulty_layout_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line_of: str, says: str
) -> None:
    words = shipped_layout().replace(*change)
    path = put(tmp_path, "daily/layout.yaml", words)
    with pytest.raises(TemplateError) as caught:
        page(tmp_path)
    line = next(n for n, x in enumerate(words.splitlines(), 1) if line_of in x)
    assert caught.value.where == f"{path}:{line}"
    assert says in str(caught.value)


def test_a_logo_stands_in_the_page_and_not_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "daily/layout.yaml", shipped_layout().replace("  navy: {}", "  navy: {logo: crest.svg}"))
    put(tmp_path, "daily/crest.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert 'src="data:image/svg+xml;base64,' in page(tmp_path)


def test_unknown_style_theme_and_folder(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="weekly"):
        templates.load("weekly")
    with pytest.raises(TemplateError, match="no style"):
        templates.load("../daily")
    with pytest.raises(TemplateError, match="no theme 'pink'"):
        templates.load("daily", theme="pink")
    with pytest.raises(TemplateError, match="no such folder"):
        templates.load("daily", own=tmp_path / "none")


def test_styles_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "one/layout.yaml", "extends: two\nname: One\nsections: [{use: summary}]\n")
    put(tmp_path, "two/layout.yaml", "extends: one\nname: Two\nsections: [{use: summary}]\n")
    with pytest.raises(TemplateError, match="does not end"):
        templates.load("one", own=tmp_path)


def test_check_reads_every_template_and_the_logo(tmp_path: Path) -> None:
    templates.load("daily").check()
    put(tmp_path, "daily/sections/watch.html.j2", "\n{% if %}")
    with pytest.raises(TemplateError, match="watch"):
        templates.load("daily", own=tmp_path).check()
