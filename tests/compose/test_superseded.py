"""Which tolls a later day has raised, and that the bottom line of a further issue no longer says them."""

from __future__ import annotations

import pytest

from briefing.compose.desk import Desk
from briefing.compose.superseded import superseded
from briefing.config import Config
from briefing.pipeline import synthesis_of
from tests.compose.nights import Line, Page, Profile, page

OPENING = "An explosion hit the Canal Guild yard at Vell in Ostra"
MORE = "Norrin sent crews from Tessaly to the Canal Guild yard at Vell in Ostra."


def _places(*pages: Page) -> set[str]:
    found = synthesis_of([a for a, _ in pages], [x for _, x in pages], config=Config())
    desk = Desk(found, Config(), None)
    return {article for article, start in superseded(desk) if start == 0}


@pytest.mark.parametrize(
    ("first", "then", "gone"),
    [
        ("killed at least 14 workers", "killed 17 workers", True),
        ("killed 17 workers", "killed 14 workers", False),  # a smaller count is another count
        ("killed 14 workers", "killed 14 workers", False),
        ("killed 14 workers", "injured 17 workers", False),
        ("killed 14 workers", "killed 230,000 people", False),
    ],
)
def test_a_later_day_raises_a_toll(first: str, then: str, gone: bool) -> None:
    old = page("a1", f"{OPENING} and {first}.", MORE, date="2031-05-12")
    new = page("a2", f"{OPENING} and {then}.", MORE, date="2031-05-13")
    assert _places(old, new) == ({"a1"} if gone else set())


def test_two_counts_of_one_day_stand_side_by_side() -> None:
    pages = [page(n, f"{OPENING} and killed {k} workers.", MORE) for n, k in (("a1", 14), ("a2", 17))]
    assert _places(*pages) == set()


def test_a_copy_of_a_later_day_knows_no_more_than_its_original() -> None:
    first = page("a1", f"{OPENING} and killed 14 workers.", MORE, date="2031-05-12")
    copy = page("a2", f"{OPENING} and killed 14 workers.", MORE, date="2031-05-13", publisher="Vell Echo")
    later = page("a3", "Doctors of the Canal Guild in Vell, Ostra, count 17 workers killed.", date="2031-05-13")
    assert _places(first, copy, later) == {"a1"}


def test_a_further_issue_leads_with_how_things_stand() -> None:
    def tells(opening: str, more: str, name: str, day: str) -> Page:
        return page(name, Line(opening, does=("explosion", "ASSAULT", "Canal Guild", "Vell")), more, date=day)

    later = "Hospitals in Vell said that the explosion at the yard of the Canal Guild in Ostra killed 17 workers."
    profile = Profile()
    first = profile.night(tells(f"{OPENING} and killed 14 workers at night.", MORE, "a1", "2031-05-12"))
    assert "14 workers" in first.bottom_line[0].text
    second = profile.night(tells(later, "Burns kept forty more in bed on Tuesday.", "a2", "2031-05-13"))
    shown = " ".join(s.text for s in (*second.bottom_line, *second.summary))
    assert "17 workers" in shown
    assert "14 workers" not in shown
