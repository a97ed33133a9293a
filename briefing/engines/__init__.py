"""Profiles in, the unit or job files of other schedulers out: one file an engine, one line of the table each.

Every engine calls the same command and tries again on its exit code 75. No secret is ever written into a file: only
where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.config import Config
from briefing.engines import airflow, cron, dagster, kubernetes, prefect, systemd
from briefing.engines.job import Order, Place, order
from briefing.errors import UsageError

__all__ = ["ENGINES", "SECRETS", "export"]

ENGINES: dict[str, Callable[[Order], dict[str, str]]] = {
    "systemd": systemd.files,
    "cron": cron.files,
    "kubernetes": kubernetes.files,
    "airflow": airflow.files,
    "dagster": dagster.files,
    "prefect": prefect.files,
}
SECRETS = Path("/etc/briefing/secrets.env")


def export(
    engine: str,
    config: Config,
    *,
    config_path: Path,
    command: Sequence[str],
    user: str = "briefing",
    image: str = "briefing:latest",
    secrets: Path = SECRETS,
    profiles: Sequence[str] | None = None,
) -> dict[str, str]:
    """File name → text. ``command`` is how briefing is called, its words; with ``profiles``, a job for each of them.

    Raises UsageError, ConfigError.
    """
    if engine not in ENGINES:
        raise UsageError(f"engine {engine}", "is not known", allowed=", ".join(ENGINES))
    for path in (config_path, secrets, Path(*command[:1])):
        if not path.is_absolute():
            raise UsageError(str(path), "is a relative path", hint="give the whole path: schedulers start elsewhere")
    place = Place(config_path, tuple(command), user, image, secrets)
    return ENGINES[engine](order(config, place, profiles))
