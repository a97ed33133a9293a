"""Desk → key judgements: assessments and corroborated claims grouped by what they are about, each with its likelihood.

Likelihood is the source's own word, its band that of the yardstick in force. Confidence comes from the stated rules of
the configuration (number and independence of origins, their grades, agreement, directness) and never stands in the
judgement's sentence. Who says the opposite stands in the line that says why.
"""

from __future__ import annotations

import re

from briefing.compose import wording
from briefing.compose.assessments import ORDER, quoted, shown
from briefing.compose.desk import Desk, tidy
from briefing.config import ConfidenceRules
from briefing.records import Assessed, Confidence, Evidence, KeyJudgement, Likelihood

# Cosine of shared content words from which two statements count as being about one thing.
SAME_MATTER = 0.45
SHORTEST = 6  # words of a judgement of its own
INDEPENDENT = ("expert", "third_official")  # who may judge without an estimative word
LEVELS: tuple[Confidence, ...] = ("low", "moderate", "high")

_AGAINST = re.compile(r"(?i)^(?:not|never|no|hardly|little|ruled? out|isn['’]t|won['’]t)\b|\bn['’]t\b")
_NO_DOUBT = re.compile(r"(?i)^(?:no|little) doubt")

Group = list[Assessed]


def key_judgements(desk: Desk) -> tuple[KeyJudgement, ...]:
    """At most as many as configured: what is said to come and how likely first, then by origins and standing."""
    groups = [_as_of_now(desk, g) for g in _grouped(desk, _pool(desk))]
    ranked = sorted(groups, key=lambda g: _rank(desk, g))
    denials = [a for a in desk.found.attributions if a.kind == "denial" and not desk.placed[a.article].duplicate_of]
    return tuple(_judgement(desk, g, denials) for g in ranked[: desk.config.compose.max_judgements])


def _pool(desk: Desk) -> list[Assessed]:
    said = [a for a in desk.found.attributions if a.kind == "assessment" and shown(desk, a)]
    claimed = [a for c in desk.found.claims if c.status == "corroborated" for a in c.claims]
    alone = [a for a in claimed if not desk.placed[a.article].duplicate_of]
    pool = [a for a in (*said, *alone) if _stands_alone(desk, a)]
    return sorted(pool, key=lambda a: (not _on_scale(desk, a), not _estimates(a), ORDER.index(a.standing)))


def _weighs(desk: Desk, a: Assessed) -> bool:
    """An estimate, a look ahead, an independent voice or a claim; long enough, and by somebody with a name."""
    if a.kind == "allegation":
        return True
    if len(quoted(a).split()) < SHORTEST:
        return False
    if a.standing in INDEPENDENT:
        return True
    speaker = desk.actor.get(a.speaker or "")
    if wording.demands(quoted(a)) and not _on_scale(desk, a):
        return False
    return speaker is not None and speaker.named and (_estimates(a) or a.forward)


def _estimates(a: Assessed) -> bool:
    return a.likelihood is not None and not wording.weak(a.likelihood.term)


def _stands_alone(desk: Desk, a: Assessed) -> bool:
    text = desk.lifted(a.sentence, short=True).text
    return wording.whole(text) and not wording.asks(text) and not wording.only_refuses(text)


def _rank(desk: Desk, group: Group) -> tuple[float, ...]:
    best = group[0]
    told = len(_origins(desk, group))
    ahead = _estimates(best) or (best.forward and best.standing in INDEPENDENT)
    tier = (
        0
        if _on_scale(desk, best)
        else 1
        if ahead
        else 2
        if best.standing in INDEPENDENT or best.kind == "allegation"
        else 3
    )
    return (tier - (told > 1), -told, ORDER.index(best.standing), not best.forward)


def _on_scale(desk: Desk, a: Assessed) -> bool:
    found = desk.measured(a.likelihood)
    return found is not None and found.low is not None


def _grouped(desk: Desk, pool: list[Assessed]) -> list[Group]:
    """The first of a group says it best; others may only join it. What stands in one sentence is one matter."""
    groups: list[Group] = []
    known: list[list[frozenset[str]]] = []
    holders: dict[str, list[int]] = {}  # root → groups that have it, so that only those are compared
    places: dict[Evidence | int, int] = {}  # sentence or claim → its group
    claim = {(a.article, a.index): n for n, c in enumerate(desk.found.claims) for a in c.claims}
    for a in sorted(pool, key=lambda a: not _weighs(desk, a)):
        roots = wording.roots(quoted(a))
        near = sorted({n for r in roots for n in holders.get(r, ())})
        same = (n for n in near if any(wording.alike(roots, k) >= SAME_MATTER for k in known[n]))
        spots: list[Evidence | int] = [a.sentence]
        if a.kind == "allegation" and (a.article, a.index) in claim:
            spots.append(claim[a.article, a.index])
        home = next((places[x] for x in spots if x in places), next(same, len(groups)))
        if home == len(groups):
            if not _weighs(desk, a):
                continue
            groups.append([])
            known.append([])
        groups[home].append(a)
        known[home].append(roots)
        for x in spots:
            places.setdefault(x, home)
        for r in sorted(roots):
            holders.setdefault(r, []).append(home)
    return groups


