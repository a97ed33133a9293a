"""Hostile inputs: none ends the run, none takes long or much, none reads outside, each is reported."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.config import IngestSettings
from briefing.ingest import ingest
from briefing.ingest.desk import Desk
from briefing.records import Article, Problem
from tests.hostile import corpus

CONFIG = IngestSettings(seconds=4, memory=800_000_000)
Outcome = tuple[list[Article], list[Problem], float]


@dataclass(frozen=True)
class Run:
    """What each input gave, and the memory (bytes) that this process grew by and that the largest child had."""

    outcomes: dict[str, Outcome]
    grown: int
    child: int


def resident(what: str, process: int | str = "self") -> int:
    """``VmRSS`` (now) or ``VmHWM`` (the peak) of a process, in bytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(what))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every input, read one after the other by one desk, as a folder is."""
    folder = tmp_path_factory.mktemp("hostile")
    found: dict[str, Outcome] = {}
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # other tests in this process had their own peak
    before, largest = resident("VmRSS"), 0
    with Desk(CONFIG) as desk:
        for name, data in corpus.everything().items():
            (folder / name).write_bytes(data)
            articles, problems, start = len(desk._found), len(desk.problems), time.monotonic()
            desk.take([str(folder / name)])
            (folder / name).unlink()
            seconds = time.monotonic() - start
            found[name] = ([a for a, _ in desk._found[articles:]], desk.problems[problems:], seconds)
            children = [w._child.pid for w in desk._opener._workers if w._child]  # one that broke is none
            largest = max([largest, *(resident("VmHWM", pid) for pid in children)])
    return Run(found, resident("VmHWM") - before, largest)


@pytest.fixture(scope="module")
def outcomes(run: Run) -> dict[str, Outcome]:
    """Name → articles, problems, seconds."""
    return run.outcomes


def test_there_are_enough_of_them(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes) >= 200


def test_each_is_reported(outcomes: dict[str, Outcome]) -> None:
    assert [n for n, (articles, problems, _) in outcomes.items() if not articles and not problems] == []


def test_each_problem_says_what_and_is_short(outcomes: dict[str, Outcome]) -> None:
    for name, (_, problems, _) in outcomes.items():
        for problem in problems:
            assert problem.stage == "ingest"
            assert name in problem.subject
            assert 5 < len(problem.message) < 500


def test_none_takes_long(outcomes: dict[str, Outcome]) -> None:
    assert max(seconds for _, _, seconds in outcomes.values()) < 60


def test_none_takes_much(run: Run) -> None:
    assert 0 < run.child <= CONFIG.memory
    assert run.grown + run.child < 1_000_000_000


def test_none_reads_outside(outcomes: dict[str, Outcome]) -> None:
    secret = Path("/etc/passwd").read_text(encoding="utf-8").split("\n", 1)[0]
    for articles, _, _ in outcomes.values():
        assert not any(secret in a.model_dump_json() for a in articles)


def test_no_entity_swells(outcomes: dict[str, Outcome]) -> None:
    assert not any("lollol" in a.text for articles, _, _ in outcomes.values() for a in articles)


def test_no_article_is_longer_than_allowed(outcomes: dict[str, Outcome]) -> None:
    lengths = [len(a.text) for articles, _, _ in outcomes.values() for a in articles if not a.verbatim]
    assert max(lengths) <= CONFIG.max_chars


def test_cleaned_text_hides_and_turns_nothing(outcomes: dict[str, Outcome]) -> None:
    unseen = set(
        map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, *range(0xE0000, 0xE0080), 0x1B])
    )
    for articles, _, _ in outcomes.values():
        for article in articles:
            if not article.verbatim:
                assert not unseen & set(article.text + (article.title or ""))


def test_links_are_of_the_web(outcomes: dict[str, Outcome]) -> None:
    urls = [a.url for articles, _, _ in outcomes.values() for a in articles if a.url]
    assert urls
    assert all(u.startswith(("http://", "https://")) for u in urls)


def test_everything_can_be_written(outcomes: dict[str, Outcome]) -> None:
    for articles, problems, _ in outcomes.values():
        for record in (*articles, *problems):
            record.model_dump_json().encode()


EXPECTED = [
    ("zero.txt", "is empty (0 bytes)"),
    ("old.doc", "is an old Office file (.doc), which is not read"),
    ("noise.bin", "is a binary file of no known kind"),
    ("bomb.zip", "times its size"),
    ("bomb.txt.gz", "unpacks to more than"),
    ("bomb.docx", "times its size"),
    ("locked.zip", "is locked with a password"),
    ("locked.pdf", "password"),
    ("scan.pdf", "is scanned: 3 pages"),
    ("cut.txt.gz", "breaks off"),
    ("nested.zip", "packed more than 3 deep"),
    ("crc.zip", "damaged file"),
    ("korean.txt", "is in Korean"),
    ("arabic.txt", "is in Arabic"),
    ("bidi.txt", "hide or turn"),
    ("homograph.html", "mixes or hides alphabets"),
    ("no-text.csv", "has no column of text"),
    ("no-entries.rss", "feed without entries"),
    ("sheet.xlsx", "Excel"),
]


@pytest.mark.parametrize(("name", "message"), EXPECTED)
def test_the_cause_is_named(outcomes: dict[str, Outcome], name: str, message: str) -> None:
    assert any(message in p.message for p in outcomes[name][1]), outcomes[name][1]


def test_one_broken_member_does_not_cost_the_archive(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes["climb.zip"][0]) >= 1
    assert all(".." not in a.source.split("climb.zip")[1] for a in outcomes["climb.zip"][0])


def test_odd_things_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "line\nbreak.txt").write_text(corpus.P * 3)
    (tmp_path / os.fsdecode(b"bad-\xff-name.txt")).write_text(corpus.P * 3)
    (tmp_path / ".hidden").write_text(corpus.P)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(corpus.P * 3)
    articles, problems = ingest([str(tmp_path)], config=CONFIG)
    assert len(articles) == 3
    assert len({a.id for a in articles}) == 3
    assert sorted(Path(p.subject).name for p in problems) == ["gone.txt", "pipe.txt"]
    for record in (*articles, *problems):
        record.model_dump_json().encode()
