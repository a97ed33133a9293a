"""Goods and a mail target in, one RFC 5322 message out: the same bytes on every try."""

from __future__ import annotations

import contextlib
import email.policy
import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parseaddr

from briefing.deliver import envelope
from briefing.deliver.faults import plain
from briefing.errors import DeliveryError
from briefing.ledger import File, Goods
from briefing.profiles import ToMail

# Lines end as on the wire; no byte above 127, so that every server takes it.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")
_TYPES = {  # attached, best first
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("text", "html"),
}
_ONE = 'write NAME@HOST or "Their Name" <NAME@HOST>, one an entry'
LONGEST = 200  # characters of a subject


def message(target: ToMail, name: str, goods: Goods) -> bytes:
    """Headers, text, HTML and the brief. Blind copies stand in the envelope only. Raises DeliveryError."""
    sender, to = address(name, target.sender), tuple(address(name, to) for to in target.to)
    wide = not all(a.addr_spec.isascii() for a in (sender, *to))
    mail = EmailMessage(policy=_POLICY.clone(utf8=True) if wide else _POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = plain(goods.letter.subject)[:LONGEST]
    mail["Date"] = format_datetime(_date(goods))
    mail["Message-ID"] = message_id(target, goods)
    mail["List-Id"] = f"<{_word(goods.profile)}.briefing.{_domain(target)}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(goods.letter.text)
    mail.add_alternative(goods.letter.html, subtype="html")
    if (file := _attached(goods)) is not None:
        main, sub = _TYPES[file.format]
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=_file_name(goods, file))
    for n, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"={_digest(goods.ident, str(n))}=")  # the library's own are random
    return bytes(mail)


def message_id(target: ToMail, goods: Goods) -> str:
    """The same for the same issue and recipients, for ever: what receivers and archives know the mail by."""
    return f"<{_word(goods.ident)}.{envelope(target)}@{_domain(target)}>"


def address(name: str, words: str) -> Address:
    """``Desk <desk@example.org>`` or the bare address. Raises DeliveryError."""
    several = getaddresses([words])
    shown, spec = several[0] if len(several) == 1 else ("", "")
    found = None
    if words.isprintable() and "@" in spec:
        # IndexError is the parser's way to say that something is missing.
        with contextlib.suppress(ValueError, IndexError):
            found = Address(display_name=shown, addr_spec=spec) if spec.isascii() else _beyond_ascii(shown, spec)
    if found is None or not found.username or not found.domain:
        raise DeliveryError(name, f"{plain(words)!r} is no mail address", hint=_ONE, lasting=True)
    return found


def _beyond_ascii(shown: str, spec: str) -> Address:
    """A domain in other letters is written as DNS has it; a box in other letters needs SMTPUTF8 of the server."""
    box, _, domain = spec.rpartition("@")
    return Address(display_name=shown, username=box, domain=domain.encode("idna").decode())


def _date(goods: Goods) -> datetime:
    """The slot's time, on the wall clock of the profile's zone."""
    try:
        local = datetime.fromisoformat(goods.local)
    except ValueError:
        return goods.slot
    return local if local == goods.slot else goods.slot


def _attached(goods: Goods) -> File | None:
    return next((f for kind in _TYPES for f in goods.files if f.format == kind), None)


def _file_name(goods: Goods, file: File) -> str:
    """``straits-2026-03-13T0500.pdf``: tells issues apart in a folder of downloads."""
    return f"{_word(goods.profile)}-{_word(goods.folder)}.{file.name.rsplit('.', 1)[-1]}"


def _domain(target: ToMail) -> str:
    _, spec = parseaddr(target.sender)
    try:
        domain = spec.rpartition("@")[2].encode("idna").decode()
    except UnicodeError:
        domain = ""
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "briefing.invalid"


def _word(words: str) -> str:
    """As it is where a header may hold it; else a hash of it."""
    return words if re.fullmatch(r"[A-Za-z0-9_-]+", words) else _digest(words)[:32]


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]
