"""The folder target, in real folders: whole issues only, ``latest`` never back, nothing of killed runs left."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import threading
from pathlib import Path

import pytest

from briefing.deliver import atomic, carrier, key
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToFolder
from tests.deliver.desk import STEPS, Desk, Killed, goods


def nothing() -> None:
    """A commit that keeps no book."""


def send(root: Path, item: Goods, **options: object) -> str:
    return carrier(ToFolder(kind="folder", path=root, **options)).send(item, nothing)


def tree(root: Path) -> dict[str, bytes]:
    """Everything that is not hidden, links as what they say."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file() and not name.startswith("."):
            found[name] = path.read_bytes()
    return found


def test_an_issue_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    item = goods(files={"brief.pdf": b"%PDF", "tables/events.csv": b"a,b\n"})
    send(tmp_path, item)
    found = tree(tmp_path)
    assert sorted(found) == ["2026-03-13T0500/brief.pdf", "2026-03-13T0500/tables/events.csv", "feed.xml", "latest"]
    assert found["latest"] == b"-> 2026-03-13T0500"
    assert (tmp_path / "latest/brief.pdf").read_bytes() == b"%PDF"


def test_again_changes_nothing(tmp_path: Path) -> None:
    send(tmp_path, goods())
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    send(tmp_path, goods())
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("swaps", [True, False], ids=["in one step", "file by file"])
def test_other_bytes_take_the_place_of_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool) -> None:
    if not swaps:
        monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    send(tmp_path, goods(files={"brief.pdf": b"old", "brief.md": b"old", "tables/a.csv": b"old"}))
    send(tmp_path, goods(files={"brief.pdf": b"new", "brief.html": b"new"}))
    found = tree(tmp_path)
    assert {n: d for n, d in found.items() if n.startswith("2026")} == {
        "2026-03-13T0500/brief.pdf": b"new",
        "2026-03-13T0500/brief.html": b"new",
    }
    assert not list(tmp_path.glob(".tmp*"))


def test_a_reader_sees_the_old_or_the_new_at_any_moment(tmp_path: Path) -> None:
    old, new = {"a": b"old" * 1000, "b": b"old" * 1000}, {"a": b"new" * 1000, "b": b"new" * 1000}
    send(tmp_path, goods(files=old), feed=False)
    seen: set[bytes] = set()
    faults: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add((tmp_path / "2026-03-13T0500/a").read_bytes())
                seen.add((tmp_path / "latest/b").read_bytes())
            except OSError as e:
                faults.append(str(e))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(40):
        send(tmp_path, goods(files=new if n % 2 else old), feed=False)
    stop.set()
    reader.join()
    assert faults == []
    assert seen <= {old["a"], new["a"]}


def test_latest_never_goes_back(tmp_path: Path) -> None:
    send(tmp_path, goods(14))
    send(tmp_path, goods(13, known=[14]))
    assert os.fspath((tmp_path / "latest").readlink()) == "2026-03-14T0500"
    send(tmp_path, goods(15, known=[13, 14]))
    assert os.fspath((tmp_path / "latest").readlink()) == "2026-03-15T0500"


def test_without_links_latest_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(Path, "symlink_to", refused)
    send(tmp_path, goods())
    assert tree(tmp_path)["latest.txt"] == b"2026-03-13T0500\n"


def test_keep_takes_the_oldest_out_of_folder_and_feed(tmp_path: Path) -> None:
    (tmp_path / "2026-notes").mkdir()  # not ours
    for day in (10, 11, 12, 13):
        send(tmp_path, goods(day, known=range(10, day)), keep=2)
    assert sorted(p.name for p in tmp_path.glob("2026*")) == ["2026-03-12T0500", "2026-03-13T0500", "2026-notes"]
    words = (tmp_path / "feed.xml").read_text()
    assert words.count("<item>") == 2
    assert "20260311T" not in words


def test_leftovers_of_killed_runs_go_and_those_of_others_stay(tmp_path: Path) -> None:
    for name in (".tmp.straits.2026-03-12T0500", ".tmp.straits-north.2026-03-12T0500"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "brief.pdf").write_bytes(b"%PD")
    (tmp_path / ".tmp.straits.feed").write_bytes(b"<rss")
    send(tmp_path, goods())
    assert [p.name for p in tmp_path.glob(".tmp*")] == [".tmp.straits-north.2026-03-12T0500"]


def test_one_folder_for_two_profiles_is_refused(tmp_path: Path) -> None:
    send(tmp_path, goods())
    with pytest.raises(DeliveryError, match="is the folder of the profile 'straits'") as e:
        send(tmp_path, goods(profile="north"))
    assert e.value.lasting
    assert tree(tmp_path)["2026-03-13T0500/brief.json"] == b'{"title": "Talks"}'


