"""Desk → the brief's title: the one configured, else the headline that best fits the leading story."""

from __future__ import annotations

import re

from briefing.compose import wording
from briefing.compose.desk import Desk, tidy
from briefing.compose.summary import candidates, concepts, weights
from briefing.records import Article

LONGEST = 110
SHORTEST = 4  # words of a headline that tells something

# What is set off at a headline's end and stands for the outlet: after a bar, and after a dash where it looks like one.
_BAR = re.compile(r"\s+[|•·]\s+[^|•·]*$")
_DASH = re.compile(r"\s+[-–—]{1,2}\s+([^-–—]+)$")
_OUTLET = re.compile(
    r"\b(?:news|times|post|herald|tribune|journal|gazette|guardian|telegraph|courier|press|daily|weekly|today|online|"
    r"radio|tv|agency|magazine|review|standard|chronicle|observer|mail|wire|bbc|cnn|reuters|ap|afp|dpa|npr|upi|nhk)\b|"
    r"\.(?:com|org|net|co\.\w\w|news)\b",
    re.I,
)
_KICKER = re.compile(
    r"^(?:breaking(?: news)?|live(?: updates?)?|update(?: \d+)?|updated|exclusive|watch|video|urgent|just in|opinion|"
    r"analysis|explainer)\s*[:|–—-]\s*",
    re.I,
)


def title(desk: Desk) -> str:
    """One line of at most ``LONGEST`` characters, cut at a word."""
    if desk.config.brief.title:
        return desk.config.brief.title
    story = desk.story_order[0] if desk.story_order else None
    leading = [a for a in desk.shown if desk.placed[a.id].story == story]
    headline = _best(desk, leading, story)
    if headline is None:
        first = next((s for a in leading for s in desk.extraction[a.id].sentences), None)
        headline = desk.lift(leading[0].id, first).text if first else "Brief"
    return _cut(tidy(headline).removesuffix("."))


def _best(desk: Desk, articles: list[Article], story: str | None) -> str | None:
    """The headline whose words weigh most in the story; questions and labels only where there is nothing else."""
    named = [plain(a.title, a.publisher) for a in articles if a.title]
    usable = [h for h in named if len(h.split()) >= SHORTEST and not wording.asks(h)] or named
    pool = [c for c in candidates(desk) if c.story == story]
    weight = weights(desk, pool)

    def gain(headline: str) -> float:
        told = sum(sorted(weight.get(k, 0.0) for k in concepts(headline)))
        return float(told / max(1, len(headline.split())) ** 0.5)

    return max(usable, key=gain, default=None)


def plain(headline: str, publisher: str | None) -> str:
    """Without the outlet's name at its end and the desk's label at its beginning.

    >>> plain("LIVE: Third cable cut in strait | Almen Courier", None)
    'Third cable cut in strait'
    """
    text = _KICKER.sub("", " ".join(headline.split()))
    before = _BAR.sub("", text)
    text = before if len(before.split()) >= SHORTEST else text
    tail = _DASH.search(text)
    if tail and (_same(tail[1], publisher) or (len(tail[1].split()) <= 4 and _OUTLET.search(tail[1]))):
        text = text[: tail.start()]
    return text[:1].upper() + text[1:] if text else headline


def _same(name: str, publisher: str | None) -> bool:
    return bool(publisher) and name.strip().casefold() == str(publisher).casefold()


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST)].rstrip(" ,;:–—-") + " …"
