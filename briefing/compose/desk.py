"""What every section writer of this room is given: the synthesis, the settings, and look-ups over both."""

from __future__ import annotations

import re
from functools import cached_property

from briefing import yardstick
from briefing.config import Config
from briefing.records import (
    Article,
    Assessed,
    Evidence,
    Extraction,
    KnownActor,
    Likelihood,
    Placed,
    Sentence,
    Span,
    Statement,
    Synthesis,
    Time,
)

_DAY = re.compile(
    r"(?i)^(mon|tues|wednes|thurs|fri|satur|sun)day$|^(today|yesterday|tomorrow)$|^(this|late|early) "
    r"(mon|tues|wednes|thurs|fri|satur|sun)day$"
)
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Desk:
    """Look-ups over one synthesis; holds no state of its own."""

    def __init__(self, found: Synthesis, config: Config, as_of: str | None) -> None:
        self.found, self.config, self.as_of = found, config, as_of

    @cached_property
    def article(self) -> dict[str, Article]:
        return {a.id: a for a in self.found.articles}

    @cached_property
    def extraction(self) -> dict[str, Extraction]:
        return {e.id: e for e in self.found.extractions}

    @cached_property
    def placed(self) -> dict[str, Placed]:
        return {p.id: p for p in self.found.placed}

    @cached_property
    def actor(self) -> dict[str, KnownActor]:
        return {a.id: a for a in self.found.actors}

    @cached_property
    def known(self) -> dict[tuple[str, str], KnownActor]:
        """(article id, actor id in it) → the actor across articles."""
        return {member: a for a in self.found.actors for member in a.members}

    @cached_property
    def shown(self) -> tuple[Article, ...]:
        """Articles that are no copies of another, in input order."""
        return tuple(a for a in self.found.articles if not self.placed[a.id].duplicate_of)

    @cached_property
    def story_order(self) -> tuple[str, ...]:
        """Stories, the one with most independent origins first, then by order of input."""
        origins: dict[str, set[str]] = {}
        for p in self.found.placed:
            origins.setdefault(p.story, set()).add(p.origin)
        return tuple(sorted(origins, key=lambda s: -len(origins[s])))

    def evidence(self, article: str, start: int, end: int) -> Evidence:
        """The words of an article from ``start`` to ``end``."""
        return Evidence(article=article, start=start, end=end, quote=self.article[article].text[start:end])

    def sentence_at(self, article: str, offset: int) -> Sentence | None:
        """The sentence of an article that holds an offset."""
        return next((s for s in self.extraction[article].sentences if s.start <= offset < s.end), None)

    def cited_sentence(self, article: str, start: int, end: int) -> Evidence:
        """The whole sentence or sentences that hold a stretch of text, as evidence."""
        # A dateline is no part of its sentence, though the words may begin with it.
        first = next((s for s in self.extraction[article].sentences if start < s.end), None)
        last = self.sentence_at(article, max(start, end - 1))
        a = first.start if first and first.start < end else start
        b = max(end, last.end) if last else end
        return self.evidence(article, a, b)

    def lift(self, article: str, sentence: Sentence, *, short: bool = False) -> Statement:
        """A sentence to stand alone: who and when made plain in square brackets, ``short`` without free clauses."""
        return self.lifted(self.evidence(article, sentence.start, sentence.end), short=short)

    def lifted(self, evidence: Evidence, *, short: bool = False) -> Statement:
        """As ``lift``, for evidence that covers whole sentences."""
        edits = self._edits(evidence, short)
        text = self.article[evidence.article].text
        out, at = [], evidence.start
        for start, end, new in edits:
            if start >= at:
                out.append(text[at:start] + new)
                at = end
        out.append(text[at : evidence.end])
        return Statement(text=tidy("".join(out)), evidence=(evidence,))

    def _edits(self, evidence: Evidence, short: bool) -> list[tuple[int, int, str]]:
        found = self.extraction[evidence.article]
        inside = [s for s in found.sentences if evidence.start <= s.start and s.end <= evidence.end]
        quoted = quotations(evidence.quote)
        edits: list[tuple[int, int, str]] = []
        for n, sentence in enumerate(inside):
            if n == 0 and sentence.subject and sentence.subject_actor:
                edits += self._named(evidence, sentence.subject, sentence.subject_actor)
            if short:
                edits += [(a, b, "") for a, b in sentence.optional]
        for time in found.times:
            if evidence.start <= time.start and time.end <= evidence.end:
                edits += dated(time)
        # Words in quotation marks are never touched.
        free = [e for e in edits if not any(a <= e[0] - evidence.start < b for a, b in quoted)]
        return sorted(free)

    def _named(self, evidence: Evidence, subject: Span, actor: str) -> list[tuple[int, int, str]]:
        known = self.known.get((evidence.article, actor))
        words = self.article[evidence.article].text[subject[0] : subject[1]]
        if known is None or known.name == words or len(known.name) <= len(words):
            return []
        possessive = words.lower() in {"his", "her", "its", "their"}
        return [] if possessive else [(subject[0], subject[1], f"[{known.name}]")]

    def paragraph_spans(self) -> dict[str, tuple[Span, ...]]:
        """Article id → its paragraphs as offsets, parted by blank lines, else by line ends."""
        return {a.id: _paragraphs(a.text) for a in self.found.articles}

    def cue(self, said: Assessed) -> str:
        """The reporting words of an attribution; empty where there are none."""
        found = self.extraction[said.article].attributions
        if said.index >= len(found):
            return ""
        text = self.article[said.article].text
        return " ".join(text[a:b] for a, b in found[said.index].cue)

    def measured(self, likelihood: Likelihood | None) -> Likelihood | None:
        """A likelihood with its band on the yardstick in force: none where the word is not on it."""
        if likelihood is None:
            return None
        low, high = yardstick.band(likelihood.term, self.config.compose.yardstick) or (None, None)
        return likelihood.model_copy(update={"low": low, "high": high})

    def said_by(self, said: Assessed) -> str | None:
        """The speaker's name across articles, or the source's own words."""
        known = self.actor.get(said.speaker or "")
        return known.name if known else said.speaker_name


