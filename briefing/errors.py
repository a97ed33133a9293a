"""One class per cause that a user can mend; ``str()`` says where, what was found, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Sequence


class BriefingError(Exception):
    """Root of the family. ``exit_code`` is what the command line returns."""

    exit_code = 2

    def __init__(self, where: str, found: str, *, allowed: str = "", hint: str = "") -> None:
        self.where, self.found, self.allowed, self.hint = where, found, allowed, hint
        super().__init__(where, found)

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.found}"]
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.hint:
            parts.append(self.hint)
        return "; ".join(parts)


class UsageError(BriefingError):
    """A command was called in a way it does not take."""


class ConfigError(BriefingError):
    """config.yaml, or a file that it names, says something that is not allowed."""


class TemplateError(BriefingError):
    """A template, stylesheet or layout cannot be used."""


class ModelError(BriefingError):
    """No usable language model."""


class LibraryError(BriefingError):
    """A native library that rendering needs is missing."""


class OutputError(BriefingError):
    """A result could not be written."""


class NothingToBrief(BriefingError):  # noqa: N818 - an outcome, not a fault
    """No article was left to brief. ``reasons`` has a line per input that gave none."""

    exit_code = 1

    def __init__(self, where: str, found: str, *, hint: str = "", reasons: Sequence[str] = ()) -> None:
        super().__init__(where, found, hint=hint)
        self.reasons = tuple(reasons)


class InputsFailed(BriefingError):  # noqa: N818
    """Some inputs failed and --strict was asked for."""

    exit_code = 3


class IngestError(BriefingError):
    """One input could not be read. Ingest carries it on as a Problem."""

    exit_code = 3


class TemporaryError(BriefingError):
    """What may work later: the caller tries again. Exit code 75, EX_TEMPFAIL of sysexits.h."""

    exit_code = 75


class StoreError(TemporaryError):
    """The database cannot be reached, is full, or was written by a newer version."""


class BusyError(TemporaryError):
    """Another run of the same profile is at work."""


class StoppedError(TemporaryError):
    """The run was asked to stop and did, between two steps."""


class DeliveryError(TemporaryError):
    """A brief could not be handed over; ``lasting`` where another try gives the same."""

    def __init__(self, where: str, found: str, *, allowed: str = "", hint: str = "", lasting: bool = False) -> None:
        super().__init__(where, found, allowed=allowed, hint=hint)
        self.lasting = lasting


class RunFailed(BriefingError):  # noqa: N818 - an outcome
    """A slot was tried as often as its profile allows, or cannot work."""

    exit_code = 1
