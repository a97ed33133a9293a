"""POSTs in, one JSON line each in a file out: a webhook receiver in a process of its own, that can also misbehave.

``python -m tests.faults.receiver --book FILE [--port N]`` prints its port once it listens. What it does with the next
requests stands in FILE.deed: ``ok``, ``503``, ``drop`` (books it and hangs up), ``hang`` (says nothing).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(BaseHTTPRequestHandler):
    book: Path

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        deed = self._deed()
        if deed in {"ok", "drop"}:
            self._keep(body)
        if deed == "hang":
            time.sleep(60)
        if deed == "ok":
            self._answer(204)
        elif deed.isdigit():
            self._answer(int(deed))
        else:
            self.close_connection = True

    def do_GET(self) -> None:
        """A heartbeat."""
        self._keep(b"")
        self._answer(204)

    def _deed(self) -> str:
        path = self.book.with_suffix(".deed")
        return path.read_text().strip() if path.exists() else "ok"

    def _keep(self, body: bytes) -> None:
        line = {
            "path": self.path,
            "id": self.headers.get("webhook-id"),
            "signature": self.headers.get("webhook-signature"),
            "body": hashlib.sha256(body).hexdigest(),
        }
        with self.book.open("a") as file:  # one small write, appended: whole or not at all
            file.write(json.dumps(line) + "\n")

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: the book says it."""


def until_orphaned() -> None:
    """Wait until the process that started this one is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.2)


def main() -> None:
    """Serve until the process that started this one is gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--book", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    _Handler.book = options.book
    server = ThreadingHTTPServer(("127.0.0.1", options.port), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    until_orphaned()


if __name__ == "__main__":
    main()