def _paragraphs(text: str) -> tuple[Span, ...]:
    breaks = list(_BREAK.finditer(text)) or list(re.finditer(r"\n\s*", text))
    starts = [0, *(m.end() for m in breaks)]
    ends = [*(m.start() for m in breaks), len(text)]
    return tuple((a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip())


def quotations(text: str) -> list[Span]:
    """Stretches inside double quotation marks, straight or curly; an unclosed one runs to the end."""
    spans, opened = [], None
    for i, c in enumerate(text):
        if c in "“«" or (c == '"' and opened is None):
            opened = i if opened is None else opened
        elif c in "”»" or c == '"':
            if opened is not None:
                spans.append((opened, i + 1))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def dated(time: Time) -> list[tuple[int, int, str]]:
    """The edit that makes a weekday absolute."""
    day = time.resolved or ""
    if not (_DAY.match(time.text) and _ISO_DAY.match(day)):
        return []
    return [(time.start, time.end, f"[{written(day)}]")]


def written(iso: str) -> str:
    """``2024-04-23`` → ``23 April 2024``; months, years, and intervals likewise; what is no date stays as it is."""
    if "/" in iso:
        a, b = iso.split("/", 1)
        return f"{written(a)} to {written(b)}"
    parts = iso[:10].split("-")
    if not all(p.isdigit() for p in parts) or len(parts[0]) != 4:
        return iso
    year = parts[0]
    if len(parts) == 1:
        return year
    month = int(parts[1])
    if not 1 <= month <= 12:
        return iso
    name = MONTHS[month - 1]
    return f"{int(parts[2])} {name} {year}" if len(parts) == 3 else f"{name} {year}"


def tidy(text: str) -> str:
    """White space folded, and mended where a clause was taken out."""
    text = " ".join(text.split())
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    return re.sub(r",\s*([,.])", r"\1", text)


def words(text: str) -> int:
    """Number of words, as a reader counts them."""
    return len(text.split())
