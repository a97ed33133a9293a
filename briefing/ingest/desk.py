"""One run of ingest: inputs come in one by one, Articles and Problems pile up."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import archive, finish, sniff, textual, unicode, walk
from briefing.ingest.draft import Draft, Part, Reading
from briefing.ingest.fetch import Fetcher
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
        self._left = (
            config.max_unpacked
        )  # bytes that the input at hand may still unpack to, archives within it included
        self._fetcher: Fetcher | None = None
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
        """A page, a document, a feed or a sitemap on the web."""
        page = self._web().get(given)
        try:
            kind = sniff.kind(page.data, given)
        except IngestError as e:
            raise IngestError(given, e.found, hint=e.hint) from e
        if kind not in {"feed", "sitemap"}:
            self._file(given, page.data, url=page.url)
            return
        reading = self._worker.read(kind, page.data, given, url=page.url)
        if kind == "sitemap":
            self._listed(given, reading.links)
            return
        self._stale(given, reading.drafts, page.day)
        whole = self._followed([d.url for d in reading.drafts if d.partial and d.url], given)
        self._give([_fuller(d, whole.get(d.url or "")) for d in reading.drafts], given)

    def _listed(self, name: str, links: list[str]) -> None:
        """A sitemap's pages, each an article of its own; sitemaps in it are not followed further."""
        for link, draft in self._followed(links, name).items():
            self._give([draft], link)

    def _followed(self, links: list[str], name: str) -> dict[str, Draft]:
        """The articles behind a feed's teasers, by address; the feed's own words stay where a page cannot be read."""
        found: dict[str, Draft] = {}
        if len(links) > self._config.max_links:
            self._say(name, f"names {len(links):,} pages; {self._config.max_links} are read", "raise ingest.max_links")
        for link, page in self._web().many(links[: self._config.max_links]).items():
            try:
                if isinstance(page, IngestError):
                    raise page
                reading = self._read(sniff.kind(page.data, link), page.data, link, page.url)
            except IngestError as e:
                self._problem(link, e)
                continue
            if reading.drafts:
                found[link] = reading.drafts[0]
        return found

    def _stale(self, name: str, drafts: list[Draft], today: str | None) -> None:
        """Today is the server's, so that nothing depends on this machine's clock."""
        newest = max((d.date for d in drafts if d.date), default=None)
        if newest is None or today is None:
            return
        days = (date.fromisoformat(today) - date.fromisoformat(newest[:10])).days
        if days > self._config.stale_days:
            self._say(name, f"is stale: its newest entry is of {newest}, {days} days old", "check the feed's address")

    def _web(self) -> Fetcher:
        if self._fetcher is None:
            self._fetcher = Fetcher(self._config)
        return self._fetcher

    def _file(self, name: str, data: bytes, *, url: str | None = None, depth: int = 0) -> None:
        """One file's articles, and those of the files in it."""
        try:
            if depth == 0:
                self._left = self._config.max_unpacked
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

    def _parts(self, parts: Iterable[Part | IngestError], name: str, depth: int) -> None:
        for part in parts:
            if isinstance(part, IngestError):
                self._problem(name, part)
                continue
            self._left -= len(part.data)
            if self._left < 0:
                self._say(
                    name, f"unpacks to more than {self._config.max_unpacked:,} bytes; the rest is not read", "split it"
                )
                return
            if depth >= DEEPEST:
                self._say(name, f"is packed more than {DEEPEST} deep; {part.name} is not read", "unpack it first")
                return
            self._file(f"{name}/{part.name}" if part.name else name, part.data, url=part.url, depth=depth + 1)

    def _read(self, kind: str, data: bytes, name: str, url: str | None) -> Reading:
        fields = self._config.fields
        if textual.apart(kind, data):
            return self._worker.read(kind, data, name, url=url, fields=fields)
        try:
            return textual.read(kind, data, fields=fields)
        except IngestError as e:
            raise IngestError(name, e.found, hint=e.hint) from e

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


def _fuller(entry: Draft, page: Draft | None) -> Draft:
    """The page behind a feed's entry where it says more; what only the feed says is kept."""
    if page is None or len(page.text) <= len(entry.text):
        return entry
    page.title, page.date = page.title or entry.title, page.date or entry.date
    page.publisher, page.authors, page.url = page.publisher or entry.publisher, page.authors or entry.authors, entry.url
    return page
