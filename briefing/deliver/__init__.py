"""Goods in, sent or not: one file a kind of target, one line of the table each. Never twice, never lost in silence.

The order of a try: ``move(sending)`` → connect and hand over → ``commit()`` just before the byte after which the other
side may act → ``sent``. A crash before ``commit`` is tried again; one after it is in doubt, and ``arrived`` settles it
where the other side can be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from briefing.ledger import Goods
from briefing.profiles import Target

Commit = Callable[[], None]

__all__ = ["Carrier", "Commit", "carrier", "key"]


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
    raise NotImplementedError(target)


def carrier(target: Target) -> Carrier:
    """The carrier of a target."""
    raise NotImplementedError(target)
