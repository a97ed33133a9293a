"""Paths, folders, URLs and standard input in; Articles and Problems out.

``walk`` finds the files, ``sniff`` names their kind, ``formats`` reads them (in a child process where a foreign parser
is at work), ``split``/``head`` part and clean text, and this module makes Articles of what they give.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config import IngestSettings
from briefing.ingest.desk import Desk
from briefing.records import Article, Problem


def ingest(
    inputs: Sequence[str], *, config: IngestSettings, url: str | None = None
) -> tuple[list[Article], list[Problem]]:
    """All articles of all inputs, in input order; a fault of one input is a Problem and costs only that input.

    ``url`` is the address of a saved page that does not say its own.
    """
    with Desk(config, url=url) as desk:
        desk.take(inputs)
        return desk.articles(), desk.problems
