"""lexicons/cues.yaml → the words that attribute, with what each of them takes. Contains no rules of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from briefing.extract import lexicon


@dataclass(frozen=True)
class Cue:
    """A lemma with its class (``statement``, ``belief`` …) and frames (``q c t m o x``, prepositions)."""

    lemma: str
    group: str
    frames: frozenset[str]

    def takes(self, frame: str) -> bool:
        """Whether what is said can stand in this frame."""
        return frame in self.frames


@dataclass(frozen=True)
class Lexicon:
    """All cue words."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    light: frozenset[str]
    standalone: frozenset[str]
    suffered: frozenset[str]
    leads: frozenset[str]
    speech: frozenset[str]
    nobody: frozenset[str]
    possessed: frozenset[str]
    no_source: frozenset[str]


@cache
def cues() -> Lexicon:
    """The cue words, read once."""
    data = lexicon.load("cues")
    return Lexicon(
        verbs=_entries(data["verbs"]),
        nouns=_entries(data["nouns"]),
        adjectives=_entries(data["adjectives"]),
        light=frozenset(data["light"]),
        standalone=frozenset(data["standalone"]),
        suffered=frozenset(data["suffered"]),
        leads=frozenset(data["leads"]),
        speech=frozenset(data["speech"]),
        nobody=frozenset(data["nobody"]),
        possessed=frozenset(data["possessed"]),
        no_source=frozenset(data["no_source"]),
    )


def _entries(groups: dict[str, dict[str, str]]) -> dict[str, Cue]:
    return {
        lemma: Cue(lemma, group, frozenset(frames.split()))
        for group, entries in groups.items()
        for lemma, frames in entries.items()
    }
