"""Settings in; of each profile what a night would stumble over: missing folders, secrets that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from briefing.config import Config
from briefing.errors import BriefingError, ConfigError
from briefing.profiles import Profile
from briefing.secret import Secret


def profile_faults(profile: Profile) -> Iterator[BriefingError]:
    """Each thing that is not there tonight; nothing is fetched and nothing sent."""
    for place in (*profile.sources.folders, *profile.sources.mailboxes):
        if not place.exists():
            yield ConfigError(str(place), "does not exist", hint="make it, or mend the profile's sources")
    for secret in secrets(profile):
        try:
            secret.reveal()
        except ConfigError as e:
            yield e


def store_summary(config: Config) -> str:
    """One line on the store. Raises StoreError where it cannot be opened."""
    from briefing.store import open_store

    store = open_store(config.store)
    try:
        counts = store.counts()
    finally:
        store.close()
    return f"{config.store.url}: {counts.get('articles', 0)} articles, {counts.get('issues', 0)} issues"


def secrets(settings: Any) -> Iterator[Secret]:
    """Every reference to a secret in some settings."""
    if isinstance(settings, Secret):
        yield settings
    elif isinstance(settings, BaseModel):
        for _, value in settings:
            yield from secrets(value)
    elif isinstance(settings, tuple):
        for value in settings:
            yield from secrets(value)
