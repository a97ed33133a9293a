"""Source span → speaker and standing."""

from __future__ import annotations

import pytest

from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.actors import find_actors
from briefing.extract.attributions import find_attributions
from briefing.extract.reading import Cast
from tests.conftest import article


@pytest.fixture(scope="module")
def rules() -> nlp.Pipeline:
    return nlp.load(ExtractSettings(tagger="off"))


def last(text: str, rules: nlp.Pipeline) -> tuple[str | None, str]:
    """Name of the speaker and standing of the text's last attribution."""
    reading = rules.read(article(text))
    cast = find_actors(reading)
    found = find_attributions(reading, cast)[-1]
    return (cast.actor(found.speaker).name if found.speaker else None), found.standing


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It rained,” said Ivo Moe, a farmer.", "Ivo Moe"),
        ("Ivo Moe owns the mill. “It rained,” he said.", "Ivo Moe"),
        ("Foreign Minister Ana Ruiz said the port was closed.", "Ana Ruiz"),
        ("Ana Ruiz, who said the port was closed, left for Oslo.", "Ana Ruiz"),
        ("A spokesman for Ana Ruiz said the port was closed.", None),
        ("Norway said the port was closed.", "Norway"),
        ("Three diplomats said the port was closed.", None),
        ("According to Ana Ruiz, the port is closed.", "Ana Ruiz"),
    ],
)
def test_speaker(text: str, name: str | None, rules: nlp.Pipeline) -> None:
    found, _ = last(text, rules)
    if name is None:
        assert found is None or "Ruiz" not in found
    else:
        assert found == name


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("“It will last,” said Ana Ruiz, a professor at Oslo University.", "expert"),
        ("Analysts said the truce would fail.", "expert"),
        ("“It will last,” said Ivo Moe, an analyst at a think tank.", "expert"),
        (
            "Norway and Chad met. Norway sent Chad boats. Norwegian Foreign Minister Ana Ruiz said it was a gift.",
            "party_official",
        ),
        (
            "Norway and Chad met. Norway sent Chad boats. Peruvian Foreign Minister Ana Ruiz said it was wrong.",
            "third_official",
        ),
        ("Norway and Chad met. Norway sent Chad boats. The United Nations said the boats were old.", "third_official"),
        ("A witness said the walls shook.", "witness"),
        ("Residents said the walls shook.", "witness"),
        ("The newspaper said the walls shook.", "outlet"),
        ("State media said the delegation left on Tuesday.", "outlet"),
        ("The union said nobody was paid.", "organisation"),
        ("The survey found that one child in five walks to school.", "organisation"),
    ],
)
def test_standing(text: str, standing: str, rules: nlp.Pipeline) -> None:
    assert last(text, rules)[1] == standing


@pytest.mark.model
def test_without_a_cast_nobody_speaks(rules: nlp.Pipeline) -> None:
    found = find_attributions(rules.read(article("“It rained,” said Ivo Moe.")), Cast())
    assert [a.speaker for a in found] == [None]
    assert found[0].source
