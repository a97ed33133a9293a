"""One run of ingest: inputs come in, Articles and Problems pile up in input order."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import archive, finish, table, unicode, walk
from briefing.ingest.draft import Draft, Part
from briefing.ingest.idents import Ids
from briefing.ingest.opening import Opened, Opener
from briefing.records import Article, Problem

if TYPE_CHECKING:
    from briefing.ingest.online import Online

DEEPEST = 3  # archives within archives, mail within mail
AHEAD = 4  # files that are opened before their turn, for each worker

# A file being opened, an address still to be asked, or what was wrong with an input.
Job = tuple[str, Future[Opened] | IngestError | None]


class Desk:
    """Where inputs are opened. ``articles()`` and ``problems`` are in input order."""

    def __init__(self, config: IngestSettings, *, url: str | None = None) -> None:
        self.problems: list[Problem] = []
        self._config, self._url = config, url
        self._found: list[tuple[Article, bool]] = []
        self._left = 0  # bytes that the input at hand may still unpack to, archives within it included
        self._opener = Opener(config)
        self._online: Online | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opener.close()

    def articles(self) -> list[Article]:
        """All articles so far, each with its own id: ids that inputs name come first, then those of file names."""
        ids = Ids()
        order = sorted(range(len(self._found)), key=lambda n: (not self._found[n][1], n))
        own = {n: ids.take(self._found[n][0].id, self._found[n][0].sha256) for n in order}
        return [
            article if own[n] == article.id else article.model_copy(update={"id": own[n]})
            for n, (article, _) in enumerate(self._found)
        ]

    def take(self, inputs: Sequence[str]) -> None:
        """Paths, folders, addresses and ``-``, in order; files are opened a few ahead."""
        jobs = self._jobs(inputs)
        waiting: deque[Job] = deque()
        for job in jobs:
            waiting.append(job)
            if len(waiting) > AHEAD * self._config.workers:
                self._settle(*waiting.popleft())
        while waiting:
            self._settle(*waiting.popleft())

    def _jobs(self, inputs: Sequence[str]) -> Iterator[Job]:
        addresses = [given for given in inputs if _address(given)]
        if addresses:
            self._web().expect(addresses)
        for given in inputs:
            if given in addresses:
                yield given, None
                continue
            try:
                for name, load in self._loaders(given):
                    yield name, self._opener.start(name, load, url=self._url)
            except IngestError as e:
                yield given, e

    def _loaders(self, given: str) -> Iterator[tuple[str, partial[bytes]]]:
        if given == "-":
            yield "-", partial(_stdin, self._config.max_bytes)
            return
        for name, path in walk.files(given, most=self._config.max_files):
            yield name, partial(walk.load, name, path, most=self._config.max_bytes)

    def _settle(self, name: str, job: Future[Opened] | IngestError | None) -> None:
        try:
            if isinstance(job, IngestError):
                raise job
            if job is None:
                self._address(name)
            else:
                self._left = self._config.max_unpacked
                self._opened(name, job.result(), depth=0)
        except IngestError as e:
            self._say(name, e)

    def _web(self) -> Online:
        from briefing.ingest.online import Online  # brings TLS and HTTP, which most runs do without

        if self._online is None:
            self._online = Online(self._config, self._opener)
        return self._online

    def _address(self, given: str) -> None:
        found = self._web().take(given)
        if found.page is not None:
            self._left = self._config.max_unpacked
            self._opened(given, self._opener.open(given, found.page.data, url=found.page.url), depth=0)
        for draft, link in found.drafts:
            self._give([draft], link)
        for error in found.errors:
            self._say(error.where, error)

    def _opened(self, name: str, opened: Opened, *, depth: int) -> None:
        """One file's articles, and those of the files in it."""
        if opened.reading is None:
            self._parts(archive.members(opened.kind, opened.data, name, self._config), name, depth)
            return
        reading = opened.reading
        if not reading.drafts and not reading.parts:
            raise IngestError(name, "holds no running text", hint="check that the article's body is in it")
        self._give(reading.drafts, name)
        for message in reading.skipped:
            self._say(name, IngestError(name, message), code="empty" if message.endswith(table.EMPTY) else "")
        self._parts(reading.parts, name, depth)

    def _parts(self, parts: Iterable[Part | IngestError], name: str, depth: int) -> None:
        for part in parts:
            if isinstance(part, IngestError):
                self._say(name, part)
                continue
            if depth >= DEEPEST:
                what = f"is packed more than {DEEPEST} deep; {part.name} is not read"
                raise IngestError(name, what, hint="unpack it first")
            self._left -= len(part.data)
            if self._left < 0:
                what = f"unpacks to more than {self._config.max_unpacked:,} bytes; the rest is not read"
                raise IngestError(name, what, hint="split it, or raise ingest.max_unpacked")
            inner = f"{name}/{part.name}" if part.name else name
            try:
                opened = self._opener.open(inner, part.data, url=part.url or self._url)
                self._opened(inner, opened, depth=depth + 1)
            except IngestError as e:
                self._say(inner, e)

    def _give(self, drafts: list[Draft], name: str) -> None:
        for number, draft in enumerate(drafts, start=1):
            try:
                article = finish.article(draft, name, number, config=self._config)
            except IngestError as e:
                self._say(name, e)
                continue
            self._found.append((article, draft.id is not None))
            self.problems.extend(finish.problems(article, self._config))

    def _say(self, subject: str, error: IngestError, *, code: str = "") -> None:
        message = f"{error.found}; allowed: {error.allowed}" if error.allowed else error.found
        words = [unicode.whole(w) for w in (subject, message, error.hint)]
        self.problems.append(Problem(stage="ingest", subject=words[0], message=words[1], hint=words[2], code=code))


def _address(given: str) -> bool:
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", given) is not None


def _stdin(most: int) -> bytes:
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise IngestError("-", f"gives more than {most:,} bytes", hint="raise ingest.max_bytes")
    return data
