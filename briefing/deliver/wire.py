"""Addresses in, connections out that are encrypted and checked, or near. Contains no business logic."""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from briefing.errors import DeliveryError
from briefing.secret import Secret

AGENT = "briefing"
PEM = "give the path of a file with certificates in PEM form"
TOTAL = 3  # times the seconds of one answer that a whole exchange may take


def tls(ca_file: Path | None = None) -> ssl.SSLContext:
    """Certificates and names checked, TLS 1.2 or newer. Raises DeliveryError where ca_file cannot be used."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except ssl.SSLError:
            raise DeliveryError(f"ca_file {ca_file}", "holds no certificate", hint=PEM, lasting=True) from None
        except OSError as e:
            reason = (e.strerror or "cannot be read").lower()
            raise DeliveryError(f"ca_file {ca_file}", reason, hint=PEM) from None
    return context


def near(address: str) -> bool:
    """Whether an IP address is this machine or in a private network: unencrypted text goes nowhere else."""
    try:
        ip = _ip(address)
    except ValueError:
        return False
    return ip.is_loopback or (ip.is_private and not ip.is_unspecified)


def _ip(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IPv4 address in IPv6's clothes counts as what it is. Raises ValueError."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def near_host(host: str) -> bool:
    """Whether every address of a host is near. Raises OSError where it has none."""
    return all(near(str(found[4][0])) for found in socket.getaddrinfo(host, None))


def loopback(address: str) -> bool:
    """Whether an IP address is this machine."""
    try:
        return _ip(address).is_loopback
    except ValueError:
        return False


def peer(sock: socket.socket | None) -> str:
    """IP address of the other side."""
    return str(sock.getpeername()[0]) if sock is not None else ""


def revealed(url: str | Secret, secrets: list[str]) -> str:
    """The address; where it is secret, its parts are too."""
    if isinstance(url, str):
        return url
    found = url.reveal()
    parts = urlsplit(found)
    secrets += [s for s in (found, target_of(found), parts.path, parts.query, parts.hostname or "") if len(s) > 1]
    return found


def target_of(url: str) -> str:
    """Path and query, as they stand in a request line."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@contextmanager
def deadline(sock: socket.socket | None, seconds: float) -> Iterator[None]:
    """Cuts the line after so long: a timeout of the socket alone begins anew with each byte that trickles in."""
    if sock is None:
        yield
        return
    # TLS sockets cannot be shut from another thread; the line below them can.
    with socket.socket(fileno=os.dup(sock.fileno())) as line:
        timer = threading.Timer(seconds, _cut, (line,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def host_of(url: str) -> str:
    """HOST or HOST:PORT of an address, without a login; empty where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def connected(where: str, url: str, seconds: float) -> http.client.HTTPConnection:
    """A connection to an http(s) address; http only to this machine or a private network. Raises DeliveryError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"http", "https"} or not url.isascii() or not url.isprintable() or " " in url:
        raise DeliveryError(where, "is no http or https address", hint="write it like https://HOST/PATH", lasting=True)
    if parts.username or parts.password:
        raise DeliveryError(where, "has a login in its address", hint="use {env: NAME} for the address", lasting=True)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=seconds, context=tls())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.connect()
        if parts.scheme == "http":
            _near(where, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _near(where: str, connection: http.client.HTTPConnection) -> None:
    if not near(peer(connection.sock)):
        raise DeliveryError(where, "would be unencrypted on a public network", hint="use https", lasting=True)
