"""The child process: what it does to files that take too long, too much, or break it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from briefing.errors import IngestError
from briefing.ingest.worker import Worker
from tests.hostile import corpus
from tests.ingest import samples


def worker(*, seconds: float = 60, memory: int = 1_000_000_000, most_reply: int = 10_000_000) -> Worker:
    return Worker(seconds=seconds, memory=memory, most_reply=most_reply)


def test_one_child_reads_many_files() -> None:
    with worker() as one:
        first = one.read("html", samples.html(), "a.html")
        child = one._child
        second = one.read("docx", samples.docx(), "b.docx")
        assert one._child is child
    assert first.drafts[0].text == second.drafts[0].text == samples.TEXT


def test_too_slow_and_the_next_is_read() -> None:
    slow = b"<html><body>" + b"<p>The council met.</p>" * 100_000
    with worker(seconds=0.3) as one:
        with pytest.raises(IngestError, match=r"took longer than 0\.3 s"):
            one.read("html", slow, "slow.html")
        one._seconds = 60
        assert one.read("html", samples.html(), "a.html").drafts


def test_a_large_parent_does_not_tire_the_child() -> None:
    ballast = b"x" * 350_000_000
    with worker(memory=500_000_000) as one:
        one.read("html", samples.html(), "a.html")
        assert one._child is not None
    assert len(ballast) == 350_000_000


def test_too_much_memory() -> None:
    wide = dict(corpus.documents())["wide.docx"]
    with worker(memory=220_000_000) as one:
        with pytest.raises(IngestError) as caught:
            one.read("docx", wide, "wide.docx")
        assert "needs more than 220 MB" in str(caught.value) or "broke its reader" in str(caught.value)


def test_a_child_that_dies_costs_one_file() -> None:
    with worker() as one:
        one.read("html", samples.html(), "a.html")
        assert one._child is not None
        os.kill(one._child.pid, signal.SIGKILL)
        one._child.wait()
        with pytest.raises(IngestError, match="broke its reader"):
            one.read("html", samples.html(), "b.html")
        assert one.read("html", samples.html(), "c.html").drafts


def test_a_reply_that_is_too_long_is_not_taken() -> None:
    with worker(most_reply=100) as one, pytest.raises(IngestError, match="broke its reader"):
        one.read("html", samples.html(), "a.html")


def test_a_module_in_the_working_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    with worker() as one:
        assert one.read("html", samples.html(), "a.html").drafts


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_child_is_left() -> None:
    with worker() as one:
        one.read("html", samples.html(), "a.html")
        assert one._child is not None
        pid = one._child.pid
    assert not Path(f"/proc/{pid}").exists()
