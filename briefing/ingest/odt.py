"""An OpenDocument text (.odt) → the articles in it. Comments, notes and tracked deletions are not part of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from briefing.errors import IngestError
from briefing.ingest import archive, plain
from briefing.ingest.draft import Reading

MOST_UNPACKED = 60_000_000
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SKIP = frozenset({_OFFICE + "annotation", _TEXT + "note", _TEXT + "tracked-changes", _OFFICE + "forms"})


def read(data: bytes, *, url: str | None = None) -> Reading:
    """Raises IngestError for what is damaged or would unpack to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        infos = archive.vet(packed, "ODT", most_files=2_000, most_bytes=MOST_UNPACKED)
        info = next(i for i in infos if i.filename == "content.xml")
        content = archive.unpack(packed, info, "ODT", most=MOST_UNPACKED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as e:
        raise IngestError(
            "ODT", f"is a damaged OpenDocument file: {str(e)[:100]}", hint="open it and save it again"
        ) from e
    rows = [_words(p) for p in root.iter(_TEXT + "p", _TEXT + "h") if not _inside(p)]
    drafts = plain.read("\n\n".join(r for r in rows if r.strip()))
    for draft in drafts[:1]:
        draft.url = draft.url or url
    return Reading(drafts)


def _inside(paragraph: Any) -> bool:
    return any(a.tag in _SKIP for a in paragraph.iterancestors())


def _words(paragraph: Any) -> str:
    out: list[str] = [paragraph.text or ""]
    for node in paragraph.iterdescendants():
        skipped = any(a.tag in _SKIP for a in [node, *node.iterancestors()])
        if not skipped:
            out.append(
                {_TEXT + "s": " ", _TEXT + "tab": " ", _TEXT + "line-break": "\n"}.get(node.tag, node.text or "")
            )
        if not any(a.tag in _SKIP for a in node.iterancestors()):
            out.append(node.tail or "")
    return "".join(out)
