"""Brief and layout in, plain blocks out: what Markdown and DOCX write, in the order and length of the house style.

The PDF and the web page have templates of their own; here one short function a section says what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.config import Config
from briefing.records import Brief, Change, DenialLine, Evidence, Likelihood
from briefing.render import focus, text
from briefing.render.citations import Citation, Citations, Quotation
from briefing.render.layout import Section
from briefing.render.templates import Style
from briefing.render.view import ActorRow, EventRow, View, band, items, relation, shorten


@dataclass(frozen=True)
class Run:
    """Words of one weight, with the citations behind them and the evidence that these stand for."""

    words: str
    bold: bool = False
    cites: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()


Cell = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """``style`` is body, lead, note or small."""

    runs: Cell
    style: str = "body"


@dataclass(frozen=True)
class Table:
    """Columns with their share of the width, and rows of as many cells."""

    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Bullets:
    """A list."""

    rows: tuple[Cell, ...]


@dataclass(frozen=True)
class SourceEntry:
    """A source and the words of it that the brief rests on."""

    number: int
    title: str
    detail: str
    url: str | None
    quotations: tuple[Quotation, ...]


Block = Paragraph | Table | Bullets | SourceEntry


@dataclass(frozen=True)
class Part:
    """A section: its heading and blocks."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Outline:
    """A brief as plain blocks."""

    title: str
    kicker: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    brief: Brief = field(repr=False)


def outline(brief: Brief, style: Style, config: Config) -> Outline:
    """Every section of the layout that has something to say."""
    if style.layout.focus == "actor":
        brief = focus.on_actor(brief, config.render.actor)
    desk = _Desk(brief, config)
    shown = [s for s in style.layout.sections if s.show and s.use in SECTIONS]
    done: dict[int, tuple[Block, ...]] = {}
    for last in (False, True):
        for n, section in enumerate(shown):
            if (section.use == "sources") is last:
                done[n] = tuple(SECTIONS[section.use](desk, section))
    parts = tuple(Part(_title(desk, s), done[n]) for n, s in enumerate(shown) if done[n])
    period = desk.date(desk.view.period) or "no date known"
    read = (("Articles published", period), ("Outlets", ", ".join(desk.view.outlets) or "not named"))
    facts = (
        ("As of", desk.date(brief.as_of) or "no date known"),
        *(read if brief.articles else ()),
        ("Status", "Machine draft, not reviewed"),
    )
    return Outline(brief.title, style.layout.kicker or config.brief.kicker, facts, parts, brief)


def _title(desk: _Desk, section: Section) -> str:
    since = desk.brief.since
    if section.use != "changes" or since is None or since.issue is None:
        return section.title
    return f"{section.title} since {desk.date(since.as_of) or 'the issue before'} (issue {since.issue})"


class _Desk:
    def __init__(self, brief: Brief, config: Config) -> None:
        self.brief = brief
        self.view = View(brief)
        self.citations = Citations(brief)
        self._american = config.brief.language.lower() == "en-us"

    def date(self, value: str | None, *, short: bool = False) -> str:
        return text.date(value, short=short, american=self._american)

    def run(self, words: str, evidence: Sequence[Evidence] = (), *, bold: bool = False) -> Run:
        return Run(text.display(words), bold, tuple(self.citations.cite(evidence)), tuple(evidence))

    def listed(self, section: Section) -> tuple[list[Any], str]:
        found = items(self.view, self.brief, section.use) or ()
        left = len(found) - (section.limit or len(found))
        return shorten(found, section.limit), f"{left} more in brief.json." if left > 0 else ""


def _plain(words: str, *, bold: bool = False) -> Cell:
    return (Run(text.display(words), bold),)


def _prose(style: str) -> Callable[[_Desk, Section], list[Block]]:
    def write(desk: _Desk, section: Section) -> list[Block]:
        lines, _ = desk.listed(section)
        return [Paragraph(tuple(desk.run(s.text, s.evidence) for s in lines), style)] if lines else []

    return write


def _table(
    head: tuple[str, ...], widths: tuple[float, ...], row: Callable[[_Desk, object], tuple[Cell, ...]]
) -> Callable[[_Desk, Section], list[Block]]:
    def write(desk: _Desk, section: Section) -> list[Block]:
        lines, more = desk.listed(section)
        if not lines:
            return [Paragraph(_plain(section.empty))] if section.empty else []
        blocks: list[Block] = [Table(head, widths, tuple(row(desk, line) for line in lines))]
        return [*blocks, Paragraph(_plain(more), "note")] if more else blocks

    return write


