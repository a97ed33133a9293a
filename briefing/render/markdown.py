"""Brief in, Markdown out: headings, tables and numbered links to the words that each sentence rests on."""

from __future__ import annotations

import re

from briefing.config import Config
from briefing.records import Brief
from briefing.render.layout import Theme
from briefing.render.marking import marking
from briefing.render.outline import Block, Bullets, Cell, Paragraph, SourceEntry, Table, outline
from briefing.render.templates import Style
from briefing.render.text import display, quoted

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_OPENERS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def dump(brief: Brief, style: Style, config: Config) -> bytes:
    """CommonMark with tables; HTML only for the anchors of the source list."""
    plan = outline(brief, style, config)
    label = _label(brief, style.theme)
    facts = " · ".join(f"{k}: {escape(v)}" for k, v in plan.facts)
    out = [*label, f"# {escape(plan.title)}", f"*{escape(plan.kicker)}* · {facts}"]
    for part in plan.parts:
        if part.title:
            out.append(f"## {escape(part.title)}")
        out += [_block(b) for b in part.blocks]
    return ("\n\n".join([*out, *label]) + "\n").encode("utf-8", "replace")


def escape(words: str) -> str:
    """Text that no reader takes for markup."""
    return _OPENERS.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", display(words)))


def _label(brief: Brief, theme: Theme) -> list[str]:
    found = marking(brief.marking, theme.marking)
    return [] if found.kind == "none" else [f"**{escape(found.label)}**"]


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        words = _cell(block.runs, " ")
        return f"> {words}" if block.style == "lead" else words
    if isinstance(block, Bullets):
        return "\n".join(f"- {_cell(row)}" for row in block.rows)
    if isinstance(block, Table):
        head = [" | ".join(escape(h) for h in block.head), " | ".join("---" for _ in block.head)]
        rows = [" | ".join(_cell(c) for c in row) for row in block.rows]
        return "\n".join(f"| {line} |" for line in [*head, *rows])
    return _source(block)


def _cell(runs: Cell, between: str = "") -> str:
    out = []
    for run in runs:
        words = escape(run.words)
        bare = words.strip()
        if run.bold and bare:
            words = words.replace(bare, f"**{bare}**", 1)
        out.append(words + "".join(f" [\\[{c.number}\\]](#{c.target})" for c in run.cites))
    return between.join(out)


def _source(entry: SourceEntry) -> str:
    link = f" · <{entry.url}>" if entry.url and not set("<>") & set(entry.url) else ""
    lines = [f"**[{entry.number}]** {escape(entry.title)}  ", f"{escape(entry.detail)}{link}", ""]
    for q in entry.quotations:
        where = f"¶ {q.paragraph} " if q.paragraph else ""
        anchors = "".join(f'<a id="{a}"></a>' for a in (q.anchor, *q.within))
        lines.append(f"- {anchors}{where}{escape(quoted(q.quote))}")
    return "\n".join(lines)
