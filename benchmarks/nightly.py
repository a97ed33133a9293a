"""What a night costs that finds few new articles among many stored ones, against those few alone.

    python -m benchmarks.nightly FOLDER --new 50 --runs 3

FOLDER holds one article a file; the last ``--new`` files by name are the new ones. The first night, over the others, is
not timed. Both kinds of night are whole commands, run by turns; medians and their ratio are printed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIG = "store: {url: 'sqlite:///briefing.db'}\nprofiles:\n  bench:\n    sources: {folders: [inbox]}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--new", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--world", type=Path, help="Folder that keeps the first night, so that it is made only once.")
    given = parser.parse_args()
    files = sorted(given.folder.iterdir())
    old, new = files[: -given.new], files[-given.new :]
    with tempfile.TemporaryDirectory() as scratch:
        stored = _stored(given.world or Path(scratch) / "stored", old)
        times: dict[str, list[float]] = {"alone": [], "stored": []}
        for n in range(given.runs):
            alone = _world(Path(scratch) / f"alone{n}")
            night = Path(scratch) / f"night{n}"
            shutil.copytree(stored, night, symlinks=True)
            for name, world in (("alone", alone), ("stored", night)):
                for file in new:
                    shutil.copy(file, world / "inbox" / file.name)
                times[name].append(_night(world))
                print(f"{name}: {times[name][-1]:.1f} s", flush=True)
    if not given.runs:
        return
    a, b = (statistics.median(times[k]) for k in ("alone", "stored"))
    print(f"{len(new)} alone {a:.1f} s; {len(new)} beside {len(old)} stored {b:.1f} s; ratio {b / a:.2f}")


def _world(folder: Path) -> Path:
    (folder / "inbox").mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG)
    return folder


def _stored(folder: Path, old: list[Path]) -> Path:
    if (folder / "briefing.db").exists():
        return folder
    _world(folder)
    for file in old:
        shutil.copy(file, folder / "inbox" / file.name)
    print(f"first night over {len(old)}: {_night(folder):.1f} s", flush=True)
    return folder


def _night(world: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "briefing", "run", "bench"], cwd=world, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
