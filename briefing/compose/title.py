"""Desk → the brief's title: the one configured, else the leading story's headline, else its first sentence."""

from __future__ import annotations

from briefing.compose.desk import Desk, tidy

LONGEST = 110


def title(desk: Desk) -> str:
    """One line of at most ``LONGEST`` characters, cut at a word."""
    if desk.config.brief.title:
        return desk.config.brief.title
    story = desk.story_order[0] if desk.story_order else None
    leading = [a for a in desk.shown if desk.placed[a.id].story == story]
    headline = next((a.title for a in leading if a.title), None)
    if headline is None:
        first = next((s for a in leading for s in desk.extraction[a.id].sentences), None)
        headline = desk.lift(leading[0].id, first).text if first else "Brief"
    return _cut(tidy(headline))


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST)].rstrip(" ,;:–—-") + " …"
