"""A file's bytes → its kind and Reading, a few files ahead of whoever makes articles of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import archive, sniff, textual
from briefing.ingest.draft import Reading
from briefing.ingest.worker import Worker


@dataclass(frozen=True)
class Opened:
    """An archive comes with its bytes, any other file with what it gave."""

    kind: str
    data: bytes
    reading: Reading | None


class Opener:
    """Reads files in ``workers`` threads, each with a child process of its own where one is needed."""

    def __init__(self, config: IngestSettings) -> None:
        self._config = config
        self._pool = ThreadPoolExecutor(max_workers=config.workers)
        self._own = threading.local()
        self._workers: list[Worker] = []

    def close(self) -> None:
        """End all children. Files that nobody waits for any more are given up."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._pool.shutdown(wait=True)

    def start(self, name: str, load: Callable[[], bytes], *, url: str | None) -> Future[Opened]:
        """The future's result, or its IngestError, comes when the file is read."""
        return self._pool.submit(self._open, name, load, url)

    def open(self, name: str, data: bytes, *, url: str | None) -> Opened:
        """As ``start``, and wait. Raises IngestError."""
        return self.start(name, lambda: data, url=url).result()

    def _open(self, name: str, load: Callable[[], bytes], url: str | None) -> Opened:
        data = load()
        kind = sniff.kind(data, name)
        if kind in archive.KINDS:
            return Opened(kind, data, None)
        return Opened(kind, b"", self._read(kind, data, name, url))

    def _read(self, kind: str, data: bytes, name: str, url: str | None) -> Reading:
        fields = self._config.fields
        if textual.apart(kind, data):
            return self._worker().read(kind, data, name, url=url, fields=fields)
        try:
            return textual.read(kind, data, fields=fields)
        except IngestError as e:
            raise IngestError(name, e.found, hint=e.hint) from e

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            config = self._config
            worker = Worker(seconds=config.seconds, memory=config.memory, most_reply=4 * config.max_bytes)
            self._own.worker = worker
            self._workers.append(worker)
        return worker
