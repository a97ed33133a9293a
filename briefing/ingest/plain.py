"""Plain text → the articles in it."""

from __future__ import annotations

from briefing.ingest import head, lines, split
from briefing.ingest.draft import Draft

LONE_WORDS = 10


def read(text: str) -> list[Draft]:
    """Split, clean, and read the heads of all articles of one text."""
    found = [settle(_body(head.read(blocks))) for blocks in split.articles(lines.blocks(text))]
    return [d for d in found if d.text]


def _body(draft: Draft) -> Draft:
    """A lone sentence without a full stop looks like a headline; long enough, it is what there is to read."""
    if not draft.text and draft.title and len(draft.title.split()) >= LONE_WORDS:
        draft.text, draft.title = draft.title, None
    return draft


def settle(draft: Draft) -> Draft:
    """The wire that signs an article is its outlet where no outlet is named; it is not said twice."""
    if draft.publisher is None:
        draft.publisher = draft.agency
    if draft.agency == draft.publisher:
        draft.agency = None
    return draft
