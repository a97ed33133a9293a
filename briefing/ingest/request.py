"""One request to one vetted place → status, headers and a body of bounded size, within bounded time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from briefing.errors import IngestError
from briefing.ingest.address import Target

CHUNK = 65_536


class ConnectionBrokenError(Exception):
    """The other side could not be reached or broke off: worth another try."""


@dataclass(frozen=True)
class Response:
    status: int
    headers: Mapping[str, str]  # lower-case names
    body: bytes


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    with suppress(ImportError, OSError):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def get(target: Target, *, headers: Mapping[str, str], seconds: float, most: int) -> Response:
    """Raises ConnectionBrokenError for what may work later, IngestError for what will not."""
    raw = _dial(target, seconds)
    late = threading.Event()
    handle = raw.dup()  # TLS takes the socket itself over
    clock = threading.Timer(seconds, _cut, [handle, late])  # a server that drips never runs into a socket's timeout
    clock.daemon = True
    clock.start()
    try:
        wire = _tls().wrap_socket(raw, server_hostname=target.host) if target.scheme == "https" else raw
        answer = _exchange(wire, target, headers, most)
    except ssl.SSLCertVerificationError as e:
        raise IngestError(
            target.url, f"has a certificate that is not trusted: {e.verify_message}", hint="check the address"
        ) from e
    except (OSError, http.client.HTTPException, ValueError) as e:
        raise ConnectionBrokenError(
            _late(seconds) if late.is_set() else f"broke off: {str(e)[:100] or type(e).__name__}"
        ) from e
    finally:
        clock.cancel()
        handle.close()
        raw.close()
    if late.is_set():  # what looks like an end was our own cut
        raise ConnectionBrokenError(_late(seconds))
    return answer


def _late(seconds: float) -> str:
    return f"gave no whole answer within {seconds:g} s"


def _dial(target: Target, seconds: float) -> socket.socket:
    """The first address that answers; no name is looked up here."""
    last: OSError | None = None
    for address in target.addresses[:4]:
        try:
            return socket.create_connection((address, target.port), timeout=min(seconds, 10.0))
        except OSError as e:
            last = e
    raise ConnectionBrokenError(f"cannot be reached: {last.strerror if last and last.strerror else last}") from last


def _cut(handle: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def _exchange(wire: socket.socket, target: Target, headers: Mapping[str, str], most: int) -> Response:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = wire
    try:
        connection.request("GET", target.path, headers={"Host": _host(target), "Accept-Encoding": "gzip", **headers})
        answer = connection.getresponse()
        said = {k.lower(): v for k, v in answer.getheaders()}
        with answer:
            body = _body(answer, said, target, most) if answer.status == http.client.OK else b""
        return Response(answer.status, said, body)
    finally:
        connection.close()
        wire.close()


def _host(target: Target) -> str:
    shown = f"[{target.host}]" if ":" in target.host else target.host
    return shown if target.port in {80, 443} else f"{shown}:{target.port}"


def _body(answer: http.client.HTTPResponse, said: Mapping[str, str], target: Target, most: int) -> bytes:
    length = said.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise _RefusedError(
            target.url, f"gives {int(length):,} bytes; at most {most:,} are read", hint="raise ingest.max_bytes"
        )
    encoding = said.get("content-encoding", "identity").lower()
    if encoding not in {"identity", "gzip", "x-gzip", "deflate", ""}:
        raise _RefusedError(
            target.url,
            f"comes packed as {encoding[:40]}, which was not asked for",
            hint="save the page and give the file",
        )
    engine = zlib.decompressobj(wbits=47 if "gzip" in encoding else 15) if encoding not in {"identity", ""} else None
    out = bytearray()
    read = 0
    while chunk := answer.read1(CHUNK):
        read += len(chunk)
        out += _unpacked(engine, chunk, most - len(out) + 1) if engine else chunk
        if len(out) > most or read > most:
            raise _RefusedError(target.url, f"gives more than {most:,} bytes", hint="raise ingest.max_bytes")
    if length.isdigit() and read < int(length):
        raise http.client.IncompleteRead(bytes(out[:0]), int(length) - read)
    return bytes(out)


def _unpacked(engine: zlib._Decompress, chunk: bytes, most: int) -> bytes:
    try:
        return engine.decompress(chunk, max(1, most))
    except zlib.error as e:
        raise http.client.HTTPException(f"damaged packing ({e})") from e


class _RefusedError(IngestError):
    """Refused while it was still coming in."""
