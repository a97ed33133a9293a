"""A file that is read apart → its Reading, by one long-lived child process that is replaced when it breaks."""

from __future__ import annotations

import base64
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from briefing.errors import IngestError
from briefing.ingest.child import LENGTH
from briefing.ingest.draft import Draft, Part, Reading

STARTING = 120.0  # seconds that a child may take to start on a busy machine


class _GoneError(Exception):
    """The child ended without an answer."""


class Worker:
    """Starts its child with the first file and keeps it for the next."""

    def __init__(self, *, seconds: float, memory: int, most_reply: int) -> None:
        self._seconds, self._memory, self._most = seconds, memory, most_reply
        self._child: subprocess.Popen[bytes] | None = None
        self._fresh = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, kind: str, data: bytes, name: str, *, url: str | None = None, fields: Mapping[str, str] | None = None
    ) -> Reading:
        """Raises IngestError, with the cause: unreadable, too slow, too much memory, or a broken reader."""
        head = json.dumps({"kind": kind, "url": url, "fields": dict(fields or {})}).encode() + b"\n"
        reply = self._ask(head, data, name)
        if reply.get("memory") and not self._fresh:  # what came before may have filled the process
            self.close()
            reply = self._ask(head, data, name)
        if reply.get("memory"):
            self.close()
            raise IngestError(
                name,
                f"needs more than {self._memory // 1_000_000:,} MB to be read",
                hint="split it, or raise ingest.memory",
            )
        if "error" in reply:
            raise IngestError(name, str(reply["error"])[:300], hint=str(reply.get("hint", ""))[:200])
        if reply.get("tired"):
            self.close()
        return Reading(
            [Draft.from_json(d) for d in reply["drafts"]],
            [Part(str(p["name"]), base64.b64decode(p["data"]), p["url"]) for p in reply["parts"]],
            [str(s) for s in reply["skipped"]],
            [str(s) for s in reply["links"]],
        )

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue

    def _ask(self, head: bytes, data: bytes, name: str) -> dict[str, Any]:
        child = self._started()
        assert child.stdin is not None
        try:
            child.stdin.write(LENGTH.pack(len(head) + len(data)) + head)
            child.stdin.write(data)
            child.stdin.flush()
            return self._answer(child, time.monotonic() + self._seconds)
        except TimeoutError as e:
            self.close()
            raise IngestError(
                name,
                f"took longer than {self._seconds:g} s to read and was stopped",
                hint="split it, or raise ingest.seconds",
            ) from e
        except (_GoneError, OSError, ValueError) as e:
            code = child.poll()
            self.close()
            how = f"signal {-code}" if code and code < 0 else "no answer"
            raise IngestError(
                name, f"broke its reader ({how})", hint="the file is damaged or hostile; save it in another format"
            ) from e

    def _started(self) -> subprocess.Popen[bytes]:
        self._fresh = self._child is None
        if self._child is None:
            # -P: a module in the working folder must not be taken for one of the library's
            command = [sys.executable, "-P", "-m", "briefing.ingest.child", str(self._memory)]
            self._child = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
            try:
                self._answer(self._child, time.monotonic() + STARTING)
            except (_GoneError, TimeoutError) as e:
                self.close()
                raise IngestError("reader", "did not start", hint="run briefing check") from e
        return self._child

    def _answer(self, child: subprocess.Popen[bytes], until: float) -> dict[str, Any]:
        head = self._bytes(child, LENGTH.size, until)
        size = LENGTH.unpack(head)[0]
        if size > self._most:
            raise _GoneError
        reply = json.loads(self._bytes(child, size, until))
        if not isinstance(reply, dict):
            raise _GoneError
        return reply

    def _bytes(self, child: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        assert child.stdout is not None
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while size:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise TimeoutError
                piece = os.read(child.stdout.fileno(), min(size, 1 << 20))
                if not piece:
                    raise _GoneError
                pieces.append(piece)
                size -= len(piece)
        return b"".join(pieces)


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
