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
TOP = 18.0
LANES = 5
MARK = 7.2
OTHERS = "Others"

Numbered = tuple[int, EventLine]
Cells = dict[tuple[str, int], list[Numbered]]


def timeline(events: Sequence[Numbered], names: Mapping[str, str], theme: Theme) -> Markup:
    """Numbered events with a date; empty where fewer than three have one, or all have the same."""
    axis = scale.axis([e.date for _, e in events if e.date])
    if axis is None:
        return Markup()
    placed = [(n, e, col) for n, e in events if e.date and (col := axis.at(e.date)) is not None]
    if len(placed) < 3 or len({col for _, _, col in placed}) < 2:
        return Markup()
    lanes = _lanes([e for _, e, _ in placed], names)
    cells: Cells = {}
    for n, e, col in placed:
        lane = next((a for a in e.actors if a in lanes), OTHERS)
        cells.setdefault((lane, col), []).append((n, e))
    rows = [*lanes, OTHERS] if any(lane == OTHERS for lane, _ in cells) else list(lanes)
    first, last = text.date(axis.starts[0]), text.date(axis.starts[-1])
    title = f"Timeline of {len(placed)} events from {first} to {last}; the table below lists them"
    return _draw(axis, rows, cells, names, theme, title)


def _draw(
    axis: scale.Axis, rows: Sequence[str], cells: Cells, names: Mapping[str, str], theme: Theme, title: str
) -> Markup:
    columns = len(axis.starts)
    step = (WIDTH - LEFT) / columns
    across = max(1, int((step - 2) // (2 * MARK + 2)))
    body = [_date(LEFT + step * (i + 0.5), words, theme) for i, words in enumerate(axis.labels)]
    over: list[svg.Name] = []
    y = TOP
    for row in rows:
        deep = max(-(-len(cells.get((row, i), ())) // across) for i in range(columns))
        height = max(24.0, deep * (2 * MARK + 3) + 8)
        middle = y + (height - 2) / 2
        body += _lane(y, height - 2, step, columns, theme)
        over.append(svg.Name(LEFT - 8, middle, svg.fit(names.get(row, row), 9.8, LEFT - 12), "end"))
        for i in range(columns):
            body += _marks(cells.get((row, i), ()), LEFT + step * (i + 0.5), middle, across, theme)
        y += height
    return svg.named(svg.drawing(WIDTH, y, body, title=title, css="figure"), over, WIDTH, y)


def _lanes(events: Sequence[EventLine], names: Mapping[str, str]) -> list[str]:
    """The actors that do most of the events, each event counted for its first one."""
    counts = Counter(e.actors[0] for e in events if e.actors and e.actors[0] in names)
    best = sorted(counts, key=lambda a: (-counts[a], names[a]))[:LANES]
    return [a for a in best if counts[a] > 1] or best[:3]


def _date(x: float, words: str, theme: Theme) -> str:
    return svg.label(x, 11, words, size=9, fill=theme.colours.muted, font=theme.type.narrow, anchor="middle")


def _lane(y: float, height: float, step: float, columns: int, theme: Theme) -> list[str]:
    c = theme.colours
    lines = [LEFT + step * i for i in range(1, columns)]
    return [
        svg.rect(LEFT, y, WIDTH - LEFT, height, fill=c.wash),
        *(svg.line(x, y, x, y + height, stroke=c.paper, width=1.2) for x in lines),
    ]


def _marks(events: Sequence[Numbered], x: float, y: float, across: int, theme: Theme) -> list[str]:
    """Numbered circles around a point, as many in a row as there is room for."""
    rows = -(-len(events) // across)
    out: list[str] = []
    for k, (number, event) in enumerate(events):
        row, col = divmod(k, across)
        in_row = min(across, len(events) - row * across)
        cx = x + (col - (in_row - 1) / 2) * (2 * MARK + 2)
        cy = y + (row - (rows - 1) / 2) * (2 * MARK + 3)
        out += _mark(cx, cy, number, event, theme)
    return out


def _mark(x: float, y: float, number: int, event: EventLine, theme: Theme) -> list[str]:
    c, font = theme.colours, theme.type.narrow
    done = event.factuality == "actual"
    colour = c.alert if event.factuality in {"alleged", "denied"} else c.mark
    fill, ink, dash = (colour, c.paper, "") if done else (c.paper, colour, "2 1.4")
    return [
        svg.circle(x, y, MARK, fill=fill, stroke=colour, width=1.1, dash=dash),
        svg.label(x, y + 2.9, str(number), size=8.2, fill=ink, font=font, anchor="middle", weight=600),
    ]
