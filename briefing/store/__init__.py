"""Articles, extractions, slots, runs, issues and parcels in; the same out, whole after any crash.

The only room that opens the database: SQLite (WAL, each write begun with BEGIN IMMEDIATE) or PostgreSQL, by URL. Each
public call is one transaction: it has happened or it has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from briefing.ledger import File, Intake, Issue, Kept, Parcel, ParcelKind, ParcelState, Run, Slot, SlotState
from briefing.profiles import StoreQuery, StoreSettings
from briefing.records import Article, Brief, Extraction, Problem, Told, ToldItem

__all__ = ["Fence", "Store", "open_store"]


class Fence(Protocol):
    """Proof that this process is the one at work on a profile; every write of a run is made behind it."""

    profile: str
    token: int


class Store(Protocol):
    """What the nightly run needs of the database. Every method raises StoreError where the database fails."""

    # --------------------------------------------------------------------------------------------------------- holding
    def hold(self, profile: str, *, wait: float = 0.0) -> AbstractContextManager[Fence]:
        """Only one holder of a profile at a time, on all machines; freed at once when its process dies. BusyError."""
        ...

    # ------------------------------------------------------------------------------------------------------------ slots
    def enrol(self, profile: str, now: datetime) -> datetime:
        """When the profile was first seen: slots are planned from there. Kept at the first call."""
        ...

    def slots(
        self, profile: str, *, states: Sequence[SlotState] = (), since: datetime | None = None, most: int | None = None
    ) -> list[Slot]:
        """Newest first."""
        ...

    def slot(self, profile: str, at: datetime) -> Slot | None: ...

    def last_slot(self, profile: str, before: datetime) -> datetime | None:
        """The latest calendar slot (not manual) at or before ``before``, of any state."""
        ...

    def record(self, slots: Sequence[Slot]) -> int:
        """Put new slots into the ledger; those that are there stay as they are. How many were new."""
        ...

    def forget_after(self, profile: str, now: datetime, *, then: Sequence[Slot] = ()) -> int:
        """Take out slots later than ``now`` that never ran (the clock had been ahead), and put others in. How many."""
        ...

    def mark(
        self, profile: str, at: Sequence[datetime], state: SlotState, *, into: datetime | None = None, note: str = ""
    ) -> None:
        """Set slots that are ``planned`` or ``waiting`` to a state; others stay."""
        ...

    # ------------------------------------------------------------------------------------------------------------- runs
    def begin(self, fence: Fence, slot: Slot, now: datetime) -> Run:
        """The slot is running, one try more; runs of it that still say ``running`` were cut off.

        A slot that is ``built`` stays so (its issue is kept, parcels are left). A slot unknown to the ledger is put in.
        """
        ...

    def end(
        self,
        fence: Fence,
        run: Run,
        now: datetime,
        *,
        slot: SlotState,
        outcome: str,
        message: str = "",
        next_try: datetime | None = None,
        notices: Sequence[str] = (),
    ) -> None:
        """What became of the try, and of its slot; with a pending notice to each of these targets."""
        ...

    def runs(self, profile: str | None = None, *, most: int = 50) -> list[Run]:
        """Newest first."""
        ...

    # ------------------------------------------------------------------------------------------------- what was read
    def inputs(self, keys: Sequence[str]) -> dict[str, tuple[tuple[str, ...], tuple[Problem, ...]]]:
        """Key of an input's bytes → ids of its articles, and what was wrong with it; unknown keys are left out."""
        ...

    def take_in(
        self,
        fence: Fence,
        slot: Slot,
        now: datetime,
        *,
        articles: Sequence[Article | str],
        inputs: Mapping[str, tuple[Sequence[int], Sequence[Problem]]],
        problems: Sequence[Problem],
        same: Callable[[Article, Article], bool],
    ) -> Intake:
        """Keep what the sources gave for a slot, in one transaction; a slot that has an intake gives that one.

        ``articles`` are new ones as read, or ids of stored ones, in the order of the sources. One that the store has
        (same content hash) keeps its id; a new one gets its own id, made different where the store has it for another
        text. One with the address of a stored one and another text replaces it where ``same`` (old, new) says that
        both are versions of one; for one without an address the path of its file stands in, where that holds one
        article then and now. A part never replaces the whole, and nothing in this intake is replaced. ``inputs``
        maps the key of an input's bytes to places in ``articles`` and to problems, for later nights. The intake's
        ``new`` are those that no issue of the profile has had.
        """
        ...

    def intake(self, slot: Slot) -> Intake | None: ...

    def query(self, wanted: StoreQuery, now: datetime) -> list[str]:
        """Ids of stored articles that a query means, oldest first; replaced versions are left out."""
        ...

    def articles(self, ids: Sequence[str]) -> list[Kept]:
        """In the order asked for. StoreError names an id that is not there."""
        ...

    def recent(self, profile: str, *, since: datetime) -> list[Kept]:
        """Articles of earlier issues of the profile, published (or first seen) since then, no replaced versions."""
        ...

    # ------------------------------------------------------------------------------------------------------ extractions
    def extractions(self, ids: Sequence[str], version: str) -> dict[str, Extraction]:
        """Article id → its extraction by this version of model and code, where there is one."""
        ...

    def keep_extractions(self, fence: Fence, found: Sequence[Extraction], version: str) -> None: ...

    # ----------------------------------------------------------------------------------------------------------- issues
    def told(self, profile: str, *, articles: Sequence[str]) -> Told:
        """What earlier issues told of the stories that these articles are in, each item as it was told last."""
        ...

    def keep_issue(
        self,
        fence: Fence,
        run: Run,
        slot: Slot,
        brief: Brief,
        *,
        files: Sequence[File],
        items: Sequence[ToldItem],
        intake: Intake,
        targets: Sequence[str],
        now: datetime,
    ) -> Issue:
        """Issue, files, items and one pending parcel a target, in one transaction; the slot is ``built``."""
        ...

    def issues(self, profile: str, *, most: int = 50) -> list[Issue]:
        """Newest first."""
        ...

    def issue_of(self, slot: Slot) -> Issue | None: ...

    def files(self, issue: int) -> list[File]: ...

    def brief(self, issue: int) -> Brief: ...

    # ---------------------------------------------------------------------------------------------------------- parcels
    def post(self, fence: Fence, slot: Slot, kind: ParcelKind, targets: Sequence[str], now: datetime) -> None:
        """A pending parcel a target for a notice; one that is there already stays."""
        ...

    def parcels(self, profile: str, *, slot: Slot | None = None, states: Sequence[ParcelState] = ()) -> list[Parcel]:
        """In the order in which they were posted."""
        ...

    def move(
        self,
        fence: Fence,
        parcel: Parcel,
        state: ParcelState,
        now: datetime,
        *,
        detail: str = "",
        next_try: datetime | None = None,
    ) -> Parcel:
        """The parcel in its new state, durably; ``sending`` counts a try."""
        ...

    # ------------------------------------------------------------------------------------------------------------- care
    def counts(self) -> dict[str, int]:
        """Rows of each table, for ``briefing store show``."""
        ...

    def verify(self) -> Iterator[str]:
        """What is wrong, a line each: the database's own check, hashes, evidence, orphans, states."""
        ...

    def export(self, folder: Path) -> list[Path]:
        """articles.jsonl, extractions.jsonl, issues/ and ledger.jsonl below ``folder``."""
        ...

    def prune(self, before: datetime) -> dict[str, int]:
        """Delete issues, runs, closed slots and articles older than that; articles that a kept issue rests on stay.

        Each profile's newest calendar slot and newest issue stay too: schedule and changes go on from them.
        """
        ...

    def delete(self, article: str) -> dict[str, int]:
        """Delete an article and all that rests on it: extractions, items, the content of issues that cite it.

        How many of each; all zero where the store does not have it.
        """
        ...

    def close(self) -> None: ...


def open_store(settings: StoreSettings, *, create: bool = True) -> Store:
    """The store, with its tables brought up to date. Raises StoreError, ConfigError."""
    from briefing.store.database import opened

    return opened(settings, create=create)
