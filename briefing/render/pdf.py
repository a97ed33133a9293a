"""Brief in, a tagged PDF out: PDF/A-3a and PDF/UA-1 in one file, brief.json attached, the same bytes each time."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from briefing.config import Config
from briefing.errors import LibraryError, TemplateError
from briefing.records import Brief
from briefing.render import document, fonts
from briefing.render.fetch import fetcher
from briefing.render.templates import Style

LOG = logging.getLogger(__name__)
TRIES = 8  # how often lists are shortened to meet a limit of pages
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

# PDF/A takes only properties that it knows or that a file declares: this declares PDF/UA's.
UA = """<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def dump(brief: Brief, style: Style, config: Config, attachments: Sequence[tuple[str, str, bytes]] = ()) -> bytes:
    """``attachments`` are (name, description, bytes). Raises LibraryError without Pango, TemplateError for bad CSS."""
    weasyprint = _weasyprint()
    made = _made(brief)
    attached = [
        weasyprint.Attachment(
            string=data, name=name, description=words, created=made, modified=made, relationship="Source"
        )
        for name, words, data in attachments
    ]
    limit = style.layout.max_pages
    with _no_collection(), _heard(style):
        for less in range(TRIES if limit else 1):
            source = document.html(brief, style, config, "print", less)
            pages, options = _set(weasyprint, source, style)
            if limit is None or len(pages.pages) <= limit:
                break
        data: bytes = pages.write_pdf(**options, attachments=attached)
    return data


def _set(weasyprint: Any, source: str, style: Style) -> tuple[Any, dict[str, Any]]:
    """Pages of an HTML document, and the options that they are to be written with."""
    identifier = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:32].encode()
    options = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "pdf_identifier": identifier}
    base = style.folders[0].as_uri() + "/"
    html = weasyprint.HTML(string=source, base_url=base, url_fetcher=fetcher(style.folders), media_type="print")
    try:
        pages = html.render(font_config=fonts.configuration(style.font_folders), **options)
    except weasyprint.urls.FatalURLFetchingError as e:
        raise TemplateError(str(style.layout_path.parent), str(e), hint="put the file into the style's folder") from e
    _declare_ua(pages.metadata)
    return pages, options


def _declare_ua(metadata: Any) -> None:
    plain = metadata.generate_rdf_metadata

    def both(variant: str, version: int, conformance: str) -> bytes:
        xml: bytes = plain(variant, version, conformance)
        at = xml.rindex(b"</")
        return xml[:at] + UA.encode() + xml[at:]

    metadata.generate_rdf_metadata = both


def _made(brief: Brief) -> datetime:
    """The brief's own date: never the clock, so that the same input gives the same file."""
    try:
        found = datetime.fromisoformat(brief.as_of or "")
    except ValueError:
        return EPOCH
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _weasyprint() -> Any:
    try:
        with fonts.private():
            import weasyprint
    except OSError as e:
        raise LibraryError(
            "WeasyPrint",
            f"a native library is missing: {e}",
            hint="Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "macOS: brew install pango; or build with --format html",
        ) from e
    return weasyprint


@contextmanager
def _no_collection() -> Iterator[None]:
    """A render makes millions of objects that live to its end: collecting in between costs a sixth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _heard(style: Style) -> Iterator[None]:
    """A file that WeasyPrint could not load is an error; what it ignored in a stylesheet goes to this room's log."""
    heard: list[logging.LogRecord] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record)

    logger, ear = logging.getLogger("weasyprint"), Ear(level=logging.WARNING)
    before, propagate = list(logger.handlers), logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = before, propagate
    folder = style.layout_path.parent
    for record in heard:
        if record.levelno >= logging.ERROR:
            raise TemplateError(str(folder), record.getMessage(), hint="mend the stylesheet or template")
        LOG.warning("%s: %s", folder, record.getMessage())
