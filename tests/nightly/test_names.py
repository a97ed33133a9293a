"""The names that an issue has outside the store."""

from datetime import UTC, datetime

from briefing.ledger import Slot
from briefing.nightly.names import folder_name, ident


def _slot(*at: int, manual: bool = False) -> Slot:
    return Slot(profile="straits", at=datetime(*at, tzinfo=UTC), local="", manual=manual)  # type: ignore[misc,arg-type]


def test_a_folder_is_named_by_the_wall_clock() -> None:
    assert folder_name(_slot(2026, 3, 13, 4, 0), "Europe/Paris") == "2026-03-13T0500"


def test_a_run_by_hand_has_seconds() -> None:
    assert folder_name(_slot(2026, 3, 13, 4, 0, 7, manual=True), "Europe/Paris") == "2026-03-13T050007"


def test_the_hour_that_comes_twice_gives_two_names() -> None:
    assert folder_name(_slot(2026, 10, 25, 0, 30), "Europe/Paris") == "2026-10-25T0230"
    assert folder_name(_slot(2026, 10, 25, 1, 30), "Europe/Paris") == "2026-10-25T0230b"


def test_ident_is_the_same_in_every_zone_and_try() -> None:
    assert ident(_slot(2026, 3, 13, 4, 0), "brief") == "straits-20260313T040000Z-brief"