def _as_of_now(desk: Desk, group: Group) -> Group:
    """Without the estimates that their own voice has replaced by another one on a later day."""
    last: dict[str, Assessed] = {}
    for a in group:
        voice = desk.said_by(a)
        if voice and _on_scale(desk, a) and _day(desk, a) > (_day(desk, last[voice]) if voice in last else ""):
            last[voice] = a
    kept = [a for a in group if not _replaced(desk, a, last.get(desk.said_by(a) or ""))]
    if group[0] in kept:
        return kept
    first = last[desk.said_by(group[0]) or ""]  # it takes the place of the one that it replaces
    return [first, *(a for a in kept if a is not first)]


def _replaced(desk: Desk, a: Assessed, last: Assessed | None) -> bool:
    if last is None or not _on_scale(desk, a) or not _day(desk, a) or _day(desk, last) <= _day(desk, a):
        return False
    return _band(desk, a) != _band(desk, last)


def _band(desk: Desk, a: Assessed) -> tuple[float | None, float | None]:
    found = desk.measured(a.likelihood)
    return (found.low, found.high) if found else (None, None)


def _day(desk: Desk, a: Assessed) -> str:
    """Of its article; empty where it is not known, and then nothing is later or earlier."""
    return (desk.placed[a.article].date or "")[:10]


def _origins(desk: Desk, group: Group) -> set[str]:
    return {desk.placed[a.article].origin for a in group}


def _judgement(desk: Desk, group: Group, denials: Group) -> KeyJudgement:
    best = group[0]
    agreeing, against = _parted(desk, group)
    roots = wording.roots(quoted(best))
    denied = [d for d in denials if wording.alike(roots, wording.roots(quoted(d))) >= SAME_MATTER]
    level, why = confidence(desk, agreeing, dissent=_dissent(desk, against, denied))
    name = desk.said_by(best)
    return KeyJudgement(
        text=desk.lifted(best.sentence, short=True).text,
        evidence=tuple(dict.fromkeys(e for a in (*agreeing, *against, *denied) for e in (a.sentence, *a.evidence))),
        likelihood=desk.measured(best.likelihood) if _estimates(best) else None,
        confidence=level,
        why=why,
        speaker_name=tidy(name) if name else None,
    )


def _parted(desk: Desk, group: Group) -> tuple[Group, Group]:
    """Those on the first one's side or on none, and those on the other."""
    side = _side(desk.measured(group[0].likelihood))
    against = [a for a in group if side * _side(desk.measured(a.likelihood)) < 0]
    return [a for a in group if a not in against], against


def _side(likelihood: Likelihood | None) -> int:
    """1 where more likely than not, -1 where less, 0 where the words do not say."""
    if likelihood is None:
        return 0
    if likelihood.low is not None and likelihood.high is not None:
        return 1 if likelihood.low >= 0.5 else -1 if likelihood.high <= 0.5 else 0
    return -1 if _AGAINST.search(likelihood.term) and not _NO_DOUBT.search(likelihood.term) else 0


def _dissent(desk: Desk, against: Group, denied: Group) -> str:
    said = [f"{desk.said_by(a)} says “{a.likelihood.term}”" for a in against if a.likelihood]
    said += [f"{name} denies it" for name in dict.fromkeys(desk.said_by(d) or "a source" for d in denied)]
    return "; ".join(dict.fromkeys(said))


def confidence(desk: Desk, group: Group, *, dissent: str = "") -> tuple[Confidence, str]:
    """The level by the rules in force, and one line that says why."""
    rules = desk.config.compose.confidence
    origins = len(_origins(desk, group))
    best = min(desk.placed[a.article].reliability for a in group)
    good = best <= rules.good_reliability
    level = 0
    if origins >= rules.high_origins and good:
        level = 2
    elif origins >= rules.moderate_origins or (good and rules.single_good_is_moderate):
        level = 1
    second_hand = all(_second_hand(desk, a) for a in group)
    lowered = (bool(dissent) and rules.dissent_lowers) + (second_hand and rules.second_hand_lowers)
    speakers = list(dict.fromkeys(filter(None, (desk.said_by(a) for a in group))))
    parts = [f"{origins} independent origin{'s' if origins > 1 else ''}, best grade {best}"]
    parts += [f"said by {_names(speakers)}"] if speakers else []
    parts += ["told at second hand"] if second_hand else []
    parts += [] if origins > 1 else ["not corroborated"]
    return LEVELS[max(0, level - lowered)], "; ".join(parts) + "." + (f" Dissent: {dissent}." if dissent else "")


def _second_hand(desk: Desk, a: Assessed) -> bool:
    """Whether somebody else's words report it."""
    found = desk.extraction[a.article].attributions
    return a.index < len(found) and found[a.index].parent is not None


def _names(speakers: list[str]) -> str:
    more = len(speakers) - 3
    return ", ".join(speakers[:3]) + (f" and {more} more" if more > 0 else "")


def rules(r: ConfidenceRules) -> tuple[str, ...]:
    """The rules in force, as the brief prints them."""
    lone = f"or one origin graded {r.good_reliability} or better" if r.single_good_is_moderate else ""
    told = [
        f"High: at least {r.high_origins} independent origins, one of them graded {r.good_reliability} or better.",
        f"Moderate: at least {r.moderate_origins} independent origins{', ' + lone if lone else ''}.",
        "Low: anything less.",
    ]
    told += ["One level lower where a source says the opposite."] if r.dissent_lowers else []
    told += ["One level lower where it is told only at second hand."] if r.second_hand_lowers else []
    return tuple(told)
