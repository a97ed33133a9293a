"""A desk for nightly runs: a real SQLite store and folder, a made-up extractor and renderer, a clock that is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import load
from briefing.nightly import Night
from briefing.store import open_store
from tests.faults import fast_run

FIRST = (
    "Karsund port was closed on Monday. The Karsund Port Authority met pilots for three hours about the two tugs that "
    "ran aground near the northern mole.\n\nSalvage will probably take a week, Harbour Master Eva Lund said."
)
SECOND = (
    "The Vestby Council met on Tuesday over a budget that nobody likes. Members spoke for nine hours about schools.\n\n"
    "A vote is likely before June, Mayor Olav Krag said."
)
CONFIG = """
profiles:
  port:
    title: Port watch
    sources: {folders: [inbox]}
    when: {at: "05:00", zone: Europe/Oslo}
    formats: [pdf, json]
    days_back: 4000
"""


class Clock:
    """Says the time that was set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Desk:
    """``night`` is what runs are given; ``put`` lays an article into the inbox."""

    def __init__(self, folder: Path, config: str) -> None:
        self.folder, self.clock = folder, Clock()
        (folder / "inbox").mkdir()
        self.configure(config)

    def configure(self, text: str) -> None:
        (self.folder / "config.yaml").write_text(text)
        config = load(self.folder / "config.yaml")
        self.store = open_store(config.store)
        self.night = Night(config=config, store=self.store, clock=self.clock, folder=self.folder)

    def put(self, name: str, text: str) -> None:
        (self.folder / "inbox" / name).write_text(text)

    def stopping(self) -> Night:
        return replace(self.night, stopped=lambda: True)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with one article in its inbox."""
    monkeypatch.setattr("briefing.extract.load_extractor", lambda _: fast_run.extraction)
    monkeypatch.setattr("briefing.extract.production", fast_run._production)
    monkeypatch.setattr("briefing.render.render", fast_run._render)
    made = Desk(tmp_path, CONFIG)
    made.put("first.txt", FIRST)
    with closing(made.store):
        yield made


Counted = Callable[[], int]


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> list[str]:
    """Ids of the articles that were extracted, as it goes on."""
    seen: list[str] = []

    def extract(article: object) -> object:
        found = fast_run.extraction(article)  # type: ignore[arg-type]
        seen.append(found.id)
        return found

    monkeypatch.setattr("briefing.extract.load_extractor", lambda _: extract)
    return seen
