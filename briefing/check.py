"""Settings path → findings: what a build needs, whether it is there, and how to mend what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.config import Config, load
from briefing.errors import BriefingError
from briefing.profiles import Profile


@dataclass(frozen=True)
class Finding:
    """One line of ``briefing check``."""

    subject: str
    good: bool
    message: str
    hint: str = ""


def checks(config_path: Path | None) -> Iterator[Finding]:
    """Every check in order; a failing one does not end the others."""
    try:
        config = load(config_path)
    except BriefingError as e:
        yield _bad("settings", e)
        config = Config()
    else:
        yield Finding("settings", True, str(config_path) if config_path else "the standard ones (no config.yaml here)")
    for subject, check in (("model", _model), ("libraries", _libraries), ("fonts", _fonts), ("templates", _templates)):
        yield from _run(subject, check, config)
    if config.profiles:
        yield from _run("store", _store, config)
        yield from _profiles(config)


def _profiles(config: Config) -> Iterator[Finding]:
    """One line a profile: good, or the first thing that a night would stumble over."""
    from briefing.nightly.checks import profile_faults, shared_folders

    for name, profile in config.profiles.items():
        faults = [*profile_faults(profile), *shared_folders(config, name)]
        good = f"{name}: {_targets(profile)}; {_when(profile)}"
        yield _bad("profile", faults[0], f"{name}: ") if faults else Finding("profile", True, good)


def _targets(profile: Profile) -> str:
    count = len(profile.deliver) or 1
    return f"{count} target" if count == 1 else f"{count} targets"


def _when(profile: Profile) -> str:
    if profile.when is None:
        return "runs when it is called"
    return f"{profile.when.at or profile.when.cron} {profile.when.zone}"


def _store(config: Config) -> str:
    from briefing.nightly.checks import store_summary

    return store_summary(config)


def _run(subject: str, check: Callable[[Config], str], config: Config) -> Iterator[Finding]:
    try:
        yield Finding(subject, True, check(config))
    except BriefingError as e:
        yield _bad(subject, e)


def _bad(subject: str, e: BriefingError, name: str = "") -> Finding:
    allowed = f"; allowed: {e.allowed}" if e.allowed else ""
    return Finding(subject, False, f"{name}{e.where}: {e.found}{allowed}", e.hint)


def _model(config: Config) -> str:
    from briefing.extract import describe_model

    return describe_model(config.extract)


def _libraries(config: Config) -> str:
    from briefing.render import checks as rendering

    del config
    return rendering.libraries()


def _fonts(config: Config) -> str:
    from briefing.render import checks as rendering

    del config
    return rendering.shipped_fonts()


def _templates(config: Config) -> str:
    from briefing.render import checks as rendering

    return rendering.styles(config)
