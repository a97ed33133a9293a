"""Broken surroundings, the short form; and PostgreSQL. The long form stands in docs/faults.md."""

from __future__ import annotations

import pytest

from tests.faults import script

pytestmark = pytest.mark.faults


@pytest.mark.parametrize(
    "words",
    [
        ("disks",),
        ("servers", "mail_refused", "mail_cut_late", "held_cut_late", "mail_refused_for_good", "all_dead"),
        ("clocks", "set_back", "ahead_with_dead_mail"),
        ("meetings", "--rounds", "3"),
    ],
    ids=lambda words: str(words[0]),
)
def test_broken_surroundings(words: tuple[str, ...]) -> None:
    script.run(f"tests.faults.{words[0]}", *words[1:])


@pytest.mark.postgres
def test_killed_at_random_moments_on_postgresql() -> None:
    script.needs_postgres()
    script.run("tests.faults.kill_random", "--moments", "8", "--whole", "0", "--database", "postgresql")


@pytest.mark.postgres
def test_dead_database() -> None:
    script.needs_postgres()
    script.run("tests.faults.database", "stopped_before", "killed_in_doubt", "numbers_set_back")


@pytest.mark.postgres
def test_frozen_holder() -> None:
    script.needs_postgres()
    script.run("tests.faults.meetings", "frozen", "--database", "postgresql", "--rounds", "3")
