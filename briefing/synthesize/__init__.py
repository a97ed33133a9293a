"""[Article], [Extraction] → Synthesis: who is who, which event is which, who agrees, across all articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.config import SynthesizeSettings
from briefing.records import Article, Evidence, Extraction, KnownActor, KnownRelation, Placed, Problem, Synthesis
from briefing.synthesize import actors, anchoring, attributions, claims, discrepancies, events, grading, stories

__all__ = ["synthesize"]


def synthesize(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    *,
    config: SynthesizeSettings,
    problems: Sequence[Problem] = (),
    placed: Sequence[Placed] | None = None,
) -> Synthesis:
    """What all articles say together. Articles and extractions are in the same order.

    ``placed`` are their stories and origins where they are known: whole stories of a larger batch stay what they are.
    """
    if placed is None:
        graded = grading.load(config.sources_file)
        placed = stories.place(articles, extractions, near_copy=config.near_copy, graded=graded)
    extractions = anchoring.filled(extractions, placed)
    who, refused, faults = actors.resolve_actors(articles, extractions, settings=config)
    assessed = attributions.assess(articles, extractions, who)
    happened = events.merge(articles, extractions, who, placed)
    return Synthesis(
        articles=tuple(articles),
        extractions=tuple(extractions),
        placed=tuple(placed),
        actors=tuple(who),
        refused=tuple(refused),
        events=happened,
        attributions=tuple(assessed),
        claims=tuple(claims.join_claims(assessed, placed, who)),
        discrepancies=discrepancies.find(articles, extractions, who, happened, placed=placed),
        relations=_relations(articles, extractions, who),
        problems=(*problems, *_notes(extractions), *faults),
    )


def _relations(
    articles: Sequence[Article], extractions: Sequence[Extraction], who: Sequence[KnownActor]
) -> tuple[KnownRelation, ...]:
    """Stated relations between known actors, with all the words that state them."""
    known: Mapping[tuple[str, str], str] = {member: actor.id for actor in who for member in actor.members}
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for article, extraction in zip(articles, extractions, strict=True):
        for relation in extraction.relations:
            source = known.get((extraction.id, relation.source))
            target = known.get((extraction.id, relation.target))
            if source and target and source != target:
                start, end = relation.evidence
                quote = article.text[start:end]
                said = Evidence(article=article.id, start=start, end=end, quote=quote)
                found.setdefault((relation.kind, source, target), []).append(said)
    return tuple(
        KnownRelation(kind=kind, source=source, target=target, evidence=tuple(said))
        for (kind, source, target), said in found.items()
    )


def _notes(extractions: Sequence[Extraction]) -> list[Problem]:
    return [Problem(stage="extract", subject=x.id, message=n.message) for x in extractions for n in x.problems]
