"""A web server on loopback that misbehaves on purpose."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.ingest import samples


class Server(ThreadingHTTPServer):
    """Counts what it was asked for."""

    daemon_threads = True
    asked: Counter[str]
    headers_of: dict[str, dict[str, str]]
    stop: threading.Event

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that give up are what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.server.asked[path] += 1
        self.server.headers_of[path] = dict(self.headers.items())
        self.close_connection = True
        with suppress(OSError):
            getattr(self, "do_" + path.strip("/").split("/")[0].split(".")[0].replace("-", "_"), self.do_nothing)()

    def send(self, body: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_nothing(self) -> None:
        self.send(b"", status=404)

    def do_robots(self) -> None:
        self.send(b"User-agent: *\nDisallow: /private/\nDisallow: /*?secret\n", kind="text/plain")

    def do_page(self) -> None:
        self.send(samples.html())

    do_private = do_page

    def do_once(self) -> None:
        self.send(b"", status=302, Location="/page")

    def do_loop(self) -> None:
        self.send(b"", status=302, Location="/loop")

    def do_inward(self) -> None:
        self.send(b"", status=302, Location="http://10.11.12.13/admin")

    def do_metadata(self) -> None:
        self.send(b"", status=307, Location="http://169.254.169.254/latest/meta-data/")

    def do_tofile(self) -> None:
        self.send(b"", status=301, Location="file:///etc/passwd")

    def do_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.wait(0.05):
            self.wfile.write(b"x")
            self.wfile.flush()

    def do_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.stop.is_set():
            self.wfile.write(b"X-A: " + b"y" * 5000 + b"\r\n")

    def do_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.is_set():
            self.wfile.write(b"<p>more</p>" * 1000)

    def do_large(self) -> None:
        self.send(b"", length="99999999999")

    def do_bomb(self) -> None:
        self.send(gzip.compress(b"<p>x</p>" * 2_000_000), Content_Encoding="gzip")

    def do_packed(self) -> None:
        self.send(gzip.compress(samples.html()), Content_Encoding="gzip")

    def do_short(self) -> None:
        self.send(samples.html(), length="100000")

    def do_garbage(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

    def do_silent(self) -> None:
        time.sleep(0.01)

    def do_flaky(self) -> None:
        if self.server.asked["/flaky"] < 3:
            self.send(b"", status=503)
        else:
            self.send(samples.html())

    def do_down(self) -> None:
        self.send(b"", status=500)

    def do_login(self) -> None:
        self.send(b"<p>Log in</p>", status=403)

    def do_cyrillic(self) -> None:
        body = (
            samples.html(title="Мост закрыт").decode().replace('<meta charset="utf-8">', "").encode("cp1251", "replace")
        )
        self.send(body, kind="text/html; charset=windows-1251")

    def do_changed(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
        else:
            self.send(samples.html(), ETag='"v1"')

    def do_feed(self) -> None:
        self.send(samples.rss(), kind="application/rss+xml")

    def do_teasers(self) -> None:
        here = self.server.url("")
        body = samples.rss(full=False).replace(b"https://courier.example/1", f"{here}/page".encode())
        self.send(body.replace(b"https://courier.example/2", f"{here}/gone".encode()), kind="application/rss+xml")

    def do_bare(self) -> None:
        self.send(b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>', kind="text/xml")

    def do_sitemap(self) -> None:
        here = self.server.url("")
        rows = "".join(f"<url><loc>{here}{p}</loc></url>" for p in ("/page", "/gone"))
        self.send(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode(), kind="text/xml"
        )

    def do_binary(self) -> None:
        self.send(bytes(range(256)) * 20, kind="application/octet-stream")

    def do_document(self) -> None:
        self.send(samples.FORMATS["print.pdf"], kind="application/pdf")


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs inside the ``with``."""
    web = Server(("127.0.0.1", 0), Handler)
    web.asked, web.headers_of, web.stop = Counter(), {}, threading.Event()
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.stop.set()
        web.shutdown()
        web.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    """Runs for one test."""
    with serving() as web:
        yield web
