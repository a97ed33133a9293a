"""Desk → claims and denials: each allegation with what answers it."""

from __future__ import annotations

from briefing.compose.desk import Desk, tidy
from briefing.records import Assessed, Claim, ClaimLine, DenialLine

_STATUS = ("denied", "corroborated", "unconfirmed")


def claim_lines(desk: Desk) -> tuple[ClaimLine, ...]:
    """Denied claims first, then corroborated, then unconfirmed ones; inside each, by order of finding."""
    ordered = sorted(desk.found.claims, key=lambda c: _STATUS.index(c.status))
    return tuple(_line(desk, c) for c in ordered)


def _line(desk: Desk, claim: Claim) -> ClaimLine:
    first = claim.claims[0]
    return ClaimLine(
        text=text(desk, first),
        evidence=tuple(dict.fromkeys(c.sentence for c in claim.claims)),
        claimant=claim.claimant,
        claimant_name=claim.claimant_name,
        status=claim.status,
        denials=tuple(_denial(desk, d) for d in claim.denials),
    )


def _denial(desk: Desk, said: Assessed) -> DenialLine:
    return DenialLine(
        text=text(desk, said), evidence=(said.sentence,), speaker=said.speaker, speaker_name=desk.said_by(said)
    )


def text(desk: Desk, said: Assessed) -> str:
    """The sentence that holds it, made to stand alone."""
    return tidy(desk.lifted(said.sentence, short=True).text)
