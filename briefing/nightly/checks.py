"""Settings in; of each profile what a night would stumble over: missing folders, secrets that are not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from briefing.config import Config
from briefing.errors import BriefingError, ConfigError
from briefing.profiles import Profile, ToFolder, ToMail
from briefing.secret import Secret


def profile_faults(profile: Profile) -> Iterator[BriefingError]:
    """Each thing that is not there tonight; nothing is fetched and nothing sent."""
    for place in (*profile.sources.folders, *profile.sources.mailboxes):
        if not os.path.exists(place):  # noqa: PTH110 - Path.exists raises where a folder above may not be entered
            yield ConfigError(str(place), "does not exist", hint="make it, or mend the profile's sources")
        elif not os.access(place, os.R_OK | (os.X_OK if place.is_dir() else 0)):
            yield ConfigError(str(place), "cannot be read", hint="give the user that runs this the right to read it")
    for path in _folders(profile):
        there = next(p for p in (path, *path.parents) if os.path.exists(p))  # noqa: PTH110
        if not os.access(there, os.W_OK | os.X_OK):
            yield ConfigError(str(there), "cannot be written", hint="give the user that runs this the right to write")
    for target in profile.deliver:
        if isinstance(target, ToMail) and target.ca_file is not None and not os.path.isfile(target.ca_file):  # noqa: PTH113
            yield ConfigError(str(target.ca_file), "does not exist", hint="make it, or mend the mail's ca_file")
    for secret in secrets(profile):
        try:
            secret.reveal()
        except ConfigError as e:
            yield e


def shared_folders(config: Config, name: str) -> Iterator[BriefingError]:
    """Each folder of a profile that another one delivers to as well: it belongs to whoever is there first."""
    for path in _folders(config.profiles[name]):
        for other, profile in config.profiles.items():
            if other != name and path in _folders(profile):
                hint = "give each profile a folder of its own"
                yield ConfigError(str(path), f"is the folder of the profile {other!r}, too", hint=hint)


def _folders(profile: Profile) -> list[Path]:
    return [t.path.resolve() for t in profile.deliver if isinstance(t, ToFolder)]


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
