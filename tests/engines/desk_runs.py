"""Helper of the *_runs.py scripts, which run in an engine's own Python: the stand-in's codes in, its calls out."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

# Name of a case → what the stand-in ends with, call after call.
CASES: dict[str, tuple[int, ...]] = {"done": (0,), "again": (75, 0), "wrong": (2, 0), "failed": (75, 1, 0)}


def loaded(file: str) -> ModuleType:
    """The generated file as a module."""
    spec = importlib.util.spec_from_file_location(Path(file).stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def tried(desk: Path, run: Callable[[], bool]) -> dict[str, dict[str, object]]:
    """Each case run: whether it ended well, and how the stand-in was called."""
    found: dict[str, dict[str, object]] = {}
    for name, codes in CASES.items():
        (desk / "codes").write_text("".join(f"{code}\n" for code in codes))
        (desk / "calls").write_text("")
        ended_well = run()
        found[name] = {"well": ended_well, "calls": (desk / "calls").read_text().splitlines()[1::2]}
    return found


def say(**facts: object) -> None:
    """The script's last line, for the test to read."""
    print("\n" + json.dumps(facts))  # noqa: T201
