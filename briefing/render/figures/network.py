"""Stated relations in, a picture of who is said to stand how to whom out: actors on an oval, an arrow a relation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefing.records import RelationLine
from briefing.render.figures import svg
from briefing.render.layout import Theme

WIDTH, HEIGHT = 720.0, 236.0
MAX_NODES = 10
MAX_ARROWS = 16
ROOM = 142.0  # width of a name
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)  # where on an arrow its words may stand

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Arrow:
    """All relations from one actor to another."""

    source: str
    target: str
    words: str
    solid: bool  # told by two or more sources


def network(
    relations: Sequence[RelationLine], names: Mapping[str, str], types: Mapping[str, str], theme: Theme
) -> Markup:
    """Empty where fewer than four relations join fewer than four actors: a table says that better."""
    known = [r for r in relations if r.source in names and r.target in names and r.source != r.target]
    arrows = _joined(_arrows(known))
    if len(arrows) < 4 or len({a for x in arrows for a in (x.source, x.target)}) < 4:
        return Markup()
    nodes = _order(arrows)
    at = {node: _place(i, len(nodes)) for i, node in enumerate(nodes)}
    taken = [_label_box(names[n], *at[n]) for n in nodes]
    body: list[str] = []
    words: list[str] = []
    for arrow in arrows:
        body += _line(at[arrow.source], at[arrow.target], arrow, theme)
        words += _words(at[arrow.source], at[arrow.target], arrow, taken, theme)
    for node in nodes:
        words.append(svg.circle(*at[node], 6.5, fill=_colour(types.get(node, ""), theme)))
    title = f"Network of {len(arrows)} stated relations between {len(nodes)} actors; the table below lists them"
    picture = svg.drawing(WIDTH, HEIGHT + 22, [*body, *words, *_legend(theme)], title=title, css="figure")
    over = [svg.Name(*_label_at(*at[n]), svg.fit(names[n], 9.8, ROOM), _side(at[n][0])) for n in nodes]
    return svg.named(picture, over, WIDTH, HEIGHT + 22)


def _arrows(relations: Sequence[RelationLine]) -> list[Arrow]:
    degree = Counter(a for r in relations for a in (r.source, r.target))
    keep = set(sorted(degree, key=lambda a: (-degree[a], a))[:MAX_NODES])
    pairs: dict[tuple[str, str], list[RelationLine]] = {}
    for r in relations:
        if r.source in keep and r.target in keep:
            pairs.setdefault((r.source, r.target), []).append(r)
    out = []
    for (source, target), lines in list(pairs.items())[:MAX_ARROWS]:
        kinds = list(dict.fromkeys(r.kind.replace("_", " ") for r in lines))
        words = ", ".join(kinds[:2]) + (" …" if len(kinds) > 2 else "")
        origins = {e.article for r in lines for e in r.evidence}
        out.append(Arrow(source, target, words, len(origins) > 1))
    return out


def _joined(arrows: Sequence[Arrow]) -> list[Arrow]:
    """Without the pairs that stand alone: there is nothing to see in them."""
    degree = Counter(a for x in arrows for a in (x.source, x.target))
    return [x for x in arrows if degree[x.source] > 1 or degree[x.target] > 1]


def _order(arrows: Sequence[Arrow]) -> list[str]:
    """Actors so that neighbours on the oval are related where that can be: the best joined first, then its friends."""
    joined: dict[str, Counter[str]] = {}
    for a in arrows:
        joined.setdefault(a.source, Counter())[a.target] += 1
        joined.setdefault(a.target, Counter())[a.source] += 1
    left = sorted(joined, key=lambda n: (-sum(joined[n].values()), n))
    order = [left.pop(0)]
    while left:
        ends = (order[-1], order[0])
        best = min(left, key=lambda n: (-joined[ends[0]][n], -joined[ends[1]][n], -sum(joined[n].values()), n))
        left.remove(best)
        order.append(best)
    return order


def _place(i: int, count: int) -> Point:
    angle = 2 * math.pi * i / count - math.pi / 2 + (math.pi / count if count % 2 == 0 else 0)
    return WIDTH / 2 + 205 * math.cos(angle), HEIGHT / 2 + 94 * math.sin(angle)


def _side(x: float) -> str:
    return "middle" if abs(x - WIDTH / 2) < 60 else "end" if x < WIDTH / 2 else "start"


def _label_at(x: float, y: float) -> Point:
    side = _side(x)
    if side == "middle":
        return x, y - 15 if y < HEIGHT / 2 else y + 15
    return (x - 11, y) if side == "end" else (x + 11, y)


def _label_box(name: str, x: float, y: float) -> Box:
    lx, ly = _label_at(x, y)
    wide = svg.width_of(svg.fit(name, 9.8, ROOM), 9.8)
    left = {"middle": lx - wide / 2, "end": lx - wide, "start": lx}[_side(x)]
    return left, ly - 6, left + wide, ly + 6


def _line(a: Point, b: Point, arrow: Arrow, theme: Theme) -> list[str]:
    c = theme.colours
    long = math.dist(a, b) or 1
    ux, uy = (b[0] - a[0]) / long, (b[1] - a[1]) / long
    start, end = (a[0] + 8 * ux, a[1] + 8 * uy), (b[0] - 9 * ux, b[1] - 9 * uy)
    dash = "" if arrow.solid else "3 2.4"
    tip = [(end[0] - 6 * ux + s * 3 * uy, end[1] - 6 * uy - s * 3 * ux) for s in (1, -1)]
    points = " ".join(f"{svg.num(x)},{svg.num(y)}" for x, y in (end, *tip))
    return [
        svg.line(*start, end[0] - 5 * ux, end[1] - 5 * uy, stroke=c.muted, width=1.1, dash=dash),
        f'<polygon points="{points}" fill="{c.muted}"/>',
    ]


def _words(a: Point, b: Point, arrow: Arrow, taken: list[Box], theme: Theme) -> list[str]:
    c = theme.colours
    wide = svg.width_of(arrow.words, 8.6) + 6
    box = (0.0, 0.0, 0.0, 0.0)
    for t in ALONG:
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        box = (x - wide / 2, y - 6, x + wide / 2, y + 6)
        if not any(_meet(box, other) for other in taken):
            break
    else:
        return []  # no room: the table has the words
    taken.append(box)
    x = (box[0] + box[2]) / 2
    return [
        svg.rect(box[0], box[1], wide, 12, fill=c.paper),
        svg.label(
            x, box[1] + 8.8, arrow.words, size=8.6, fill=c.muted, font=theme.type.head, anchor="middle", italic=True
        ),
    ]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _colour(kind: str, theme: Theme) -> str:
    c = theme.colours
    return {"PERSON": c.mark, "ORG": c.accent}.get(kind, c.alert if kind in {"GPE", "LOC", "NORP"} else c.muted)


def _legend(theme: Theme) -> list[str]:
    c, font, y = theme.colours, theme.type.narrow, HEIGHT + 14
    out: list[str] = []
    x = 4.0
    for kind, words in (("PERSON", "Person"), ("ORG", "Organisation"), ("GPE", "Country, place or group")):
        out.append(svg.circle(x + 4, y - 3, 4, fill=_colour(kind, theme)))
        out.append(svg.label(x + 12, y, words, size=8.6, fill=c.muted, font=font))
        x += 26 + svg.width_of(words, 8.6)
    for dash, words in (("", "two or more sources"), ("3 2.4", "one source")):
        out.append(svg.line(x, y - 3, x + 22, y - 3, stroke=c.muted, width=1.1, dash=dash))
        out.append(svg.label(x + 27, y, words, size=8.6, fill=c.muted, font=font))
        x += 40 + svg.width_of(words, 8.6)
    return out
