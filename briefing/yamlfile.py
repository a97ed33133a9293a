"""YAML text in, plain data with the line of every key out. Contains no business logic.

Loaded safely and bounded: no aliases and no merge keys (a few bytes of them can stand for gigabytes), at most
``MAX_BYTES`` and ``MAX_DEPTH``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from briefing.errors import ConfigError
from briefing.secret import NO_ECHO

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

Lines = dict[tuple[str | int, ...], int]
M = TypeVar("M", bound=BaseModel)


def read(path: Path) -> tuple[Any, Lines]:
    """The data of a YAML file and, for each key path in it, its line counted from 1. Raises ConfigError."""
    try:
        raw = path.read_bytes()
    except OSError as e:
        reason = "is a folder" if path.is_dir() else (e.strerror or "cannot be read").lower()
        raise ConfigError(str(path), reason, hint="give the path of a YAML file") from e
    return parse(raw, str(path))


def parse(raw: bytes, name: str) -> tuple[Any, Lines]:
    """As ``read``, for bytes that are at hand."""
    if len(raw) > MAX_BYTES:
        raise ConfigError(name, f"{len(raw):,} bytes", allowed=f"at most {MAX_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise ConfigError(name, f"byte {e.start} is not UTF-8", hint="save the file as UTF-8") from e
    _vet(text, name)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.load(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as e:
        raise _error(e, name) from e
    except (ValueError, RecursionError) as e:
        raise ConfigError(name, f"a value cannot be read: {e}") from e
    lines: Lines = {}
    if node is not None:
        _lines(node, (), lines)
    return data, lines


def model(kind: type[M], data: Any, lines: Lines, name: str) -> M:
    """``data`` as a pydantic model; ConfigError with file, line and key path for the first thing that is wrong."""
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise ConfigError(f"{name}:1", f"found {type(data).__name__}", allowed="keys and values")
    try:
        return kind.model_validate(data)
    except ValidationError as e:
        raise ConfigError(*_first(e, lines, name), **_extra(e, kind)) from e


def _vet(text: str, name: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise ConfigError(f"{name}:{line}", "an alias (*name)", hint="write the value out")
            if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.style is None:
                raise ConfigError(f"{name}:{line}", "a merge key (<<)", hint="write the keys out")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise ConfigError(f"{name}:{line}", f"nested deeper than {MAX_DEPTH} levels")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as e:
        raise _error(e, name) from e


def _error(e: yaml.YAMLError, name: str) -> ConfigError:
    mark = getattr(e, "problem_mark", None)
    where = f"{name}:{mark.line + 1}" if mark else name
    return ConfigError(where, f"not YAML: {getattr(e, 'problem', None) or e}", hint="check indentation and quotes")


def _lines(node: yaml.Node, path: tuple[str | int, ...], out: Lines) -> None:
    out.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            out[here] = key.start_mark.line + 1
            _lines(value, here, out)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _lines(value, (*path, i), out)


def _first(e: ValidationError, lines: Lines, name: str) -> tuple[str, str]:
    error = e.errors()[0]
    loc = tuple(error["loc"])
    line = next((lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in lines), 1)
    dotted = ".".join(str(x) for x in loc)
    if error["type"] == "extra_forbidden":
        return f"{name}:{line}", f"{dotted}: unknown key"
    if error["type"] == NO_ECHO:
        return f"{name}:{line}", f"{dotted}: {error['msg']}"
    if error["type"] == "missing":
        return f"{name}:{line}", f"{dotted}: is missing"
    context = error.get("ctx", {})
    kind = str(context.get("discriminator", "")).strip("'")
    if error["type"] == "union_tag_not_found":
        return f"{name}:{line}", f"{dotted}.{kind}: is missing"
    if error["type"] == "union_tag_invalid":
        allowed = str(context.get("expected_tags", "")).replace("'", "")
        return f"{name}:{line}", f"{dotted}.{kind}: found {context.get('tag')!r}; allowed: {allowed}"
    message = error["msg"].removeprefix("Value error, ")
    found = error.get("input")
    if isinstance(found, dict | list):  # a whole block is too long to show, and a secret may stand in it
        return f"{name}:{line}", f"{dotted}: {message[:1].lower()}{message[1:]}"
    return f"{name}:{line}", f"{dotted}: found {found!r}; {message[:1].lower()}{message[1:]}"


def _extra(e: ValidationError, kind: type[BaseModel]) -> dict[str, str]:
    error = e.errors()[0]
    if error["type"] != "extra_forbidden":
        return {}
    fields = _fields_at(kind, tuple(error["loc"][:-1]))
    if not fields:
        return {}
    from difflib import get_close_matches

    near = get_close_matches(str(error["loc"][-1]), fields, n=1)
    return {"allowed": ", ".join(sorted(fields)), "hint": f"did you mean {near[0]}?" if near else ""}


def _fields_at(kind: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    for step in path:
        field = kind.model_fields.get(str(step))
        inner = field.annotation if field else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        kind = inner
    return list(kind.model_fields)
