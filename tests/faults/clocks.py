"""Clocks set back, far ahead, and back in the middle of a run: every night is run once, none twice, none left out.

``python -m tests.faults.clocks [SCENARIO …]``. The clock is an argument of the nightly; the rest is a quick run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from briefing.commands.run import night
from briefing.errors import BriefingError
from briefing.nightly import run_due
from briefing.schedule import ClockError
from tests.faults import check, fast_run, scenario
from tests.faults.world import PROFILE, World

Wrong = Iterator[str]
DAILY = {'cron: "0 5 12-13 3 *"': 'at: "05:00"'}


def at(day: int, hour: int = 5, minute: int = 5) -> datetime:
    """A time in Paris in March 2025, which is an hour ahead of UTC until the 30th."""
    return datetime(2025, 3, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1, hours=-1)


def due(place: World, clock: datetime | Callable[[], datetime]) -> list[str]:
    """`briefing run --due` at a time: the slots that it ran, or why it ran none."""
    ticking = clock if callable(clock) else lambda: clock
    fast_run.install()
    with patch.dict(os.environ, place.environment), night(place.config, ticking) as desk:
        found = list(run_due(desk))
    return [
        f"{type(o).__name__}: {o}" if isinstance(o, BriefingError) else f"{o.slot.local[:10]} {o.result}" for o in found
    ]


def _fresh(place: World, policy: str = "all") -> None:
    place.make()
    place.write_config(**{**DAILY, "catch_up: all": f"catch_up: {policy}"})
    place.bring(0)
    due(place, at(11, 12))


def _expect(place: World, steps: Sequence[tuple[datetime, list[str]]]) -> Wrong:
    for when, wanted in steps:
        found = due(place, when)
        if found != wanted:
            yield f"at {when}: {found} in place of {wanted}"


def _once(place: World, days: Sequence[int]) -> Wrong:
    """Each of the days has one issue and one mail, and no other day has any."""
    with check.opened(place) as store:
        issues = Counter(i.local[:10] for i in store.issues(PROFILE))
        yield from (f"verify: {line}" for line in store.verify())
    if issues != Counter({f"2025-03-{d:02}": 1 for d in days}):
        yield f"issues: {dict(issues)}"
    mails = Counter(str(m["Message-ID"]) for m in place.mails("desk"))
    if len(mails) != len(days) or set(mails.values()) != {1}:
        yield f"mails: {dict(mails)}"


def set_back(place: World, wanted: check.Reference) -> Wrong:
    """The clock goes back a day after a night: nothing is run twice, the next night comes."""
    _fresh(place)
    yield from _expect(place, [(at(12), ["2025-03-12 done"]), (at(11, 13), []), (at(12), [])])
    place.bring(1)
    yield from _expect(place, [(at(13), ["2025-03-13 done"]), (at(13, 6), [])])
    yield from _once(place, [12, 13])


def back_in_the_run(place: World, wanted: check.Reference) -> Wrong:
    """The clock goes back an hour each time it is looked at: the night is done all the same."""
    _fresh(place)
    looks = iter(range(100_000))
    first = due(place, lambda: at(12) - timedelta(hours=next(looks)) if next(looks) else at(12))
    if first != ["2025-03-12 done"]:
        yield f"the night: {first}"
    yield from _expect(place, [(at(12, 7), []), (at(13), ["2025-03-13 done"])])
    yield from _once(place, [12, 13])


def years_ahead(place: World, wanted: check.Reference) -> Wrong:
    """The clock is fifteen years ahead: said, nothing done; once it is set right, the next night comes."""
    _fresh(place)
    yield from _expect(place, [(at(12), ["2025-03-12 done"])])
    found = due(place, datetime(2040, 1, 1, tzinfo=UTC))
    if len(found) != 1 or not found[0].startswith(f"{ClockError.__name__}: clock: says 2040-01-01"):
        yield f"in 2040: {found}"
    yield from _expect(place, [(at(12, 8), []), (at(13), ["2025-03-13 done"])])
    yield from _once(place, [12, 13])


def days_ahead(place: World, wanted: check.Reference) -> Wrong:
    """The clock is three days ahead for a night, then right again: those days are not told a second time."""
    _fresh(place)
    ahead = [f"2025-03-{d} done" for d in (13, 14, 15)]
    yield from _expect(place, [(at(12), ["2025-03-12 done"]), (at(15), ahead), (at(12, 9), [])])
    yield from _expect(place, [(at(13), []), (at(14), []), (at(15), []), (at(16), ["2025-03-16 done"])])
    yield from _once(place, [12, 13, 14, 15, 16])


def ahead_with_dead_mail(place: World, wanted: check.Reference) -> Wrong:
    """A mail is put off while the clock is a month ahead: it goes out soon after the clock is right again."""
    _fresh(place, "latest")
    yield from _expect(place, [(at(12), ["2025-03-12 done"])])
    place.servers["desk"].stop()
    try:
        found = due(place, at(40))
        if found != ["2025-04-09 again"]:
            yield f"a month ahead: {found}"
    finally:
        place.again("desk")
    found = due(place, at(13))
    if len(place.mails("desk")) != 2 + ("2025-03-13 done" in found):
        yield f"after the clock is right: {found}, {len(place.mails('desk'))} mails"


SCENARIOS: tuple[scenario.Scenario, ...] = (set_back, back_in_the_run, years_ahead, days_ahead, ahead_with_dead_mail)

if __name__ == "__main__":
    scenario.main(SCENARIOS, watch=False)
