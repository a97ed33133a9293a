"""Nothing in, a font configuration out that knows the shipped fonts (and a style's own) and no others.

WeasyPrint finds fonts through fontconfig, which reads ``FONTCONFIG_FILE`` when a configuration is made. A private file
keeps the machine's fonts out, so that the same brief has the same bytes everywhere; and fonts found by name need no
``@font-face`` rules, each of which would cost a parse per document.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

# Scripts that neither text face has, in the order in which they are tried.
FALLBACKS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "NanumGothic",
    "Droid Sans Fallback",
)


def folder() -> Path:
    """Where the shipped fonts lie."""
    return Path(str(files("briefing.render"))) / "fonts"


def shipped() -> list[Path]:
    """The shipped font files, by name."""
    return sorted(folder().glob("*.ttf"))


@contextmanager
def private(extra: tuple[Path, ...] = ()) -> Iterator[None]:
    """Within this, fontconfig is told of the shipped fonts and ``extra`` folders only."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="briefing-fonts-") as tmp:
        path = Path(tmp) / "fonts.conf"
        path.write_text(_conf((folder(), *extra), cache=_cache(Path(tmp))), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@lru_cache(maxsize=4)
def configuration(extra: tuple[Path, ...] = ()) -> Any:
    """WeasyPrint's FontConfiguration, shared by all briefs of a process: making one anew costs a tenth of a render."""
    with private(extra):
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()


def _cache(instead: Path) -> Path:
    """The user's cache folder, or ``instead`` where it cannot be written: fontconfig would complain on every font."""
    base = os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path(os.path.expanduser("~")) / ".cache"  # noqa: PTH111 (never raises)
    folder = home / "briefing" / "fontconfig"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return instead
    return folder if os.access(folder, os.W_OK) else instead


def _conf(folders: tuple[Path, ...], *, cache: Path) -> str:
    dirs = "".join(f"<dir>{escape(str(f.resolve()))}</dir>" for f in folders)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{dirs}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )
