"""Articles in, a grid of how many each outlet gave on each day out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from briefing.records import SourceLine
from briefing.render.figures import scale, svg
from briefing.render.layout import Theme

WIDTH = 720.0
LEFT = 150.0
ROW = 16.0
MAX_ROWS = 14


def coverage(articles: Sequence[SourceLine], theme: Theme) -> Markup:
    """Empty where fewer than five articles have a date, or all have the same."""
    dated = [(a.publisher or "Outlet not named", a.date) for a in articles if a.date]
    axis = scale.axis([day for _, day in dated])
    if len(dated) < 5 or axis is None or len({axis.at(day) for _, day in dated}) < 2:
        return Markup()
    totals = Counter(outlet for outlet, _ in dated)
    order = sorted(totals, key=lambda o: (-totals[o], o))
    shown, rest = order[:MAX_ROWS], set(order[MAX_ROWS:])
    rows = [*shown, f"{len(rest)} other outlets"] if rest else shown
    cells = Counter((outlet if outlet not in rest else rows[-1], axis.at(day)) for outlet, day in dated)
    most = max(cells.values())
    step = min(60.0, (WIDTH - LEFT - 30) / len(axis.starts))
    c, font = theme.colours, theme.type.narrow
    body = [
        svg.label(LEFT + step * (i + 0.5), 10, words, size=8.8, fill=c.muted, font=font, anchor="middle")
        for i, words in enumerate(axis.labels)
    ]
    over: list[svg.Name] = []
    for r, outlet in enumerate(rows):
        y = 16 + ROW * r
        over.append(svg.Name(LEFT - 7, y + ROW / 2 - 0.7, svg.fit(outlet, 9.8, LEFT - 12), "end"))
        for i in range(len(axis.starts)):
            body += _cell(LEFT + step * i, y, step, cells[outlet, i], most, theme)
        total = sum(cells[outlet, i] for i in range(len(axis.starts)))
        x = LEFT + step * len(axis.starts) + 8
        body.append(svg.label(x, y + 10.6, str(total), size=9, fill=c.ink, font=font, weight=600))
    title = f"Articles of {len(totals)} outlets by day of publication, {len(dated)} in all"
    high = 18 + ROW * len(rows)
    return svg.named(svg.drawing(WIDTH, high, body, title=title, css="figure"), over, WIDTH, high)


def _cell(x: float, y: float, step: float, count: int, most: int, theme: Theme) -> list[str]:
    c, font = theme.colours, theme.type.narrow
    if not count:
        return [svg.rect(x, y, step - 1.5, ROW - 1.5, fill=c.wash)]
    fill = svg.blend(c.paper, c.mark, 0.3 + 0.7 * count / most)
    ink = c.paper if count / most > 0.45 else c.ink
    words = svg.label(
        x + step / 2 - 0.75, y + 10.6, str(count), size=8.8, fill=ink, font=font, anchor="middle", weight=500
    )
    return [svg.rect(x, y, step - 1.5, ROW - 1.5, fill=fill), words]