def _judgement(desk: _Desk, j) -> tuple[Cell, ...]:  # type: ignore[no-untyped-def]
    speaker = (Run(text.display(f" {j.speaker_name}."), bold=True),) if j.speaker_name else ()
    return (
        (desk.run(j.text, j.evidence), *speaker, Run(text.display(f" {j.why}"))),
        _plain(_likely(j.likelihood)),
        _plain(j.confidence),
    )


def _likely(value: Likelihood | None) -> str:
    if value is None:
        return ""
    return f"{value.term}, {band(value)}" if band(value) else f"{value.term} (on no scale)"


def _event(desk: _Desk, row: EventRow) -> tuple[Cell, ...]:
    e = row.event
    tag = (Run(f" [{e.factuality}]"),) if e.factuality != "actual" else ()
    return (
        _plain(desk.date(e.date, short=True) or "undated"),
        (desk.run(e.text, e.evidence), *tag),
        _plain(str(e.origins)),
        _plain(row.grade),
    )


def _actor(desk: _Desk, a: ActorRow) -> tuple[Cell, ...]:
    role = ", ".join(x for x in (a.role, a.affiliation) if x) or a.kind
    return (
        _plain(a.name, bold=True),
        (desk.run(role, a.evidence),),
        _plain(", ".join(a.also[:3])),
        _plain(str(a.mentions)),
    )


def _relation(desk: _Desk, r) -> tuple[Cell, ...]:  # type: ignore[no-untyped-def]
    return (
        _plain(desk.view.who([r.source]), bold=True),
        _plain(relation(r)),
        _plain(desk.view.who([r.target])),
        (desk.run(desk.view.outlets_of(r.evidence), r.evidence),),
    )


def _voice(desk: _Desk, a) -> tuple[Cell, ...]:  # type: ignore[no-untyped-def]
    about = ", ".join(x for x in (a.role, a.affiliation) if x)
    name = Run(text.display(a.speaker_name or "Speaker not named"), bold=True)
    who = (name, Run(text.display(f", {about}"))) if about else (name,)
    kind = "" if a.kind in ("assessment", "statement") else a.kind.replace("_", " ")
    return who, (desk.run(a.text, a.evidence),), _plain(_likely(a.likelihood) or kind)


def _claim(desk: _Desk, c) -> tuple[Cell, ...]:  # type: ignore[no-untyped-def]
    claimant = (Run(text.display(f"{c.claimant_name}. "), bold=True),) if c.claimant_name else ()
    answers = tuple(run for name, d in desk.view.answers(c) for run in _denial(desk, name, d))
    return (
        (*claimant, desk.run(c.text, c.evidence)),
        answers or _plain("No answer was found in the articles read."),
        _plain(c.status),
    )


def _denial(desk: _Desk, name: str, d: DenialLine) -> Cell:
    who = (Run(text.display(f"{name}. "), bold=True),) if name else ()
    return (*who, desk.run(d.text, d.evidence), Run(" "))


def _discrepancies(desk: _Desk, section: Section) -> list[Block]:
    lines, _ = desk.listed(section)
    return [
        Table(
            (d.what, "According to", "In its words"),
            (0.25, 0.25, 0.5),
            tuple(
                (
                    (desk.run(v.value, v.evidence, bold=True),),
                    _plain(desk.view.outlets_of(v.evidence)),
                    _plain(text.clip(v.evidence[0].quote, 200) if v.evidence else ""),
                )
                for v in d.values
            ),
        )
        for d in lines
    ]


def _gaps(desk: _Desk, section: Section) -> list[Block]:
    lines, _ = desk.listed(section)
    if not lines:
        return [Paragraph(_plain(section.empty))] if section.empty else []
    return [Bullets(tuple((desk.run(g.text, g.evidence),) for g in lines))]


def _glance(desk: _Desk, section: Section) -> list[Block]:
    lines, _ = desk.listed(section)
    if not lines:
        return []
    return [Paragraph(_plain("; ".join(f"{f.number} {f.words}" for f in lines) + "."), "note")]


def _profile(desk: _Desk, section: Section) -> list[Block]:  # noqa: ARG001
    blocks: list[Block] = []
    for a in desk.brief.actors[:1]:
        told = ", ".join(f"{outlet} ({n})" for outlet, n in desk.view.told_by(a)[:8])
        rows: list[tuple[Cell, ...]] = [
            (_plain("Role"), (desk.run("; ".join(a.roles) or "none stated", a.evidence),)),
            (_plain("Affiliation"), _plain(a.affiliation or "none stated")),
            *((_plain("Also called"), _plain(f"{x.name} ({x.why})")) for x in a.aliases[:12]),
            (_plain("Mentions"), _plain(f"{len(a.mentions)}, by {told}")),
        ]
        blocks.append(Table(("Fact", "As stated"), (0.25, 0.75), tuple(rows)))
    return blocks


