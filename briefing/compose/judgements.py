"""Desk → key judgements: assessments grouped by what they are about, with likelihood and analytic confidence.

Likelihood is the source's own; confidence comes from the stated rules of the configuration (number and
independence of origins, their grades) and never stands in the judgement's sentence.
"""

from __future__ import annotations

from briefing.compose.assessments import ORDER, shown
from briefing.compose.desk import Desk, tidy
from briefing.config import ConfidenceRules
from briefing.records import Assessed, Confidence, KeyJudgement

# Cosine of shared content words from which two assessments count as being about one thing.
SAME_MATTER = 0.45


def key_judgements(desk: Desk) -> tuple[KeyJudgement, ...]:
    """At most as many as configured: most origins first, then experts, then those that say how likely."""
    said = [a for a in desk.found.attributions if a.kind == "assessment" and shown(desk, a) and _speaks(a)]
    groups = _grouped(desk, said)
    ranked = sorted(groups, key=lambda g: _rank(desk, g))
    return tuple(_judgement(desk, g) for g in ranked[: desk.config.compose.max_judgements])


def _speaks(a: Assessed) -> bool:
    """Long enough to be a judgement of its own."""
    return sum(len(e.quote.split()) for e in a.evidence) >= 6


def _rank(desk: Desk, group: list[Assessed]) -> tuple[float, ...]:
    best = group[0]
    on_scale = best.likelihood is not None and best.likelihood.low is not None
    return (
        -len(_origins(desk, group)),
        ORDER.index(best.standing),
        not on_scale,
        best.likelihood is None,
        not best.forward,
    )


def _grouped(desk: Desk, said: list[Assessed]) -> list[list[Assessed]]:
    groups: list[tuple[set[str], list[Assessed]]] = []
    for a in sorted(said, key=lambda a: (ORDER.index(a.standing), a.likelihood is None)):
        terms = _terms(desk, a)
        home = next((g for g in groups if _alike(terms, g[0]) >= SAME_MATTER), None)
        if home is None:
            groups.append((terms, [a]))
        else:
            home[1].append(a)
    return [g for _, g in groups]


def _terms(desk: Desk, a: Assessed) -> set[str]:
    sentences = desk.extraction[a.article].sentences
    inside = [s for s in sentences if any(s.start < e.end and e.start < s.end for e in a.evidence)]
    return {t for s in inside for t in s.terms}


def _alike(a: set[str], b: set[str]) -> float:
    return len(a & b) / (len(a) * len(b)) ** 0.5 if a and b else 0.0


def _origins(desk: Desk, group: list[Assessed]) -> set[str]:
    return {desk.placed[a.article].origin for a in group}


def _judgement(desk: Desk, group: list[Assessed]) -> KeyJudgement:
    best = group[0]
    level, why = confidence(desk, group)
    name = desk.said_by(best)
    return KeyJudgement(
        text=desk.lifted(best.sentence, short=True).text,
        evidence=tuple(dict.fromkeys(e for a in group for e in (a.sentence, *a.evidence))),
        likelihood=best.likelihood,
        confidence=level,
        why=why,
        speaker_name=tidy(name) if name else None,
    )


def confidence(desk: Desk, group: list[Assessed]) -> tuple[Confidence, str]:
    """The level by the rules in force, and one line that says why."""
    rules = desk.config.compose.confidence
    origins = _origins(desk, group)
    grades = sorted(desk.placed[a.article].reliability for a in group)
    good = grades[0] <= rules.good_reliability
    speakers = list(dict.fromkeys(filter(None, (desk.said_by(a) for a in group))))
    count = f"{len(origins)} independent origin{'s' if len(origins) > 1 else ''}, best grade {grades[0]}"
    who = f"; said by {', '.join(speakers[:3])}" if speakers else ""
    if len(origins) >= rules.high_origins and good:
        return "high", f"{count}{who}."
    if len(origins) >= rules.moderate_origins or (good and rules.single_good_is_moderate):
        return "moderate", f"{count}{who}; {'few' if len(origins) > 1 else 'no'} other sources agree."
    return "low", f"{count}{who}; not corroborated."


def rules(r: ConfidenceRules) -> tuple[str, ...]:
    """The rules in force, as the brief prints them."""
    lone = f"or one origin graded {r.good_reliability} or better" if r.single_good_is_moderate else ""
    return (
        f"High: at least {r.high_origins} independent origins, one of them graded {r.good_reliability} or better.",
        f"Moderate: at least {r.moderate_origins} independent origins{', ' + lone if lone else ''}.",
        "Low: anything less.",
    )
