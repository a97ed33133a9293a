"""The shipped TopoJSON in, rings of longitude and latitude a country out; and the ISO code of a country's name."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]

# Names that news and the shapes use beside the ones of CLDR.
ALSO = {
    "United States of America": "US", "U.S.": "US", "US": "US", "Britain": "GB", "UK": "GB", "Myanmar": "MM",
    "Burma": "MM", "Ivory Coast": "CI", "Czech Republic": "CZ", "Turkey": "TR", "Kosovo": "XK", "Palestine": "PS",
    "Democratic Republic of the Congo": "CD", "Republic of the Congo": "CG", "Macedonia": "MK", "East Timor": "TL",
}  # fmt: skip
POLE = "AQ"  # Antarctica goes round the pole, which no flat map of news needs
_NO_NUMBER = {"N. Cyprus": "", "Somaliland": "", "Kosovo": "XK"}


@lru_cache(maxsize=1)
def countries() -> dict[str, list[Ring]]:
    """ISO alpha-2 code to outer rings; shapes without a code stand under ``""``."""
    path = Path(str(files("briefing.render"))) / "data" / "countries-110m.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_arc(a, topology["transform"]) for a in topology["arcs"]]
    numbers = _numbers()
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = numbers.get(shape.get("id", ""), "") or _NO_NUMBER.get(name, "")
        if code == POLE:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found.setdefault(code, []).extend(_ring(polygon[0], arcs) for polygon in polygons)
    return found


def code(name: str) -> str | None:
    """The alpha-2 code of a country that is called exactly so, where it has a shape."""
    found = ALSO.get(name) or _names().get(name)
    return found if found in countries() else None


def area(ring: Ring) -> float:
    """In square degrees, always positive."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def main_ring(rings: list[Ring]) -> Ring:
    """The largest part of a country."""
    return max(rings, key=area)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    return {name: key for key, name in Locale("en").territories.items() if len(key) == 2 and key.isalpha()}


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    from babel.core import get_global

    aliases: Any = get_global("territory_aliases")
    return {key: codes[0] for key, codes in aliases.items() if key.isdigit() and len(codes) == 1}


def _arc(points: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    out: Ring = []
    for px, py in points:
        x, y = x + px, y + py
        out.append((x * kx + dx, y * ky + dy))
    return out


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A closed ring; one that crosses the date line goes on past 180 degrees instead of round the world."""
    out: Ring = []
    for i in indexes:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        out += part[1:] if out else part
    turn, whole = 0.0, out[:1]
    for (x0, _), (x1, y1) in pairwise(out):
        turn += 360.0 if x1 - x0 < -180 else -360.0 if x1 - x0 > 180 else 0.0
        whole.append((x1 + turn, y1))
    return whole
