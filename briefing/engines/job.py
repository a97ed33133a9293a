"""Settings and facts about a machine in; what every engine has to know out: jobs, times, secrets, paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from briefing.config import Config
from briefing.errors import ConfigError, UsageError
from briefing.profiles import Archive, Profile, ToFolder, When
from briefing.secret import Secret

TRY_AGAIN = 75  # EX_TEMPFAIL: what may work later
FOR_GOOD = (1, 2, 3, 126, 127, 130)  # failed, wrong settings, inputs failed; not to be executed, not found; interrupted
STOP_SECONDS = 120  # how long a run that is asked to stop may take to end well
LONGEST_SECONDS = 4 * 3600  # a run that takes longer hangs
MOST_DELAY = 1800

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_STEP = r"(?:\*|(?:\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?)(?:/\d+)?"
_FIELD = re.compile(f"{_STEP}(?:,{_STEP})*")


@dataclass(frozen=True)
class Place:
    """Where the jobs will run. Paths are absolute."""

    config: Path
    command: tuple[str, ...]  # of briefing: its path, or Python's with -m briefing
    user: str
    image: str
    secrets: Path  # file with the environment variables that hold secrets, NAME=VALUE a line

    @property
    def folder(self) -> Path:
        """What relative paths in the settings start from, and where the command runs."""
        return self.config.parent


@dataclass(frozen=True)
class Job:
    """One profile with a time."""

    name: str
    profile: Profile
    when: When

    @property
    def cron(self) -> str:
        """Its time as a cron expression in its zone."""
        if self.when.at is None:
            return self.when.cron or ""
        hour, minute = self.when.at.split(":")
        return f"{int(minute)} {int(hour)} * * {','.join(self.when.days) or '*'}"

    @property
    def at(self) -> str | None:
        """Time of day, where an engine that starts each night, and the latest missed one, names it by its date.

        None where it asks what is due: a date has several slots, or missed ones are skipped or all run.
        """
        minute, hour = self.cron.split()[:2]
        if not (minute.isdecimal() and hour.isdecimal()) or self.when.catch_up != "latest":
            return None
        return f"{int(hour):02}:{int(minute):02}"

    @property
    def retries(self) -> int:
        """Enough for every try that the ledger allows: it is the ledger that says when a slot has failed."""
        return self.when.attempts + self.profile.attempts

    @property
    def delay(self) -> float:
        """Seconds before the second try."""
        return min(self.when.backoff.total_seconds(), MOST_DELAY)


@dataclass(frozen=True)
class Order:
    """What is to be written."""

    config: Config
    place: Place
    jobs: tuple[Job, ...]
    each: bool  # a unit for each job, rather than one for all that is due

    @property
    def calls(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Name of a unit and its arguments up to the path of the settings, for engines that only ring the bell."""
        if self.each:
            return tuple((f"briefing-{job.name}", ("run", job.name, "--due", "--config")) for job in self.jobs)
        return (("briefing", ("run", "--due", "--config")),)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Where the secrets of store and jobs stand, each once, in order."""
        found = {str(s): s for part in self._parts() for s in _secrets(part)}
        return tuple(found[name] for name in sorted(found))

    @property
    def variables(self) -> tuple[str, ...]:
        """Environment variables that have to be set."""
        return tuple(s.env for s in self.secrets if s.env is not None)

    @property
    def writes(self) -> tuple[Path, ...]:
        """Folders that a run writes to, without those inside of others."""
        found = {self.place.folder, *self._stores(), *self._caches()}
        found |= {p for job in self.jobs for target in job.profile.deliver for p in _written(target)}
        whole = sorted({self.place.folder / p for p in found})
        return tuple(p for p in whole if not any(q != p and p.is_relative_to(q) for q in whole))

    @property
    def reads(self) -> tuple[Path, ...]:
        """Folders outside of the settings' own that a run reads."""
        found = {
            self.place.folder / p
            for job in self.jobs
            for p in (*job.profile.sources.folders, *job.profile.sources.mailboxes)
        }
        return tuple(sorted(p for p in found if not p.is_relative_to(self.place.folder)))

    def _parts(self) -> tuple[BaseModel, ...]:
        return (self.config.store, *(job.profile for job in self.jobs))

    def _stores(self) -> tuple[Path, ...]:
        url = self.config.store.url
        return (Path(url.removeprefix("sqlite:///")).parent,) if url.startswith("sqlite:///") else ()

    def _caches(self) -> tuple[Path, ...]:
        return (self.config.ingest.cache,) if self.config.ingest.cache else ()


def order(config: Config, place: Place, profiles: Sequence[str] | None) -> Order:
    """The jobs that were asked for; all with a time where none is named. Raises UsageError, ConfigError."""
    timed = {name: p for name, p in sorted(config.profiles.items()) if p.when is not None}
    for name in profiles or ():
        if name not in timed:
            known = "has no when" if name in config.profiles else "is not there"
            raise UsageError(f"profile {name}", known, allowed=", ".join(timed) or "none has a time")
    if not timed:
        raise ConfigError(f"{place.config}, profiles", "none has a time", hint="give one: when: {at: '05:00'}")
    names = tuple(timed) if profiles is None else tuple(dict.fromkeys(profiles))
    jobs = tuple(Job(name, timed[name], when) for name in names if (when := timed[name].when) is not None)
    made = Order(config, place, jobs, each=profiles is not None)
    _refuse_lines(made)
    return made


def plain_cron(job: Job, engine: str) -> str:
    """The cron expression, where other schedulers are sure to read it as the ledger does. Raises UsageError."""
    fields = job.cron.lower().split()
    days_twice = len(fields) == 5 and fields[2] != "*" and fields[4] != "*"
    if len(fields) != 5 or days_twice or not all(_FIELD.fullmatch(f) for f in fields):
        raise UsageError(
            f"profiles.{job.name}.when.cron",
            f"{engine} may read {job.cron!r} in another way",
            allowed="numbers, names, * , - / in five fields, and not day and weekday both",
            hint="export it for systemd, cron or kubernetes, where briefing keeps the calendar",
        )
    return " ".join(fields)


def _refuse_lines(made: Order) -> None:
    """No value may hold a line end or another control character: it could add a line of its own to a file."""
    place = made.place
    values = [str(place.config), *place.command, place.user, place.image, str(place.secrets)]
    values += [str(v) for v in (*made.writes, *made.reads, *(s.env or s.file for s in made.secrets))]
    for value in values:
        if _CONTROL.search(value):
            raise UsageError(repr(value), "has a line end or another control character", hint="use another path")


def _secrets(model: Any) -> Iterator[Secret]:
    if isinstance(model, Secret):
        yield model
    elif isinstance(model, BaseModel):
        for _, value in model:
            yield from _secrets(value)
    elif isinstance(model, tuple):
        for value in model:
            yield from _secrets(value)


def _written(target: Any) -> Iterator[Path]:
    if isinstance(target, ToFolder):
        yield target.path
    archive = getattr(target, "archive", None)
    if isinstance(archive, Archive) and archive.maildir is not None:
        yield archive.maildir
