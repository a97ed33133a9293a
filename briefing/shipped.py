"""A name → the path of a file that ships with the project. Contains no business logic.

In a wheel these files lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The file or folder of that name; the one inside the package wins."""
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name