def _changes(desk: _Desk, section: Section) -> list[Block]:
    lines, more = desk.listed(section)
    since = desk.brief.since
    told = since is not None and since.issue is not None
    blocks: list[Block] = [Paragraph(_plain(desk.view.since_line()))] if told else []
    if lines:
        blocks.append(Table(("Change", "What is different"), (0.2, 0.8), tuple(_change(desk, c) for c in lines)))
    return [*blocks, Paragraph(_plain(more), "note")] if more else blocks


def _change(desk: _Desk, c: Change) -> tuple[Cell, ...]:
    step = (Run(text.display(f" {c.before} → {c.after}")),) if c.before and c.after else ()
    watched = (Run(" (watched)"),) if c.watched else ()
    tag = Run(desk.view.change(c), bold=True)
    return (tag, *watched, *(step if desk.view.step(c) else ())), (desk.run(c.text, c.evidence),)


def _sources(desk: _Desk, section: Section) -> list[Block]:  # noqa: ARG001
    blocks: list[Block] = []
    if desk.brief.source_summary and desk.brief.articles:
        blocks.append(Paragraph(_plain(desk.brief.source_summary)))
    for number, a, quotations in desk.citations.sources():
        title = " · ".join(x for x in (a.publisher or "Outlet not named", a.title) if x)
        parts = [desk.date(a.date) or "undated", *a.authors, f"reliability {a.reliability}", f"{a.words:,} words"]
        detail = " · ".join(text.display(p) for p in parts)
        blocks.append(SourceEntry(number, text.display(title), detail, text.safe_url(a.url), tuple(quotations)))
    return blocks


def _coverage(desk: _Desk, section: Section) -> list[Block]:
    rows: list[tuple[str, str, str]] = [(c.subject, c.outcome, c.detail) for c in desk.brief.coverage]
    if not rows:
        rows = [(p.subject, p.stage, p.message) for p in desk.brief.problems]
    shown = tuple((_plain(a), _plain(b), _plain(c)) for a, b, c in rows[: section.limit])
    return [Table(("Input", "Outcome", "Detail"), (0.4, 0.15, 0.45), shown)] if shown else []


def _production(desk: _Desk, section: Section) -> list[Block]:  # noqa: ARG001
    p = desk.brief.production
    tagger = f"; attribution tagger {p.tagger}" if p.tagger else ""
    rows = (
        ("Program", f"briefing {p.version}"),
        ("Language model", f"{p.model} {p.model_version}{tagger}"),
        ("Wording", "Sentences are the sources’ own words or plain templates over what was found in them."),
        ("Settings", p.settings),
        ("Inputs", p.inputs),
    )
    return [Table(("Step", "Record"), (0.25, 0.75), tuple((_plain(a), _plain(b)) for a, b in rows))]


SECTIONS: dict[str, Callable[[_Desk, Section], list[Block]]] = {
    "bottom_line": _prose("lead"),
    "glance": _glance,
    "summary": _prose("body"),
    "key_judgements": _table(("Judgement and basis", "Likelihood", "Confidence"), (0.66, 0.2, 0.14), _judgement),
    "changes": _changes,
    "events": _table(("Date", "What is reported", "Origins", "Grade"), (0.16, 0.62, 0.11, 0.11), _event),  # type: ignore[arg-type]
    "background": _table(("Date", "What is reported", "Origins", "Grade"), (0.16, 0.62, 0.11, 0.11), _event),  # type: ignore[arg-type]
    "actors": _table(("Actor", "Role and affiliation", "Also called", "Mentions"), (0.26, 0.4, 0.2, 0.14), _actor),  # type: ignore[arg-type]
    "others": _table(("Actor", "Role and affiliation", "Also called", "Mentions"), (0.26, 0.4, 0.2, 0.14), _actor),  # type: ignore[arg-type]
    "relations": _table(("Who", "Relation", "To whom", "Sources"), (0.26, 0.16, 0.26, 0.32), _relation),
    "assessments": _table(("Speaker", "In the source’s own words", "Likelihood"), (0.3, 0.52, 0.18), _voice),
    "claims": _table(("Claim", "Answer", "Status"), (0.42, 0.42, 0.16), _claim),
    "discrepancies": _discrepancies,
    "gaps": _gaps,
    "watch": _table(
        ("When", "What is said to come"),
        (0.2, 0.8),
        lambda d, w: (_plain(d.date(w.date, short=True) or "no date given"), (d.run(w.text, w.evidence),)),  # type: ignore[attr-defined]
    ),
    "profile": _profile,
    "sources": _sources,
    "coverage": _coverage,
    "production": _production,
}
