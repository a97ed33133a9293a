"""What is not known: open questions and refusals in the text, what no article says, undated articles, lone claims."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.compose.gaps import gaps
from briefing.records import Claim, MainEvent, Synthesis
from tests.compose.briefs import assessed, desk

DATED = "2026-03-12"
WHOLE = MainEvent(who=(0, 3), when=(0, 3), where=(0, 3))


def texts(*articles: str, main: MainEvent = WHOLE, dates: tuple[str | None, ...] = (), **more: Any) -> list[str]:
    """Gaps of articles of one story that are dated and tell who, when and where, where nothing else is given."""
    d = desk(*articles, **more)
    found: Synthesis = d.found
    told = tuple(
        a.model_copy(update={"date": dates[n] if dates else DATED, "publisher": f"Paper {n + 1}"})
        for n, a in enumerate(found.articles)
    )
    extractions = tuple(e.model_copy(update={"main_event": main}) for e in found.extractions)
    return [g.text for g in gaps(desk(*articles, articles=told, extractions=extractions, **more))]


@pytest.mark.parametrize(
    "line",
    [
        "It is not clear who chartered the tanker.",
        "The footage could not be independently verified.",
        "The owner of the ship declined to comment.",
        "The ministry gave no details.",
    ],
)
def test_open_questions_and_refusals(line: str) -> None:
    assert texts(f"Divers found a third cable.\n{line}") == [line]


def test_open_questions_come_before_refusals_and_the_same_one_stands_once() -> None:
    refusal, question = "The owner of the ship declined to comment.", "It is not clear who chartered the old tanker."
    again = "It was not clear who chartered the old tanker."
    assert texts(f"{refusal}\n{question}", again) == [question, refusal]


def test_what_only_sounds_like_it_is_no_gap() -> None:
    assert texts("The prince did not return until July.\nThe sky over the strait was clear.") == []


def test_what_no_article_says() -> None:
    found = texts("The cable was cut.", main=MainEvent(who=(0, 9)))
    assert found == ["No article says when it happened or where it happened: The cable was cut."]


def test_undated_articles_are_named_or_counted() -> None:
    assert texts("One.", "Two.", dates=(None, DATED)) == ["The article of Paper 1 carries no date."]
    found = texts("One.", "Two.", "Three.", dates=(None, None, None))
    assert found == ["3 articles carry no date: Paper 1, Paper 2 and Paper 3."]


def test_a_date_that_was_anchored_says_how() -> None:
    d = desk("One.", "Two.")
    why = "“Tuesday”: shares an event of 2026-03-10 with a2 of 2026-03-12"
    placed = (d.found.placed[0].model_copy(update={"date": "2026-03-12", "date_why": why}), d.found.placed[1])
    found = texts("One.", "Two.", dates=(None, DATED), placed=placed)
    (only,) = found
    assert only.startswith("The article of Paper 1 carries no date; it is taken to be of 12 March 2026: ")
    assert only.endswith(
        "“Tuesday” in it shares an event of 10 March 2026 with the article of Paper 2 of 12 March 2026."
    )


def test_claims_of_one_origin() -> None:
    text = "The port accused the crew of fraud."
    said = assessed(desk(text), "a1", "of fraud", kind="allegation")
    claim = Claim(claimant=None, claimant_name="Port", status="unconfirmed", claims=(said,), denials=(), origins=1)
    assert texts(text, claims=(claim,)) == ["1 claim rests on one origin; no other source confirms or denies it."]
    many = texts(text, claims=(claim, claim))
    assert many == ["2 claims rest on one origin each; no other source confirms or denies them."]
