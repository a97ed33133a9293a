"""Mails in, a Maildir out: the tests' SMTP server in a process of its own, whose mood stands in a file.

``python -m tests.faults.moody_sink --maildir DIR [--port N]`` prints its port once it listens. The file DIR.mood holds
``accept`` (as when there is none), a deed of ``tests.smtp_sink`` (``defer``, ``refuse``, ``drop_early``, ``drop_late``,
``lose_late``, ``slow``), ``late`` (the mail is kept half a second after its answer), or ``no such box`` (RCPT refused).
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from aiosmtpd.smtp import Envelope

from tests import smtp_sink
from tests.faults.receiver import until_orphaned

LATE = 0.5  # seconds


class _Deeds(deque[smtp_sink.Deed]):
    """What the file says, for every mail."""

    def __init__(self, mood: Path) -> None:
        super().__init__(["accept"])
        self.mood = mood

    def popleft(self) -> smtp_sink.Deed:
        said = _said(self.mood)
        known: Sequence[smtp_sink.Deed] = ("defer", "refuse", "drop_early", "drop_late", "lose_late", "slow")
        return next((d for d in known if d == said), "accept")


class _Boxes(dict[str, str]):
    """Every address, refused while the file says so."""

    def __init__(self, mood: Path) -> None:
        super().__init__()
        self.mood = mood

    def __contains__(self, address: object) -> bool:
        return _said(self.mood) == "no such box"

    def __getitem__(self, address: str) -> str:
        return "550 5.1.1 no such box"


class _Sink(smtp_sink.Sink):
    def keep(self, envelope: Envelope) -> None:
        if self.maildir is not None and _said(self.maildir.with_suffix(".mood")) == "late":
            threading.Timer(LATE, super().keep, [envelope]).start()
        else:
            super().keep(envelope)


def _said(mood: Path) -> str:
    try:
        return mood.read_text().strip()
    except FileNotFoundError:
        return "accept"


def main() -> None:
    """Serve until the process that started this one is gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--maildir", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    smtp_sink.Sink = _Sink  # type: ignore[misc]
    with smtp_sink.smtp_sink("none", port=options.port, maildir=options.maildir) as sink:
        mood = options.maildir.with_suffix(".mood")
        sink.deeds, sink.refused = _Deeds(mood), _Boxes(mood)
        sys.stdout.write(f"{sink.port}\n")
        sys.stdout.flush()
        until_orphaned()


if __name__ == "__main__":
    main()
