"""How a run ended in, one GET out, so that a watcher elsewhere sees when none comes. A fault here fails no run."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import urlsplit

from briefing.deliver import wire
from briefing.deliver.faults import guarded
from briefing.errors import DeliveryError
from briefing.profiles import Heartbeat

NAME = "heartbeat"


def beat(heartbeat: Heartbeat, *, good: bool) -> None:
    """Ask the address, with ``/fail`` behind its path after a failed run. Raises DeliveryError, ConfigError: say it."""
    secrets: list[str] = []
    at = wire.host_of(heartbeat.url) if isinstance(heartbeat.url, str) else ""
    guarded(NAME, secrets, lambda: _ask(heartbeat, good, secrets), at=at)


def _ask(heartbeat: Heartbeat, good: bool, secrets: list[str]) -> None:
    url = wire.revealed(heartbeat.url, secrets)
    parts = urlsplit(url)
    if not good:
        url = parts._replace(path=parts.path.rstrip("/") + "/fail").geturl()
    with (
        closing(wire.connected(NAME, url, heartbeat.seconds)) as connection,
        wire.deadline(connection.sock, heartbeat.seconds * wire.TOTAL),
    ):
        connection.request("GET", wire.target_of(url), headers={"user-agent": wire.AGENT})
        with connection.getresponse() as response:
            if not 200 <= response.status < 300:
                raise DeliveryError(NAME, f"answered {response.status}", hint="check its address")
