"""Desk → what is not known: refusals, open questions in the text, what no article says, undated and lone tellings."""

from __future__ import annotations

import re

from briefing.compose import wording
from briefing.compose.desk import Desk, written
from briefing.records import Article, Evidence, Gap

SAME = 0.75  # cosine of content words from which two open questions are one
TOGETHER = 2  # undated articles that are named one by one; more are counted
ASKED = {"who": "who acted", "when": "when it happened", "where": "where it happened"}


def gaps(desk: Desk) -> tuple[Gap, ...]:
    """Each with the words that show the gap; a missing date has none to show and cites the lead."""
    return (*_open(desk), *_missing(desk), *_undated(desk), *_single(desk))


def _open(desk: Desk) -> list[Gap]:
    """Sentences that say what is not known, then those that tell of a refusal; what several tell stands once."""
    told = [
        (desk.lift(a.id, s), wording.leaves_open(a.text[s.start : s.end]))
        for a in desk.shown
        for s in desk.extraction[a.id].sentences
        if wording.leaves_open(a.text[s.start : s.end]) or wording.refuses(a.text[s.start : s.end])
    ]
    kept: list[tuple[Gap, frozenset[str]]] = []
    for statement, _ in sorted(told, key=lambda t: not t[1]):
        roots = wording.roots(statement.text)
        if not wording.whole(statement.text) or wording.asks(statement.text):
            continue
        same = next((n for n, (_, known) in enumerate(kept) if wording.alike(roots, known) >= SAME), None)
        if same is None:
            kept.append((Gap(text=statement.text, evidence=statement.evidence), roots))
        else:
            gap = kept[same][0]
            kept[same] = (gap.model_copy(update={"evidence": (*gap.evidence, *statement.evidence)}), kept[same][1])
    return [g for g, _ in kept]


def _missing(desk: Desk) -> list[Gap]:
    """What no article of a story says of its main event."""
    out = []
    for story in desk.story_order:
        group = [a for a in desk.shown if desk.placed[a.id].story == story]
        known = _known(desk, {a.id for a in group})
        main = [desk.extraction[a.id].main_event for a in group]
        missing = [w for n, w in ASKED.items() if n not in known and all(getattr(m, n) is None for m in main)]
        lead = _lead(desk, group[0]) if group else None
        if missing and lead:
            out.append(Gap(text=f"No article says {_joined(missing, 'or')}: {lead.text}", evidence=lead.evidence))
    return out


def _known(desk: Desk, articles: set[str]) -> set[str]:
    """What the events of these articles tell: ``who``, ``when``, ``where``."""
    events = [e for e in desk.found.events if any(t.article in articles for t in e.tellings)]
    found = {"who"} if any(e.actors for e in events) else set()
    found |= {"when"} if any(e.date for e in events) else set()
    return found | ({"where"} if any(e.place for e in events) else set())


def _undated(desk: Desk) -> list[Gap]:
    found = [(a, lead) for a in desk.shown if a.date is None and (lead := _lead(desk, a))]
    placed = [(a, lead) for a, lead in found if desk.placed[a.id].date_why]
    bare = [(a, lead) for a, lead in found if not desk.placed[a.id].date_why]
    out = [_anchored(desk, a, lead) for a, lead in placed]
    if len(bare) > TOGETHER:
        named = list(dict.fromkeys(a.publisher or a.title or a.id for a, _ in bare))
        more = len(named) - 5
        names = _joined([*named[:5], *([f"{more} more"] if more > 0 else [])], "and")
        evidence = tuple(e for _, lead in bare for e in lead.evidence)
        return [*out, Gap(text=f"{len(bare)} articles carry no date: {names}.", evidence=evidence)]
    return [*out, *(Gap(text=f"{_article(a)} carries no date.", evidence=lead.evidence) for a, lead in bare)]


def _anchored(desk: Desk, a: Article, lead: Gap) -> Gap:
    placed = desk.placed[a.id]
    why = _with_names(desk, placed.date_why or "").replace("”: shares", "” in it shares")
    dated = f"; it is taken to be of {written(placed.date)}" if placed.date else ""
    return Gap(text=f"{_article(a)} carries no date{dated}: {why}.", evidence=lead.evidence)


def _article(a: Article) -> str:
    return f"The article of {a.publisher}" if a.publisher else f"“{a.title}”" if a.title else f"The article {a.id}"


def _with_names(desk: Desk, text: str) -> str:
    """A reason with articles' names for their ids, and dates as they are written."""
    names = {a.id: _article(a)[0].lower() + _article(a)[1:] for a in desk.found.articles}
    ids = "|".join(re.escape(i) for i in sorted(names, key=lambda i: (-len(i), i)))
    text = re.sub(rf"(?<=with )(?:{ids})(?= )", lambda m: names[m[0]], text)
    return re.sub(r"\d{4}-\d\d(-\d\d)?", lambda m: written(m[0]), text)


def _single(desk: Desk) -> list[Gap]:
    claims = [c for c in desk.found.claims if c.status == "unconfirmed" and c.origins == 1]
    if not claims:
        return []
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys(c.claims[0].sentence for c in claims))
    one = "1 claim rests on one origin; no other source confirms or denies it."
    many = f"{len(claims)} claims rest on one origin each; no other source confirms or denies them."
    return [Gap(text=one if len(claims) == 1 else many, evidence=evidence)]


def _joined(names: list[str], word: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def _lead(desk: Desk, article: Article) -> Gap | None:
    first = next(iter(desk.extraction[article.id].sentences), None)
    if first is None:
        return None
    lifted = desk.lift(article.id, first)
    return Gap(text=lifted.text, evidence=lifted.evidence)
