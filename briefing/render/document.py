"""Brief and style in, one HTML document out: sections filled in the layout's order, the source list last of all.

The same document serves print and screen; ``medium`` says which, and only stylesheets and page furniture differ.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup

from briefing.config import Config
from briefing.records import Brief, EventLine, Evidence
from briefing.render import focus, text, view
from briefing.render.citations import Citations
from briefing.render.figures import confidence, coverage, likelihood, locator, network, timeline
from briefing.render.fonts import FALLBACKS
from briefing.render.layout import Section
from briefing.render.marking import Marking, marking
from briefing.render.templates import Style

Medium = Literal["print", "screen"]

# Sections that list what the others cite.
LAST = ("sources",)
RTL = ("ar", "fa", "he", "ur", "ps", "yi")
JOIN = Markup("\u2060")  # no line ends here; a span that may not wrap would break lines before it too early
TOGETHER = 3  # citations that stay with the last word


class Filling:
    """What the templates of one document share."""

    def __init__(self, brief: Brief, style: Style, config: Config, medium: Medium, less: int) -> None:
        self.less = less
        self.brief, self.style, self.config, self.medium = brief, style, config, medium
        self.view = view.View(brief)
        self.citations = Citations(brief)
        self.american = config.brief.language.lower() == "en-us"

    def common(self) -> dict[str, Any]:
        """The names that every template knows."""
        theme = self.style.theme
        return {
            "brief": self.brief,
            "view": self.view,
            "settings": self.config.brief,
            "kicker": self.style.layout.kicker or self.config.brief.kicker,
            "theme": theme,
            "style": self.style.layout.name,
            "medium": self.medium,
            "says": "rtl" if self.brief.language.split("-")[0] in RTL else "ltr",
            "paper": self.paper,
            "marking": self.marking,
            "logo": self.logo(),
            "cite": self.cite,
            "say": self.say,
            "date": self.date,
            "band": view.band,
            "clip": text.clip,
            "quoted": text.quoted,
            "url": text.safe_url,
            "slug": text.slug,
            "relation": view.relation,
            "likelihood_bar": lambda x: likelihood.bar(x, theme, scale=self.brief.yardstick),
            "confidence_boxes": lambda x: confidence.boxes(x, theme),
            "timeline": self.timeline,
            "network": lambda relations: network.network(relations, self.view.names, self._types(), theme),
            "coverage_figure": lambda: coverage.coverage(self.brief.articles, theme),
            "locator": lambda found: locator.locator(found, theme),
            "sources": self.citations.sources,
        }

    @property
    def paper(self) -> str:
        """What config.yaml says, else the theme, else A4."""
        said = "paper" in self.config.render.model_fields_set
        return self.config.render.paper if said else (self.style.theme.paper or self.config.render.paper)

    @property
    def marking(self) -> Marking:
        """The brief's marking as the theme draws it."""
        return marking(self.brief.marking, self.style.theme.marking)

    def date(self, value: str | None, short: bool = False) -> str:
        """An ISO date as text."""
        return text.date(value, short=short, american=self.american)

    def cite(self, evidence: Sequence[Evidence]) -> Markup:
        """Bracketed numbers that lead to the quoted words; the first ones never stand at a line's start."""
        marks = self.marks(evidence)
        near, rest = Markup("").join(JOIN + m for m in marks[:TOGETHER]), Markup("").join(marks[TOGETHER:])
        return near + rest

    def marks(self, evidence: Sequence[Evidence]) -> list[Markup]:
        """As ``cite``, one by one."""
        link = Markup('<a class="cite" id="{}" href="#{}" title="{}">[{}]</a>')
        return [link.format(c.anchor, c.target, c.label, c.number) for c in self.citations.cite(evidence)]

    def say(self, words: str, evidence: Sequence[Evidence]) -> Markup:
        """``words`` and their citation."""
        return Markup("{}{}").format(text.display(words).rstrip(), self.cite(evidence))

    def timeline(self, rows: Sequence[view.EventRow]) -> Markup:
        """The timeline of rows of the event table."""
        events: list[tuple[int, EventLine]] = [(r.number, r.event) for r in rows]
        return timeline.timeline(events, self.view.names, self.style.theme)

    def logo(self) -> str:
        """The theme's logo as a data: URL, or nothing."""
        path = self.style.logo
        if path is None:
            return ""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    def section(self, entry: Section, number: int) -> Markup:
        """One section, or nothing where it has nothing to say."""
        found = view.items(self.view, self.brief, entry.use)
        limit = entry.limit and max(min(entry.limit, 2 if self.less < 4 else 1), entry.limit - self.less)
        shown = None if found is None else view.shorten(found, limit)
        if found is not None and not shown and not entry.empty:
            return Markup("")
        context = self.common() | {
            "section": entry,
            "items": shown or [],
            "more": 0 if found is None else len(found) - len(shown or []),
            "anchor": f"s-{entry.use}-{number}" if self._twice(entry) else f"s-{entry.use}",
        }
        return Markup(self.style.render(f"sections/{entry.use}.html.j2", context).strip())  # noqa: S704 (autoescaped)

    def _twice(self, entry: Section) -> bool:
        return sum(s.use == entry.use for s in self.style.layout.sections if s.show) > 1

    def _types(self) -> dict[str, str]:
        return {a.id: a.type for a in self.brief.actors}


def html(brief: Brief, style: Style, config: Config, medium: Medium, less: int = 0) -> str:
    """The whole document; each list shows ``less`` lines less than the layout says."""
    if style.layout.focus == "actor":
        brief = focus.on_actor(brief, config.render.actor)
    filling = Filling(brief, style, config, medium, less)
    entries = [(n, s) for n, s in enumerate(style.layout.sections) if s.show]
    filled: dict[int, Markup] = {}
    for last in (False, True):
        for n, entry in entries:
            if (entry.use in LAST) is last:
                filled[n] = filling.section(entry, n)
    sections = [(entry, filled[n]) for n, entry in entries if filled[n]]
    css = Markup(stylesheet(style, medium, filling.paper))  # noqa: S704 (the style's own files)
    context = filling.common() | {"sections": sections, "css": css}
    return style.render("brief.html.j2", context)


def stylesheet(style: Style, medium: Medium, paper: str) -> str:
    """The style's own stylesheets with the theme in them. None of it comes from an article.

    ``var(--accent)`` and the like are filled in here, since many mail programs know no custom properties.
    """
    theme = style.theme
    backup = ",".join(f'"{f}"' for f in FALLBACKS)
    wide = {"print": ("serif", "sans-serif"), "screen": ("Charter,Georgia,serif", "system-ui,sans-serif")}[medium]
    values = dict(theme.colours.model_dump()) | {
        "text": f'"{theme.type.text}",{backup},{wide[0]}',
        "head": f'"{theme.type.head}",{backup},{wide[1]}',
        "narrow": f'"{theme.type.narrow}",{backup},{wide[1]}',
        "size": f"{theme.type.size}pt",
    }
    page = f"@page{{size:{paper}}}\n" if medium == "print" else ""
    own = "\n".join(style.css(name) for name in ("brief.css", f"{medium}.css", "extra.css"))
    return page + re.sub(r"var\(--([\w-]+)\)", lambda m: values.get(m[1], m[0]), own)
