"""Articles, extractions and known actors → every attribution with its speaker and the words it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.records import Article, Assessed, Attribution, Evidence, Extraction, KnownActor, Sentence, Span


def assess(
    articles: Sequence[Article], extractions: Sequence[Extraction], actors: Sequence[KnownActor]
) -> tuple[Assessed, ...]:
    """One Assessed an attribution, in order of article and place."""
    known = {member: actor for actor in actors for member in actor.members}
    return tuple(
        _assessed(article, extraction, index, found, known.get((extraction.id, speaker or "")))
        for article, extraction in zip(articles, extractions, strict=True)
        for index, found in enumerate(extraction.attributions)
        for speaker in _speakers(article, extraction, found)
    )


def _speakers(article: Article, extraction: Extraction, found: Attribution) -> tuple[str | None, ...]:
    """The speaker; of a charge or denial by several that are named side by side ("Rome and Oslo"), each of them."""
    if found.kind not in {"allegation", "denial"} or len(found.source) != 1:
        return (found.speaker,)
    start, end = found.source[0]
    inside = [m for m in extraction.mentions if m.actor and m.form == "name" and start <= m.start and m.end <= end]
    rest = article.text[start:end]
    for m in sorted(inside, key=lambda m: m.start - m.end):
        rest = rest.replace(m.text, " ")
    side_by_side = not rest.replace(",", " ").replace(" and ", " ").replace("both ", " ").strip()
    ids = tuple(dict.fromkeys(m.actor for m in inside))
    return ids if len(ids) > 1 and side_by_side else (found.speaker,)


def _assessed(
    article: Article, extraction: Extraction, index: int, found: Attribution, speaker: KnownActor | None
) -> Assessed:
    source = found.source[0] if found.source else None
    return Assessed(
        article=article.id,
        index=index,
        speaker=speaker.id if speaker else None,
        speaker_name=speaker.name if speaker else article.text[slice(*source)] if source else None,
        speaker_evidence=_evidence(article, source) if source else None,
        role=speaker.roles[0] if speaker and speaker.roles else None,
        affiliation=speaker.affiliation if speaker else None,
        kind=found.kind,
        type=found.type,
        standing=found.standing,
        likelihood=found.likelihood,
        forward=found.forward,
        evidence=tuple(_evidence(article, span) for span in found.content),
        sentence=_evidence(article, _around(found, extraction.sentences)),
    )


def _around(found: Attribution, sentences: Sequence[Sentence]) -> Span:
    spans = (*found.content, *found.cue, *found.source)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    held = [s for s in sentences if s.start < end and start < s.end]
    return (min([start, *(s.start for s in held)]), max([end, *(s.end for s in held)]))


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(article=article.id, start=span[0], end=span[1], quote=article.text[slice(*span)])
