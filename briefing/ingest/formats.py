"""The table of formats: a kind that ``sniff`` names → the function that reads it.

A reader takes bytes and an address and gives a ``Reading``. All of these run in the child process (``child``): they
walk structures that somebody else built. Small plain texts are read in the parent (``textual``).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from briefing.ingest import textual
from briefing.ingest.draft import Reading

# kind → module and function; modules are imported when a first file of their kind comes.
READERS: dict[str, tuple[str, str]] = {
    "html": ("page", "read"),
    "fragment": ("page", "fragment"),
    "mhtml": ("mail", "snapshot"),
    "mail": ("mail", "read"),
    "pdf": ("pdf", "read"),
    "docx": ("docx", "read"),
    "odt": ("odt", "read"),
    "rtf": ("rtf", "read"),
    "feed": ("feed", "read"),
    "sitemap": ("feed", "sitemap"),
}


def read(kind: str, data: bytes, *, url: str | None, fields: Mapping[str, str]) -> Reading:
    """Raises IngestError, and whatever a foreign library raises on what it cannot read."""
    if kind in textual.KINDS:
        return textual.read(kind, data, fields=fields)
    module, function = READERS[kind]
    reading: Reading = getattr(import_module(f"briefing.ingest.{module}"), function)(data, url=url)
    return reading
