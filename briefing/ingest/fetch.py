"""Addresses → what they give, kindly: robots.txt, pauses, one request a host at a time, retries, only what is new."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from briefing import __version__
from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import address, request, robots

AGENT = "briefing"
RETRY = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 30.0  # seconds that a Retry-After or Crawl-delay may ask for
HOSTS_AT_ONCE = 8


@dataclass(frozen=True)
class Fetched:
    """A page or feed as it came; ``day`` is the server's date, ISO."""

    url: str  # after redirects
    data: bytes
    day: str | None = None


@dataclass
class _Host:
    """What is known of one host in this run."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0
    rules: robots.Rules | None = None


class Fetcher:
    """One run's requests."""

    def __init__(self, config: IngestSettings) -> None:
        self._config = config
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._headers = {
            "User-Agent": config.user_agent or f"{AGENT}/{__version__}",
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.8",
            "Accept-Language": ", ".join(config.languages),
            "Connection": "close",
        }

    def many(self, urls: Iterable[str]) -> dict[str, Fetched | IngestError]:
        """All of them, several hosts at once, one request a host at a time."""
        wanted = list(dict.fromkeys(urls))
        with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
            return dict(zip(wanted, pool.map(self._one, wanted), strict=True))

    def _one(self, url: str) -> Fetched | IngestError:
        try:
            return self.get(url)
        except IngestError as e:
            return e

    def get(self, url: str) -> Fetched:
        """Follows redirects, each vetted as the first address was. Raises IngestError."""
        here = url
        for _ in range(self._config.redirects + 1):
            target = address.target(here, allow=self._config.allow)
            self._ask_leave(target)
            answer, kept = self._conditional(target)
            if answer.status in {301, 302, 303, 307, 308}:
                here = urljoin(target.url, answer.headers.get("location", "").strip())
                continue
            if answer.status == 304 and kept is not None:
                return kept
            if answer.status != 200:
                raise IngestError(url, f"answered with status {answer.status}", hint=_advice(answer.status))
            found = Fetched(target.url, _utf8(answer), _day(answer))
            self._keep(target, answer, found)
            return found
        raise IngestError(url, f"redirects more than {self._config.redirects} times", hint="give the last address")

    def _ask_leave(self, target: address.Target) -> None:
        host = self._host(target)
        if not self._config.robots:
            return
        with host.lock:
            if host.rules is None:
                host.rules = self._rules(target, host)
        if not host.rules.allow(target.path):
            raise IngestError(
                target.url, "may not be fetched by programs (robots.txt)", hint="save the page and give the file"
            )

    def _rules(self, target: address.Target, host: _Host) -> robots.Rules:
        """No file allows all; a server that fails or is not reached allows nothing (RFC 9309)."""
        here = urljoin(target.url, "/robots.txt")
        for _ in range(self._config.redirects + 1):
            at = address.target(here, allow=self._config.allow)
            try:
                answer = self._patiently(at, host, self._headers, most=robots.MOST)
            except IngestError:
                return robots.NOTHING
            if answer.status in {301, 302, 303, 307, 308}:
                here = urljoin(at.url, answer.headers.get("location", "").strip())
                continue
            if answer.status == 200:
                return robots.parse(answer.body, AGENT)
            return robots.NOTHING if answer.status >= 500 else robots.EVERYTHING
        return robots.EVERYTHING

    def _conditional(self, target: address.Target) -> tuple[request.Response, Fetched | None]:
        known = self._known(target)
        headers = dict(self._headers)
        if known is not None:
            headers.update({k: v for k, v in known[0].items() if k in {"If-None-Match", "If-Modified-Since"}})
        host = self._host(target)
        with host.lock:
            answer = self._patiently(target, host, headers, most=self._config.max_bytes)
        return answer, known[1] if known else None

    def _patiently(
        self, target: address.Target, host: _Host, headers: dict[str, str], *, most: int
    ) -> request.Response:
        """Pauses between a host's requests; tries again what may pass, waiting longer each time."""
        reason = ""
        for attempt in range(self._config.retries + 1):
            pause = max(self._config.pause, min(host.rules.delay, LONGEST_WAIT) if host.rules else 0.0)
            time.sleep(max(0.0, host.next - time.monotonic()))
            wait = self._config.backoff * 2**attempt
            try:
                answer = request.get(target, headers=headers, seconds=self._config.seconds, most=most)
            except request.ConnectionBrokenError as e:
                reason = str(e)
            else:
                host.next = time.monotonic() + pause
                if answer.status not in RETRY or attempt == self._config.retries:
                    return answer
                reason = f"answered with status {answer.status}"
                wait = max(wait, _retry_after(answer))
            host.next = time.monotonic() + max(pause, wait)
        raise IngestError(target.url, reason, hint="try again later, or save the page and give the file")

    def _host(self, target: address.Target) -> _Host:
        with self._lock:
            return self._hosts.setdefault(f"{target.scheme}://{target.host}:{target.port}", _Host())

    def _place(self, target: address.Target) -> Path | None:
        if self._config.cache is None:
            return None
        return self._config.cache / hashlib.sha256(target.url.encode()).hexdigest()

    def _known(self, target: address.Target) -> tuple[dict[str, str], Fetched] | None:
        """What was kept of an earlier run: request headers that ask for news, and the old body."""
        place = self._place(target)
        if place is None:
            return None
        try:
            head, _, data = place.read_bytes().partition(b"\n")
            said = json.loads(head)
            return said["ask"], Fetched(target.url, data, said["day"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, target: address.Target, answer: request.Response, found: Fetched) -> None:
        place = self._place(target)
        pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
        ask = {ours: answer.headers[theirs] for theirs, ours in pairs if theirs in answer.headers}
        if place is None or not ask:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{threading.get_ident()}")
        fresh.write_bytes(json.dumps({"ask": ask, "day": found.day, "url": target.url}).encode() + b"\n" + found.data)
        fresh.replace(place)


def _utf8(answer: request.Response) -> bytes:
    """A text in the charset that the server names, as UTF-8; other bodies as they are."""
    kind = answer.headers.get("content-type", "").lower()
    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", kind)
    if not charset or not kind.startswith("text/") or charset[1] in {"utf-8", "utf8"}:
        return answer.body
    try:
        return answer.body.decode(charset[1], "strict").encode()
    except (LookupError, UnicodeError):  # the server is wrong; the page may know better
        return answer.body


def _day(answer: request.Response) -> str | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).date().isoformat()
    except (ValueError, TypeError):
        return None


def _retry_after(answer: request.Response) -> float:
    said = answer.headers.get("retry-after", "").strip()
    return min(float(said), LONGEST_WAIT) if re.fullmatch(r"\d{1,6}", said) else 0.0


def _advice(status: int) -> str:
    if status in {401, 402, 403}:
        return "the page wants a login; save it from your browser and give the file"
    return "check the address" if status in {404, 410} else "try again later, or save the page and give the file"


def host(url: str) -> str:
    """A URL's host, for messages."""
    return urlsplit(url).hostname or url
