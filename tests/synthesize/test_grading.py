"""Outlets → reliability."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import ConfigError
from briefing.synthesize import grading
from tests.synthesize.made import article


@pytest.mark.parametrize(
    ("more", "letter"),
    [
        ({"publisher": "Reuters"}, "B"),
        ({"publisher": "The Associated Press"}, "B"),
        ({"publisher": "AP"}, "B"),
        ({"publisher": "KCNA"}, "D"),
        ({"url": "https://www.bbc.co.uk/news/1"}, "B"),
        ({"url": "https://edition.cnn.com/x"}, "C"),
        ({"publisher": "Ardin Evening Post"}, "F"),
        ({"agency": "AFP", "publisher": "Ardin Evening Post"}, "B"),
        ({}, "F"),
    ],
)
def test_letter(more: dict[str, str], letter: str) -> None:
    assert grading.load(None).of(article("a", "Text.", **more)) == letter


def test_the_users_file_wins(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text("A: [Ardin Evening Post]\nE: {Reuters: [reuters.com]}\n")
    graded = grading.load(file)
    assert graded.of(article("a", "Text.", publisher="Ardin Evening Post")) == "A"
    assert graded.of(article("a", "Text.", publisher="Reuters")) == "E"
    assert graded.of(article("a", "Text.", publisher="AP")) == "B"


@pytest.mark.parametrize(("text", "part"), [("G: [X]\n", "sources.yaml:1"), ("- X\n", "letters"), ("A: 3\n", "names")])
def test_a_faulty_file_says_where(tmp_path: Path, text: str, part: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=part):
        grading.load(file)
