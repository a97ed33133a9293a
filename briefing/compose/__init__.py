"""Synthesis → Brief: what to say, and in what order. One file per section."""

from __future__ import annotations

from briefing.compose import (
    actors,
    assessments,
    changes,
    claims,
    coverage,
    discrepancies,
    events,
    gaps,
    judgements,
    relations,
    sources,
    summary,
    title,
    watch,
)
from briefing.compose.changes import Compared, compare, latest
from briefing.compose.desk import Desk
from briefing.compose.superseded import superseded
from briefing.config import Config
from briefing.records import Brief, Change, Production, Statement, Synthesis

__all__ = ["Compared", "compare", "compose", "latest"]


def compose(
    found: Synthesis,
    *,
    config: Config,
    as_of: str | None,
    production: Production,
    compared: Compared | None = None,
) -> Brief:
    """The brief of a synthesis. ``as_of`` is an ISO date; without it, the latest publication date counts.

    ``compared`` is what has changed since the issue before, for a brief that is made again and again.
    """
    desk = Desk(found, config, as_of or latest(found))
    settings = config.compose
    judged = judgements.key_judgements(desk)
    lines = events.event_lines(desk)
    said = assessments.assessment_lines(desk)
    claimed = claims.claim_lines(desk)
    differing = discrepancies.discrepancies(desk)
    # A brief of one reading tells what was reported when; one that goes on leads with how things stand now.
    past = superseded(desk) if compared else frozenset()
    bottom = summary.bottom_line(desk, settings.bottom_line_words, without=past)
    told = summary.summary(desk, settings.summary_words, without=past)
    ahead = watch.watch_lines(desk)
    unknown = gaps.gaps(desk)
    moved = compared.changes if compared else ()
    cited: list[Statement | Change] = [*moved, *bottom, *judged, *told, *lines, *said, *claimed, *ahead]
    brief = Brief(
        title=title.title(desk),
        as_of=desk.as_of,
        marking=config.brief.marking,
        articles=sources.source_lines(desk, cited, differing, unknown),
        summary=told,
        key_judgements=judged,
        actors=actors.actor_lines(desk),
        events=lines,
        assessments=said,
        claims=claimed,
        discrepancies=differing,
        gaps=unknown,
        problems=found.problems,
        language=config.brief.language,
        bottom_line=bottom,
        watch=ahead,
        relations=relations.relation_lines(desk),
        refused_merges=found.refused,
        coverage=coverage.coverage(desk),
        paragraphs=desk.paragraph_spans(),
        yardstick=settings.yardstick,
        confidence_rules=judgements.rules(settings.confidence),
        source_summary=sources.source_summary(desk),
        production=production,
    )
    return changes.applied(brief, compared, title=config.brief.title) if compared else brief
