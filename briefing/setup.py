"""A folder in, a start for a user's own briefs in it: config.yaml, templates to change, sample articles to try."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.errors import OutputError, UsageError
from briefing.shipped import shipped

PARTS = (("config.yaml", "config.yaml"), ("templates", "templates"), ("samples", "articles"))


def write_start(folder: Path, *, force: bool = False) -> list[Path]:
    """Write everything, or nothing where something of ours is there already. Returns what was written."""
    targets = [folder / name for _, name in PARTS]
    there = [p for p in targets if p.exists()]
    if there and not force:
        names = ", ".join(str(p) for p in there)
        raise UsageError(names, "is there already", hint="name an empty folder, or --force to write over it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for (name, _), target in zip(PARTS, targets, strict=True):
            _copy(shipped(name), target)
    except OSError as e:
        raise OutputError(str(folder), f"cannot be written ({e.strerror or e})", hint="choose another folder") from e
    return targets


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    else:
        shutil.copyfile(source, target)
