"""Syntheses built by hand, for the tests of this room."""

from __future__ import annotations

from briefing.compose.desk import Desk
from briefing.config import ComposeSettings, Config
from briefing.records import (
    Assessed,
    Evidence,
    Extraction,
    KnownActor,
    Placed,
    Sentence,
    Synthesis,
    Time,
)
from tests.conftest import article


def sentences(text: str) -> tuple[Sentence, ...]:
    """One sentence a line."""
    out, at = [], 0
    for n, line in enumerate(text.split("\n"), 1):
        out.append(Sentence(start=at, end=at + len(line), paragraph=n, terms=tuple(line.lower().split())))
        at += len(line) + 1
    return tuple(out)


def desk(*texts: str, settings: ComposeSettings | None = None, **more: object) -> Desk:
    """Articles a1, a2 … with one sentence a line, all of one story, each of an origin of its own."""
    articles = [article(t, id=f"a{n}") for n, t in enumerate(texts, 1)]
    found = Synthesis(
        articles=tuple(articles),
        extractions=tuple(Extraction(id=a.id, sentences=sentences(a.text)) for a in articles),
        placed=tuple(Placed(id=a.id, story="s1", origin=f"o{n}") for n, a in enumerate(articles)),
    ).model_copy(update=more)
    return Desk(found, Config(compose=settings or ComposeSettings()), "2026-03-13")


def evidence(d: Desk, article_id: str, words: str) -> Evidence:
    """The place of some words."""
    start = d.article[article_id].text.index(words)
    return d.evidence(article_id, start, start + len(words))


def assessed(d: Desk, article_id: str, words: str, **more: object) -> Assessed:
    """An expert's assessment with these words as content."""
    e = evidence(d, article_id, words)
    base = Assessed(
        article=article_id, index=0, speaker=None, speaker_name="Elena Marchetti", speaker_evidence=None, role=None,
        affiliation=None, kind="assessment", type="indirect", standing="expert", likelihood=None, forward=False,
        evidence=(e,), sentence=d.cited_sentence(article_id, e.start, e.end),
    )  # fmt: skip
    return base.model_copy(update=more)


def known(name: str, *members: tuple[str, str]) -> KnownActor:
    """An actor across articles."""
    return KnownActor(id="k1", name=name, type="PERSON", members=members)


def day(d: Desk, words: str, resolved: str) -> Time:
    """A weekday in the first article."""
    e = evidence(d, "a1", words)
    return Time(start=e.start, end=e.end, text=words, type="DATE", value=resolved, resolved=resolved)
