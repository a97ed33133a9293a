"""Who assessed what: real judgements only, experts first, one entry a quotation."""

from __future__ import annotations

from typing import Any

from briefing.compose.assessments import assessment_lines
from briefing.records import Attribution
from tests.compose.briefs import assessed, desk

Said = tuple[str, str, dict[str, Any]]


def lines(*said: Said, cue: str | None = None) -> list[str]:
    """What is shown of an article a sentence; ``cue`` is the reporting verb of the first one."""
    texts = [text for text, _, _ in said]
    d = desk(*texts)
    found = [assessed(d, f"a{n}", content, **more) for n, (_, content, more) in enumerate(said, 1)]
    extractions = list(d.found.extractions)
    if cue:
        at = texts[0].index(cue)
        one = Attribution(content=((0, 1),), cue=((at, at + len(cue)),), type="indirect", kind="assessment")
        extractions[0] = extractions[0].model_copy(update={"attributions": (one,)})
    d = desk(*texts, attributions=tuple(found), extractions=tuple(extractions))
    return [a.text for a in assessment_lines(d)]


def test_experts_come_first() -> None:
    party = ("The strait is safe now, the minister said.", "The strait is safe now", {"standing": "party_official"})
    expert: Said = ("The strait is a trap, Marchetti said.", "The strait is a trap", {})
    assert lines(party, expert) == ["The strait is a trap", "The strait is safe now"]


def test_one_quotation_is_one_entry() -> None:
    text = "The strait is a trap for tankers, Marchetti said."
    whole: Said = (text, "The strait is a trap for tankers", {})
    part: Said = (text, "The strait is a trap", {})
    assert lines(part, whole, whole) == ["The strait is a trap", "The strait is a trap for tankers"]
    d = desk(text)
    both = (assessed(d, "a1", part[1]), assessed(d, "a1", whole[1]))
    assert [a.text for a in assessment_lines(desk(text, attributions=both))] == ["The strait is a trap for tankers"]


def test_wants_and_blame_are_no_assessments() -> None:
    blame: Said = ("He slammed the way the strait is watched.", "the way the strait is watched", {})
    assert lines(blame, cue="slammed") == []
    assert lines(("He doubts ships to be at fault here.", "ships to be at fault here", {}), cue="doubts") != []
    assert lines(("He begged ships to be patient here.", "ships to be patient here", {})) == []


def test_things_and_plans_are_no_assessments() -> None:
    assert lines(("They saw the joint exercise of both navies.", "the joint exercise of both navies", {})) == []
    assert lines(("They meant to sail north in the spring.", "to sail north in the spring", {})) == []
    assert lines(("“No ship in sight,” he said.", "“No ship in sight,”", {"type": "direct"})) == ["“No ship in sight,”"]
