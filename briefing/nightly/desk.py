"""What a nightly run is given: settings, store and clock; and the settings of one profile's brief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.config import Config
from briefing.deliver import key
from briefing.errors import StoppedError, UsageError
from briefing.pipeline import Progress, quiet
from briefing.profiles import Profile, Target, ToFolder
from briefing.store import Store

OUT = Path("out")


@dataclass(frozen=True)
class Night:
    """``clock`` gives the time in UTC; ``folder`` is where config.yaml lies."""

    config: Config
    store: Store
    clock: Callable[[], datetime]
    folder: Path
    progress: Progress = quiet
    stopped: Callable[[], bool] = bool  # whether the run was asked to stop: bool() is False

    def profile(self, name: str) -> Profile:
        """The profile of that name. Raises UsageError."""
        if name not in self.config.profiles:
            allowed = ", ".join(sorted(self.config.profiles)) or "none is configured"
            raise UsageError("profile", f"no profile {name!r}", allowed=allowed, hint="name it in config.yaml")
        return self.config.profiles[name]

    def settings(self, name: str) -> Config:
        """The settings of a profile's brief: those of the file, with the profile's over them."""
        profile = self.profile(name)
        brief = _given(title=profile.title, marking=profile.marking)
        render = _given(template=profile.template, theme=profile.theme, formats=profile.formats)
        watch = tuple(dict.fromkeys((*self.config.synthesize.watch, *profile.watchlist)))
        return self.config.model_copy(
            update={
                "brief": self.config.brief.model_copy(update=brief),
                "render": self.config.render.model_copy(update=render),
                "synthesize": self.config.synthesize.model_copy(update={"watch": watch}),
            }
        )

    def zone(self, name: str) -> str:
        """The zone of a profile's wall clock."""
        when = self.profile(name).when
        return when.zone if when else "UTC"

    def targets(self, name: str) -> tuple[Target, ...]:
        """Where a profile's issues go; without any, the folder out/PROFILE beside config.yaml."""
        return self.profile(name).deliver or (ToFolder(kind="folder", path=self.folder / OUT / name),)

    def keys(self, name: str) -> list[str]:
        """The targets' names in the ledger, each once."""
        return list(dict.fromkeys(key(t) for t in self.targets(name)))

    def checkpoint(self) -> None:
        """A place where a run may be stopped with nothing half done. Raises StoppedError where that was asked for."""
        if self.stopped():
            raise StoppedError("run", "was asked to stop", hint="the next run of this slot goes on from here")


def _given(**values: object) -> dict[str, object]:
    return {k: v for k, v in values.items() if v is not None}
