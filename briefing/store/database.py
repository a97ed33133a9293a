"""The store itself: each public call one transaction, each write of a run behind its fence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, func, select

from briefing.ledger import File, Intake, Issue, Kept, Parcel, ParcelKind, ParcelState, Run, Slot, SlotState
from briefing.profiles import StoreQuery, StoreSettings
from briefing.records import Article, Brief, Extraction, Problem, Told, ToldItem
from briefing.store import Fence, articles, engine, holding, intake, issues, migrate, parcels, removal, slots, told
from briefing.store.engine import Base
from briefing.store.tables import metadata

R = TypeVar("R")


def opened(settings: StoreSettings, *, create: bool) -> Database:
    """The database of the settings, its tables brought up to date."""
    base = engine.connected(settings, create=create)
    try:
        migrate.upgrade(base, create=create)
    except BaseException:
        base.engine.dispose()
        raise
    return Database(base)


class Database:
    """A Store on SQLAlchemy Core. What each call means stands at the Protocol."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def _read(self, work: Callable[[Connection], R]) -> R:
        with self._base.reading() as connection:
            return work(connection)

    def _write(self, work: Callable[[Connection], R]) -> R:
        return self._base.write(work)

    def close(self) -> None:
        self._base.engine.dispose()

    # --------------------------------------------------------------------------------------------- holding, slots, runs
    def hold(self, profile: str, *, wait: float = 0.0) -> AbstractContextManager[Fence]:
        return holding.held(self._base, profile, wait=wait)

    def enrol(self, profile: str, now: datetime) -> datetime:
        return self._write(lambda c: slots.enrol(c, profile, now))

    def slots(
        self, profile: str, *, states: Sequence[SlotState] = (), since: datetime | None = None, most: int | None = None
    ) -> list[Slot]:
        return self._read(lambda c: slots.found(c, profile, states, since, most))

    def slot(self, profile: str, at: datetime) -> Slot | None:
        return self._read(lambda c: slots.one(c, profile, at))

    def last_slot(self, profile: str, before: datetime) -> datetime | None:
        return self._read(lambda c: slots.last(c, profile, before))

    def record(self, new: Sequence[Slot]) -> int:
        return self._write(lambda c: slots.record(c, new)) if new else 0

    def forget_after(self, profile: str, now: datetime, *, then: Sequence[Slot] = ()) -> int:
        return self._write(lambda c: slots.forget_after(c, profile, now, then))

    def mark(
        self, profile: str, at: Sequence[datetime], state: SlotState, *, into: datetime | None = None, note: str = ""
    ) -> None:
        if at:
            self._write(lambda c: slots.mark(c, profile, at, state, into, note))

    def begin(self, fence: Fence, slot: Slot, now: datetime) -> Run:
        return self._write(lambda c: slots.begin(c, fence, slot, now))

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
        def work(c: Connection) -> None:
            slots.end(c, fence, run, now, slot, outcome, message, next_try)
            parcels.put_for(c, run.profile, run.slot, "notice", notices)

        self._write(work)

    def runs(self, profile: str | None = None, *, most: int = 50) -> list[Run]:
        return self._read(lambda c: slots.history(c, profile, most))

    # ------------------------------------------------------------------------------------------ articles, extractions
    def inputs(self, keys: Sequence[str]) -> dict[str, tuple[tuple[str, ...], tuple[Problem, ...]]]:
        return self._read(lambda c: intake.known(c, keys))

    def take_in(
        self,
        fence: Fence,
        slot: Slot,
        now: datetime,
        *,
        articles: Sequence[Article | str],
        inputs: Mapping[str, tuple[Sequence[int], Sequence[Problem]]],
        problems: Sequence[Problem],
        same: Callable[[Article, Article], bool] | None = None,
    ) -> Intake:
        return self._write(lambda c: intake.take_in(c, fence, slot, now, articles, inputs, problems, same))

    def intake(self, slot: Slot) -> Intake | None:
        return self._read(lambda c: intake.of(c, slot))

    def query(self, wanted: StoreQuery, now: datetime) -> list[str]:
        return self._read(lambda c: articles.query(c, wanted, now))

    def articles(self, ids: Sequence[str]) -> list[Kept]:
        return self._read(lambda c: articles.by_id(c, ids))

    def recent(self, profile: str, *, since: datetime) -> list[Kept]:
        return self._read(lambda c: articles.recent(c, profile, since))

    def extractions(self, ids: Sequence[str], version: str) -> dict[str, Extraction]:
        return self._read(lambda c: articles.extracted(c, ids, version))

    def keep_extractions(self, fence: Fence, found: Sequence[Extraction], version: str) -> None:
        self._write(lambda c: articles.keep_extractions(c, fence, found, version))

    # ------------------------------------------------------------------------------------------------ issues, parcels
    def told(self, profile: str, *, articles: Sequence[str]) -> Told:
        return self._read(lambda c: told.told(c, profile, articles))

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
        return self._write(lambda c: issues.keep(c, fence, run, slot, brief, files, items, intake, targets, now))

    def issues(self, profile: str, *, most: int = 50) -> list[Issue]:
        return self._read(lambda c: issues.newest(c, profile, most))

    def issue_of(self, slot: Slot) -> Issue | None:
        return self._read(lambda c: issues.of(c, slot))

    def files(self, issue: int) -> list[File]:
        return self._read(lambda c: issues.files_of(c, issue))

    def brief(self, issue: int) -> Brief:
        return self._read(lambda c: issues.brief_of(c, issue))

    def post(self, fence: Fence, slot: Slot, kind: ParcelKind, targets: Sequence[str], now: datetime) -> None:  # noqa: ARG002
        self._write(lambda c: parcels.post(c, fence, slot, kind, targets))

    def parcels(self, profile: str, *, slot: Slot | None = None, states: Sequence[ParcelState] = ()) -> list[Parcel]:
        return self._read(lambda c: parcels.found(c, profile, slot, states))

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
        return self._write(lambda c: parcels.move(c, fence, parcel, state, now, detail, next_try))

    # ----------------------------------------------------------------------------------------------------------- care
    def counts(self) -> dict[str, int]:
        return self._read(
            lambda c: {
                t.name: int(c.execute(select(func.count()).select_from(t)).scalar_one())
                for t in sorted(metadata.tables.values(), key=lambda t: t.name)
            }
        )

    def verify(self) -> Iterator[str]:
        from briefing.store import verify

        return verify.wrong(self._base)

    def export(self, folder: Path) -> list[Path]:
        from briefing.store import export

        return self._read(lambda c: export.export(c, folder))

    def prune(self, before: datetime) -> dict[str, int]:
        counted = self._write(lambda c: removal.before(c, before))
        engine.checkpoint(self._base)
        return counted

    def delete(self, article: str) -> dict[str, int]:
        counted = self._write(lambda c: removal.article(c, article))
        engine.checkpoint(self._base)
        return counted
