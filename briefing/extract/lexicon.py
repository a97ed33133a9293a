"""Word list's name → its data. Reads the YAML files of ``lexicons/`` once a process. Contains no rules."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "lexicons"
# These files are the project's own, so the C loader will do; it is ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache
def load(name: str) -> Any:
    """The data of ``lexicons/NAME.yaml``."""
    return yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


@lru_cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of a lexicon as a set."""
    return frozenset(str(w) for w in load(name)[key])
