"""A name → the path of a file that ships with the project; digests of code and records. Contains no business logic.

In a wheel these files lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The file or folder of that name; the one inside the package wins."""
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name


@lru_cache(maxsize=8)
def code(*names: str) -> str:
    """First digits of the SHA-256 over the code and word lists of these modules or folders of the package.

    What was made by other code has another one: stored results are then made anew.
    """
    digest = hashlib.sha256()
    for name in names:
        at = PACKAGE / name
        files = [at] if at.is_file() else sorted(f for kind in ("*.py", "*.yaml") for f in at.rglob(kind))
        for file in files:
            digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=8)
def schema(record: type[BaseModel]) -> str:
    """First digits of the SHA-256 over a record's JSON Schema: another one where it has other fields."""
    return hashlib.sha256(json.dumps(record.model_json_schema(), sort_keys=True).encode()).hexdigest()[:16]
