"""actors.yaml → what the user says of actors: which are one, which are not, how they are called, which matter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from briefing import yamlfile


class ActorsFile(BaseModel):
    """Names are written as the articles have them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    merge: tuple[tuple[str, ...], ...] = Field((), description="Lists of names that mean one actor.")
    split: tuple[tuple[str, ...], ...] = Field((), description="Lists of names that never mean one actor.")
    rename: dict[str, str] = Field({}, description="Name in the articles: name in the brief.")
    watch: tuple[str, ...] = Field((), description="Actors that stand first, however little is said of them.")
    ignore: tuple[str, ...] = Field((), description="Actors that the brief leaves out.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the file speaks of, in order, once."""
        listed = [n for group in (*self.merge, *self.split) for n in group]
        return tuple(dict.fromkeys([*listed, *self.rename, *self.watch, *self.ignore]))


def read(path: Path | None) -> ActorsFile:
    """The user's file, or an empty one. Raises ConfigError with file and line."""
    if path is None:
        return ActorsFile()
    data, lines = yamlfile.read(path)
    return yamlfile.model(ActorsFile, data, lines, str(path))


def watched(wishes: ActorsFile, settings: Sequence[str]) -> tuple[str, ...]:
    """Every name that is watched, by the file or by the settings."""
    return tuple(dict.fromkeys([*wishes.watch, *settings]))
