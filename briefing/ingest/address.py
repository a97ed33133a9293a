"""A URL → where it may be fetched from: its host resolved once, every address vetted, the ones to dial.

Whoever dials another address than these (a second look-up, a redirect followed by a library) can be led into the
user's own network; so nothing here or in ``request`` resolves a name twice.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from briefing.errors import IngestError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What Python 3.11's is_global lets through and should not: addresses that stand for others (NAT64, 6to4, Teredo,
# IPv4-compatible), multicast, and ranges set aside. IPv6 is public only within 2000::/3.
_NEVER = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24",
        "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_PUBLIC6 = ipaddress.ip_network("2000::/3")
WEB_PORTS = frozenset({80, 443})


@dataclass(frozen=True)
class Target:
    """One request's place: the addresses are vetted, and only these are dialled."""

    url: str  # normalised, without fragment
    scheme: str
    host: str  # ASCII
    port: int
    path: str  # with the query
    addresses: tuple[str, ...]


def public(address: Address) -> bool:
    """Whether an address is on the public internet and stands for no other."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return public(address.ipv4_mapped)
        if address.scope_id or address not in _PUBLIC6:
            return False
    if any(address in network for network in _NEVER if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def target(url: str, *, allow: Sequence[str]) -> Target:
    """Raises IngestError for what may not be fetched. ``allow`` names hosts and networks that may be private."""
    scheme, host, port, path = _parts(url)
    free = _host_allowed(host, allow)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as e:
        raise IngestError(url, f"has a host that is not known: {host}", hint="check the address and the network") from e
    addresses = list(dict.fromkeys(str(f[4][0]) for f in found))
    for one in addresses:
        address = ipaddress.ip_address(one)
        if not (free or public(address) or _address_allowed(address, allow)):
            raise IngestError(
                url,
                f"leads to {one}, which is not on the public internet",
                hint="allow it in config.yaml: ingest: {allow: [host]}",
            )
    if port < 1024 and port not in WEB_PORTS and not free:
        raise IngestError(url, f"names port {port}, which is not for web pages", hint="use port 80 or 443")
    return Target(_joined(scheme, host, port, path), scheme, host, port, path, tuple(addresses))


def _parts(url: str) -> tuple[str, str, int, str]:
    if re.search(r"[\x00-\x20\x7f\\]", url) or len(url) > 4000:
        raise IngestError(url[:200], "holds characters that no address has", hint="check the address")
    try:
        split = urlsplit(url)
        port = split.port or (443 if split.scheme == "https" else 80)
        host = (split.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as e:
        raise IngestError(url[:200], "is not a valid address", hint="check the address") from e
    if split.scheme not in {"http", "https"}:
        raise IngestError(
            url[:200], f"has the scheme {split.scheme or 'none'}", allowed="http, https", hint="give a web address"
        )
    if not host:
        raise IngestError(url[:200], "names no host", hint="check the address")
    if split.username is not None or split.password is not None:
        raise IngestError(url[:200], "holds a user name or password", hint="give the address without it")
    safe = "/%:=&?~#+!$,;'@()*[]-._|"
    path = quote(split.path, safe=safe) or "/"
    return split.scheme, host, port, path + (f"?{quote(split.query, safe=safe)}" if split.query else "")


def _joined(scheme: str, host: str, port: int, path: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == (443 if scheme == "https" else 80) else f"{shown}:{port}"
    return urlunsplit((scheme, netloc, *urlsplit(path)[2:4], ""))


def _host_allowed(host: str, allow: Sequence[str]) -> bool:
    return host in {a.lower() for a in allow}


def _address_allowed(address: Address, allow: Sequence[str]) -> bool:
    for entry in allow:
        try:
            if address in ipaddress.ip_network(entry, strict=False):
                return True
        except ValueError:  # a host name
            continue
    return False
