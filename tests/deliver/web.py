"""A real web server on localhost that answers as told, with TLS or without, and keeps what came."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

# A status; or what else: silence, hang up with or without keeping, a wrong protocol, an endless answer.
Answer = int | str


@dataclass(frozen=True)
class Came:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Web:
    port: int = 0
    scheme: str = "http"
    came: list[Came] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"


@contextlib.contextmanager
def web(ca: Path | None = None, *, name: str = "localhost") -> Iterator[Web]:
    """With ``ca``, a path that the certificate to trust is written to, it speaks TLS."""
    found = Web(scheme="https" if ca else "http")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(found))
    server.daemon_threads = False
    if ca:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(ca)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(found: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                super().handle()

        def do_GET(self) -> None:
            self._do()

        def do_POST(self) -> None:
            self._do()

        def _do(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the client died before the last byte: not a request
            answer = found.answers.popleft() if found.answers else 200
            if answer != "lose":
                headers = {k.lower(): v for k, v in self.headers.items()}
                found.came.append(Came(self.command, self.path, headers, body))
            self._answer(answer)

        def _answer(self, answer: Answer) -> None:
            if isinstance(answer, int):
                self.send_response(answer)
                self.send_header("content-length", "4")
                if 300 <= answer < 400:
                    self.send_header("location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"said")
            elif answer == "endless":
                self.send_response(200)
                self.end_headers()
                with contextlib.suppress(OSError):
                    while True:
                        self.wfile.write(b"x" * 65536)
            elif answer == "trickle":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                with contextlib.suppress(OSError):
                    for n in range(60):
                        self.wfile.write(b"x-%d: y\r\n" % n)
                        time.sleep(0.1)
            elif answer == "nonsense":
                self.wfile.write(b"220 mail.example.org ESMTP\r\n")
            elif answer == "silence":
                self.connection.settimeout(5)
                with contextlib.suppress(OSError):
                    self.connection.recv(1)
            else:
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    return Handler
