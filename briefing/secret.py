"""A reference to a secret in, its value out: from the environment or a file, never from config.yaml itself.

``repr`` and JSON show where a secret stands, never what it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from briefing.errors import ConfigError

NO_ECHO = "secret_in_settings"  # type of a validation error whose input is never repeated
LARGEST = 65_536  # bytes of a file that holds a secret


class Secret(BaseModel):
    """``{env: NAME}`` or ``{file: PATH}``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    env: str | None = Field(None, description="Name of the environment variable that holds it.", min_length=1)
    file: Path | None = Field(None, description="File that holds it; a line end at its end is left out.")

    @model_validator(mode="before")
    @classmethod
    def _no_plain_text(cls, data: Any) -> Any:
        if not isinstance(data, Mapping | Secret):
            raise PydanticCustomError(
                NO_ECHO, "a secret never stands in the settings; write {env: NAME} or {file: PATH}"
            )
        return data

    @model_validator(mode="after")
    def _one_place(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise ValueError("write either env or file")
        return self

    def reveal(self) -> str:
        """The secret itself. Raises ConfigError where it is not there."""
        if self.env is not None:
            return _from_environment(self.env)
        return _from_file(self.file or Path())

    def __str__(self) -> str:
        return f"env {self.env}" if self.env else f"file {self.file}"


def _from_environment(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigError(f"environment variable {name}", "is not set", hint="set it where the command runs")
    return value


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            value = file.read(LARGEST).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as e:
        reason = (getattr(e, "strerror", None) or "is not UTF-8 text").lower()
        raise ConfigError(f"secret file {path}", reason, hint="check path and permissions") from e
    if not value:
        raise ConfigError(f"secret file {path}", "is empty", hint="put the secret in it")
    return value
