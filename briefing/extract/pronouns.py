"""Pronoun and what was seen before it → whom it means, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extract import lexicon
from briefing.extract.figures import Figure
from briefing.extract.quotes import find_quotations
from briefing.extract.reading import Reading

HE = {"he", "him", "his", "himself"}
SHE = {"she", "her", "hers", "herself"}
IT = {"it", "its", "itself"}
THEY = {"they", "them", "their", "theirs", "themselves"}
ALL = HE | SHE | IT | THEY
NUMBERS = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}
SENTENCES_BACK = 3
DOUBT = 0.25  # two candidates this near leave a pronoun alone
# Stand for every common noun: where one of them fits best, a pronoun means nobody.
THING, THINGS = Figure("THING"), Figure("THING", plural=True)


@dataclass
class Seen:
    """A mention on the way: its head, whom it means, its sentence, whether it is a subject."""

    token: Token
    figure: Figure
    sentence: int
    subject: bool


class Speakers:
    """Who speaks in which paragraph: inside a quotation "he" is not the speaker."""

    def __init__(self, reading: Reading, figures: Sequence[Figure]) -> None:
        self._reading = reading
        pieces = [p for q in find_quotations(reading.article.text, reading.paragraphs) for p in q.pieces]
        self._quoted = sorted(p for p in pieces if p[1] - p[0] > 12)
        self._by_paragraph: dict[int, set[int]] = {}
        speech = lexicon.words("people", "speech")
        for f in figures:
            for n in f.names:
                root = reading.doc[n.start : n.end].root
                if root.dep_ == "nsubj" and root.head.lemma_ in speech and not self._inside(root.idx):
                    self._by_paragraph.setdefault(reading.paragraph_of(root.idx), set()).add(id(f))

    def told(self, pronoun: Token, seen: Sequence[Seen]) -> Sequence[Seen]:
        """What a pronoun can look back on: who says a thing is not somebody named only in the words said."""
        speaks = pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in lexicon.words("people", "speech")
        if not speaks or self._inside(pronoun.idx):
            return seen
        here = self._reading.paragraph_of(pronoun.idx)
        recent = [s for s in seen[-40:] if self._inside(s.token.idx)]
        own = {id(s) for s in recent if self._reading.paragraph_of(s.token.idx) == here}
        return [s for s in seen if id(s) not in own] if own else seen

    def excluded(self, pronoun: Token) -> set[int]:
        """Ids of figures that a pronoun cannot mean since they speak it."""
        if not self._inside(pronoun.idx):
            return set()
        here = self._reading.paragraph_of(pronoun.idx)
        return self._by_paragraph.get(here) or self._by_paragraph.get(here - 1, set())

    def within(self, offset: int) -> bool:
        """Whether a sentence begins inside a quotation that was opened before it."""
        return any(a < offset < b for a, b in self._quoted)

    def _inside(self, offset: int) -> bool:
        return any(a <= offset < b for a, b in self._quoted)


def choose(
    token: Token, number: int, seen: Sequence[Seen], counts: Mapping[int, int], excluded: set[int]
) -> tuple[Figure | None, bool]:
    """The figure that a pronoun in sentence ``number`` means, and whether two were too near to tell."""
    low = token.lower_
    if low in IT and _empty(token):
        return None, False
    speaks = token.dep_ == "nsubj" and token.head.lemma_ in lexicon.words("people", "speech")
    ranked: dict[int, tuple[float, Figure]] = {}
    for s in reversed(seen):
        if number - s.sentence > SENTENCES_BACK:
            break
        if s.figure.label in ("THING", "PRODUCT") and speaks:
            continue  # things do not speak
        if id(s.figure) in excluded or not _agrees(low, s.figure) or _bound(token, s.token):
            continue
        score = _score(token, s, number, counts)
        if id(s.figure) not in ranked or score > ranked[id(s.figure)][0]:
            ranked[id(s.figure)] = (score, s.figure)
    best = sorted(ranked.values(), key=lambda r: -r[0])
    if not best or best[0][1].label == "THING":
        return None, False
    if len(best) > 1 and best[0][0] - best[1][0] < DOUBT:
        return None, True
    found = best[0][1]
    if low in HE | SHE and found.gender is None and len(best) == 1:
        found.gender = "m" if low in HE else "f"
    return found, False


def _score(token: Token, seen: Seen, number: int, counts: Mapping[int, int]) -> float:
    """Near, subject, often named, of known gender; a body as "they" only where nothing else is."""
    f = seen.figure
    score = -1.5 * (number - seen.sentence) - 0.01 * (token.i - seen.token.i)
    score += 1.2 if seen.subject else 0.0
    score += 0.4 if seen.token.dep_ == "poss" and token.dep_ == "poss" else 0.0
    score += min(counts.get(id(f), 0), 5) * 0.15
    if f.label == "PERSON" and f.gender:
        score += 0.3
    if f.label != "THING" and not f.names:
        score -= 0.3
    if token.lower_ in THEY and not f.plural:
        score -= 1.0
    return score


def is_subject(token: Token) -> bool:
    """A subject, or one joined to it by "and"."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")


def _agrees(low: str, f: Figure) -> bool:
    if low in HE:
        return f.label == "PERSON" and not f.plural and f.gender != "f"
    if low in SHE:
        return f.label == "PERSON" and not f.plural and f.gender != "m"
    if low in IT:
        return f.label in ("ORG", "GPE", "FAC", "PRODUCT", "THING") and not f.plural
    return f.plural or f.label == "ORG"


def _bound(pronoun: Token, other: Token) -> bool:
    """ "A met him": the two cannot be one where they are arguments of one verb."""
    if pronoun.dep_ == "poss" or pronoun.lower_.endswith(("self", "selves")):
        return False
    head = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
    return other.head == head or (other.dep_ == "pobj" and other.head.head == head)


def _empty(token: Token) -> bool:
    """ "It is likely that", "it emerged that", "it rained": says nothing of anyone."""
    if token.lower_ != "it":
        return False
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return token.dep_ in ("expl",)
    verb = token.head
    if verb.lemma_ in ("be", "seem", "appear", "take", "rain", "snow", "mean", "turn", "become", "happen", "emerge"):
        return True
    return token.dep_ == "nsubjpass" and any(c.dep_ == "ccomp" for c in verb.children)
