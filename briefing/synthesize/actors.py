"""Articles and extractions → who is who across articles, the merges that were refused, and problems."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from briefing import names
from briefing.config import SynthesizeSettings
from briefing.records import (
    ActorMention,
    ActorRole,
    Alias,
    Article,
    Evidence,
    Extraction,
    KnownActor,
    Problem,
    RefusedMerge,
)  # fmt: skip
from briefing.synthesize import actors_file
from briefing.synthesize.actors_file import ActorsFile
from briefing.synthesize.identity import PLACES, PRODUCT, Member, Verdict, blocks, judge

BLOCK = 400  # names that share a word and are still held against each other


@dataclass
class _Group:
    """Members held to be one, with the reason for each name that came in."""

    members: list[int]
    why: dict[str, str] = field(default_factory=dict)  # plain name → reason
    user: list[str] = field(default_factory=list)


def resolve_actors(
    articles: Sequence[Article], extractions: Sequence[Extraction], *, settings: SynthesizeSettings
) -> tuple[tuple[KnownActor, ...], tuple[RefusedMerge, ...], tuple[Problem, ...]]:
    """Every actor once, most salient first; each merge with its reason. Raises ConfigError for a faulty actors file."""
    wishes = actors_file.read(settings.actors_file)
    wanted = actors_file.watched(wishes, settings.watch)
    members = _members(extractions)
    merging = _Merging(members, wishes)
    merging.by_user()
    merging.by_name(settings.merge_at)
    by_id = {a.id: a for a in articles}
    found = {x.id: x for x in extractions}
    weights = [_weight([members[i] for i in g.members]) for g in merging.groups()]
    top = max(weights, default=0.0) or 1.0
    known = [
        _known(members, g, by_id, found, wishes, settings.watch).model_copy(update={"salience": round(w / top, 4)})
        for g, w in zip(merging.groups(), weights, strict=True)
    ]
    known = [k for k in known if not _listed(k, wishes.ignore)]
    known.sort(key=lambda k: (not _listed(k, wanted), -k.salience, not k.named))
    numbered = tuple(k.model_copy(update={"id": f"k{n}"}) for n, k in enumerate(known, 1))
    return numbered, merging.refusals(), _unknown(members, wishes, settings)


def _members(extractions: Sequence[Extraction]) -> list[Member]:
    out = []
    for x in extractions:
        named = {m.actor for m in x.mentions if m.form == "name"}
        company = {a.id: names.plain(a.name) for a in x.actors if a.id in named and a.type not in (*PLACES, PRODUCT)}
        for a in sorted(x.actors, key=lambda a: int(a.id[1:]) if a.id[1:].isdigit() else 0):
            others = frozenset(n for i, n in company.items() if i != a.id)
            out.append(Member(x.id, a, a.id in named, x.date, others))
    return out


# ------------------------------------------------------------------------------------------------------------- merging
class _Merging:
    """Groups that grow; what one article keeps apart is never put together."""

    def __init__(self, members: list[Member], wishes: ActorsFile) -> None:
        self.members = members
        self._wishes = wishes
        self._of = list(range(len(members)))
        self._groups = {i: _Group([i]) for i in range(len(members))}
        self._refused: dict[tuple[str, str], RefusedMerge] = {}
        self._merge_at = 0.5
        self._at_edge: dict[str, list[int]] = {}
        for i, m in enumerate(members):
            for word in dict.fromkeys((m.words[:1] + m.words[-1:]) if m.actor.type == "PERSON" else ()):
                self._at_edge.setdefault(word, []).append(i)
        self._apart = [frozenset(names.plain(n) for n in group) for group in wishes.split]

    def groups(self) -> list[_Group]:
        for group in self._groups.values():
            group.members.sort()
        return [self._groups[i] for i in sorted(self._groups)]

    def refusals(self) -> tuple[RefusedMerge, ...]:
        return tuple(self._refused[k] for k in sorted(self._refused))

    def by_user(self) -> None:
        """What the actors file merges."""
        for group in self._wishes.merge:
            wanted = {names.plain(n) for n in group}
            fitting = [i for i, m in enumerate(self.members) if m.key in wanted]
            for i in fitting[1:]:
                if self._of[i] != self._of[fitting[0]]:
                    self._join(fitting[0], i, "merged by the actors file")
            if len({self.members[i].key for i in fitting}) > 1:
                self._groups[self._of[fitting[0]]].user.append("merged by the actors file")

    def by_name(self, merge_at: float) -> None:
        """Surest first: same names, then variants, then bare surnames."""
        self._merge_at = merge_at
        stand = self._stand_ins()
        listed = sorted(stand)
        pairs: dict[tuple[int, int], None] = {}
        for block in blocks([stand[i] for i in listed]).values():
            if len(block) <= BLOCK:
                pairs.update(dict.fromkeys((listed[a], listed[b]) for a, b in combinations(block, 2)))
        verdicts = []
        for i, j in pairs:
            verdict = judge(stand[i], stand[j], merge_at=merge_at)
            if verdict is not None:
                verdicts.append((i, j, verdict))
        verdicts.sort(key=self._rank)
        for i, j, verdict in verdicts:
            self._take(i, j, verdict)

    def _rank(self, found: tuple[int, int, Verdict]) -> tuple[bool, float, int, int, int]:
        """Merges before refusals, higher scores and longer names first."""
        i, j, verdict = found
        shorter = min(len(self.members[i].words), len(self.members[j].words))
        return not verdict.same, -verdict.score, -shorter, i, j

    def _stand_ins(self) -> dict[int, Member]:
        """One member for all that have name, type and office in common; it keeps the company of all of them."""
        alike: dict[tuple[object, ...], list[int]] = {}
        for i, m in enumerate(self.members):
            if m.named:
                alone = i if m.actor.type == "PERSON" and len(m.words) == 1 else None  # a bare surname is nobody's yet
                alike.setdefault((m.key, m.actor.type, m.actor.country, m.office, alone), []).append(i)
        out = {}
        for same in alike.values():
            for other in same[1:]:
                if self._of[same[0]] != self._of[other]:
                    self._join(same[0], other, "same name")
            first = self.members[same[0]]
            company = frozenset().union(*(self.members[k].company for k in same))
            aliases = tuple(dict.fromkeys(a for k in same for a in self.members[k].actor.aliases))
            actor = first.actor.model_copy(update={"aliases": aliases})
            out[same[0]] = replace(first, actor=actor, company=company)
        return out

    def _take(self, i: int, j: int, verdict: Verdict) -> None:
        if self._of[i] == self._of[j]:
            return
        a, b = self.members[i], self.members[j]
        why = verdict.why
        if verdict.same:
            if any({a.key, b.key} <= apart for apart in self._apart):
                why = "kept apart by the actors file"
            elif a.key != b.key and (clash := self._clash(i, j)):
                why = f"{clash} names both"
            elif min(len(a.words), len(b.words)) == 1 and a.actor.type == "PERSON" and self._rivals(i, j):
                why = "a surname that several have"
            else:
                self._join(i, j, why)
                return
        pair = tuple(sorted((a.actor.name, b.actor.name)))
        if a.key != b.key or not verdict.same:
            self._refused.setdefault(
                (pair[0], pair[1]), RefusedMerge(a=pair[0], b=pair[1], score=round(verdict.score, 4), why=why)
            )

    def _clash(self, i: int, j: int) -> str | None:
        """An article that tells the two groups apart."""
        left, right = ({self.members[k].article: k for k in self._groups[self._of[x]].members} for x in (i, j))
        for article in sorted(set(left) & set(right)):
            if self.members[left[article]].key != self.members[right[article]].key:
                return article
        return None

    def _rivals(self, i: int, j: int) -> bool:
        """Does a third group suit the bare surname of the two as well?"""
        short, full = (i, j) if len(self.members[i].words) == 1 else (j, i)
        bare = self.members[short]
        # A bare surname of a person suits nobody in whose name it is neither first nor last.
        everybody = range(len(self.members)) if bare.actor.type != "PERSON" else self._at_edge.get(bare.words[0], ())
        for k in everybody:
            m = self.members[k]
            if len(m.words) < 2 or m.actor.type != "PERSON" or self._of[k] in (self._of[short], self._of[full]):
                continue
            verdict = judge(bare, m, merge_at=self._merge_at)
            if verdict is not None and verdict.same:
                return True
        return False

    def _join(self, i: int, j: int, why: str) -> None:
        a, b = sorted((self._of[i], self._of[j]))
        into, gone = self._groups[a], self._groups.pop(b)
        for m in gone.members:
            self._of[m] = a
        for k in (i, j):
            into.why.setdefault(self.members[k].key, why)
        for key, reason in gone.why.items():
            into.why.setdefault(key, reason)
        into.members += gone.members
        into.user += gone.user


# ------------------------------------------------------------------------------------------------------------- records
def _known(
    members: list[Member],
    group: _Group,
    articles: dict[str, Article],
    extractions: dict[str, Extraction],
    wishes: ActorsFile,
    watch: Sequence[str],
) -> KnownActor:
    own = [members[i] for i in group.members]
    named = any(m.named for m in own)
    name = _name(own)
    user = list(dict.fromkeys(group.user))
    aliases = _aliases(own, name, group.why)
    for old, new in wishes.rename.items():
        if names.plain(old) in {names.plain(name), *(names.plain(a.name) for a in aliases)}:
            user.append(f"renamed from {name} by the actors file")
            aliases = (*aliases, Alias(name=name, why="name in the articles"))
            name = new
    forms = {names.plain(name), *(names.plain(a.name) for a in aliases)}
    if names.plain(name) in {names.plain(n) for n in wishes.watch}:
        user.append("watched by the actors file")
    elif forms & {names.plain(n) for n in watch}:
        user.append("watched by the settings")
    history = _history(own, articles)
    return KnownActor(
        id="",
        name=name,
        type=_type(own),
        roles=_roles(own),
        affiliation=Counter(m.actor.affiliation for m in own if m.actor.affiliation).most_common(1)[0][0]
        if any(m.actor.affiliation for m in own)
        else None,
        aliases=aliases,
        mentions=_mentions(own, extractions),
        members=tuple((m.article, m.actor.id) for m in own),
        history=history,
        country=next((m.actor.country for m in own if m.actor.country), None),
        user="; ".join(user) or None,
        acts=any(m.actor.acts for m in own),
        named=named,
    )


def _name(own: list[Member]) -> str:
    """The name that most articles have as the full one; the longer of two, the earlier of equals."""
    counts = Counter(m.actor.name for m in own if m.named) or Counter(m.actor.name for m in own)
    full = {n: c for n, c in counts.items() if len(n.split()) > 1} if own[0].actor.type == "PERSON" else {}
    pool = full or counts
    first = {m.actor.name: k for k, m in reversed(list(enumerate(own)))}
    return max(pool, key=lambda n: (pool[n], not n.isupper(), len(n), -first[n]))


def _type(own: list[Member]) -> str:
    counts = Counter(m.actor.type for m in own)
    if 4 * counts["GPE"] >= len(own) and all(len(m.words) == 1 for m in own):
        return "GPE"  # models take an unknown state for a body or a person until a text says what it has
    return max(sorted(counts), key=lambda t: counts[t])


def _aliases(own: list[Member], name: str, why: dict[str, str]) -> tuple[Alias, ...]:
    out: dict[str, str] = {}
    for m in own:
        if m.actor.name != name:
            out.setdefault(m.actor.name, why.get(m.key, "same name"))
        for alias in m.actor.aliases:
            if alias != name:
                out.setdefault(alias, f"so called in {m.article}")
    return tuple(Alias(name=n, why=w) for n, w in out.items())


def _roles(own: list[Member]) -> tuple[str, ...]:
    """Roles of all articles, those that more articles give first, then the more specific."""
    said = Counter(role for m in own for role in m.actor.roles)
    lows: dict[str, str] = {}
    for role in sorted(said, key=lambda r: (-said[r], -len(r.split()), r)):
        lows.setdefault(names.plain(role), role)
    return tuple(lows.values())


def _history(own: list[Member], articles: dict[str, Article]) -> tuple[ActorRole, ...]:
    out: dict[tuple[str | None, str | None, str], ActorRole] = {}
    for m in own:
        article = articles.get(m.article)
        if article is None:
            continue
        for d in m.actor.descriptions:
            start, end = d.span
            quote = article.text[start:end]
            evidence = Evidence(article=m.article, start=start, end=end, quote=quote)
            role = ActorRole(role=d.role, affiliation=d.affiliation, date=m.date, evidence=evidence)
            out.setdefault((d.role, d.affiliation, m.article), role)
    return tuple(out.values())


def _mentions(own: list[Member], extractions: dict[str, Extraction]) -> tuple[ActorMention, ...]:
    ids: dict[str, set[str]] = defaultdict(set)
    for m in own:
        ids[m.article].add(m.actor.id)
    return tuple(
        ActorMention(article=article, start=x.start, end=x.end)
        for article, wanted in ids.items()
        for x in extractions[article].mentions
        if x.actor in wanted
    )


def _weight(own: list[Member]) -> float:
    """What an actor weighs in all its articles together; people without a name count half."""
    per_article: dict[str, float] = {}
    for m in own:
        per_article[m.article] = max(per_article.get(m.article, 0.0), m.actor.salience)
    return sum(per_article.values()) * (1.0 if any(m.named for m in own) else 0.5)


def _listed(k: KnownActor, listed: Sequence[str]) -> bool:
    forms = {names.plain(k.name), *(names.plain(a.name) for a in k.aliases)} if listed else set()
    return any(names.plain(n) in forms for n in listed)


def _unknown(members: list[Member], wishes: ActorsFile, settings: SynthesizeSettings) -> tuple[Problem, ...]:
    """Names in the actors file that no article has."""
    have = {names.plain(n) for m in members for n in (m.actor.name, *m.actor.aliases)}
    have |= {names.plain(n) for n in wishes.rename.values()}
    hint = "write the name as the articles have it"
    return tuple(
        Problem(stage="synthesize", subject=n, message=f"no actor of this name ({settings.actors_file})", hint=hint)
        for n in wishes.names
        if names.plain(n) not in have
    )
