"""Key judgements: grouping, order, and confidence by the stated rules."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from briefing.compose.judgements import confidence, key_judgements, rules
from briefing.config import ComposeSettings, ConfidenceRules
from briefing.records import Attribution, Claim, KeyJudgement, Likelihood
from tests.compose.briefs import assessed, desk, known

A = "More cable incidents are very likely before the spring election, she said."
B = "More cable incidents before the spring election are likely, he said."
C = "The ferry company could raise fares for islanders in April, they said."


def test_one_matter_is_one_judgement_and_likelihood_is_the_sources() -> None:
    d = desk(A, B, C)
    very = assessed(d, "a1", A[:-10], likelihood=Likelihood(term="very likely", low=0.8, high=0.95), standing="expert")
    also = assessed(d, "a2", B[:-9], standing="organisation")
    other = assessed(d, "a3", C[:-11], standing="party_official", speaker="k1", likelihood=Likelihood(term="could"))
    d = desk(A, B, C, attributions=(other, also, very), actors=(known("Ferries"),))
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


def judged(
    *lines: tuple[str, str, dict[str, Any]], settings: ComposeSettings | None = None
) -> tuple[KeyJudgement, ...]:
    """One article a line: the sentence, the words in it that are the content, and what else is known of it."""
    texts = [text for text, _, _ in lines]
    d = desk(*texts)
    said = tuple(assessed(d, f"a{n}", content, **more) for n, (_, content, more) in enumerate(lines, 1))
    return key_judgements(desk(*texts, attributions=said, settings=settings, actors=(known("Ministry"),)))


LIKELY = {"likelihood": Likelihood(term="very likely", low=0.8, high=0.95)}
UNLIKELY = {"likelihood": Likelihood(term="unlikely", low=0.2, high=0.45), "speaker_name": "Karl Voss"}


def test_the_opposite_on_one_matter_is_dissent_and_lowers_confidence() -> None:
    against = "Further cable incidents before the spring election are unlikely, Voss said."
    found = judged((A, A[:-11], LIKELY), (B, B[:-10], {}), (against, against[:-12], UNLIKELY))
    assert [j.text for j in found] == [A]
    assert found[0].confidence == "low"
    assert found[0].why.endswith("Dissent: Karl Voss says “unlikely”.")
    assert {e.article for e in found[0].evidence} == {"a1", "a2", "a3"}


def test_a_denial_of_the_matter_is_dissent() -> None:
    against = "More cable incidents before the spring election: that is nonsense, Voss said."
    found = judged((A, A[:-11], LIKELY), (against, against[:-12], {"kind": "denial", "speaker_name": "Karl Voss"}))
    assert [j.why.split("Dissent: ")[1] for j in found] == ["Karl Voss denies it."]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("He slammed the joint naval drills in the northern strait.", "the joint naval drills in the northern strait"),
        ("Who would gain from a cut cable, Marchetti asked, in this strait?", "Who would gain from a cut cable"),
        ("Marchetti knows how hard it is to find a cable.", "how hard it is to find a cable"),
        ("Marchetti wants to see all ships in the strait counted.", "to see all ships in the strait counted"),
        ("Marchetti said the risk is small.", "the risk is small"),
        ("and that the cable will hold for years, Marchetti said.", "that the cable will hold for years"),
    ],
)
def test_fragments_questions_wants_and_criticism_are_no_judgements(text: str, content: str) -> None:
    assert judged((text, content, {})) == ()


def test_estimates_come_before_what_parties_announce_and_experts_who_look_back() -> None:
    announced = ("The port will open on the first of May, the ministry said.", "The port will open on the first of May")
    back = ("The old cable was badly laid at first, Marchetti said.", "The old cable was badly laid at first")
    said: dict[str, Any] = {"standing": "party_official", "speaker": "k1", "forward": True}
    found = judged((*announced, said), (*back, {}), (A, A[:-11], LIKELY))
    assert [j.text for j in found] == [A, back[0], announced[0]]


def test_what_parties_say_without_an_estimate_is_no_judgement() -> None:
    text = "The ministry said that the harbour was busy all week."
    assert judged((text, "that the harbour was busy all week", {"standing": "party_official", "speaker": "k1"})) == ()


@pytest.mark.parametrize("more", [{"speaker": None}, {"speaker": "k9"}, {"likelihood": Likelihood(term="possible")}])
def test_parties_without_a_name_and_weak_words_are_no_judgement(more: dict[str, Any]) -> None:
    text = "The ministry said the harbour could be closed all week."
    said = {"standing": "party_official", "speaker": "k1", "likelihood": Likelihood(term="could")}
    content = "the harbour could be closed all week"
    assert [j.text for j in judged((text, content, said))] == [text]
    assert judged((text, content, said | more)) == ()


def test_what_parties_call_for_is_no_judgement() -> None:
    text = "The ministry said the harbour must be closed all week, or ships could sink."
    said = {"standing": "party_official", "speaker": "k1", "likelihood": Likelihood(term="could")}
    assert judged((text, "the harbour must be closed all week, or ships could sink", said)) == ()


def test_a_corroborated_claim_is_a_judgement() -> None:
    one, two = "The tanker carried forged papers, the port said.", "A union said its certificates were false."
    d = desk(one, two)
    claims = tuple(
        assessed(d, a, words, kind="allegation", speaker_name=who, standing="organisation")
        for a, words, who in (("a1", "The tanker carried forged papers", "Port"), ("a2", "its certificates", "Union"))
    )
    claim = Claim(claimant=None, claimant_name="Port", status="corroborated", claims=claims, denials=(), origins=2)
    found = key_judgements(desk(one, two, attributions=claims, claims=(claim,)))
    assert [(j.text, j.confidence) for j in found] == [(one, "moderate")]
    assert "said by Port, Union" in found[0].why


def test_bands_follow_the_yardstick_in_force() -> None:
    line = ("The strait will highly likely be closed, she said.", "The strait will highly likely be closed")
    term = {"likelihood": Likelihood(term="highly likely")}
    for scale, low in (("icd203", None), ("phia", 0.8)):
        found = judged((*line, term), settings=ComposeSettings(yardstick=scale))
        assert [j.likelihood.low for j in found if j.likelihood] == [low]
    (only,) = judged((A, A[:-11], LIKELY), settings=ComposeSettings(yardstick="phia"))
    assert only.likelihood == Likelihood(term="very likely")


def test_what_is_told_at_second_hand_loses_a_level() -> None:
    d = desk(A)
    nested = Attribution(content=((0, 20),), type="indirect", kind="assessment", parent=0)
    d = desk(A, extractions=(d.extraction["a1"].model_copy(update={"attributions": (nested,)}),))
    d = desk(A, extractions=d.found.extractions, placed=(d.found.placed[0].model_copy(update={"reliability": "A"}),))
    level, why = confidence(d, [assessed(d, "a1", A[:-11])])
    assert (level, "at second hand" in why) == ("low", True)


MORE, LESS = Likelihood(term="very likely", low=0.8, high=0.95), Likelihood(term="likely", low=0.55, high=0.8)
A_LESS = A.replace("very likely", "likely")


@pytest.mark.parametrize(
    ("days", "voices", "text", "articles"),
    [
        (("2026-03-11", "2026-03-12"), ("Marchetti", "Marchetti"), A, {"a2"}),
        (("2026-03-12", "2026-03-11"), ("Marchetti", "Marchetti"), A_LESS, {"a1"}),
        (("2026-03-12", "2026-03-12"), ("Marchetti", "Marchetti"), A_LESS, {"a1", "a2"}),
        ((None, "2026-03-12"), ("Marchetti", "Marchetti"), A_LESS, {"a1", "a2"}),
        (("2026-03-11", "2026-03-12"), ("Marchetti", "Aalto"), A_LESS, {"a1", "a2"}),
    ],
)
def test_what_a_voice_says_later_takes_the_place_of_what_it_said(
    days: tuple[str | None, ...], voices: tuple[str, ...], text: str, articles: set[str]
) -> None:
    d = desk(A_LESS, A)
    placed = tuple(p.model_copy(update={"date": day}) for p, day in zip(d.found.placed, days, strict=True))
    said = (
        assessed(d, "a1", A_LESS[:-10], likelihood=LESS, speaker_name=voices[0]),
        assessed(d, "a2", A[:-10], likelihood=MORE, speaker_name=voices[1]),
    )
    (found,) = key_judgements(desk(A_LESS, A, placed=placed, attributions=said))
    assert found.text == text
    assert {e.article for e in found.evidence} == articles
