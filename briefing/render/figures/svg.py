"""Shapes in, SVG markup out. Contains no business logic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefing.render.text import clip, display


def drawing(width: float, height: float, body: Iterable[str], *, title: str, css: str = "") -> Markup:
    """An SVG with its title first, which is what a screen reader says."""
    name = escape(display(title))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {num(width)} {num(height)}"'
        f' role="img" aria-label="{name}"><title>{name}</title>'
    )
    return Markup(head + "".join(body) + "</svg>")  # noqa: S704 (every value in body is escaped where it is drawn)


@dataclass(frozen=True)
class Name:
    """A name that stands over a drawing as text of the page, so that every script is shaped as it should be."""

    x: float
    y: float  # middle of the line
    words: str
    side: str = "start"  # which end of the words x is: start, middle or end


def named(picture: Markup, names: Iterable[Name], width: float, height: float) -> Markup:
    """``picture`` with names over it."""
    out = [picture]
    for n in names:
        top = 100 * n.y / height
        at = 100 * n.x / width
        if n.side == "middle":
            place = f"left:{num(at - 25)}%;width:50%"
        else:
            place = f"left:{num(at)}%" if n.side == "start" else f"right:{num(100 - at)}%"
        span = Markup('<span class="over {}" style="{};top:{}%"><bdi>{}</bdi></span>')
        out.append(span.format(n.side, place, num(top), display(n.words)))
    return Markup('<div class="drawn">{}</div>').format(Markup("").join(out))


def num(value: float) -> str:
    """A number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, w: float, h: float, *, fill: str, stroke: str = "none", r: float = 0) -> str:
    """A rectangle, rounded by ``r``."""
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" rx="{num(r)}" fill="{fill}"'
        f' stroke="{stroke}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dash: str = "") -> str:
    """A line, dashed where ``dash`` says how."""
    extra = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" stroke="{stroke}"'
        f' stroke-width="{num(width)}"{extra}/>'
    )


def circle(x: float, y: float, r: float, *, fill: str, stroke: str = "none", width: float = 1, dash: str = "") -> str:
    """A circle."""
    extra = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}" stroke="{stroke}"'
        f' stroke-width="{num(width)}"{extra}/>'
    )


def label(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    fill: str,
    font: str,
    anchor: str = "start",
    weight: int = 400,
    italic: bool = False,
) -> str:
    """Text at a baseline."""
    style = ' font-style="italic"' if italic else ""
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-family="{escape(font)}" font-size="{num(size)}" font-weight="{weight}"'
        f' text-anchor="{anchor}" fill="{fill}"{style}>{escape(display(words))}</text>'
    )


def width_of(words: str, size: float) -> float:
    """About how wide ``words`` are in the narrow face; scripts that it lacks come from wider ones."""
    return size * sum(1.0 if ord(c) >= 0x1100 else 0.6 if ord(c) >= 0x370 else 0.47 for c in words)


def fit(words: str, size: float, width: float) -> str:
    """``words`` cut with an ellipsis so that they are about ``width`` wide at most."""
    limit = len(words)
    while limit > 6 and width_of(clip(words, limit), size) > width:
        limit -= 1
    return clip(words, limit)


def blend(a: str, b: str, share: float) -> str:
    """The colour that is ``share`` of the way from ``a`` to ``b``, both as #RGB or #RRGGBB."""

    def parts(colour: str) -> list[int]:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
        return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]

    mixed = (round(x + (y - x) * share) for x, y in zip(parts(a), parts(b), strict=True))
    return "#" + "".join(f"{v:02x}" for v in mixed)
