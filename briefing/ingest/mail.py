"""A mail → the articles in its body, and its attachments as parts.

A newsletter's sender is an outlet; a person who forwards an article is not. A mail's own date dates what it brings
where that is undated itself.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from trafilatura import load_html

from briefing.errors import IngestError
from briefing.ingest import dates, markup, page, plain
from briefing.ingest.draft import Draft, Part, Reading

MOST_PARTS = 200
COVER_NOTE = 25  # fewer words beside an attachment are no article
_FORWARD = re.compile(r"(?i)^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+")
_SIGNATURE = re.compile(r"(?m)^-- ?$.*\Z", re.DOTALL)
_QUOTED = re.compile(r"(?m)^>.*\n?")
_READABLE = re.compile(
    r"text/(?!calendar)|application/(?:pdf|rtf|json|zip|xhtml|vnd\.(?:openxml|oasis)|msword|octet-stream)|message/rfc822"
)


def read(data: bytes, *, url: str | None = None) -> Reading:
    """Raises IngestError for a mail without text and without readable attachments."""
    message = _message(data)
    parts, skipped = _attachments(message)
    drafts = plain.read(_body(message))
    if parts and sum(len(d.text.split()) for d in drafts) < COVER_NOTE:
        skipped.extend(f"its cover note is not read: {d.text[:80]}" for d in drafts)
        drafts = []
    for draft in drafts:
        _fill(draft, message, alone=len(drafts) == 1)
        draft.url = draft.url or url
    if not drafts and not parts:
        raise IngestError("mail", "has no text", hint="forward the article as text, or save its attachment")
    return Reading(drafts, parts, skipped)


def snapshot(data: bytes, *, url: str | None = None) -> Reading:
    """A page saved as MHTML: its first HTML part, with the address that it was saved from."""
    message = _message(data)
    for part in _leaves(message):
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
            body = part.get_payload(decode=True)
            own = address if re.match(r"https?://", address) else url
            return page.read(body if isinstance(body, bytes) else b"", url=own)
    raise IngestError("MHTML", "holds no page", hint="save the page again")


def _message(data: bytes) -> EmailMessage:
    return message_from_bytes(data.lstrip(b"\r\n"), policy=policy.default)


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    """All parts that hold no parts, in order; an attached mail is one leaf."""
    leaves: list[EmailMessage] = []
    stack = [message]
    while stack and len(leaves) < MOST_PARTS:
        part = stack.pop()
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            stack.extend(reversed(cast("list[EmailMessage]", part.get_payload())))
        else:
            leaves.append(part)
    return leaves


def _body(message: EmailMessage) -> str:
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind in texts and part.get_content_disposition() != "attachment" and not part.get_filename():
            texts[kind].append(_decoded(part))
    written = "\n\n".join(texts["text/plain"])
    shown = "\n\n".join(_shown(t) for t in texts["text/html"])
    best = written if len(written) > 200 and len(written) > len(shown) / 2 else shown or written
    return _QUOTED.sub("", _SIGNATURE.sub("", best.replace("\r\n", "\n")))


def _decoded(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _shown(html: str) -> str:
    tree = load_html(html.encode("utf-8", "replace")) if html.strip() else None
    return "\n\n".join(markup.paragraphs(tree)) if tree is not None else ""


def _attachments(message: EmailMessage) -> tuple[list[Part], list[str]]:
    parts: list[Part] = []
    skipped: list[str] = []
    for number, part in enumerate(_leaves(message), start=1):
        name = re.sub(r"[\x00-\x1f/\\]+", "-", part.get_filename() or "")[:120]
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            held = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(held, EmailMessage):
                parts.append(
                    Part(name or f"attached-mail-{number}", held.as_bytes(policy=policy.default.clone(utf8=True)))
                )
        elif name and _READABLE.match(kind) and not kind.startswith("text/html;"):
            raw = part.get_payload(decode=True)
            parts.append(Part(name, raw if isinstance(raw, bytes) else b""))
        elif name and part.get_content_disposition() == "attachment":
            skipped.append(f"attachment {name} ({kind}) is not read")
    return parts, skipped


def _fill(draft: Draft, message: EmailMessage, *, alone: bool) -> None:
    sent = str(message.get("Date") or "")
    if draft.date is None:
        draft.date, draft.published_at = dates.machine(sent), dates.moment(sent)
    if alone and draft.title is None:
        draft.title = _FORWARD.sub("", " ".join(str(message.get("Subject") or "").split())) or None
    listed = any(message.get(h) for h in ("List-Id", "List-Unsubscribe", "List-Post"))
    if listed and draft.publisher is None:
        name, address = parseaddr(str(message.get("From") or ""))
        draft.publisher = name or address.rpartition("@")[2] or None
