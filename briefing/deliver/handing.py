"""Parcels in, the same parcels in their new states out: each handed over as far as it is due.

pending, due → sending → committing → sent. Found ``sending``: the process died before the other side could act, so it
is sent again. Found ``committing``: it may have arrived; the carrier is asked, then its ``in_doubt`` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from briefing.deliver import Carrier, Clock
from briefing.deliver.faults import UnansweredError
from briefing.errors import BriefingError, ConfigError, DeliveryError
from briefing.ledger import Goods, Parcel, ParcelState
from briefing.profiles import Profile
from briefing.store import Fence, Store

LONGEST = timedelta(days=1)  # wait between two tries
ASKED_FOR = timedelta(days=1)  # how long an archive that cannot be reached is asked again
_LOST = "no answer came to the last byte"


def hand_over(
    store: Store,
    fence: Fence,
    parcels: Sequence[Parcel],
    carriers: Mapping[str, Carrier],
    goods_of: Callable[[Parcel], Goods],
    *,
    profile: Profile,
    clock: Clock,
) -> list[Parcel]:
    """Each parcel as it stands afterwards, in the order given. Raises StoreError; the rest is tried on a later call."""
    desk = _Desk(store, fence, carriers, goods_of, profile, clock)
    return [desk.hand(parcel) for parcel in parcels]


class _Desk:
    def __init__(
        self,
        store: Store,
        fence: Fence,
        carriers: Mapping[str, Carrier],
        goods_of: Callable[[Parcel], Goods],
        profile: Profile,
        clock: Clock,
    ) -> None:
        self._store, self._fence, self._carriers, self._goods_of = store, fence, carriers, goods_of
        self._profile, self._clock = profile, clock

    def hand(self, parcel: Parcel) -> Parcel:
        if parcel.state in {"sent", "failed"}:
            return parcel
        carrier = self._carriers.get(parcel.key)
        if carrier is None:
            return self._orphan(parcel)
        if parcel.state in {"committing", "doubtful"}:
            return self._found_in_doubt(parcel, carrier)
        if parcel.state == "pending" and _ahead(parcel.next_try, self._clock()):
            return parcel
        if parcel.attempts >= self._profile.attempts:  # cut off each time
            return self._move(
                parcel, "failed", f"{parcel.key}: given up after {parcel.attempts} tries, the last one cut off"
            )
        return self._send(parcel, carrier)

    # ---------------------------------------------------------------------------------------------------------- sending
    def _send(self, parcel: Parcel, carrier: Carrier) -> Parcel:
        goods = self._goods_of(parcel)
        journal = [self._move(parcel, "sending")]
        settle = _settle(carrier)

        def commit() -> None:
            after = self._clock() + min(settle, LONGEST) if settle else None
            journal.append(self._move(journal[-1], "committing", next_try=after))

        try:
            said = carrier.send(goods, commit)
        except UnansweredError as e:
            return self._unanswered(journal[-1], carrier, goods, str(e))
        except DeliveryError as e:
            return self._refused(journal[-1], str(e), lasting=e.lasting)
        except ConfigError as e:  # a secret that is not there, which somebody may put there
            return self._refused(journal[-1], str(e), lasting=False)
        except BriefingError:
            raise
        except Exception as e:  # noqa: BLE001 - a fault of one carrier must not keep the others' parcels
            return self._refused(journal[-1], f"{parcel.key}: {type(e).__name__} in the carrier", lasting=False)
        return self._move(journal[-1], "sent", said)

    def _refused(self, parcel: Parcel, message: str, *, lasting: bool) -> Parcel:
        if lasting:
            return self._move(parcel, "failed", message)
        if parcel.attempts >= self._profile.attempts:
            return self._move(parcel, "failed", f"{message}; given up after {parcel.attempts} tries")
        return self._move(parcel, "pending", message, next_try=self._later(parcel))

    def _later(self, parcel: Parcel) -> datetime:
        wait = self._profile.backoff * int(2 ** max(parcel.attempts - 1, 0))
        return self._clock() + min(wait, LONGEST)

    # ----------------------------------------------------------------------------------------------------------- doubt
    def _unanswered(self, parcel: Parcel, carrier: Carrier, goods: Goods, message: str) -> Parcel:
        """This very process got no answer."""
        known = self._asked(parcel, carrier, goods)
        if isinstance(known, Parcel):
            return known
        if known is False:
            return self._refused(parcel, message, lasting=False)
        if carrier.in_doubt == "resend" and parcel.attempts < self._profile.attempts:
            return self._move(parcel, "pending", message, next_try=self._later(parcel))
        return self._hold(parcel, message)

    def _found_in_doubt(self, parcel: Parcel, carrier: Carrier) -> Parcel:
        """An earlier process died, or an archive could not say yet."""
        if carrier.repeatable:
            return self._send(parcel, carrier)
        goods = self._goods_of(parcel)
        known = self._asked(parcel, carrier, goods)
        if isinstance(known, Parcel):
            return known
        again = known is False or carrier.in_doubt == "resend"
        if again and parcel.attempts < self._profile.attempts:
            return self._send(parcel, carrier)
        if known is False:
            return self._refused(parcel, f"{parcel.key}: it did not arrive", lasting=False)
        return self._hold(parcel, f"{parcel.key}: {_LOST}")

    def _asked(self, parcel: Parcel, carrier: Carrier, goods: Goods) -> Parcel | bool | None:
        """The parcel where that settles it for now; else False: known not to have come, None: nobody can say."""
        now = self._clock()
        try:
            known = carrier.arrived(goods)
        except DeliveryError as e:
            if parcel.state == "committing" and not e.lasting and now < parcel.slot + ASKED_FOR:
                return self._move(parcel, "committing", str(e), next_try=self._later(parcel))
            return None
        if known:
            return self._move(parcel, "sent", "found where copies arrive; its answer had been lost")
        if known is False and parcel.state == "committing" and _ahead(parcel.next_try, now):
            return self._waiting(parcel)
        return known

    def _waiting(self, parcel: Parcel) -> Parcel:
        """A copy may still be on its way."""
        said = f"{parcel.key}: {_LOST}; its copy is looked for until {parcel.next_try:%Y-%m-%d %H:%M:%S} UTC"
        if parcel.detail == said:
            return parcel
        return self._move(parcel, "committing", said, next_try=parcel.next_try)

    def _hold(self, parcel: Parcel, message: str) -> Parcel:
        if parcel.state == "doubtful":
            return parcel
        return self._move(parcel, "doubtful", f"{message}; it may or may not have arrived and is not sent again")

    def _orphan(self, parcel: Parcel) -> Parcel:
        if parcel.state == "doubtful":
            return parcel
        doubt = "; whether it arrived is not known" if parcel.state == "committing" else ""
        return self._move(parcel, "failed", f"{parcel.key}: no longer a target{doubt}")

    def _move(
        self, parcel: Parcel, state: ParcelState, detail: str = "", *, next_try: datetime | None = None
    ) -> Parcel:
        return self._store.move(self._fence, parcel, state, self._clock(), detail=detail, next_try=next_try)


def _settle(carrier: Carrier) -> timedelta:
    """How long a copy may take to arrive where it is looked for."""
    found = getattr(carrier, "settle", None)
    return found if isinstance(found, timedelta) else timedelta(0)


def _ahead(when: datetime | None, now: datetime) -> bool:
    """Whether a time is still to come. None is set further ahead than a day: one that is was set by a wrong clock."""
    return when is not None and now < when <= now + LONGEST
