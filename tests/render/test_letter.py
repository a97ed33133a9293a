"""The letter that goes with a brief: what it says first, that it is safe, and that it is the same every time."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from briefing.config import Config
from briefing.ledger import Issue
from briefing.records import (
    Brief,
    Change,
    Evidence,
    KeyJudgement,
    Likelihood,
    Problem,
    Production,
    Since,
    SourceLine,
    Statement,
)
from briefing.render.letter import CHANGES, WIDTH, letter, notice
from tests.deliver.desk import issue

EVIDENCE = (Evidence(article="a1", start=0, end=5, quote="Talks"),)


def source(n: int, publisher: str, origin: str) -> SourceLine:
    return SourceLine(
        id=f"a{n}", title="T", publisher=publisher, date="2026-03-13", story="s", origin=origin, duplicate_of=None,
        reliability="B",
    )  # fmt: skip


def brief(**more: Any) -> Brief:
    base: dict[str, Any] = {
        "title": "Talks in Marvia resume",
        "as_of": "2026-03-13",
        "marking": "TLP:GREEN",
        "articles": (source(1, "Lenna Post", "o1"), source(2, "Marvia Times", "o2"), source(3, "Lenna Post", "o1")),
        "bottom_line": (Statement(text="Talks resumed on Friday.", evidence=EVIDENCE),),
        "key_judgements": (
            KeyJudgement(
                text="A deal is likely.", evidence=EVIDENCE, confidence="moderate", why="two origins",
                likelihood=Likelihood(term="likely", low=0.55, high=0.8),
            ),
        ),
        "production": Production(version="1", model="m", model_version="1", settings="s", inputs="i"),
    }  # fmt: skip
    return Brief.model_validate(base | more)


def since(**more: Any) -> Since:
    return Since.model_validate({"issue": 11, "as_of": "2026-03-12", "number": 12, "new_articles": 3} | more)


def changed(count: int) -> tuple[Change, ...]:
    return tuple(
        Change(change="new", item=f"i{n}", text=f"Change number {n}.", evidence=EVIDENCE) for n in range(count)
    )


def made(found: Brief, **config: Any) -> Any:
    return letter(found, Config.model_validate(config), profile="straits", number=12, folder="2026-03-13T0500")


def test_what_it_says_and_in_which_order() -> None:
    found = made(brief(changes=changed(2), since=since()))
    assert found.subject == "[TLP:GREEN] Talks in Marvia resume – 2 changes – 13 March 2026"
    order = [
        "TLP:GREEN",
        "Talks in Marvia resume",
        "13 March 2026",
        "issue 12 of straits",
        "3 new articles since issue 11 (as of 12 March 2026).",
        "Change number 0.",
        "Change number 1.",
        "Talks resumed on Friday.",
        "A deal is likely.",
        "55–80 %",
        "oderate confidence",
        "3 articles, 2 independent origins, 2 outlets.",
        "2026-03-13T0500",
    ]
    for words in (found.text, found.html.partition("<body")[2].partition("</div>")[2]):
        places = [words.index(part) for part in order]
        assert places == sorted(places)


def test_the_first_issue_speaks_of_no_change() -> None:
    found = made(brief(since=since(issue=None, as_of=None, number=1)))
    assert found.subject == "[TLP:GREEN] Talks in Marvia resume – 13 March 2026"
    assert "changed" not in found.text + found.html


def test_a_quiet_night_says_so() -> None:
    found = made(brief(since=since(quiet=True, new_articles=1)))
    assert "nothing new" in found.subject
    again = made(brief(title="Straits: nothing new", articles=(), since=since(quiet=True, new_articles=0)))
    assert again.subject == "[TLP:GREEN] Straits: nothing new – 13 March 2026"
    assert "Sources" not in again.text + again.html
    flat = " ".join(found.text.split())
    assert "Nothing new since issue 11 (as of 12 March 2026). 1 new article was read; nothing material moved." in flat


def test_a_first_issue_without_anything_to_tell_says_so() -> None:
    found = made(brief(bottom_line=(), key_judgements=(), articles=(), since=since(issue=None, quiet=True)))
    assert "A QUIET NIGHT\n\nThere is nothing to tell yet" in found.text
    assert "There is nothing to tell yet" in found.html


def test_what_is_watched_is_marked() -> None:
    found = made(brief(changes=(changed(1)[0].model_copy(update={"watched": True}),), since=since()))
    assert "- NEW (watchlist): Change number 0." in found.text
    assert "NEW (watchlist)" in found.html


def test_many_changes_are_cut_and_counted() -> None:
    found = made(brief(changes=changed(CHANGES + 5), since=since()))
    assert "5 more in the brief" in found.text
    assert "5 more in the brief" in found.html
    assert f"Change number {CHANGES}." not in found.text


def test_inputs_that_failed_are_counted() -> None:
    found = made(brief(problems=(Problem(stage="ingest", subject="x", message="y"),)))
    assert "1 input could not be used" in " ".join(found.text.split())


def test_the_same_bytes_every_time() -> None:
    assert made(brief(changes=changed(3), since=since())) == made(brief(changes=changed(3), since=since()))


def test_a_bare_brief() -> None:
    found = made(brief(marking="", as_of=None, bottom_line=(), key_judgements=(), articles=()))
    assert found.subject == "Talks in Marvia resume"
    assert "no date known" in found.text
    assert "TLP" not in found.html


class Seen(HTMLParser):
    """Tags, attributes and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = '<script>alert(1)</script> <img src="https://x.example/t.gif"> {{ 7*7 }} \u202e\x1b[2J & "quoted"'


