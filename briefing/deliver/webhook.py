"""Goods in, one signed POST out, as standardwebhooks.com has it: receivers drop an id that they know."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import http.client
import json
import re
from contextlib import closing
from typing import Any

from briefing.deliver import Clock, Commit, wire
from briefing.deliver.faults import UnansweredError, guarded
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToWebhook

PREFIX = "whsec_"
PASSING = {408, 425, 429}  # and all of 500 and above
GATEWAY = {502, 504}  # a relay's: what stands behind it may have acted
READ = 4096  # bytes of an answer's body that are read


class WebhookCarrier:
    """The same id on every try."""

    repeatable = False

    def __init__(self, target: ToWebhook, name: str, clock: Clock) -> None:
        self._target, self._name, self._clock = target, name, clock

    @property
    def in_doubt(self) -> str:
        """``hold`` or ``resend``."""
        return self._target.in_doubt

    def arrived(self, goods: Goods) -> bool | None:  # noqa: ARG002
        """Nobody can say."""
        return None

    def send(self, goods: Goods, commit: Commit) -> str:
        """One POST; a redirect is not followed. Raises DeliveryError, UnansweredError."""
        secrets: list[str] = []
        url = self._target.url
        at = wire.host_of(url) if isinstance(url, str) else ""
        return guarded(self._name, secrets, lambda: self._send(goods, commit, secrets), at=at)

    def _send(self, goods: Goods, commit: Commit, secrets: list[str]) -> str:
        body = json.dumps(content(goods, self._name, self._target.body), ensure_ascii=False).encode()
        secret = self._target.secret.reveal()
        secrets += [secret, secret.removeprefix(PREFIX)]
        headers = signed(identity(goods), int(self._clock().timestamp()), body, key(secret, self._name))
        url = wire.revealed(self._target.url, secrets)
        seconds = self._target.seconds
        with (
            closing(wire.connected(self._name, url, seconds)) as connection,
            wire.deadline(connection.sock, seconds * wire.TOTAL),
        ):
            connection.putrequest("POST", wire.target_of(url), skip_accept_encoding=True)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                connection.putheader(name, value)
            connection.endheaders()
            connection.send(body[:-1])
            commit()
            return self._answer(connection, body[-1:])

    def _answer(self, connection: http.client.HTTPConnection, last: bytes) -> str:
        try:
            connection.send(last)
            with connection.getresponse() as response:
                code, reason = response.status, http.client.responses.get(response.status, "")
                response.read1(READ)
        except (OSError, http.client.HTTPException):
            code, reason = 0, ""
        if 200 <= code < 300:
            return f"answered {code}"
        if code == 0:
            raise UnansweredError(self._name, "took the request and gave no answer")
        if code in GATEWAY:
            raise UnansweredError(self._name, f"answered {code} {reason}: what stands behind may have it")
        if 300 <= code < 400:
            raise DeliveryError(
                self._name, f"answered {code}: a redirect, not followed", hint="give the last address", lasting=True
            )
        passing = code >= 500 or code in PASSING
        raise DeliveryError(self._name, f"answered {code} {reason}".rstrip(), lasting=not passing)


def content(goods: Goods, name: str, wanted: str) -> dict[str, Any]:
    """What is sent: ``type``, ``timestamp`` and ``data``; the same on every try."""
    brief = goods.kind == "brief"
    data: dict[str, Any] = {
        "profile": goods.profile,
        "slot": goods.slot.isoformat(),
        "local": goods.local,
        "folder": goods.folder,
        "title": goods.title,
        "as_of": goods.as_of,
        "number": goods.number,
        "subject": goods.letter.subject,
        "text": goods.letter.text,
    }
    issue = next((i for i in goods.issues if i.slot == goods.slot), None)
    if issue is not None and brief:
        data |= issue.model_dump(include={"quiet", "changes", "new_articles", "articles"})
    if wanted == "brief" and brief:
        data["brief"] = _brief(goods, name)
    kind = "brief.issued" if brief else "brief.failed"
    return {"type": kind, "timestamp": goods.slot.isoformat(), "data": data}


def identity(goods: Goods) -> str:
    """webhook-id: no full stop in it, since one parts it from the time in what is signed."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", goods.ident):
        return goods.ident
    return hashlib.sha256(goods.ident.encode()).hexdigest()[:32]


def signed(ident: str, when: int, body: bytes, secret: bytes) -> dict[str, str]:
    """The headers of a request."""
    digest = hmac.new(secret, b".".join([ident.encode(), str(when).encode(), body]), hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "user-agent": wire.AGENT,
        "webhook-id": ident,
        "webhook-timestamp": str(when),
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def key(secret: str, name: str) -> bytes:
    """The key's bytes: behind ``whsec_`` they stand in base64, else as they are."""
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        found = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found:
        raise DeliveryError(name, f"its secret has no base64 behind {PREFIX}", hint="copy it anew", lasting=True)
    return found


def _brief(goods: Goods, name: str) -> Any:
    file = next((f for f in goods.files if f.name == "brief.json"), None)
    if file is None:
        raise DeliveryError(name, "body: brief, and the profile writes no brief.json", hint="add json", lasting=True)
    return json.loads(file.data)
