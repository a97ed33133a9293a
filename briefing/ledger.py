"""The types that store, schedule and delivery share: slots, runs, issues, parcels. Frozen, times in UTC with zone.

A *slot* is one planned time of one profile. A *run* is one try of a slot. An *issue* is the brief that a slot gave,
with its files. A *parcel* is one issue on its way to one target.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from briefing.records import Article, Problem, Record

# planned → running → built (issue kept, parcels on their way) → done; running → waiting (to be tried again) → failed.
# missed: never started, its policy says so. coalesced: a later slot (``into``) tells what it would have told.
SlotState = Literal["planned", "running", "waiting", "built", "done", "failed", "missed", "coalesced"]
OPEN: tuple[SlotState, ...] = ("planned", "running", "waiting", "built")
CLOSED: tuple[SlotState, ...] = ("done", "failed", "missed", "coalesced")

# committing: the point from which it can no longer be taken back; after a crash there it is in doubt.
ParcelState = Literal["pending", "sending", "committing", "sent", "failed", "doubtful"]
ParcelKind = Literal["brief", "notice"]


class Slot(Record):
    """One planned time of a profile; ``at`` is its name together with the profile's."""

    profile: str
    at: AwareDatetime
    local: str  # the wall clock's, with offset: 2026-03-13T05:00+01:00
    state: SlotState = "planned"
    manual: bool = False  # called by hand, not by the calendar
    attempts: int = 0
    next_try: AwareDatetime | None = None
    into: AwareDatetime | None = None
    note: str = ""


class Run(Record):
    """One try of a slot."""

    id: int
    profile: str
    slot: AwareDatetime
    attempt: int
    started: AwareDatetime
    ended: AwareDatetime | None = None
    outcome: Literal["running", "done", "waiting", "failed", "cut off"] = "running"
    message: str = ""
    articles: int = 0
    new: int = 0
    extracted: int = 0


class Intake(Record):
    """What the sources gave for one slot, in order: fixed once kept, so that every try of the slot sees the same."""

    articles: tuple[str, ...]  # ids in the store
    new: tuple[str, ...]  # those that no earlier issue of the profile had
    problems: tuple[Problem, ...] = ()


class Kept(Record):
    """An article as the store has it."""

    article: Article  # its ``id`` is the store's
    sha256: str  # of what it says: text, headline, date, authors, outlet, address
    first_seen: AwareDatetime
    replaced_by: str | None = None  # id of a newer version of the same page or file


class Issue(Record):
    """One brief of a profile. ``brief`` is brief.json."""

    id: int
    profile: str
    number: int  # counted from 1 in each profile
    slot: AwareDatetime
    local: str
    title: str
    as_of: str | None
    made: AwareDatetime  # the slot's time for a planned one: never shown in the brief
    quiet: bool = False
    changes: int = 0
    new_articles: int = 0
    articles: int = 0
    withdrawn: bool = False  # an article it rested on was deleted: its content went with it


class File(Record):
    """One file of an issue, as it was built."""

    format: str
    name: str
    sha256: str
    data: bytes = Field(repr=False)


class Parcel(Record):
    """One issue or notice on its way to one target. ``key`` names the target and never changes with its secrets."""

    id: int
    profile: str
    slot: AwareDatetime
    issue: int | None
    kind: ParcelKind
    key: str
    state: ParcelState = "pending"
    attempts: int = 0
    next_try: AwareDatetime | None = None
    sent: AwareDatetime | None = None
    detail: str = ""


class Letter(Record):
    """What a mail or webhook says of an issue."""

    subject: str
    text: str
    html: str


class Goods(Record):
    """All that a target may need to send one parcel: the same on every try, byte for byte."""

    profile: str
    kind: ParcelKind
    slot: AwareDatetime
    local: str
    folder: str  # name of the issue's folder: 2026-03-13T0500
    ident: str  # of issue or notice, for ever the same: Message-ID and webhook-id are made of it
    title: str
    as_of: str | None
    number: int | None
    letter: Letter
    files: tuple[File, ...] = ()
    issues: tuple[Issue, ...] = ()  # newest first, for the feed
