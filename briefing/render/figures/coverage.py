"""Articles in, a grid of how many each outlet gave on each day out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from briefing.records import SourceLine
from briefing.render.layout import Theme


def coverage(articles: Sequence[SourceLine], theme: Theme) -> Markup:
    """Empty for now."""
    return Markup()