@pytest.mark.parametrize("theme", ["navy", "oxblood", "rtl"])
def test_html_is_whole_small_and_asks_nothing_of_the_network(theme: str) -> None:
    hostile = (Change(change="dropped", item="i", text=HOSTILE, evidence=EVIDENCE),)
    found = made(brief(title=HOSTILE, changes=hostile, since=since()), render={"theme": theme})
    seen = Seen(found.html)
    assert seen.open == []
    assert {t for t, _ in seen.tags} <= {
        "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "span", "p", "h1", "h2", "br", "code",
    }  # fmt: skip
    assert not any(k in {"src", "href", "class", "id"} or k.startswith("on") for _, a in seen.tags for k in a)
    assert "<script>alert(1)</script>" in seen.text  # shown, not run
    assert "{{ 7*7 }}" in seen.text
    assert not {"\u202e", "\x1b"} & set(found.html + found.text + found.subject)
    assert len(found.html) < 100_000  # longer mails are cut by some programs


def test_lines_of_the_text_are_short() -> None:
    long = Change(change="updated", item="i", text="Word " * 80, evidence=EVIDENCE)
    found = made(brief(changes=(long,), since=since(), title="A title that goes on " * 8))
    assert max(len(line) for line in found.text.splitlines()) <= WIDTH
    assert "\n\n\n" not in found.text
    assert "\r" not in found.subject + found.text


def test_subjects_are_short_enough() -> None:
    assert len(made(brief(title="A title that goes on " * 40)).subject) < 160


@pytest.mark.parametrize("last", [None, issue(12)])
@pytest.mark.parametrize("attempts", [1, 4])
def test_a_notice(last: Issue | None, attempts: int) -> None:
    found = notice(
        Config.model_validate({"brief": {"marking": "TLP:AMBER"}}),
        profile="straits",
        local="2026-03-13T05:00+01:00",
        message="no article to brief; give <files>",
        attempts=attempts,
        last_issue=last,
    )
    assert found.subject == "[TLP:AMBER] No brief from straits – 13 March 2026, 05:00 (UTC+01:00)"
    for words in (found.text, Seen(found.html).text):
        assert "no article to brief; give <files>" in words
        assert ("Tried 4 times" if attempts == 4 else "Tried once") in words
        assert ("issue 3 of 12 March 2026, 05:00 (UTC+01:00)" if last else "There is no earlier brief.") in words
        assert "briefing run straits --slot 2026-03-13T05:00+01:00" in words
