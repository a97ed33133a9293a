"""Full disks, read-only folders and a missing store: said, and made good once they are mended.

``python -m tests.faults.disks [SCENARIO …]``. Small and read-only mounts need root; without it, the size of files is
limited and permissions are taken away instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults import check, runs, scenario
from tests.faults.world import World

Wrong = Iterator[str]
ROOT = os.geteuid() == 0


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


@contextlib.contextmanager
def _small(folder: Path, size: str) -> Iterator[Path]:
    """The folder and what is in it on a file system of its own, of so few bytes; at the end it is a folder again.

    Filled elsewhere and put into place in one step: somebody looks on. Given is where it can be made larger.
    """
    disk, kept = folder.with_name(f".{folder.name}-disk"), folder.with_name(f".{folder.name}-kept")
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))
    try:
        shutil.copytree(folder, disk, symlinks=True, dirs_exist_ok=True)
        _mount("--bind", str(disk), str(folder))
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
            shutil.copytree(disk, kept, symlinks=True)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()
    folder.rename(disk)
    kept.rename(folder)
    shutil.rmtree(disk)


@contextlib.contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written, not even by root."""
    _mount("--bind", str(folder), str(folder))
    _mount("-o", "remount,ro,bind", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def full_output(place: World, wanted: check.Reference) -> Wrong:
    """The output folder's disk is full: try again; nothing half is seen."""
    used = sum(p.stat().st_size for p in place.out.rglob("*") if p.is_file())
    with _small(place.out, str(used + 150_000)) as disk:
        yield from scenario.broken(place, says=r"out.*(no space|full)")
        _mount("-o", "remount,size=50m", str(disk))
        yield from _done(place)
    yield from scenario.mended(place, wanted)


def full_store(place: World, wanted: check.Reference) -> Wrong:
    """The store's disk is full: try again; the store is whole."""
    store = place.here / "store"
    place.write_config(**{"sqlite:///briefing.db": "sqlite:///store/briefing.db"})
    _move_store(place, store)
    used = sum(p.stat().st_size for p in store.iterdir())
    try:
        for room in (20_000, 150_000, 400_000):
            with _small(store, str(used + room)) as disk:
                yield from scenario.broken(place, says=r"briefing\.db.*(full|no space|room)")
                if room == 400_000:
                    _mount("-o", "remount,size=50m", str(disk))
                    yield from _done(place)
    finally:
        _move_store(place, place.here)
        place.write_config()
    yield from scenario.mended(place, wanted)


def _move_store(place: World, to: Path) -> None:
    to.mkdir(exist_ok=True)
    where = place.here / "store" if to == place.here else place.here
    for path in sorted(where.glob("briefing.db*")):
        path.rename(to / path.name)
    if to == place.here:
        shutil.rmtree(where)


def _done(place: World) -> Wrong:
    try:
        runs.finish(place, scenario.NIGHT, "quick")
    except (RuntimeError, TimeoutError) as e:
        yield f"not done with room enough: {e}"


def read_only_output(place: World, wanted: check.Reference) -> Wrong:
    """The output folder is read-only: try again, and the other targets have theirs."""
    with _read_only(place.out):
        yield from scenario.broken(place, says=r"out.*read-only")
        if len(place.mails("desk")) != 1:
            yield "the mail did not go out"
    yield from scenario.mended(place, wanted)


def read_only_store(place: World, wanted: check.Reference) -> Wrong:
    """The store's folder is read-only: try again, with nothing done."""
    with _read_only(place.here):
        yield from scenario.broken(place, says=r"briefing\.db.*(read-?only|written)")
    if place.mails("desk"):
        yield "a mail went out that no ledger knows of"
    yield from scenario.mended(place, wanted)


def no_store_folder(place: World, wanted: check.Reference) -> Wrong:
    """The store's folder is not there (a disk that was not mounted): said, nothing made in its place."""
    place.write_config(**{"sqlite:///briefing.db": "sqlite:///mnt/gone/briefing.db"})
    yield from scenario.broken(place, says=r"mnt/gone")
    if (place.here / "mnt").exists():
        yield "an empty store was made in a folder that was not there"
    place.write_config()
    yield from scenario.mended(place, wanted)


def store_is_no_store(place: World, wanted: check.Reference) -> Wrong:
    """The store's file is something else: said, and left as it is."""
    place.write_config(**{"sqlite:///briefing.db": "sqlite:///other.db"})
    (place.here / "other.db").write_bytes(b"This is no database. " * 500)
    yield from scenario.broken(place, says=r"other\.db.*(no|not a) ")
    if (place.here / "other.db").read_bytes() != b"This is no database. " * 500:
        yield "the file was written over"
    (place.here / "other.db").unlink()
    place.write_config()
    yield from scenario.mended(place, wanted)


def small_files(place: World, wanted: check.Reference) -> Wrong:
    """No file may be larger than 100 kB: try again; nothing half is seen."""
    yield from scenario.broken(place, says=r"too large|full|disk", wrap=("prlimit", "--fsize=100000"))
    yield from scenario.mended(place, wanted)


def no_rights(place: World, wanted: check.Reference) -> Wrong:
    """The run's user may not write the output folder: try again, and the other targets have theirs."""
    _everybody(place.root)
    place.out.chmod(0o555)
    yield from scenario.broken(place, says=r"out.*permission", wrap=_nobody())
    place.out.chmod(0o777)
    yield from scenario.mended(place, wanted)


def no_rights_store(place: World, wanted: check.Reference) -> Wrong:
    """The run's user may not write the store: try again, with nothing done."""
    _everybody(place.root)
    for path in place.here.glob("briefing.db*"):
        path.chmod(0o444)
    place.here.chmod(0o555)
    yield from scenario.broken(place, says=r"briefing\.db.*(read-?only|permission)", wrap=_nobody())
    place.here.chmod(0o777)
    for path in place.here.glob("briefing.db*"):
        path.chmod(0o666)
    yield from scenario.mended(place, wanted)


def no_sources(place: World, wanted: check.Reference) -> Wrong:
    """The folder of articles is not there: try again."""
    (place.here / "articles").rename(place.here / "elsewhere")
    yield from scenario.broken(place, says="articles")
    (place.here / "elsewhere").rename(place.here / "articles")
    yield from scenario.mended(place, wanted)


def _everybody(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o777 if path.is_dir() else 0o666)


def _nobody() -> tuple[str, ...]:
    return ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if ROOT else ()


MOUNTS: tuple[scenario.Scenario, ...] = (full_output, full_store, read_only_output, read_only_store)
SCENARIOS: tuple[scenario.Scenario, ...] = (
    *(MOUNTS if ROOT else ()),
    no_store_folder,
    store_is_no_store,
    small_files,
    no_rights,
    no_rights_store,
    no_sources,
)

if __name__ == "__main__":
    scenario.main(SCENARIOS)
