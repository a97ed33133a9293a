"""Stated relations in, a picture of who is said to stand how to whom out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from briefing.records import RelationLine
from briefing.render.layout import Theme


def network(
    relations: Sequence[RelationLine], names: Mapping[str, str], types: Mapping[str, str], theme: Theme
) -> Markup:
    """Empty for now."""
    return Markup()
