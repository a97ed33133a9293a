"""Goods in, sent or not: one file a kind of target, one line of the table each. Never twice, never lost in silence.

The order of a try: ``move(sending)`` → connect and hand over → ``commit()`` just before the byte after which the other
side may act → ``sent``. A crash before ``commit`` is tried again; one after it is in doubt, and ``arrived`` settles it
where the other side can be asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Protocol
from urllib.parse import urlsplit

from briefing.ledger import Goods
from briefing.profiles import Target, ToBucket, ToFolder, ToMail, ToWebhook
from briefing.secret import Secret

Commit = Callable[[], None]
Clock = Callable[[], datetime]

__all__ = ["Carrier", "Clock", "Commit", "carrier", "key"]

LONGEST = 120  # characters of a key


class Carrier(Protocol):
    """What a kind of target can do."""

    repeatable: bool  # sending the same goods again leaves what sending them once does

    def send(self, goods: Goods, commit: Commit) -> str:
        """Hand the goods over; what is said of it in the ledger. Raises DeliveryError, ``lasting`` where for good."""
        ...

    def arrived(self, goods: Goods) -> bool | None:
        """Whether goods in doubt have arrived; None where nobody can say."""
        ...

    @property
    def in_doubt(self) -> str:
        """``hold`` or ``resend``: what to do where nobody can say."""
        ...


def key(target: Target) -> str:
    """Name of a target in the ledger: kind, where to, and nothing secret: ``mail:desk@example.org``."""
    return f"{target.kind}:{_where(target)}"


def carrier(target: Target, *, clock: Clock = lambda: datetime.now(UTC)) -> Carrier:
    """The carrier of a target; ``clock`` dates the signature of a webhook."""
    name = key(target)
    if isinstance(target, ToFolder):
        from briefing.deliver.folder import FolderCarrier

        return FolderCarrier(target, name)
    if isinstance(target, ToMail):
        from briefing.deliver.mail import MailCarrier

        return MailCarrier(target, name)
    if isinstance(target, ToWebhook):
        from briefing.deliver.webhook import WebhookCarrier

        return WebhookCarrier(target, name, clock)
    from briefing.deliver.bucket import BucketCarrier

    return BucketCarrier(target, name)


def _where(target: Target) -> str:
    if isinstance(target, ToFolder):
        return str(target.path)
    if isinstance(target, ToMail):
        return _recipients(target)
    if isinstance(target, ToWebhook):
        return _address(target.url)
    return _bucket(target)


def _recipients(target: ToMail) -> str:
    """All of them where they are few; blind copies stand in a hash only, so that the ledger shows no list of them."""
    to = [bare(words) for words in target.to]
    shown = to if len(",".join(to)) <= LONGEST else to[:1]
    more = len(to) + len(target.bcc) - len(shown)
    return ",".join(shown) + (f"+{more}#{envelope(target)}" if more else "")


def envelope(target: ToMail) -> str:
    """A hash of all who get a mail: the same however their names are written."""
    return _hash(*(bare(to) for to in target.to), "", *(bare(to) for to in target.bcc))


def bare(words: str) -> str:
    """``desk@example.org`` of ``Desk <desk@example.org>``."""
    return parseaddr(words)[1] or words


def _address(url: str | Secret) -> str:
    """A path or query may be a password by itself: the host is shown, the rest is told apart by a hash."""
    if isinstance(url, Secret):
        return str(url)
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}#{_hash(url)}"


def _bucket(target: ToBucket) -> str:
    host = urlsplit(target.endpoint).hostname if target.endpoint else None
    return f"{target.url.rstrip('/')}@{host}" if host else target.url.rstrip("/")


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