def test_a_notice(tmp_path: Path) -> None:
    for _ in range(2):
        send(tmp_path, goods(kind="notice"))
    assert sorted(tree(tmp_path)) == ["notice-2026-03-13T0500.txt"]
    assert tree(tmp_path)["notice-2026-03-13T0500.txt"].startswith(b"Talks resume.")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeliveryError):
        send(tmp_path / "in", goods(files={name: b"x"}))
    assert not (tmp_path / "outside").exists()
    assert not list((tmp_path / "in").glob("2026*"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "no space left on device; make room there"),
        (errno.EROFS, "read-only file system; name a place"),
        (errno.EACCES, "permission denied; give the user"),
        (errno.EIO, "input/output error"),
    ],
)
def test_a_full_disk_is_passing_and_shows_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    real = os.fsync
    calls = 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 4:  # the owner's mark and its folder, then the first file
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliveryError, match=said) as e:
        send(tmp_path, goods())
    assert not e.value.lasting
    assert tree(tmp_path) == {}
    send(tmp_path, goods())
    assert "2026-03-13T0500/brief.pdf" in tree(tmp_path)


def test_a_file_that_the_system_will_not_take(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(DeliveryError, match="file too large") as e:
            send(tmp_path, goods(files={"brief.html": b"x", "brief.pdf": b"x" * 200_000}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not e.value.lasting
    assert tree(tmp_path) == {}


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "briefs").write_bytes(b"")
    with pytest.raises(DeliveryError, match="file exists"):
        send(tmp_path / "briefs", goods())


def test_a_fault_of_the_swap_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(tmp_path, goods(files={"a": b"old"}))
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EIO)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: type("Libc", (), {"renameat2": lambda *_: -1}))
    with pytest.raises(DeliveryError, match="input/output error"):
        send(tmp_path, goods(files={"a": b"new"}))
    assert tree(tmp_path)["2026-03-13T0500/a"] == b"old"


@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_death_at_a_step_gives_what_an_undisturbed_run_gives(tmp_path: Path, step: tuple[str, str]) -> None:
    send(tmp_path / "undisturbed", goods(13, known=[12]))
    target = ToFolder(kind="folder", path=tmp_path / "killed")
    desk = Desk(carrier(target), goods(13, known=[12]))
    desk.killed(*step)
    assert {n.split("/")[0] for n in tree(tmp_path / "killed")} <= {"2026-03-13T0500", "latest", "feed.xml"}
    assert desk.until_still().state == "sent"
    a, b = tree(tmp_path / "undisturbed"), tree(tmp_path / "killed")
    # Without a base_url the feed says where the folder lies.
    assert a.pop("feed.xml").replace(b"/undisturbed/", b"/killed/") == b.pop("feed.xml")
    assert a == b
    assert not list((tmp_path / "killed").glob(".tmp*"))


@pytest.mark.faults
def test_death_at_every_file_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dies before the n-th sync, rename, link or write, for each n; readers see whole issues, the next run mends."""
    old, new = goods(12), goods(13, known=[12])
    deaths = 0
    for n in range(200):
        root = tmp_path / str(n)
        send(root, old)
        left = n

        def dying(real: object) -> object:
            def call(*args: object, **options: object) -> object:
                nonlocal left
                left -= 1
                if left == -1:
                    raise Killed
                assert callable(real)
                return real(*args, **options)

            return call

        with monkeypatch.context() as m:
            m.setattr(os, "fsync", dying(os.fsync))
            for name in ("rename", "replace", "symlink_to", "open", "mkdir"):
                m.setattr(Path, name, dying(getattr(Path, name)))
            try:
                send(root, new)
                died = False
            except Killed:
                died = True
        for path in (p for p in root.iterdir() if not p.name.startswith(".") and p.is_dir()):
            item = old if path.name == "2026-03-12T0500" or (path.name == "latest" and _leads(path, old)) else new
            assert {f.name: f.read_bytes() for f in path.iterdir()} == {f.name: f.data for f in item.files}
        assert (root / "feed.xml").read_bytes().endswith(b"</rss>\n")
        send(root, new)
        assert os.fspath((root / "latest").readlink()) == "2026-03-13T0500"
        assert not list(root.glob(".tmp*"))
        deaths += died
        if not died:
            break
    assert deaths > 15


def _leads(link: Path, item: Goods) -> bool:
    return link.resolve().name == item.folder


def test_names_say_where() -> None:
    assert key(ToFolder(kind="folder", path=Path("/srv/briefs"))) == "folder:/srv/briefs"


def test_a_folder_copied_without_its_links_is_named(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    with pytest.raises(DeliveryError, match=r"latest: is a folder; allowed: a link to the newest issue"):
        send(tmp_path, goods())
