"""The web page: complete by itself, every sentence cited, nothing of an article becomes markup."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from briefing.config import BriefSettings, Config, RenderSettings
from briefing.errors import ConfigError
from briefing.records import Brief, Evidence, Statement
from briefing.render import render
from tests.render import briefs

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }} {% raw %} </style> \u202egnp.exe'


class Page(HTMLParser):
    """Tags, ids and links of a page."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for key, value in attrs:
            self.attributes.add(key)
            if key == "id":
                self.ids[value or ""] += 1
            if key in {"href", "src"}:
                self.links.append(value or "")


def html(brief: Brief, **settings: object) -> str:
    """The page of a brief."""
    config = Config(render=RenderSettings.model_validate(settings))
    return render(brief, formats=["html"], config=config)[0].data.decode()


@pytest.mark.parametrize("style", ["daily", "spot", "executive", "actor"])
def test_every_link_leads_somewhere_and_every_id_is_one(style: str) -> None:
    page = Page(html(briefs.large(20), template=style))
    assert [i for i, n in page.ids.items() if n > 1] == []
    assert [x for x in page.links if x.startswith("#") and x[1:] not in page.ids] == []


def test_citations_lead_to_quotations_and_back() -> None:
    words = html(briefs.small())
    quoted = dict(re.findall(r'<li id="(q[\d-]+)">.*?</span>(“.*?”)', words))
    within = set(re.findall(r'<span id="(q[\d-]+)"></span>', words))
    cites = re.findall(r'<a class="cite" id="(c\d+)" href="#(q[\d-]+)"', words)
    assert len(cites) > 30
    assert {target for _, target in cites} <= set(quoted) | within
    backs = re.findall(r'<a class="back" href="#(c\d+)"', words)
    assert {anchor for anchor, _ in cites} == set(backs)
    assert quoted["q1-0-86"] == f"“{briefs.CLOSED}”"


def test_nothing_from_elsewhere_and_no_script() -> None:
    words = html(briefs.small())
    page = Page(words)
    assert page.tags["script"] == page.tags["link"] == page.tags["iframe"] == 0
    assert [x for x in page.links if not x.startswith(("#", "data:"))] == ["https://harbour-post.example/marrow-lock"]
    assert "url(" not in words
    assert "@import" not in words


def test_text_of_an_article_never_becomes_markup() -> None:
    brief = briefs.small()
    evidence = Evidence(article="a1", start=0, end=len(HOSTILE), quote=HOSTILE)
    said = (Statement(text=HOSTILE, evidence=(evidence,)),)
    source = brief.articles[0].model_copy(
        update={"title": HOSTILE, "publisher": HOSTILE, "url": "javascript:alert(3)", "authors": (HOSTILE,)}
    )
    actor = brief.actors[0].model_copy(update={"name": HOSTILE, "roles": (HOSTILE,), "affiliation": HOSTILE})
    update = {"title": HOSTILE, "summary": said, "bottom_line": said, "source_summary": HOSTILE}
    update |= {"articles": (source, *brief.articles[1:]), "actors": (actor, *brief.actors[1:])}
    words = html(brief.model_copy(update=update))
    page = Page(words)
    assert page.tags["script"] == page.tags["img"] == 0
    assert not {a for a in page.attributes if a.startswith("on")}
    assert "javascript:" not in words
    assert "\u202e" not in words
    assert "{{ 7 * 7 }}" in words  # shown as it stands, not run
    assert page.tags["style"] == 1


def test_a_brief_with_nothing_but_articles_has_no_empty_sections() -> None:
    brief = briefs.small()
    bare = Brief(title=brief.title, as_of=None, marking="", articles=brief.articles[:1], production=brief.production)
    words = html(bare)
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", words)
    assert titles == ["Sources", "How to read this brief", "How this brief was made"]
    assert "no date known" in words
    assert 'class="marking' not in words


@pytest.mark.parametrize(
    ("marking", "kind"), [("TLP:AMBER+STRICT", "tlp"), ("tlp:red", "tlp"), ("For the board", "text"), ("", "")]
)
def test_markings(marking: str, kind: str) -> None:
    words = html(briefs.small().model_copy(update={"marking": marking}))
    assert re.findall(r'class="marking (\w+)"', words) == [kind] * 2 * bool(kind)
    assert (marking.upper() if kind == "tlp" else marking) in words


def test_the_briefs_own_words() -> None:
    settings = BriefSettings(kicker="Night desk", organisation="Strand Institute", reference="SI-7", language="en-US")
    words = render(briefs.small(), formats=["html"], config=Config(brief=settings))[0].data.decode()
    assert '<html lang="en-US"' in words
    assert "Night desk" in words
    assert "May 28, 2031" in words


def test_an_actors_profile() -> None:
    words = html(briefs.small(), template="actor", actor="Koss")
    assert "<h1>Pavel Koss</h1>" in words
    assert "foreign minister" in words
    assert briefs.MEET[:20] in words
    assert briefs.ELEVEN[:30] not in words
    with pytest.raises(ConfigError, match=r"Nobody"):
        html(briefs.small(), template="actor", actor="Nobody")
