"""Desk → who assessed what: judgements in the speakers' own words, experts first."""

from __future__ import annotations

from briefing.compose.desk import Desk, tidy
from briefing.records import Assessed, AssessmentLine

PRONOUNS = frozenset(
    ["i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "this", "one", "some", "others"]
)
ORDER = ("expert", "third_official", "organisation", "party_official", "witness", "outlet", "other")


def assessment_lines(desk: Desk) -> tuple[AssessmentLine, ...]:
    """Assessments with a named source, by standing of the speaker, then in the order they were said."""
    said = [a for a in desk.found.attributions if a.kind == "assessment" and shown(desk, a)]
    return tuple(line(desk, a) for a in sorted(said, key=lambda a: ORDER.index(a.standing)))


def shown(desk: Desk, said: Assessed) -> bool:
    """Told by an article that is no copy, by a source that the text names, in more than three words."""
    return (
        not desk.placed[said.article].duplicate_of
        and _is_told(desk.said_by(said))
        and sum(len(e.quote.split()) for e in said.evidence) > 3
    )


def _is_told(name: str | None) -> bool:
    """A name or a description, not a pronoun that resolved to nobody."""
    return bool(name) and str(name).lower() not in PRONOUNS


def line(desk: Desk, said: Assessed) -> AssessmentLine:
    """The content exactly as it stands, pieces parted by an ellipsis."""
    return AssessmentLine(
        text=tidy(" … ".join(e.quote for e in said.evidence)),
        evidence=(*said.evidence, said.sentence),
        speaker=said.speaker,
        speaker_name=desk.said_by(said),
        role=said.role,
        affiliation=said.affiliation,
        kind=said.kind,
        type=said.type,
        likelihood=said.likelihood,
        standing=said.standing,
    )
