"""Countries and how much happens in each in, a map out that is cut to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefing.render.figures import shapes, svg
from briefing.render.layout import Theme

WIDTH, HEIGHT = 720.0, 228.0
LEAST = 26.0  # degrees of latitude that are always shown
SOUTH, NORTH = -57.0, 80.0
SIZE = 9.8

Point = tuple[float, float]


@dataclass(frozen=True)
class Country:
    """A country by its code, the name that the brief gives it, and a count."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Window:
    """The part of the world that is shown, in degrees, and how it is flattened."""

    west: float
    north: float
    scale: float  # units a degree of latitude
    squeeze: float  # a degree of longitude against one of latitude

    def at(self, point: Point) -> Point:
        """A place in units of the drawing."""
        return (point[0] - self.west) * self.scale * self.squeeze, (self.north - point[1]) * self.scale


def locator(found: Sequence[Country], theme: Theme) -> Markup:
    """Empty where fewer than two countries are known."""
    if len({c.code for c in found}) < 2:
        return Markup()
    world = shapes.countries()
    window = _window([shapes.main_ring(world[c.code]) for c in found])
    most = max(c.count for c in found) or 1
    shown = {c.code: c for c in found}
    colours = theme.colours
    body = [svg.rect(0, 0, WIDTH, HEIGHT, fill=colours.wash)]
    land = [r for code, rings in world.items() if code not in shown for r in rings]
    body.append(_path(land, window, fill=svg.blend(colours.wash, colours.rule, 0.75), stroke=colours.paper))
    for code, country in shown.items():
        tint = svg.blend(colours.paper, colours.mark, 0.28 + 0.4 * country.count / most)
        body.append(_path(world[code], window, fill=tint, stroke=colours.paper))
    title = f"Map of {len(shown)} countries that act or are acted upon"
    return svg.named(svg.drawing(WIDTH, HEIGHT, body, title=title, css="figure"), _labels(found, window), WIDTH, HEIGHT)


def _window(rings: Sequence[shapes.Ring]) -> Window:
    """Around all rings, with some room, in the drawing's proportions."""
    xs, ys = [x for r in rings for x, _ in r], [y for r in rings for _, y in r]
    west, east, south, north = min(xs), max(xs), max(min(ys), SOUTH), min(max(ys), NORTH)
    squeeze = max(0.45, math.cos(math.radians((south + north) / 2)))
    tall = max(LEAST, (north - south) * 1.25)
    wide = max((east - west) * 1.12, tall * WIDTH / HEIGHT / squeeze)
    wide = min(wide, 360.0)
    scale = WIDTH / (wide * squeeze)
    tall = HEIGHT / scale
    middle = (west + east) / 2
    west = min(max(middle - wide / 2, -180.0), 180.0 - wide)
    top = min((south + north) / 2 + tall / 2, 84.0)
    return Window(west, top, scale, squeeze)


def _path(rings: Iterable[shapes.Ring], window: Window, *, fill: str, stroke: str) -> str:
    parts = []
    for ring in rings:
        for turn in (0.0, -360.0, 360.0):  # what lies past the date line shows on the other side
            points = _clipped([window.at((x + turn, y)) for x, y in ring])
            if len(points) > 2:
                parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return f'<path d="{"".join(parts)}" fill="{fill}" stroke="{stroke}" stroke-width="0.6"/>'


def _clipped(points: list[Point]) -> list[Point]:
    """What of a polygon lies in the drawing (Sutherland and Hodgman, 1974)."""
    for axis, limit, keep in ((0, 0.0, 1), (0, WIDTH, -1), (1, 0.0, 1), (1, HEIGHT, -1)):
        out: list[Point] = []
        for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
            inside, next_inside = (a[axis] - limit) * keep >= 0, (b[axis] - limit) * keep >= 0
            if inside:
                out.append(a)
            if inside != next_inside:
                share = (limit - a[axis]) / (b[axis] - a[axis])
                out.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
        points = out
    return points


def _labels(found: Sequence[Country], window: Window) -> list[svg.Name]:
    """Names at the middle of each country, moved up or down where they would lie on another."""
    world = shapes.countries()
    taken: list[tuple[float, float, float, float]] = []
    out = []
    for country in sorted(found, key=lambda c: (-c.count, c.name)):
        ring = _clipped([window.at(p) for p in shapes.main_ring(world[country.code])])
        if len(ring) < 3:
            continue
        x, y = _middle(ring)
        half = svg.width_of(country.name, SIZE) / 2 + 2
        x = min(max(x, half), WIDTH - half)
        for move in (0.0, 12.0, -12.0, 24.0, -24.0):
            box = (x - half, y + move - 6, x + half, y + move + 6)
            if not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
                taken.append(box)
                out.append(svg.Name(x, min(max(y + move, 8), HEIGHT - 8), country.name, "middle"))
                break
    return out


def _middle(ring: Sequence[Point]) -> Point:
    """The centroid of a polygon."""
    total = x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        total, x, y = total + cross, x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return (x / (3 * total), y / (3 * total)) if total else ring[0]
