"""Typed cases, one folder file a form: text with its sources, cues and contents marked → the attributions found.

A case is ``{s|Ada Poe} {q|said} {c|it rained}.``; a number behind the letter (``{s2|…}``) parts several attributions.
What is marked is all that may be found, to the character.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.attributions import find_parts
from briefing.records import Span
from tests.conftest import article

CASES = Path(__file__).parent / "attribution_cases"
FORMS = sorted(path.stem for path in CASES.glob("*.txt"))
LEAST = 25  # cases a form
_TOKEN = re.compile(r"(\{[sqc]\d*\||\})")
_TAG = re.compile(r"\{([sqc])(\d*)\|")

Parts = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


def read_case(marked: str) -> tuple[str, list[Parts]]:
    """The bare text, and (content, cue, source) of each attribution marked in it. Marks may stand inside marks."""
    text = ""
    opened: list[tuple[str, str, int]] = []
    spans: dict[str, dict[str, list[Span]]] = {}
    for token in _TOKEN.split(marked):
        tag = _TAG.fullmatch(token)
        if tag:
            opened.append((tag[1], tag[2], len(text)))
        elif token == "}":
            role, number, start = opened.pop()
            spans.setdefault(number, {}).setdefault(role, []).append((start, len(text)))
        else:
            text += token
    return text, [(tuple(p.get("c", ())), tuple(p.get("q", ())), tuple(p.get("s", ()))) for p in spans.values()]


def cases() -> list[object]:
    found: list[object] = []
    for form in FORMS:
        blocks = (CASES / f"{form}.txt").read_text(encoding="utf-8").strip("\n").split("\n====\n")
        found += [pytest.param(block, id=f"{form}-{n}") for n, block in enumerate(blocks, 1)]
    return found


@pytest.fixture(scope="module")
def rules() -> nlp.Pipeline:
    """The pipeline with the rules alone."""
    return nlp.load(ExtractSettings(tagger="off"))


@pytest.mark.model
@pytest.mark.parametrize("marked", cases())
def test_case(marked: str, rules: nlp.Pipeline) -> None:
    text, expected = read_case(marked)
    found = [(f.content, f.cue, f.source) for f in find_parts(rules.read(article(text)))]
    assert sorted(_shown(text, f) for f in found) == sorted(_shown(text, e) for e in expected)


def test_each_form_has_its_cases() -> None:
    short = {
        form: n
        for form in FORMS
        if form != "views"
        if (n := sum(str(c).count(f"id='{form}-") for c in cases())) < LEAST
    }
    assert not short
    assert len(cases()) >= 150


def _shown(text: str, parts: Parts) -> tuple[tuple[str, ...], ...]:
    """Pieces as text, so that a failure can be read; offsets stand beside them."""
    return tuple(tuple(f"{text[a:b]} @{a}" for a, b in part) for part in parts)
