"""Paths in, gold-format records out; and which of them are held out as the project's own test."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training import corpus


def records(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Gold-format records of every path: folders of our markup, or JSONL."""
    out: list[dict[str, Any]] = []
    for path in paths:
        if path.suffix == ".jsonl":
            out += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        else:
            out += [corpus.to_gold(a) for a in corpus.load([path])]
    return out


def held_out(record: dict[str, Any], share: float) -> bool:
    """Whether a record belongs to the project's own test: decided by its id alone."""
    digest = hashlib.sha256(str(record["id"]).encode()).digest()
    return digest[0] / 256 < share
