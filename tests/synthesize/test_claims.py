"""Allegations and denials across articles → claims with what answers them."""

from __future__ import annotations

from briefing.records import ActorMention, Assessed, Claim, Evidence, Kind, KnownActor, Placed
from briefing.synthesize.claims import join_claims


class Desk:
    """Articles typed piece by piece, so that every span is real."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.said: list[Assessed] = []
        self.mentions: dict[str, list[ActorMention]] = {}

    def say(self, article: str, kind: Kind, speaker: str | None, content: str, *named: str) -> None:
        """One attribution; ``named`` are the actors whose names stand in its content."""
        text = self.texts.get(article, "")
        start = len(text)
        self.texts[article] = f"{text}{content}. "
        for name in named:
            at = start + content.index(name)
            self.mentions.setdefault(name, []).append(ActorMention(article=article, start=at, end=at + len(name)))
        evidence = Evidence(article=article, start=start, end=start + len(content), quote=content)
        self.said.append(
            Assessed(
                article=article,
                index=len(self.said),
                speaker=speaker,
                speaker_name=speaker,
                speaker_evidence=None,
                role=None,
                affiliation=None,
                kind=kind,
                type="indirect",
                standing="other",
                likelihood=None,
                forward=False,
                evidence=(evidence,),
                sentence=evidence,
            )
        )

    def claims(self, *copies: str) -> tuple[Claim, ...]:
        names = sorted({*self.mentions, *(a.speaker for a in self.said if a.speaker)})
        actors = [KnownActor(id=n, name=n, type="GPE", mentions=tuple(self.mentions.get(n, ()))) for n in names]
        placed = [Placed(id=a, story="s", origin=a, duplicate_of="x" if a in copies else None) for a in self.texts]
        return join_claims(self.said, placed, actors)


def test_a_denial_stands_beside_what_it_denies_in_another_article() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of shipping drones to Chad", "Norway", "Chad")
    desk.say("a", "allegation", "Peru", "Gabon of poisoning a lake", "Gabon")
    desk.say("b", "denial", "Norway", "selling drones to Chad", "Chad")
    drones, lake = desk.claims()
    assert [d.speaker for d in drones.denials] == ["Norway"]
    assert (drones.status, lake.status) == ("denied", "unconfirmed")
    assert lake.denials == ()


def test_a_denial_in_other_words_finds_its_claim() -> None:
    desk = Desk()
    desk.say("a", "allegation", None, "Norway providing missiles to Chad", "Norway", "Chad")
    desk.say("b", "denial", "Norway", "the arms transfer accusations")
    assert [d.speaker for d in desk.claims()[0].denials] == ["Norway"]


def test_a_bare_denial_answers_what_was_last_said_of_the_denier() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges", "Norway")
    desk.say("a", "allegation", "Peru", "Norway of poisoning a lake", "Norway")
    desk.say("a", "denial", "Norway", "the allegations")
    bribes, lake = desk.claims()
    assert bribes.denials == ()
    assert [d.speaker for d in lake.denials] == ["Norway"]


def test_a_denial_of_something_else_answers_nothing() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges", "Norway")
    desk.say("b", "denial", "Norway", "closing its harbour")
    assert desk.claims()[0].status == "unconfirmed"


def test_two_speakers_of_two_origins_corroborate() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges in Lima", "Norway")
    desk.say("b", "allegation", "Chile", "Norway of bribery of judges in Lima", "Norway")
    (claim,) = desk.claims()
    assert (claim.status, claim.origins, len(claim.claims)) == ("corroborated", 2, 2)


def test_one_speaker_told_twice_confirms_nothing() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges in Lima", "Norway")
    desk.say("b", "allegation", "Peru", "Norway of bribing judges in Lima", "Norway")
    (claim,) = desk.claims()
    assert claim.status == "unconfirmed"


def test_a_copy_of_an_article_is_no_second_telling() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges", "Norway")
    desk.say("b", "allegation", "Chile", "Norway of bribing judges", "Norway")
    (claim,) = desk.claims("b")
    assert (claim.origins, len(claim.claims)) == (1, 1)


def test_nobody_denies_what_he_claims_himself() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges", "Norway")
    desk.say("a", "denial", "Peru", "bribing judges")
    assert desk.claims()[0].denials == ()


def test_claims_of_other_actors_stay_apart() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of bribing judges", "Norway")
    desk.say("a", "allegation", "Peru", "Gabon of bribing judges", "Gabon")
    assert len(desk.claims()) == 2


def test_nothing_said_nothing_claimed() -> None:
    assert join_claims([], []) == ()


def test_an_organ_answers_for_the_accused_that_its_description_names() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of poisoning a lake", "Norway")
    desk.say("a", "statement", None, "Norway’s ministry", "Norway")
    source = desk.said.pop().evidence[0]
    desk.say("a", "denial", "ministry", "the accusation")
    assert desk.claims()[0].status == "unconfirmed"
    desk.said[-1] = desk.said[-1].model_copy(update={"speaker_evidence": source})
    assert [d.speaker for d in desk.claims()[0].denials] == ["ministry"]


def test_a_denial_of_any_part_answers_the_one_charge_of_its_story_that_names_the_denier() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of sabotage", "Norway")
    desk.say("b", "denial", "Norway", "that his country had anything to do with the blast")
    assert [d.speaker for d in desk.claims()[0].denials] == ["Norway"]


def test_a_denial_of_any_part_answers_none_where_it_could_be_two() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of sabotage", "Norway")
    desk.say("a", "allegation", "Chad", "Norway of poisoning lakes", "Norway")
    desk.say("b", "denial", "Norway", "having any role in it")
    assert all(not claim.denials for claim in desk.claims())


def test_a_denial_of_any_part_by_somebody_else_answers_nothing() -> None:
    desk = Desk()
    desk.say("a", "allegation", "Peru", "Norway of sabotage", "Norway")
    desk.say("b", "denial", "Gabon", "that it had anything to do with the blast")
    assert desk.claims()[0].status == "unconfirmed"
