"""One run of ingest: inputs come in one by one, Articles and Problems pile up."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import archive, decode, finish, markdown, plain, sniff, table, unicode, walk
from briefing.ingest.draft import Draft, Part, Reading
from briefing.ingest.idents import Ids
from briefing.ingest.worker import Worker
from briefing.records import Article, Problem

DEEPEST = 3  # archives within archives, mail within mail


class Desk:
    """Where inputs are opened. ``articles()`` and ``problems`` are in input order."""

    def __init__(self, config: IngestSettings, *, url: str | None = None) -> None:
        self.problems: list[Problem] = []
        self._config, self._url = config, url
        self._found: list[tuple[Article, bool]] = []
        self._worker = Worker(seconds=config.seconds, memory=config.memory, most_reply=4 * config.max_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def articles(self) -> list[Article]:
        """All articles so far, each with its own id: ids that inputs name come first, then those of file names."""
        ids = Ids()
        order = sorted(range(len(self._found)), key=lambda n: (not self._found[n][1], n))
        own = {n: ids.take(self._found[n][0].id, self._found[n][0].sha256) for n in order}
        return [
            article if own[n] == article.id else article.model_copy(update={"id": own[n]})
            for n, (article, _) in enumerate(self._found)
        ]

    def take(self, given: str) -> None:
        """One input: ``-``, a URL, a file or a folder."""
        try:
            if given == "-":
                self._file("-", self._stdin())
            elif re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", given):
                self._address(given)
            else:
                for name, path in walk.files(given, most=self._config.max_files):
                    self._loaded(name, path)
        except IngestError as e:
            self._problem(given, e)

    def _loaded(self, name: str, path: Path) -> None:
        try:
            data = walk.load(name, path, most=self._config.max_bytes)
        except IngestError as e:
            self._problem(name, e)
            return
        self._file(name, data)

    def _stdin(self) -> bytes:
        data = sys.stdin.buffer.read(self._config.max_bytes + 1)
        if len(data) > self._config.max_bytes:
            raise IngestError("-", f"gives more than {self._config.max_bytes:,} bytes", hint="raise ingest.max_bytes")
        return data

    def _address(self, given: str) -> None:
        raise IngestError(
            given, "is an address, and addresses are not read yet", hint="save the page and give the file"
        )

    def _file(self, name: str, data: bytes, *, url: str | None = None, depth: int = 0) -> None:
        """One file's articles, and those of the files in it."""
        try:
            kind = sniff.kind(data, name)
            if kind in archive.KINDS:
                self._parts(archive.members(kind, data, name, self._config), name, depth)
                return
            reading = self._read(kind, data, name, url or self._url)
        except IngestError as e:
            self._problem(name, e)
            return
        if not reading.drafts and not reading.parts:
            self._say(name, "holds no running text", "check that the article's body is in it")
        self._give(reading.drafts, name)
        for message in reading.skipped:
            self._say(name, message)
        self._parts(reading.parts, name, depth)

    def _parts(self, parts: Iterable[Part], name: str, depth: int) -> None:
        for part in parts:
            if depth >= DEEPEST:
                self._say(name, f"is packed more than {DEEPEST} deep; {part.name} is not read", "unpack it first")
                return
            self._file(f"{name}/{part.name}" if part.name else name, part.data, url=part.url, depth=depth + 1)

    def _read(self, kind: str, data: bytes, name: str, url: str | None) -> Reading:
        if kind in {"text", "markdown", "jsonl", "json", "csv"}:
            text, note = decode.text(data, name)
            reading = self._text(kind, text, name)
            for draft in reading.drafts:
                if note:
                    draft.note("encoding", note)
            return reading
        return self._worker.read(kind, data, name, url=url)

    def _text(self, kind: str, text: str, name: str) -> Reading:
        if kind == "text":
            return Reading(plain.read(text))
        if kind == "markdown":
            return Reading(markdown.read(text))
        how = {"jsonl": table.jsonl, "json": table.from_json, "csv": table.from_csv}[kind]
        reading = Reading()
        try:
            for found in how(text, self._config.fields):
                if isinstance(found, str):
                    reading.skipped.append(found)
                else:
                    reading.drafts.append(found if found.verbatim else self._unmarked(found, name))
        except IngestError as e:
            raise IngestError(name, e.found, hint=e.hint) from e
        if not reading.drafts and reading.skipped:
            raise IngestError(
                name, reading.skipped[0], hint="one object with id and text a line, or map the fields in config.yaml"
            )
        return reading

    def _unmarked(self, draft: Draft, name: str) -> Draft:
        """A table's cell may hold HTML."""
        if not table.markup(draft.text):
            return draft
        inner = self._worker.read("fragment", draft.text.encode(), name, url=draft.url)
        return table.clean(inner.drafts[0].text if inner.drafts else "", draft)

    def _give(self, drafts: list[Draft], name: str) -> None:
        for number, draft in enumerate(drafts, start=1):
            try:
                article = finish.article(draft, name, number, config=self._config)
            except IngestError as e:
                self._problem(name, e)
                continue
            self._found.append((article, draft.id is not None))
            self.problems.extend(finish.problems(article, self._config))

    def _problem(self, subject: str, error: IngestError) -> None:
        self._say(subject, error.found, error.hint)

    def _say(self, subject: str, message: str, hint: str = "") -> None:
        words = [unicode.whole(w) for w in (subject, message, hint)]
        self.problems.append(Problem(stage="ingest", subject=words[0], message=words[1], hint=words[2]))
