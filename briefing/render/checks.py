"""Settings in, one line on what rendering needs out; the errors say how to mend what is missing.

What ``briefing check`` shows of this room.
"""

from __future__ import annotations

import ctypes
import ctypes.util

from briefing.config import Config
from briefing.errors import LibraryError, TemplateError
from briefing.render import fonts, templates

# HarfBuzz's subsetter is loaded in silence: without it a PDF takes ten times as long, and nobody is told.
SUBSETTER = "libharfbuzz-subset.so.0"
HINT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def libraries() -> str:
    """WeasyPrint's version, with Pango and HarfBuzz found. Raises LibraryError."""
    try:
        with fonts.private():
            import weasyprint
    except OSError as e:
        raise LibraryError("Pango", f"cannot be loaded ({e})", hint=HINT) from e
    if ctypes.util.find_library("harfbuzz-subset") is None and not _loads(SUBSETTER):
        raise LibraryError("HarfBuzz", "its font subsetter is missing: PDFs would be ten times as slow", hint=HINT)
    return f"WeasyPrint {weasyprint.__version__}, Pango and HarfBuzz found"


def shipped_fonts() -> str:
    """How many font files ship. Raises TemplateError where they are missing."""
    found = fonts.shipped()
    if not found:
        raise TemplateError(str(fonts.folder()), "no font files", hint="install the project again")
    return f"{len(found)} font files ship with the project; no others are used"


def styles(config: Config) -> str:
    """The style in force and the others. Raises TemplateError for the first thing that is wrong."""
    settings = config.render
    names = templates.styles(settings.templates)
    templates.load(settings.template, own=settings.templates, theme=settings.theme).check()
    return f"style {settings.template}, theme {settings.theme}; there are {', '.join(names)}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
