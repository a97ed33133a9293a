"""A style's name in, its layout, files and a sandboxed Jinja environment out; every fault with file and line.

A style is a folder. Each file is looked for in the user's folder first, then among the shipped ones, then in the same
way in the style that this one extends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from briefing import yamlfile
from briefing.errors import ConfigError, TemplateError
from briefing.render import text
from briefing.render.layout import Layout, Section, Theme

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_LOGO = 2_000_000
MAX_CHAIN = 5
LOGOS = (".png", ".jpg", ".jpeg", ".svg")


def shipped() -> Path:
    """The shipped styles: inside the wheel, or at the top of a checkout."""
    package = Path(str(files("briefing")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def styles(own: Path | None = None) -> list[str]:
    """Names of the styles that can be used."""
    found = {p.parent.name for root in _roots(own) for p in root.glob("*/layout.yaml")}
    return sorted(found)


@dataclass(frozen=True)
class Style:
    """One house style, ready to be filled."""

    name: str
    layout: Layout
    layout_path: Path
    lines: yamlfile.Lines
    folders: tuple[Path, ...]  # where its files are looked for, best first
    theme: Theme
    theme_name: str

    def find(self, name: str) -> Path | None:
        """The file ``name`` of the style, or None."""
        return next((f / name for f in self.folders if (f / name).is_file()), None)

    def at(self, *path: str | int) -> str:
        """``file:line`` of a key in the layout."""
        line = next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 1)
        return f"{self.layout_path}:{line}"

    def css(self, name: str) -> str:
        """The text of a stylesheet; empty where the style has none."""
        path = self.find(name)
        return path.read_text(encoding="utf-8") if path else ""

    @cached_property
    def font_folders(self) -> tuple[Path, ...]:
        """The style's own ``fonts/`` folders."""
        return tuple(f / "fonts" for f in self.folders if (f / "fonts").is_dir())

    @cached_property
    def logo(self) -> Path | None:
        """The theme's logo. Raises TemplateError where it is named and missing, or is no picture."""
        name = self.theme.logo
        if name is None:
            return None
        where = self.at("themes", self.theme_name, "logo")
        path = self.find(name) if not Path(name).is_absolute() else Path(name)
        if path is None or not path.is_file():
            raise TemplateError(where, f"logo: no file {name!r}", hint=f"put it beside {self.layout_path.name}")
        if path.suffix.lower() not in LOGOS:
            raise TemplateError(where, f"logo: {name!r} is no picture", allowed=", ".join(LOGOS))
        if path.stat().st_size > MAX_LOGO:
            raise TemplateError(where, f"logo: {path.stat().st_size:,} bytes", allowed=f"at most {MAX_LOGO:,}")
        return path

    @cached_property
    def environment(self) -> Environment:
        """Sandboxed, autoescape on, undefined is an error, every value cleaned for display."""
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        env = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(f) for f in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalize,
        )
        for name in ("lipsum", "cycler", "namespace"):
            env.globals.pop(name, None)
        env.globals["range"] = _range
        return env

    def check(self) -> None:
        """Read the logo and every template without a brief. Raises TemplateError."""
        _ = self.logo
        for name in ("brief.html.j2", *(_template(s) for s in self.layout.sections)):
            self._said(name, partial(self.environment.get_template, name), {})

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The template ``name`` filled with ``context``. Raises TemplateError with file and line."""
        words: str = self._said(name, lambda: self.environment.get_template(name).render(context), context)
        return words

    def _said(self, name: str, call: Callable[[], Any], context: Mapping[str, Any]) -> Any:
        from jinja2 import exceptions

        try:
            return call()
        except TemplateError:
            raise
        except exceptions.TemplateSyntaxError as e:
            raise TemplateError(f"{e.filename or name}:{e.lineno}", e.message or "not a template") from e
        except exceptions.TemplateNotFound as e:
            missing = e.name or name
            raise TemplateError(self._line_of(e, name), f"no template {missing!r}", hint=self._have()) from e
        except exceptions.UndefinedError as e:
            found = (e.message or "unknown variable").replace(" is undefined", ": unknown variable")
            known = ", ".join(sorted(k for k in context if not k.startswith("_")))
            raise TemplateError(self._line_of(e, name), found, allowed=known) from e
        except exceptions.SecurityError as e:
            raise TemplateError(self._line_of(e, name), f"not allowed in a template: {e.message}") from e
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as e:
            raise TemplateError(self._line_of(e, name), f"{type(e).__name__}: {e}") from e

    def _line_of(self, error: BaseException, name: str) -> str:
        where = f"{self.find(name) or name}:1"
        for filename, line in _frames(error.__traceback__):
            if any(filename.startswith(str(f)) for f in self.folders):
                where = f"{filename}:{line}"
        return where

    def _have(self) -> str:
        return f"looked in {', '.join(str(f) for f in self.folders)}"


def load(name: str, *, own: Path | None = None, theme: str = "navy") -> Style:
    """The style ``name`` with its theme. Raises TemplateError."""
    if own is not None and not own.is_dir():
        raise TemplateError(str(own), "no such folder", hint="render.templates names a folder of styles")
    layout, path, lines = _layout(name, own)
    names, chain = [name], [layout]
    while (parent := chain[-1].extends) is not None:
        if parent in names or len(names) == MAX_CHAIN:
            raise TemplateError(f"{path}:1", f"extends: {' → '.join([*names, parent])} does not end")
        names.append(parent)
        chain.append(_layout(parent, own)[0])
    themes: dict[str, Theme] = {}
    for one in reversed(chain):
        themes |= one.themes
    if theme not in themes:
        allowed = ", ".join(sorted(themes))
        raise TemplateError(str(path), f"no theme {theme!r}", allowed=allowed, hint="render.theme in config.yaml")
    folders = tuple(f for n in names for r in _roots(own) if (f := (r / n).resolve()).is_dir())
    style = Style(name, layout, path, lines, folders, themes[theme], theme)
    _check_sections(style)
    return style


def _layout(name: str, own: Path | None) -> tuple[Layout, Path, yamlfile.Lines]:
    for root in _roots(own):
        path = root / name / "layout.yaml"
        if re.fullmatch(r"[a-z][a-z0-9_]*", name) and path.is_file():
            try:
                data, lines = yamlfile.read(path)
                return yamlfile.model(Layout, data, lines, str(path)), path, lines
            except ConfigError as e:
                raise TemplateError(e.where, e.found, allowed=e.allowed, hint=e.hint) from e
    have = ", ".join(styles(own))
    raise TemplateError(
        f"{name}/layout.yaml", f"no style {name!r}", allowed=have, hint="render.template in config.yaml"
    )


def _check_sections(style: Style) -> None:
    for i, section in enumerate(style.layout.sections):
        if style.find(_template(section)) is None:
            have = sorted({p.name.split(".")[0] for f in style.folders for p in (f / "sections").glob("*.html.j2")})
            raise TemplateError(
                style.at("sections", i, "use"), f"unknown section {section.use!r}", allowed=", ".join(have)
            )


def _template(section: Section) -> str:
    return f"sections/{section.use}.html.j2"


def _roots(own: Path | None) -> list[Path]:
    return [*([own] if own else []), shipped()]


def _finalize(value: Any) -> Any:
    """What every ``{{ … }}`` passes through: None is nothing, text is cleaned for display."""
    if value is None:
        return ""
    if type(value) is str:
        return text.display(value)
    return value


def _range(*args: int) -> range:
    found = range(*args)
    if len(found) > 10_000:
        raise ValueError("range() of more than 10,000")
    return found


def _frames(tb: TracebackType | None) -> Iterator[tuple[str, int]]:
    while tb is not None:
        yield tb.tb_frame.f_code.co_filename, tb.tb_lineno
        tb = tb.tb_next
