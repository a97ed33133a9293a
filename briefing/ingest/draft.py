"""What a reader of one format hands on: an article still without id, language and hash. Contains no business logic."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from briefing.records import Cut, Note


@dataclass
class Draft:
    """One article as its format gives it; ``id`` only where the input itself names it."""

    text: str
    title: str | None = None
    date: str | None = None
    updated: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    agency: str | None = None
    dateline: str | None = None
    url: str | None = None
    id: str | None = None
    partial: bool = False
    verbatim: bool = False
    language: str | None = None  # what the input itself says
    cut: list[Cut] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def drop(self, reason: str, text: str) -> None:
        """Keep what was cut, and why."""
        if text.strip():
            self.cut.append(Cut(reason=reason, text=text.strip()))

    def note(self, code: str, message: str) -> None:
        self.notes.append(Note(code=code, message=message))

    def as_json(self) -> dict[str, Any]:
        """Plain data, for the pipe between two processes."""
        data = asdict(self)
        data["cut"] = [c.model_dump() for c in self.cut]
        data["notes"] = [n.model_dump() for n in self.notes]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Draft:
        """The inverse of ``as_json``; the data comes from a process that may have been taken over, so it is checked."""
        known = dict(data)
        known["cut"] = [Cut.model_validate(c) for c in known.get("cut", [])]
        known["notes"] = [Note.model_validate(n) for n in known.get("notes", [])]
        return cls(**known)


@dataclass(frozen=True)
class Part:
    """A file inside a file: an attachment, a member of an archive. ``url`` where it says its address."""

    name: str
    data: bytes
    url: str | None = None


@dataclass
class Reading:
    """All that one file gives: articles, files inside it, what was passed over (in words), and addresses to follow."""

    drafts: list[Draft] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
