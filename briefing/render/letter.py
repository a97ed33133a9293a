"""Brief in, the letter that goes with it out: subject, text, HTML with inline styles. And the notice of a failure.

What a mail shows without its attachment: what changed, the bottom line, the key judgements, how much was read.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.config import Config
from briefing.errors import TemplateError
from briefing.ledger import Issue, Letter
from briefing.records import Brief, Change, KeyJudgement
from briefing.render import templates, text
from briefing.render.layout import Theme
from briefing.render.marking import marking
from briefing.render.view import View, band

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent / "data"
WIDTH = 76  # of the plain text
CHANGES, JUDGEMENTS = 12, 6  # most lines shown; the brief has all
SUBJECT = 90  # characters of the title in the subject


@dataclass(frozen=True)
class Judged:
    """A key judgement, and how sure it is."""

    text: str
    sure: str


def letter(brief: Brief, config: Config, *, profile: str, number: int, folder: str) -> Letter:
    """The letter of an issue. The same brief gives the same bytes."""
    theme = _theme(config)
    label = marking(brief.marking, theme.marking)
    american = config.brief.language.lower() == "en-us"
    as_of = text.date(brief.as_of, american=american)
    new, shown = _since(brief, american), brief.changes[:CHANGES]
    facts = {
        **_look(theme, label.label, config),
        "title": brief.title,
        "kicker": config.brief.kicker,
        "as_of": as_of or "no date known",
        "profile": profile,
        "number": number,
        "folder": folder,
        "since": new,
        "since_title": "What changed since the last brief" if brief.since and brief.since.issue else "A quiet night",
        "changes": shown,
        "more": len(brief.changes) - len(shown),
        "bottom_line": [s.text for s in brief.bottom_line or brief.summary],
        "judgements": [_judged(j) for j in brief.key_judgements[:JUDGEMENTS]],
        "sources": _sources(brief),
    }
    words = [f"[{label.label}]" if label.label else "", text.clip(text.display(brief.title), SUBJECT)]
    subject = " ".join([w for w in words if w] + [f"– {p}" for p in (_news(brief), as_of) if p])
    return _letter("letter", subject, facts)


def notice(
    config: Config,
    *,
    profile: str,
    local: str,
    message: str,
    attempts: int,
    last_issue: Issue | None,
    made: Issue | None = None,
) -> Letter:
    """The notice of a slot that gave no brief, or whose issue (``made``) did not reach everybody; from plain facts."""
    theme = _plain_theme(config)
    label = marking(config.brief.marking, theme.marking)
    american = config.brief.language.lower() == "en-us"
    title = f"The brief from {profile} may not have reached everybody" if made else f"No brief from {profile}"
    tried = "once" if attempts == 1 else f"{attempts} times"
    facts = {
        **_look(theme, label.label, config),
        "title": title,
        "profile": profile,
        "local": local,
        "planned": _clock(local, american),
        "message": message,
        "tried": tried if attempts and not made else "",
        "last": _last(last_issue, american) if last_issue else "",
        "made": _last(made, american) if made else "",
    }
    prefix = f"[{label.label}] " if label.label else ""
    return _letter("notice", f"{prefix}{title} – {_clock(local, american)}", facts)


def _letter(name: str, subject: str, facts: dict[str, Any]) -> Letter:
    html = _environment().get_template(f"{name}.html.j2").render(facts)
    plain = _environment().get_template(f"{name}.txt.j2").render(facts)
    return Letter(subject=text.display(subject), text=plain, html=html)


def _plain_theme(config: Config) -> Theme:
    """The configured theme, or the one that ships: a broken style is the very thing that a notice may have to tell."""
    try:
        return _theme(config)
    except TemplateError:
        return _theme(Config())


def _theme(config: Config) -> Theme:
    return templates.load(config.render.template, own=config.render.templates, theme=config.render.theme).theme


def _look(theme: Theme, label: str, config: Config) -> dict[str, Any]:
    tlp = marking(label, theme.marking)
    return {
        "marking": label,
        "tlp": tlp.colour,
        "c": theme.colours,
        "direction": theme.direction,
        "language": config.brief.language,
    }


def _since(brief: Brief, american: bool) -> str:
    """One sentence: how the issue stands to the one before it. Empty for a first one that has something to tell."""
    since = brief.since
    if since is None or (since.issue is None and not since.quiet):
        return ""
    if since.issue is None:
        return "There is nothing to tell yet: the sources gave no article that is new."
    before = f"issue {since.issue}" + (f" (as of {text.date(since.as_of, american=american)})" if since.as_of else "")
    if since.quiet:
        read = _count(since.new_articles, "new article was", "new articles were") if since.new_articles else ""
        return f"Nothing new since {before}." + (f" {read} read; nothing material moved." if read else "")
    return f"{_count(since.new_articles, 'new article', 'new articles')} since {before}."


def _news(brief: Brief) -> str:
    """For the subject."""
    if brief.since is None or brief.since.issue is None:
        return ""
    if brief.since.quiet:
        return "" if "nothing new" in brief.title.lower() else "nothing new"
    return _count(len(brief.changes), "change", "changes")


def _judged(line: KeyJudgement) -> Judged:
    likely = ""
    if line.likelihood is not None:
        chance = band(line.likelihood)
        likely = line.likelihood.term + (f" ({chance})" if chance else "")
    return Judged(line.text, "; ".join(s for s in (likely, f"{line.confidence} confidence") if s))


def _sources(brief: Brief) -> str:
    view = View(brief)
    origins = len({a.origin for a in brief.articles})
    parts = [
        _count(len(brief.articles), "article", "articles"),
        _count(origins, "independent origin", "independent origins"),
        _count(len(view.outlets), "outlet", "outlets") if view.outlets else "",
    ]
    failed = sum(1 for p in brief.problems if p.fails)
    faults = f" {_count(failed, 'input', 'inputs')} could not be used: see the brief's coverage." if failed else ""
    read = f"Sources: {', '.join(p for p in parts if p)}." if brief.articles else ""
    return (read + faults).strip()


def _last(issue: Issue, american: bool) -> str:
    return f"issue {issue.number} of {_clock(issue.local, american)}: {issue.title}"


def _clock(local: str, american: bool) -> str:
    """``2026-03-13T05:00+01:00`` as ``13 March 2026, 05:00 (UTC+01:00)``."""
    m = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?", local)
    if m is None:
        return local
    offset = "UTC" if m[3] in {"Z", "+00:00"} else f"UTC{m[3]}" if m[3] else ""
    return f"{text.date(m[1], american=american)}, {m[2]}" + (f" ({offset})" if offset else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


# ----------------------------------------------------------------------------------------------------------- templates
@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(str(FOLDER)),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        keep_trailing_newline=True,
    )
    env.filters["filled"] = _filled
    env.filters["tag"] = _tag
    return env


def _finalize(value: Any) -> Any:
    if value is None:
        return ""
    # Text that a filter has filled is clean already and has its line ends.
    return text.display(value) if type(value) is str and "\n" not in value else value


def _filled(words: str, indent: str = "") -> str:
    """In lines of 76 characters, the further ones behind ``indent``."""
    clean = text.display(words)
    return textwrap.fill(
        clean, WIDTH - len(indent), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _tag(change: Change) -> str:
    return change.change.upper() + (" (watchlist)" if change.watched else "")
