"""Desk → what is not known: refusals to comment, undated or unplaced main events, claims of one origin."""

from __future__ import annotations

import re

from briefing.compose.desk import Desk, written
from briefing.records import Article, Gap


def gaps(desk: Desk) -> tuple[Gap, ...]:
    """Each with the words that show the gap; a missing date has none to show and cites the lead."""
    return (*_refusals(desk), *_missing(desk), *_undated(desk), *_single(desk))


def _refusals(desk: Desk) -> list[Gap]:
    found = [a for a in desk.found.attributions if a.kind == "no_comment" and not desk.placed[a.article].duplicate_of]
    lifted = {a.sentence: Gap(text=desk.lifted(a.sentence).text, evidence=(a.sentence,)) for a in found}
    return list(lifted.values())


def _missing(desk: Desk) -> list[Gap]:
    """What no article of a story says of its main event."""
    out = []
    for story in desk.story_order:
        group = [a for a in desk.shown if desk.placed[a.id].story == story]
        main = [desk.extraction[a.id].main_event for a in group]
        missing = [n for n in ("who", "when", "where") if all(getattr(m, n) is None for m in main)]
        lead = _lead(desk, group[0]) if group else None
        if missing and lead:
            out.append(Gap(text=f"No source says {' or '.join(missing)}: {lead.text}", evidence=lead.evidence))
    return out


def _undated(desk: Desk) -> list[Gap]:
    out = []
    for a in desk.shown:
        lead = _lead(desk, a)
        if a.date is None and lead:
            why = desk.placed[a.id].date_why
            name = a.publisher or a.title or a.id
            tail = f"; {_with_names(desk, why)}" if why else ""
            out.append(Gap(text=f"The article of {name} carries no date{tail}.", evidence=lead.evidence))
    return out


def _with_names(desk: Desk, text: str) -> str:
    """A reason with articles' names for their ids, and dates as they are written."""
    for other in sorted(desk.found.articles, key=lambda a: -len(a.id)):
        if other.id in text:
            text = text.replace(other.id, f"the article of {other.publisher or other.title or other.id}")
    return re.sub(r"\d{4}-\d\d(-\d\d)?", lambda m: written(m[0]), text)


def _single(desk: Desk) -> list[Gap]:
    claims = [c for c in desk.found.claims if c.status == "unconfirmed" and c.origins == 1]
    if not claims:
        return []
    evidence = tuple(dict.fromkeys(c.claims[0].sentence for c in claims))
    noun = "claim rests" if len(claims) == 1 else "claims rest"
    return [Gap(text=f"{len(claims)} {noun} on one origin and no other source confirms or denies.", evidence=evidence)]


def _lead(desk: Desk, article: Article) -> Gap | None:
    first = next(iter(desk.extraction[article.id].sentences), None)
    if first is None:
        return None
    lifted = desk.lift(article.id, first)
    return Gap(text=lifted.text, evidence=lifted.evidence)
