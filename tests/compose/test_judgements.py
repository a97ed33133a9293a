"""Key judgements: grouping, order, and confidence by the stated rules."""

from __future__ import annotations

from typing import Literal

import pytest

from briefing.compose.judgements import confidence, key_judgements, rules
from briefing.config import ComposeSettings, ConfidenceRules
from briefing.records import Likelihood
from tests.compose.briefs import assessed, desk

A = "More cable incidents are very likely before the spring election, she said."
B = "More cable incidents before the spring election are likely, he said."
C = "The ferry company could raise fares for islanders in April, they said."


def test_one_matter_is_one_judgement_and_likelihood_is_the_sources() -> None:
    d = desk(A, B, C)
    very = assessed(d, "a1", A[:-10], likelihood=Likelihood(term="very likely", low=0.8, high=0.95), standing="expert")
    also = assessed(d, "a2", B[:-9], standing="organisation")
    other = assessed(d, "a3", C[:-11], standing="party_official")
    d = desk(A, B, C, attributions=(other, also, very))
    found = key_judgements(d)
    assert [j.text for j in found] == [A, C]
    assert found[0].likelihood == very.likelihood
    assert {e.article for e in found[0].evidence} == {"a1", "a2"}
    assert found[0].confidence == "moderate"
    assert "2 independent origins" in found[0].why


def test_at_most_as_many_as_configured() -> None:
    d = desk(A, C)
    said = (assessed(d, "a1", A[:-10]), assessed(d, "a2", C[:-11]))
    assert len(key_judgements(desk(A, C, attributions=said, settings=ComposeSettings(max_judgements=1)))) == 1


@pytest.mark.parametrize(
    ("origins", "grades", "level"),
    [
        (1, "F", "low"),
        (1, "B", "moderate"),
        (2, "FF", "moderate"),
        (3, "FFF", "moderate"),
        (3, "FCB", "high"),
        (4, "ABCF", "high"),
    ],
)
def test_confidence_follows_the_rules(origins: int, grades: str, level: Literal["low", "moderate", "high"]) -> None:
    d = desk(*[A] * origins)
    placed = tuple(p.model_copy(update={"reliability": g}) for p, g in zip(d.found.placed, grades, strict=True))
    d = desk(*[A] * origins, placed=placed)
    group = [assessed(d, f"a{n + 1}", A[:-10]) for n in range(origins)]
    assert confidence(d, group)[0] == level


def test_rules_are_printed_as_they_are() -> None:
    told = rules(ConfidenceRules(high_origins=4, moderate_origins=3, single_good_is_moderate=False))
    assert told[0].startswith("High: at least 4 independent origins")
    assert told[1] == "Moderate: at least 3 independent origins."
