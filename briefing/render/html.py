"""Brief in, one HTML file out that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from briefing.config import Config
from briefing.records import Brief
from briefing.render import document
from briefing.render.templates import Style


def dump(brief: Brief, style: Style, config: Config) -> bytes:
    """For a browser or a mail, on a desk or a phone."""
    return document.html(brief, style, config, "screen").encode("utf-8", "replace")
