"""Assessed attributions and places → allegations, each with the denials that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.records import Assessed, Claim, Placed


def join_claims(attributions: Sequence[Assessed], placed: Sequence[Placed]) -> tuple[Claim, ...]:
    """One Claim an allegation; none is joined to another, and none is answered."""
    del placed
    return tuple(
        Claim(
            claimant=found.speaker,
            claimant_name=found.speaker_name,
            status="unconfirmed",
            claims=(found,),
            denials=(),
            origins=1,
        )
        for found in attributions
        if found.kind == "allegation"
    )
