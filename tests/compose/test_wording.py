"""Turns of phrase: what a sentence is good for."""

from __future__ import annotations

import pytest

from briefing.compose import wording


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Divers found a cable.", True),
        ("“We found it,” she said.", True),
        ("[Petra Lindqvist] left.", True),
        ("and left the harbour.", False),
        ("In a letter to the king _", False),
        ("“We found it, she said.", False),
        ("We found it,'' she said.", False),
    ],
)
def test_whole(text: str, found: bool) -> None:
    assert wording.whole(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is not clear who cut the cable.", True),
        ("It was not immediately clear whether the crew knew.", True),
        ("The footage could not be independently verified.", True),
        ("The cause remains unknown.", True),
        ("No group has claimed responsibility.", True),
        ("The owner has not been identified.", True),
        ("The sky was clear over the strait.", False),
        ("The cable was cut by an anchor.", False),
    ],
)
def test_leaves_open(text: str, found: bool) -> None:
    assert wording.leaves_open(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The owner declined to comment.", True),
        ("The port did not immediately respond.", True),
        ("The navy gave no details.", True),
        ("The prince did not return until July.", False),
        ("They declined the offer.", False),
    ],
)
def test_refuses(text: str, found: bool) -> None:
    assert wording.refuses(text) is found


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("condemned", True), ("is urging", True), ("called for", True), ("worries about", True),
        ("said", False), ("expects", False), ("warned", False), ("believes", False),
    ],
)  # fmt: skip
def test_stances(cue: str, found: bool) -> None:
    assert wording.takes_a_stance(cue) is found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("that the dam holds", True),
        ("the damage was deliberate", True),
        ("the joint naval drills", False),
        ("to begin joint patrols", False),
    ],
)
def test_claims(content: str, found: bool) -> None:
    assert wording.claims(content) is found
