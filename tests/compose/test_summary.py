"""Summary: what several say early comes first, nothing twice, never longer than allowed."""

from __future__ import annotations

import pytest

from briefing.compose.desk import words
from briefing.compose.summary import bottom_line, concepts, summary
from briefing.records import Attribution
from tests.compose.briefs import desk

CABLES = "Two data cables in the strait were cut on Monday morning.\nFerry fares will rise in April for all islands."
AGAIN = "A tanker cut two data cables in the strait on Monday.\nThe weather was calm and the night was very clear."


def test_what_both_tell_comes_first() -> None:
    found = summary(desk(CABLES, AGAIN), 12)
    assert [s.text for s in found] == ["Two data cables in the strait were cut on Monday morning."]
    assert found[0].evidence[0].article == "a1"


def test_never_longer_than_asked() -> None:
    for limit in (1, 11, 20, 30, 200):
        assert sum(words(s.text) for s in summary(desk(CABLES, AGAIN), limit)) <= limit


def test_never_more_than_half_of_the_input() -> None:
    assert sum(words(s.text) for s in summary(desk(CABLES, AGAIN), 500)) <= sum(map(words, (CABLES, AGAIN))) / 2


def test_the_same_sentence_is_not_taken_twice() -> None:
    line = "Two data cables in the strait were cut on Monday morning."
    assert len(summary(desk(line, line, line), 100)) == 1


def test_refusals_are_left_to_their_section() -> None:
    d = desk("The ministry did not comment on the two cut cables.\nDivers found a third cable that had been damaged.")
    refusal = Attribution(content=((17, 24),), type="indirect", kind="no_comment")
    d = desk(d.article["a1"].text, extractions=(d.extraction["a1"].model_copy(update={"attributions": (refusal,)}),))
    assert [s.text for s in bottom_line(d, 100)] == ["Divers found a third cable that had been damaged."]


def test_copies_are_not_lifted() -> None:
    d = desk(CABLES, CABLES)
    placed = (d.found.placed[0], d.found.placed[1].model_copy(update={"duplicate_of": "a1"}))
    assert {s.evidence[0].article for s in summary(desk(CABLES, CABLES, placed=placed), 100)} == {"a1"}


def test_concepts_need_a_content_word() -> None:
    assert concepts("It is of the strait") == {("the", "strait")}


def test_nothing_from_nothing() -> None:
    assert summary(desk("Too short."), 100) == ()


def test_a_sentence_that_leans_on_another_is_not_lifted() -> None:
    d = desk("He demanded that the ship and its whole crew be released.\nDivers found a third cable that was damaged.")
    assert [s.text for s in summary(d, 100)] == ["Divers found a third cable that was damaged."]


@pytest.mark.parametrize(
    "line",
    [
        "The question is no longer whether the strait will be patrolled.",
        "In the port, the question this week was whether the strait is safe.",
        "The interior minister of the northern island thinks so.",
        "Who would cut three cables in a strait that is watched?",
        "The coast guard gave no further details at first on it.",
        "“We will cut the ferry fares for all of the islands.”",
        "In a letter to the harbour master of the northern island _",
        "“We will cut the ferry fares, he told the islanders in spring.",
    ],
)
def test_what_cannot_carry_a_story_is_not_lifted(line: str) -> None:
    d = desk(f"{line}\nDivers found a third cable that had been damaged.\n{line}")
    assert [s.text for s in summary(d, 15)] == ["Divers found a third cable that had been damaged."]


def test_of_two_that_say_as_much_the_newer_comes_first() -> None:
    old, new = "Divers found a third cable that had been damaged.", "Owners sold a large tanker that had been detained."
    for dates in (("2026-03-01", "2026-03-12"), ("2026-03-12", "2026-03-01")):
        d = desk(old, new)
        placed = tuple(p.model_copy(update={"date": x}) for p, x in zip(d.found.placed, dates, strict=True))
        found = bottom_line(desk(old, new, placed=placed), 10)
        assert [s.text for s in found] == [new if dates[1] > dates[0] else old]
