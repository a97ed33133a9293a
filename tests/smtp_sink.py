"""Mails in, a list (and a Maildir) out: a real SMTP server that can also refuse, wait and hang up at the worst moment.

In a test: ``with smtp_sink(tls="starttls") as sink: …``. As a process of its own, for tests that kill:
``python -m tests.smtp_sink --maildir DIR [--port 0] [--tls none|starttls|implicit] [--ca FILE] [--delay SECONDS]``
prints one JSON line ``{"host": …, "port": …, "ca": …}`` once it listens, and ends with SIGTERM or with the process
that started it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import email
import email.policy
import json
import mailbox
import os
import signal
import ssl
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, cast

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "localhost"
Tls = Literal["none", "starttls", "implicit"]
# What is done with the next mail. drop_early: hang up before its end. drop_late: keep it, hang up without an answer.
# lose_late: hang up without an answer and without the mail. defer, refuse: 451, 554 in place of 250. slow: see delay.
Deed = Literal["accept", "drop_early", "drop_late", "lose_late", "defer", "refuse", "slow"]


@dataclass(frozen=True)
class Stored:
    """One mail as it came."""

    sender: str
    to: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.data, policy=email.policy.default)

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class Sink:
    """The server's books: change ``deeds`` and ``refused`` while it runs."""

    host: str = HOST
    port: int = 0
    ca: Path | None = None
    maildir: Path | None = None
    delay: float = 0.5
    login: tuple[str, str] | None = None
    mails: list[Stored] = field(default_factory=list)
    deeds: deque[Deed] = field(default_factory=deque)
    refused: dict[str, str] = field(default_factory=dict)  # address → answer to RCPT, such as "550 no such box"
    connections: int = 0
    tried: int = 0  # mails that reached DATA

    def counts(self) -> Counter[str]:
        """How often each Message-ID was kept."""
        return Counter(m.id for m in self.mails)

    def keep(self, envelope: Envelope) -> None:
        """Put a mail into the books, and into the Maildir."""
        data = envelope.original_content or b""
        self.mails.append(Stored(envelope.mail_from or "", tuple(envelope.rcpt_tos), data))
        if self.maildir is not None:
            mailbox.Maildir(self.maildir, create=True).add(data)


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.sink.refused:
            return self.sink.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        deed = cast("_Server", server).deed
        if deed == "defer":
            return "451 4.3.0 try again later"
        if deed == "refuse":
            return "554 5.6.0 not wanted"
        if deed != "lose_late":
            self.sink.keep(envelope)
        if deed in {"drop_late", "lose_late"}:
            await cast("_Server", server).hang_up()
        if deed == "slow":
            await asyncio.sleep(self.sink.delay)
        return "250 OK kept"

    async def handle_exception(self, error: Exception) -> str:
        return f"451 {type(error).__name__}"


class _Server(SMTP):
    deed: Deed = "accept"

    def __init__(self, sink: Sink, **options: Any) -> None:
        super().__init__(_Handler(sink), hostname=HOST, enable_SMTPUTF8=True, data_size_limit=2**28, **options)
        self.sink = sink

    def connection_made(self, transport: Any) -> None:
        self.sink.connections += 1
        super().connection_made(transport)

    async def hang_up(self) -> None:
        """Close at once and say nothing; the task ends with the connection."""
        cast("asyncio.WriteTransport", self.transport).abort()
        await asyncio.Event().wait()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self.sink.tried += 1
        self.deed = self.sink.deeds.popleft() if self.sink.deeds else "accept"
        if self.deed == "drop_early":
            await self.push("354 go on")
            await self._reader.read(20)
            await self.hang_up()
        await super().smtp_DATA(arg)


@contextlib.contextmanager
def smtp_sink(
    tls: Tls = "starttls",
    *,
    port: int = 0,
    maildir: Path | None = None,
    login: tuple[str, str] | None = None,
    delay: float = 0.5,
    name: str = HOST,
) -> Iterator[Sink]:
    """A server on localhost with a certificate for ``name``; ``sink.ca`` is the file to trust."""
    with tempfile.TemporaryDirectory() as folder:
        authority = trustme.CA()
        ca = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(ca)
        sink = Sink(ca=ca, maildir=maildir, login=login, delay=delay)
        if maildir is not None:
            mailbox.Maildir(maildir, create=True).close()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        with _serving(sink, tls, context, port):
            yield sink


@contextlib.contextmanager
def _serving(sink: Sink, tls: Tls, context: ssl.SSLContext, port: int) -> Iterator[None]:
    ready, stop = threading.Event(), asyncio.Event()
    faults: list[BaseException] = []
    loop = asyncio.new_event_loop()

    def new() -> SMTP:
        options: dict[str, Any] = {"loop": loop}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if sink.login is not None:
            options |= {"authenticator": _authenticator(sink), "auth_require_tls": tls == "starttls"}
        return _Server(sink, **options)

    async def serve() -> None:
        server = await loop.create_server(new, "127.0.0.1", port, ssl=context if tls == "implicit" else None)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        rest = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports that were aborted close their sockets in the loop's next turn

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except BaseException as e:  # noqa: BLE001 - told in the thread that waits
            faults.append(e)
        finally:
            loop.close()
            ready.set()

    loop.set_exception_handler(lambda *_: None)  # a client that hangs up is no news here
    thread = threading.Thread(target=run, name="smtp sink", daemon=True)
    thread.start()
    ready.wait(10)
    try:
        if faults:
            raise faults[0]
        yield
    finally:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def _authenticator(sink: Sink) -> Any:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == sink.login, handled=False)

    return check


def main() -> None:
    """Serve until SIGTERM or the end of the process that started this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--maildir", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--ca", type=Path, help="where the certificate to trust is written")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds between keeping a mail and saying so")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = os.getppid()
    with smtp_sink(options.tls, port=options.port, maildir=options.maildir, delay=options.delay) as sink:
        if options.delay:
            sink.deeds = _Always("slow")
        if options.ca and sink.ca:
            options.ca.write_bytes(sink.ca.read_bytes())
        said = {"host": sink.host, "port": sink.port, "ca": str(options.ca) if options.ca else None}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        while os.getppid() == parent:
            time.sleep(0.2)


class _Always(deque[Deed]):
    """The same deed for every mail."""

    def __init__(self, deed: Deed) -> None:
        super().__init__([deed])

    def popleft(self) -> Deed:
        return self[0]


if __name__ == "__main__":
    main()
