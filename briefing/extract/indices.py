"""Text → the share indices named in it: token spans with the index each one means. They take part in market news."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from briefing.extract import lexicon


def find_indices(doc: Doc) -> list[tuple[int, int, str]]:
    """Tokens ``start`` to ``end`` and the index's full name, in order; an article before it is left out."""
    out = []
    for m in _pattern().finditer(doc.text):
        form = m.group()
        start = m.start() + (4 if form[:4].lower() == "the " else 0)
        span = doc.char_span(start, m.end())
        if span is not None:
            out.append((span.start, span.end, _names()[form]))
    return out


@cache
def _names() -> dict[str, str]:
    return {form: name for name, forms in lexicon.load("products")["indices"].items() for form in forms}


@cache
def _pattern() -> re.Pattern[str]:
    """Whole forms, the longest first, where no longer name goes on ("the Dow Chemical plant")."""
    forms = "|".join(re.escape(f) for f in sorted(_names(), key=lambda f: (-len(f), f)))
    return re.compile(rf"(?<![\w&])(?:{forms})(?![\w-]|\s+[A-Z&]|\.\w)")
