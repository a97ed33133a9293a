"""A likelihood band in, a bar on the scale from 0 to 100 % out."""

from __future__ import annotations

from markupsafe import Markup

from briefing import yardstick
from briefing.records import Likelihood
from briefing.render.figures import svg
from briefing.render.layout import Theme
from briefing.yardstick import Yardstick

LEAST = 0.7  # width of the line between two bands that touch


def bar(likelihood: Likelihood, theme: Theme, *, scale: Yardstick = "icd203") -> Markup:
    """The band as a block on the scale, whose other bands and gaps show; empty where the word is on no scale."""
    if likelihood.low is None or likelihood.high is None:
        return Markup()
    c, font = theme.colours, theme.type.narrow
    low, high = 150 * likelihood.low, 150 * likelihood.high
    body = [svg.rect(2, 4, 150, 6, fill=c.wash), svg.rect(2, 9.4, 150, 0.6, fill=c.rule)]
    for end, start in yardstick.breaks(scale):
        width = max(LEAST, 150 * (start - end))
        body.append(svg.rect(2 + 75 * (end + start) - width / 2, 4, width, 6, fill=c.paper))
    body.append(svg.rect(2 + low, 2.4, max(high - low, 3), 8.4, fill=c.mark, r=1))
    for at, words in ((0, "0"), (0.5, "50"), (1, "100 %")):
        anchor = ("start", "middle", "end")[int(at * 2)]
        body.append(svg.label(2 + 150 * at, 18.5, words, size=6.6, fill=c.muted, font=font, anchor=anchor))
    percent = f"{round(likelihood.low * 100)} to {round(likelihood.high * 100)} per cent"
    return svg.drawing(154, 20, body, title=f"{likelihood.term}: {percent}", css="yardstick")
