"""The settings of what runs by itself: store, profiles, their times and where their briefs go. Part of config.yaml."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from briefing.secret import NO_ECHO, Secret

CatchUp = Literal["skip", "latest", "all"]
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Settings(BaseModel):
    """Base of every settings model: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --------------------------------------------------------------------------------------------------------------- store
class StoreSettings(Settings):
    """Where articles, extractions, issues and runs are kept."""

    url: str = Field(
        "sqlite:///briefing.db",
        description="sqlite:///PATH (relative to config.yaml) or postgresql://USER@HOST/DATABASE, without a password.",
    )
    password: Secret | None = Field(None, description="Of the database: {env: NAME} or {file: PATH}.")
    keep_days: int | None = Field(None, gt=0, description="Age in days that `briefing store prune` keeps.")

    @field_validator("url")
    @classmethod
    def _known_and_open(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("give sqlite:///PATH or postgresql://USER@HOST/DATABASE")
        if url.startswith("postgresql://") and urlsplit(url).password is not None:
            raise PydanticCustomError(
                NO_ECHO, "a password never stands in the settings; use store.password: {env: NAME}"
            )
        return url


# ------------------------------------------------------------------------------------------------------------- sources
class StoreQuery(Settings):
    """Articles that the store has already, whichever profile brought them."""

    days: int = Field(3, gt=0, description="How old an article may be on the night of the run.")
    publishers: tuple[str, ...] = Field((), description="Only of these outlets; without any, of all.")
    words: tuple[str, ...] = Field((), description="Only with at least one of these words or phrases.")


class Sources(Settings):
    """What a profile reads. At least one of them."""

    folders: tuple[Path, ...] = Field((), description="Folders with articles in any format, archives too.")
    feeds: tuple[str, ...] = Field((), description="Addresses of feeds, sitemaps or pages.")
    mailboxes: tuple[Path, ...] = Field((), description="Mail on disk: Maildir folders, mbox files, folders of .eml.")
    store: StoreQuery | None = Field(None, description="A query over the store.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.folders or self.feeds or self.mailboxes or self.store):
            raise ValueError("name at least one of folders, feeds, mailboxes or store")
        return self


class Topic(Settings):
    """Which articles of the sources belong: words and phrases, whole, in any case, in headline or text."""

    any: tuple[str, ...] = Field((), description="At least one of these; without any, every article.")
    all: tuple[str, ...] = Field((), description="Each of these.")
    none: tuple[str, ...] = Field((), description="None of these.")


# ---------------------------------------------------------------------------------------------------------------- when
class When(Settings):
    """When a profile is due: a local time, or a cron expression, in a zone."""

    at: str | None = Field(None, description='Local time, such as "05:00"; every day unless days says otherwise.')
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(
        (), description="Days of the week; without any, every day."
    )
    cron: str | None = Field(None, description='In place of at and days: five fields, such as "0 5,17 * * mon-fri".')
    zone: str = Field("UTC", description="Zone of the IANA database, such as Europe/Paris.")
    catch_up: CatchUp = Field("latest", description="Missed slots: skip them, run the latest, or run all in order.")
    grace: timedelta = Field(timedelta(hours=1), description="How late a slot may start and not count as missed.")
    most: int = Field(31, ge=1, le=366, description="Most missed slots that are run after an outage.")
    attempts: int = Field(4, ge=1, le=20, description="How often a slot is tried before it has failed.")
    backoff: timedelta = Field(
        timedelta(minutes=1), description="Wait before the second try; doubled for each further."
    )

    @field_validator("zone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, OSError) as e:  # ZoneInfoNotFoundError is a KeyError: said below
            raise ValueError("no zone of the IANA database; write it like Europe/Paris") from e
        except KeyError as e:
            raise ValueError("no zone of the IANA database; write it like Europe/Paris") from e
        return zone

    @field_validator("at")
    @classmethod
    def _at(cls, at: str | None) -> str | None:
        if at is not None and not _TIME.fullmatch(at):
            raise ValueError('write a time of day from "00:00" to "23:59", in quotation marks')
        return at

    @field_validator("cron")
    @classmethod
    def _cron(cls, cron: str | None) -> str | None:
        from cronsim import CronSim, CronSimError

        if cron is not None:
            from datetime import UTC, datetime

            try:
                CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC))
            except CronSimError as e:
                raise ValueError(f"no cron expression ({e}); five fields: minute hour day month weekday") from e
        return cron

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.at is None) == (self.cron is None):
            raise ValueError("write either at or cron")
        if self.cron and self.days:
            raise ValueError("days goes with at; the cron expression has its own")
        return self


