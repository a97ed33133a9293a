"""A Message-ID in, whether a copy of that mail has arrived out: in a Maildir, or in an IMAP folder over TLS."""

from __future__ import annotations

import base64
import email
import email.policy
import imaplib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefing.deliver import wire
from briefing.deliver.faults import plain
from briefing.errors import DeliveryError
from briefing.profiles import ToMail

HEAD = 65_536  # bytes of a mail that hold its Message-ID


def holds(target: ToMail, name: str, message_id: str, secrets: list[str]) -> bool | None:
    """None where the target has no archive. Raises DeliveryError, OSError where it cannot be asked."""
    archive = target.archive
    if archive is None:
        return None
    if archive.maildir is not None:
        return _in_maildir(archive.maildir, name, message_id)
    password = archive.password.reveal() if archive.password else ""
    secrets.append(password)
    return _on_imap(str(archive.imap), password, target, name, message_id)


def _in_maildir(folder: Path, name: str, message_id: str) -> bool:
    boxes = [folder / "new", folder / "cur"]
    if not any(box.is_dir() for box in boxes):
        raise DeliveryError(name, f"{folder} is no Maildir", hint="archive.maildir names a folder with new/ and cur/")
    wanted = message_id.encode()
    return any(_is(path, wanted, message_id) for box in boxes if box.is_dir() for path in box.iterdir())


def _is(path: Path, wanted: bytes, message_id: str) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError:  # read or moved by somebody in between
        return False
    if wanted not in head:
        return False
    found = email.message_from_bytes(head, policy=email.policy.compat32).get_all("Message-ID", [])
    return any(str(value).strip() == message_id for value in found)


def _on_imap(url: str, password: str, target: ToMail, name: str, message_id: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "imaps" or not parts.hostname or not parts.username or parts.password:
        hint = "write imaps://USER@HOST/FOLDER, and the password as archive.password: {env: NAME}"
        raise DeliveryError(name, "archive.imap is no such address", hint=hint, lasting=True)
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    try:
        client = imaplib.IMAP4_SSL(
            parts.hostname, parts.port or 993, ssl_context=wire.tls(target.ca_file), timeout=target.seconds
        )
    except imaplib.IMAP4.error:
        raise DeliveryError(name, "the archive's IMAP server does not greet") from None
    try:
        client.login(unquote(parts.username), password)
        _ok(name, client.select(_quoted(folder), readonly=True), f"opening the folder {plain(folder)!r}")
        found = _ok(name, client.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"'), "searching")
        return bool(found.split())
    except imaplib.IMAP4.abort:
        raise DeliveryError(name, "the archive's IMAP server hung up") from None
    except imaplib.IMAP4.error:
        raise DeliveryError(name, "the archive's IMAP server refused login or search", lasting=True) from None
    finally:
        client.shutdown()


def _ok(name: str, answer: tuple[str, list[bytes | None] | list[bytes]], what: str) -> bytes:
    status, data = answer
    if status != "OK":
        raise DeliveryError(name, f"the archive's IMAP server refused {what}", lasting=True)
    return next((d for d in data if d), b"")


def _quoted(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3), in quotation marks."""
    name = re.sub(r"[^\x20-\x7e]+", _utf7, folder.replace("&", "&-"))
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(match: re.Match[str]) -> str:
    coded = base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{coded}-"
