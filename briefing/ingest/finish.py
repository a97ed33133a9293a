"""A Draft → the Article that leaves the room: unseen characters out, bounded, hashed, named, its language known."""

from __future__ import annotations

import hashlib

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import idents, language, unicode
from briefing.ingest.draft import Draft
from briefing.records import Article, Note, Problem


def article(draft: Draft, source: str, number: int, *, config: IngestSettings) -> Article:
    """The ``number``-th article of one file, with the id it should have. Raises IngestError where no text is left."""
    notes = [*draft.notes, *(Note(code=c, message=m) for c, m in unicode.tricks(f"{draft.title or ''}\n{draft.text}"))]
    text, partial = draft.text, draft.partial
    if not draft.verbatim:
        text = unicode.seen(text).strip()
        if len(text) > config.max_chars:
            text, partial = _bounded(text, config.max_chars), True
            notes.append(
                Note(
                    code="too_long", message=f"only the first {len(text):,} of {len(draft.text):,} characters are read"
                )
            )
    if not text.strip():
        raise IngestError(source, "holds no running text", hint="check that the article's body is in it")
    if draft.url and (host := unicode.suspicious_host(draft.url)):
        notes.append(Note(code="mixed_script_host", message=f"the address's host mixes or hides alphabets: {host}"))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=_seen(draft.id) or _numbered(idents.from_source(source, sha256), number),
        title=_seen(draft.title),
        date=draft.date,
        updated=draft.updated,
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        authors=tuple(a for n in draft.authors if (a := unicode.seen(n).strip())),
        publisher=_seen(draft.publisher),
        agency=_seen(draft.agency),
        dateline=_seen(draft.dateline),
        url=unicode.plain_host(unicode.whole(draft.url)) if draft.url else None,
        language=draft.language or language.detect(text),
        text=text,
        source=unicode.whole(source),
        sha256=sha256,
        partial=partial,
        problems=tuple(notes),
        verbatim=draft.verbatim,
        cut=tuple(draft.cut),
    )


def problems(article: Article, config: IngestSettings) -> list[Problem]:
    """What the brief's reader must know of an article that was read."""
    found: list[Problem] = []
    if article.language is not None and article.language not in config.languages:
        named, known = language.name(article.language), ", ".join(language.name(c) for c in config.languages)
        found.append(
            _problem(
                article,
                f"is in {named}; it is listed, not analysed (analysed: {known})",
                "give an English version",
                "language",
            )
        )
    told = {"too_long", "format_characters", "mixed_script_host"}
    found.extend(_problem(article, n.message, "", n.code) for n in article.problems if n.code in told)
    return found


def _problem(article: Article, message: str, hint: str, code: str) -> Problem:
    return Problem(stage="ingest", subject=article.source, message=message, hint=hint, code=code)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _bounded(text: str, most: int) -> str:
    """Cut at a paragraph's end where one is near, else at a blank."""
    end = text.rfind("\n\n", int(most * 0.8), most)
    if end < 0:
        end = text.rfind(" ", int(most * 0.8), most)
    return text[: end if end > 0 else most].rstrip()


def _seen(value: str | None) -> str | None:
    return unicode.seen(value).strip() or None if value else None
