"""Events in, a timeline out: a lane an actor, a column a date, a numbered mark an event of the table below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from briefing.records import EventLine
from briefing.render import text
from briefing.render.figures import scale, svg
from briefing.render.layout import Theme

WIDTH = 720.0
LEFT = 132.0
LANES = 5
MARK = 7.2
OTHERS = "Others"


def timeline(events: Sequence[tuple[int, EventLine]], names: Mapping[str, str], theme: Theme) -> Markup:
    """Numbered events with a date; empty where fewer than three have one, or all have the same."""
    dated = [(n, e) for n, e in events if e.date]
    axis = scale.axis([e.date for _, e in dated if e.date])
    if axis is None:
        return Markup()
    placed = [(n, e, col) for n, e in dated if e.date and (col := axis.at(e.date)) is not None]
    if len(placed) < 3 or len({col for _, _, col in placed}) < 2:
        return Markup()
    lanes = _lanes([e for _, e, _ in placed], names)
    cells: dict[tuple[str, int], list[tuple[int, EventLine]]] = {}
    for n, e, col in placed:
        lane = next((a for a in e.actors if a in lanes), OTHERS)
        cells.setdefault((lane, col), []).append((n, e))
    rows = [*lanes, OTHERS] if any(lane == OTHERS for lane, _ in cells) else list(lanes)
    step = (WIDTH - LEFT) / len(axis.starts)
    across = max(1, int((step - 2) // (2 * MARK + 2)))
    c, font = theme.colours, theme.type.narrow
    body: list[str] = []
    over: list[svg.Name] = []
    y = 18.0
    for i, words in enumerate(axis.labels):
        body.append(svg.label(LEFT + step * (i + 0.5), 11, words, size=9, fill=c.muted, font=font, anchor="middle"))
    for row in rows:
        deep = max(-(-len(cells.get((row, i), ())) // across) for i in range(len(axis.starts)))
        height = max(24.0, deep * (2 * MARK + 3) + 8)
        body.append(svg.rect(LEFT, y, WIDTH - LEFT, height - 2, fill=c.wash))
        for i in range(1, len(axis.starts)):
            body.append(svg.line(LEFT + step * i, y, LEFT + step * i, y + height - 2, stroke=c.paper, width=1.2))
        middle = y + (height - 2) / 2
        over.append(svg.Name(LEFT - 8, middle, svg.fit(names.get(row, row), 9.8, LEFT - 12), "end"))
        for i in range(len(axis.starts)):
            body += _marks(cells.get((row, i), ()), LEFT + step * (i + 0.5), middle, across, theme)
        y += height
    first, last = axis.starts[0], axis.starts[-1]
    title = f"Timeline of {len(placed)} events from {text.date(first)} to {text.date(last)}; the table below lists them"
    return svg.named(svg.drawing(WIDTH, y, body, title=title, css="figure"), over, WIDTH, y)


def _lanes(events: Sequence[EventLine], names: Mapping[str, str]) -> list[str]:
    """The actors that do most of the events, each event counted for its first one."""
    counts = Counter(e.actors[0] for e in events if e.actors and e.actors[0] in names)
    best = sorted(counts, key=lambda a: (-counts[a], names[a]))[:LANES]
    return [a for a in best if counts[a] > 1] or best[:3]


def _marks(events: Sequence[tuple[int, EventLine]], x: float, y: float, across: int, theme: Theme) -> list[str]:
    out: list[str] = []
    c = theme.colours
    rows = -(-len(events) // across)
    for k, (n, event) in enumerate(events):
        row, col = divmod(k, across)
        in_row = min(across, len(events) - row * across)
        cx = x + (col - (in_row - 1) / 2) * (2 * MARK + 2)
        cy = y + (row - (rows - 1) / 2) * (2 * MARK + 3)
        told = event.factuality == "actual"
        doubtful = event.factuality in {"alleged", "denied"}
        colour = c.alert if doubtful else c.mark
        dash = "" if told else "2 1.4"
        body = svg.circle(cx, cy, MARK, fill=colour if told else c.paper, stroke=colour, width=1.1, dash=dash)
        out.append(body)
        ink = c.paper if told else colour
        font = theme.type.narrow
        out.append(svg.label(cx, cy + 2.9, str(n), size=8.2, fill=ink, font=font, anchor="middle", weight=600))
    return out
