"""A level of confidence in, three boxes out, as many filled as the level is high."""

from __future__ import annotations

from markupsafe import Markup

from briefing.records import Confidence
from briefing.render.figures import svg
from briefing.render.layout import Theme

LEVELS: tuple[Confidence, ...] = ("low", "moderate", "high")


def boxes(confidence: Confidence, theme: Theme) -> Markup:
    """One box filled is low, two moderate, three high."""
    c = theme.colours
    full = LEVELS.index(confidence) + 1
    body = [
        svg.rect(0.5 + 9.5 * i, 0.5, 8, 6.4, fill=c.accent if i < full else c.paper, stroke=c.accent, r=1.2)
        for i in range(3)
    ]
    return svg.drawing(28.5, 7.4, body, title=f"{confidence.capitalize()} confidence", css="boxes")
