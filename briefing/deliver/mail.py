"""Goods in, one mail out, over SMTP with TLS; after a crash the archive is asked whether it went out already."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
from datetime import timedelta
from email.headerregistry import Address

from briefing.deliver import Commit, archive, wire
from briefing.deliver.faults import RUNS, UnansweredError, guarded, plain
from briefing.deliver.message import address, message, message_id
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToMail

# Giving up on the answer to the last byte leaves doubt: it is waited for this many times longer (RFC 5321 4.5.3.2.6
# asks for ten minutes).
PATIENCE = 10


class MailCarrier:
    """A second sending is a second mail: what is in doubt is looked up, or held."""

    repeatable = False

    def __init__(self, target: ToMail, name: str) -> None:
        self._target, self._name = target, name

    @property
    def in_doubt(self) -> str:
        """``hold`` or ``resend``."""
        return self._target.in_doubt

    @property
    def settle(self) -> timedelta:
        """How long a copy may take to arrive in the archive."""
        return self._target.archive.settle if self._target.archive else timedelta(0)

    def arrived(self, goods: Goods) -> bool | None:
        """Whether the archive has it; None without one. Raises DeliveryError where it cannot be asked."""
        secrets: list[str] = []
        wanted = message_id(self._target, goods)
        name = f"{self._name} (archive)"
        return guarded(name, secrets, lambda: archive.holds(self._target, name, wanted, secrets))

    def send(self, goods: Goods, commit: Commit) -> str:
        """One mail to all recipients; who was refused is said. Raises DeliveryError, UnansweredError."""
        secrets: list[str] = []
        return guarded(self._name, secrets, lambda: self._send(goods, commit, secrets), at=self._at)

    @property
    def _at(self) -> str:
        return f"{self._target.host}:{self._target.port}"

    def _send(self, goods: Goods, commit: Commit, secrets: list[str]) -> str:
        target, name = self._target, self._name
        sender = address(name, target.sender)
        recipients = list(dict.fromkeys(_spec(address(name, to)) for to in (*target.to, *target.bcc)))
        body = message(target, name, goods)
        password = target.password.reveal() if target.password else None
        if password is not None:
            secrets += [password, f"\0{target.user}\0{password}"]
        try:
            with (
                contextlib.closing(self._opened()) as smtp,
                wire.deadline(smtp.sock, target.seconds * PATIENCE * 2),
            ):
                self._secure(smtp)
                self._log_in(smtp, password)
                refused = self._envelope(smtp, _spec(sender), recipients, len(body))
                self._body(smtp, body, commit)
                # The answer to QUIT would only be waited for: the mail is theirs already.
                with contextlib.suppress(OSError, smtplib.SMTPException):
                    smtp.putcmd("quit")
        except smtplib.SMTPException as e:
            fault = self._told(e)
        else:
            return _said(recipients, refused)
        raise fault

    # ------------------------------------------------------------------------------------------------------ the steps
    def _opened(self) -> smtplib.SMTP:
        target, own = self._target, _own_name()
        if target.tls == "implicit":
            context = wire.tls(target.ca_file)
            return smtplib.SMTP_SSL(target.host, target.port, own, timeout=target.seconds, context=context)
        return smtplib.SMTP(target.host, target.port, own, timeout=target.seconds)

    def _secure(self, smtp: smtplib.SMTP) -> None:
        """Names exchanged, and the line encrypted as the target asks. Raises DeliveryError."""
        if self._target.tls == "none":
            self._near(smtp)
        smtp.ehlo_or_helo_if_needed()
        if self._target.tls != "starttls":
            return
        if not smtp.has_extn("starttls"):
            hint = "use tls: implicit, or another port; nothing is sent unencrypted"
            raise DeliveryError(self._name, "the server does not offer STARTTLS", hint=hint, lasting=True)
        smtp.starttls(context=wire.tls(self._target.ca_file))
        smtp.ehlo_or_helo_if_needed()

    def _near(self, smtp: smtplib.SMTP) -> None:
        """Without TLS: never to a public address, and with a password only to this machine."""
        ip = wire.peer(smtp.sock)
        if wire.loopback(ip) or (wire.near(ip) and self._target.password is None):
            return
        what = "a password would go unencrypted" if wire.near(ip) else "the mail would go unencrypted to a public host"
        raise DeliveryError(self._name, f"tls: none, and {what}", hint="use tls: starttls or implicit", lasting=True)

    def _log_in(self, smtp: smtplib.SMTP, password: str | None) -> None:
        user = self._target.user
        if user is None:
            return
        if password is None:
            raise DeliveryError(self._name, "has a user and no password", hint="password: {env: NAME}", lasting=True)
        code, said = _authenticated(smtp, user, password)
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, said)

    def _envelope(
        self, smtp: smtplib.SMTP, sender: str, recipients: list[str], size: int
    ) -> dict[str, tuple[int, bytes]]:
        """Who was refused, with the server's words. Raises DeliveryError where all were."""
        wide = not all(a.isascii() for a in (sender, *recipients))
        options = [f"size={size}"] if smtp.has_extn("size") else []
        code, said = smtp.mail(sender, [*options, *(["SMTPUTF8"] if wide else [])])
        if code != 250:
            raise self._answered("the sender was refused", code, said)
        refused = {}
        for recipient in recipients:
            code, said = smtp.rcpt(recipient)
            if not 200 <= code < 300:
                refused[recipient] = (code, said)
        if len(refused) == len(recipients):
            lasting = all(code >= 500 for code, _ in refused.values())
            raise DeliveryError(self._name, f"every recipient was refused: {_list(refused)}", lasting=lasting)
        return refused

    def _body(self, smtp: smtplib.SMTP, body: bytes, commit: Commit) -> None:
        """The mail without its end, ``commit``, the end, the answer."""
        code, said = smtp.docmd("data")
        if code != 354:
            raise self._answered("the mail was refused", code, said)
        smtp.send(_stuffed(body))
        commit()
        try:
            smtp.send(b"\r\n.\r\n")
            if smtp.sock is not None:
                smtp.sock.settimeout(self._target.seconds * PATIENCE)
            code, said = smtp.getreply()
        except (smtplib.SMTPException, OSError):
            code, said = -1, b""
        if code == 250:
            return
        if code < 400:
            raise UnansweredError(self._name, "the server took the mail and hung up or fell silent before its answer")
        raise self._answered("the mail was refused", code, said)

    # -------------------------------------------------------------------------------------------------- what was said
    def _answered(self, what: str, code: int, said: bytes | str) -> DeliveryError:
        return DeliveryError(self._name, f"{what}: {code} {plain(said)}", lasting=code >= 500)

    def _told(self, error: smtplib.SMTPException) -> DeliveryError:
        if isinstance(error, smtplib.SMTPAuthenticationError):
            hint = "check user and password"
            found = f"login refused: {error.smtp_code} {plain(error.smtp_error)}"
            return DeliveryError(self._name, found, hint=hint, lasting=error.smtp_code >= 500)
        if isinstance(error, smtplib.SMTPResponseException):
            return self._answered("refused", error.smtp_code, error.smtp_error)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return DeliveryError(self._name, f"the server lacks what is needed: {plain(str(error))}", lasting=True)
        # smtplib tells both apart in its words only.
        said = "no answer in time" if "timed out" in str(error) else "the server hung up"
        return DeliveryError(self._name, f"{self._at}: {said}", hint=RUNS)


