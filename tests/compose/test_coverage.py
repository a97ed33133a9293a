"""Coverage: each input with what was done with it."""

from __future__ import annotations

import pytest

from briefing.compose.coverage import coverage
from briefing.records import Note, Problem
from tests.compose.briefs import desk

TEXT = "Divers found a third cable."


def outcomes(*problems: Problem) -> list[tuple[str, str]]:
    """Subject and outcome of each line, for one article from the file ``test``."""
    return [(c.subject, c.outcome) for c in coverage(desk(TEXT, problems=problems))]


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (Problem(stage="ingest", subject="x.pdf", message="cannot be read"), [("x.pdf", "failed")]),
        (Problem(stage="ingest", subject="test", message="map.png is not read"), [("test", "partial")]),
        (Problem(stage="ingest", subject="k.txt", message="is in Korean", code="language"), [("k.txt", "dropped")]),
        (Problem(stage="extract", subject="a9", message="took too long"), [("a9", "dropped")]),
        (Problem(stage="ingest", subject="test", message="only the first part", code="too_long"), []),
    ],
)
def test_outcomes(problem: Problem, lines: list[tuple[str, str]]) -> None:
    assert outcomes(problem) == [("test", "read"), *lines]


def test_copies_and_partial_articles_say_so() -> None:
    d = desk(TEXT, TEXT)
    copy = d.found.placed[1].model_copy(update={"duplicate_of": "a1"})
    note = Note(code="too_long", message="only the first part is read")
    whole, other = d.found.articles
    cut = whole.model_copy(update={"partial": True, "problems": (note,), "title": "Third cable"})
    found = coverage(desk(TEXT, TEXT, placed=(d.found.placed[0], copy), articles=(cut, other)))
    assert [c.outcome for c in found] == ["partial", "duplicate"]
    assert found[0].detail == "5 words; only the first part is read"
    assert found[1].detail == "a copy of Third cable; counted as one origin"
