"""Text → quotations, in every habit of marks."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.quotes import find_quotations

_BREAK = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> list[tuple[int, int]]:
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    ends = [*(m.start() for m in _BREAK.finditer(text)), len(text)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def quoted(text: str) -> list[tuple[list[str], bool, int]]:
    found = find_quotations(text, paragraphs(text))
    return [([text[a:b] for a, b in q.pieces], q.closed, q.depth) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said.", [(["“One,”"], True, 0)]),
        ('"One," he said. "Two."', [(['"One,"'], True, 0), (['"Two."'], True, 0)]),
        ("‘We won’t go,’ he said.", [(["‘We won’t go,’"], True, 0)]),
        ("‘The workers’ hall is ours.’", [(["‘The workers’ hall is ours.’"], True, 0)]),
        ("The '90s were 'good,' she said.", [(["'good,'"], True, 0)]),
        ("``Fine,'' he said. ''More.''", [(["``Fine,''"], True, 0), (["''More.''"], True, 0)]),
        ("„Ja“, said Vik.", [(["„Ja“"], True, 0)]),
        ("« Oui », said Vik.", [(["« Oui »"], True, 0)]),
        ("“Go ‘now’ he said.”", [(["“Go ‘now’ he said.”"], True, 0), (["‘now’"], True, 1)]),
        ("He said: “One.\n\n“Two.”", [(["“One.", "“Two.”"], True, 0)]),
        ("“One.\n\n“Two.\n\n“Three.”", [(["“One.", "“Two.", "“Three.”"], True, 0)]),
        ("“One.\n\nNo more.", [(["“One."], False, 0)]),
        ('She called it "odd, he said. "Next," she said.', [(['"Next,"'], True, 0)]),
        ("”Wrong mark,” he said.", [(["”Wrong mark,”"], True, 0)]),
        ("The boys’ club is open.", []),
        ("It's 5 o'clock.", []),
    ],
)
def test_quotations(text: str, expected: list[tuple[list[str], bool, int]]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab ’‘“”\"'«»„`.,!\n", max_size=80))
def test_pieces_stand_in_the_text_in_order_and_outer_ones_do_not_cross(text: str) -> None:
    found = find_quotations(text, paragraphs(text))
    outer = [piece for q in found if q.closed and not q.depth for piece in q.pieces]
    assert all(0 <= a < b <= len(text) for q in found for a, b in q.pieces)
    assert outer == sorted(outer)
    assert all(first[1] <= second[0] for first, second in pairwise(outer))