def _authenticated(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    """One try in one way: smtplib's own tries every way, so that one wrong password counts as several, and sends
    ASCII only, where RFC 4616 has UTF-8."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        return smtp.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))
    if "LOGIN" in offered:
        code, said = smtp.docmd("AUTH", f"LOGIN {_base64(user)}")
        return smtp.docmd(_base64(password)) if code == 334 else (code, said)
    return smtp.login(user, password)  # what else it may be, or that there is none


def _base64(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


def _stuffed(body: bytes) -> bytes:
    """Dots doubled at line starts, without the last line end: that belongs to the end mark."""
    clean = re.sub(rb"\r?\n|\r", b"\r\n", body)
    return re.sub(rb"(?m)^\.", b"..", clean).removesuffix(b"\r\n")


def _spec(found: Address) -> str:
    return f"{found.username}@{found.domain}"


def _own_name() -> str:
    """smtplib's own way asks DNS, which may take minutes on a machine without a name."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _list(refused: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{to} ({code} {plain(said)})" for to, (code, said) in refused.items())


def _said(recipients: list[str], refused: dict[str, tuple[int, bytes]]) -> str:
    if not refused:
        return f"sent to {len(recipients)}"
    return f"sent to {len(recipients) - len(refused)} of {len(recipients)}; refused: {_list(refused)}"
