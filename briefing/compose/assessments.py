"""Desk → who assessed what: judgements in the speakers' own words, experts first."""

from __future__ import annotations

import re

from briefing.compose import wording
from briefing.compose.desk import Desk, tidy
from briefing.records import Assessed, AssessmentLine

PRONOUNS = frozenset(
    ["i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "this", "one", "some", "others"]
)
ORDER = ("expert", "third_official", "organisation", "party_official", "witness", "outlet", "other")
SHORTEST = 4  # words

_LETTERS = re.compile(r"\w+")


def assessment_lines(desk: Desk) -> tuple[AssessmentLine, ...]:
    """Assessments with a named source, by standing of the speaker, then as said; one quotation is one entry."""
    said = [a for a in desk.found.attributions if a.kind == "assessment" and shown(desk, a)]
    return tuple(line(desk, a) for a in once(sorted(said, key=lambda a: ORDER.index(a.standing))))


def shown(desk: Desk, said: Assessed) -> bool:
    """Told by an article that is no copy, by a source that the text names, and says something that may be so or not."""
    text = quoted(said)
    return (
        not desk.placed[said.article].duplicate_of
        and _is_told(desk.said_by(said))
        and len(text.split()) >= SHORTEST
        and not wording.asks(text)
        and judges(desk, said)
    )


def judges(desk: Desk, said: Assessed) -> bool:
    """Whether the content is a judgement: not a want, praise or blame, nor a bare thing or plan."""
    cue, text = desk.cue(said), quoted(said)
    if wording.takes_a_stance(cue):
        return False
    return said.type == "direct" or wording.estimates(cue) or wording.claims(text)


def once(said: list[Assessed]) -> list[Assessed]:
    """Without those whose words another one of the same article holds, or that stand elsewhere word for word."""
    kept: list[Assessed] = []
    words: set[str] = set()
    near: dict[str, list[int]] = {}
    for a in said:
        if (key := _key(a)) in words:
            continue
        places = near.setdefault(a.article, [])
        found = next((n for n in places if _within(a, kept[n]) or _within(kept[n], a)), None)
        if found is None:
            words.add(key)
            places.append(len(kept))
            kept.append(a)
        elif len(key) > len(_key(kept[found])):
            kept[found] = a
    return kept


def quoted(said: Assessed) -> str:
    """The content's words in one line."""
    return tidy(" … ".join(e.quote for e in said.evidence))


def _within(a: Assessed, b: Assessed) -> bool:
    return f" {_key(a)} " in f" {_key(b)} "


def _key(said: Assessed) -> str:
    return " ".join(_LETTERS.findall(quoted(said).lower()))


def _is_told(name: str | None) -> bool:
    """A name or a description, not a pronoun that resolved to nobody."""
    return bool(name) and str(name).lower() not in PRONOUNS


def line(desk: Desk, said: Assessed) -> AssessmentLine:
    """The content exactly as it stands, pieces parted by an ellipsis."""
    return AssessmentLine(
        text=quoted(said),
        evidence=(*said.evidence, said.sentence),
        speaker=said.speaker,
        speaker_name=desk.said_by(said),
        role=said.role,
        affiliation=said.affiliation,
        kind=said.kind,
        type=said.type,
        likelihood=desk.measured(said.likelihood),
        standing=said.standing,
    )
