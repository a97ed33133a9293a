"""Markdown → plain text with the same words, then as plain text. Front matter gives fields."""

from __future__ import annotations

import re

from briefing import yamlfile
from briefing.errors import ConfigError
from briefing.ingest import dates, names, plain
from briefing.ingest.draft import Draft

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(
    r"(?<!!)\[([^\]\n]{1,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_LINES = (
    (re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$"), r"\n\1\n"),
    (re.compile(r"(?m)^ {0,3}(?:>[ \t]?)+"), ""),
    (re.compile(r"(?m)^\[[^\]\n]{1,200}\]:[ \t]*\S+.*$"), ""),
    (re.compile(r"(?m)^(.{1,300})\n(?:={3,}|-{3,})[ \t]*$"), r"\n\1\n"),
    (re.compile(r"(?m)^```.*$"), ""),
    (re.compile(r"<(https?://[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)


def read(text: str) -> list[Draft]:
    """The articles of a Markdown file."""
    front = _FRONT.match(text)
    drafts = plain.read(unmarked(text[front.end() :] if front else text))
    if front and len(drafts) == 1:
        _fields(front[1], drafts[0])
    return drafts


def unmarked(text: str) -> str:
    """The words without the marks."""
    text = text.replace("\r\n", "\n")
    text = _IMAGE.sub(lambda m: f"\n\nPhoto: {m[1]}\n\n" if m[1] else "", text)
    text = _LINK.sub(r"\1", text)
    for pattern, instead in _LINES:
        text = pattern.sub(instead, text)
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))


def _fields(front: str, draft: Draft) -> None:
    try:
        data = yamlfile.parse(front.encode(), "front matter")[0]
    except ConfigError:
        return
    if not isinstance(data, dict):
        return
    said = {str(k).lower(): v for k, v in data.items() if isinstance(v, str | int | list) or hasattr(v, "isoformat")}
    draft.title = _word(said.get("title")) or draft.title
    draft.publisher = _word(said.get("publisher") or said.get("source") or said.get("outlet")) or draft.publisher
    draft.date = dates.machine(str(said.get("date") or said.get("published") or "")) or draft.date
    url = _word(said.get("url") or said.get("link") or said.get("source_url"))
    draft.url = url if url and url.startswith(("https://", "http://")) else draft.url
    authors = said.get("authors") or said.get("author")
    named = authors if isinstance(authors, list) else [authors] if authors else []
    draft.authors = [n for a in named for n in names.people(str(a))] or draft.authors


def _word(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int) else None