# ------------------------------------------------------------------------------------------------------------ delivery
def _without_password(url: str | Secret) -> str | Secret:
    """An address with no password in it: that belongs in a Secret."""
    if isinstance(url, str) and urlsplit(url).password is not None:
        raise PydanticCustomError(NO_ECHO, "a password never stands in the settings; write the address as {env: NAME}")
    return url


Address = Annotated[str | Secret, AfterValidator(_without_password)]


class ToFolder(Settings):
    """A folder with one sub-folder an issue, and ``latest`` that leads to the newest."""

    kind: Literal["folder"]
    path: Path
    feed: bool = Field(True, description="Whether feed.xml lists the issues.")
    base_url: str | None = Field(None, description="Address at which the folder is served, for the links in feed.xml.")
    keep: int | None = Field(None, gt=0, description="How many issues stay; without it, all.")


class Archive(Settings):
    """Where a copy of each mail arrives: asked by Message-ID after a crash, so that a mail goes out just once."""

    maildir: Path | None = None
    imap: str | None = Field(None, description="imaps://USER@HOST/FOLDER")
    password: Secret | None = None
    settle: timedelta = Field(
        timedelta(minutes=2), description="How long a copy may take to arrive; only then is a missing one missing."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.maildir is None) == (self.imap is None):
            raise ValueError("write either maildir or imap")
        return self


class ToMail(Settings):
    """A mail with the PDF attached and the gist as text and HTML."""

    kind: Literal["mail"]
    host: str
    port: int = Field(587, ge=1, le=65535)
    tls: Literal["starttls", "implicit", "none"] = Field("starttls", description="none only for a host of one's own.")
    ca_file: Path | None = Field(None, description="Certificates that are trusted beside the system's.")
    user: str | None = None
    password: Secret | None = None
    sender: str
    to: Annotated[tuple[str, ...], Field(min_length=1)]
    bcc: tuple[str, ...] = ()
    archive: Archive | None = None
    in_doubt: Literal["hold", "resend"] = Field(
        "hold", description="A crash after the last byte and before the server's answer: never twice, or never lost."
    )
    seconds: float = Field(30.0, gt=0)


class ToWebhook(Settings):
    """A signed POST (standardwebhooks.com): brief.json, or a link."""

    kind: Literal["webhook"]
    url: Address
    secret: Secret = Field(description="Key of the signature.")
    body: Literal["summary", "brief"] = Field("summary", description="What is sent: the gist, or brief.json whole.")
    in_doubt: Literal["hold", "resend"] = Field("resend", description="Receivers drop a webhook-id that they know.")
    seconds: float = Field(30.0, gt=0)


class ToBucket(Settings):
    """S3-compatible storage, or whatever else fsspec reaches."""

    kind: Literal["bucket"]
    url: str = Field(description="s3://BUCKET/PREFIX")
    endpoint: str | None = Field(None, description="Address of a server that is not Amazon's.")
    key: Secret | None = None
    secret: Secret | None = None
    feed: bool = True
    base_url: str | None = None
    seconds: float = Field(60.0, gt=0)


Target = Annotated[ToFolder | ToMail | ToWebhook | ToBucket, Field(discriminator="kind")]


class Heartbeat(Settings):
    """An address that is asked when a run has ended well; with ``/fail`` behind it when it has not."""

    url: Address
    seconds: float = Field(10.0, gt=0)


# ------------------------------------------------------------------------------------------------------------- profile
class Profile(Settings):
    """One brief that is made again and again."""

    sources: Sources
    topic: Topic = Topic()
    watchlist: tuple[str, ...] = Field(
        (), description="Names that lead the changes; an article with one is in the topic."
    )
    days_back: int = Field(30, gt=0, description="How old a dated article may be to be new, and a story to go on.")
    when: When | None = Field(None, description="Without it, the profile runs only when it is called.")
    title: str | None = None
    marking: str | None = None
    template: str | None = None
    theme: str | None = None
    formats: tuple[Literal["pdf", "html", "json", "md", "docx", "csv", "stix"], ...] | None = None
    deliver: tuple[Target, ...] = Field((), description="Without any: the folder out/PROFILE.")
    attempts: int = Field(6, ge=1, le=20, description="How often a delivery is tried.")
    backoff: timedelta = Field(
        timedelta(minutes=1), description="Wait before its second try; doubled for each further."
    )
    heartbeat: Heartbeat | None = None
    notify: bool = Field(True, description="Whether a failed run is told where the brief would have gone.")


def named(name: str) -> str:
    """A profile's name: lower-case letters, digits and hyphens, since files and units bear it."""
    if not _NAME.fullmatch(name):
        raise ValueError("a profile's name has lower-case letters, digits and hyphens, at most 48")
    return name
