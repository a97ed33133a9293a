"""Goods, parcels and a ledger in memory that can be killed at any step, for the tests of this room."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from briefing.deliver import Carrier
from briefing.deliver.handing import hand_over
from briefing.ledger import File, Goods, Issue, Letter, Parcel, ParcelKind, ParcelState
from briefing.profiles import Profile, Sources, StoreQuery
from briefing.store import Fence, Store

NOW = datetime(2026, 3, 13, 4, 0, 30, tzinfo=UTC)
PROFILE = Profile(sources=Sources(store=StoreQuery()), attempts=3, backoff=timedelta(minutes=1))


class Killed(BaseException):
    """The process dies here."""


def file(name: str, data: bytes) -> File:
    return File(format=name.rsplit(".", 1)[-1], name=name, sha256=hashlib.sha256(data).hexdigest(), data=data)


def issue(day: int, *, hour: int = 4, title: str = "Talks in Marvia resume", profile: str = "straits") -> Issue:
    slot = datetime(2026, 3, day, hour, tzinfo=UTC)
    local = f"2026-03-{day:02}T{hour + 1:02}:00+01:00"
    return Issue(
        id=day, profile=profile, number=day - 9, slot=slot, local=local, title=title, as_of=f"2026-03-{day:02}",
        made=slot, changes=2, new_articles=5, articles=9,
    )  # fmt: skip


def goods(
    day: int = 13,
    *,
    kind: ParcelKind = "brief",
    files: Mapping[str, bytes] | None = None,
    subject: str = "Talks in Marvia resume",
    profile: str = "straits",
    known: Sequence[int] = (),
) -> Goods:
    """The issue of a day in March 2026, at 05:00 in Paris; ``known`` are days with an issue besides."""
    own = issue(day, profile=profile)
    have = {"brief.pdf": b"%PDF-1.7 " + str(day).encode() * 50, "brief.json": b'{"title": "Talks"}'}
    named = have if files is None else files
    return Goods(
        profile=profile,
        kind=kind,
        slot=own.slot,
        local=own.local,
        folder=f"2026-03-{day:02}T0500",
        ident=f"{profile}-202603{day:02}T040000Z-{kind}",
        title=own.title,
        as_of=own.as_of,
        number=own.number,
        letter=Letter(subject=subject, text="Talks resume.\n.\n..two dots\nEnd – ende\n", html="<p>Talks resume.</p>"),
        files=tuple(file(n, d) for n, d in named.items()) if kind == "brief" else (),
        issues=tuple(issue(d, profile=profile) for d in sorted({day, *known}, reverse=True)),
    )


class Ledger:
    """Keeps parcels; ``kill`` names a step ``(state, "before" | "after")`` at which the process dies."""

    def __init__(self, *parcels: Parcel) -> None:
        self.parcels = {p.id: p for p in parcels}
        self.journal: list[str] = []
        self.kill: tuple[str, str] | None = None

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
        self._die(state, "before")
        kept = self.parcels[parcel.id]
        changed = kept.model_copy(
            update={
                "state": state,
                "attempts": kept.attempts + (state == "sending"),
                "next_try": next_try,
                "detail": detail,
                "sent": now if state == "sent" else None,
            }
        )
        self.parcels[parcel.id] = changed
        self.journal.append(state)
        self._die(state, "after")
        return changed

    def _die(self, state: str, when: str) -> None:
        if self.kill == (state, when):
            self.kill = None
            raise Killed


class Desk:
    """A ledger with one parcel, a carrier, a clock that is set by hand."""

    def __init__(
        self, carrier: Carrier, item: Goods | None = None, *, state: ParcelState = "pending", profile: Profile = PROFILE
    ) -> None:
        self.goods = item or goods()
        parcel = Parcel(
            id=1, profile="straits", slot=self.goods.slot, issue=1, kind=self.goods.kind, key="k", state=state,
            attempts=0 if state == "pending" else 1,
        )  # fmt: skip
        self.ledger, self.carrier, self.now, self.profile = Ledger(parcel), carrier, NOW, profile

    @property
    def parcel(self) -> Parcel:
        return self.ledger.parcels[1]

    def hand(self, carriers: Mapping[str, Carrier] | None = None) -> Parcel:
        """One run over the parcel as it stands."""
        found = hand_over(
            cast("Store", self.ledger),
            cast("Fence", None),
            [self.parcel],
            {"k": self.carrier} if carriers is None else carriers,
            lambda _: self.goods,
            profile=self.profile,
            clock=lambda: self.now,
        )
        assert found == [self.parcel]
        return found[0]

    def killed(self, state: str, when: str) -> None:
        """A run that dies at a step."""
        self.ledger.kill = (state, when)
        try:
            self.hand()
        except Killed:
            return
        raise AssertionError(f"never came {when} {state}")

    def until_still(self, step: timedelta = timedelta(minutes=10)) -> Parcel:
        """Runs until the parcel moves no more, the clock going on in between."""
        for _ in range(12):
            found = self.hand()
            if found.state in {"sent", "failed", "doubtful"}:
                return found
            self.now += step
        raise AssertionError(f"never came to rest: {self.parcel}")


STEPS = [
    ("sending", "before"),
    ("sending", "after"),
    ("committing", "before"),
    ("committing", "after"),
    ("sent", "before"),
]
Send = Callable[[Goods, Callable[[], None]], str]
