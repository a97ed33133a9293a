"""A Word file (.docx) → the articles in it. Deleted text, comments, headers and footers are not part of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from briefing.errors import IngestError
from briefing.ingest import archive, plain
from briefing.ingest.draft import Reading

MOST_UNPACKED = 60_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIP = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "pPr", _W + "rPr"})


def read(data: bytes, *, url: str | None = None) -> Reading:
    """Raises IngestError for what is damaged or would unpack to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        archive.vet(packed, "DOCX", most_files=2_000, most_bytes=MOST_UNPACKED)
    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as e:
        raise IngestError("DOCX", f"is a damaged Word file: {str(e)[:100]}", hint="open it and save it again") from e
    rows = [_text(p) for p in document.element.body.iter(_W + "p")]
    drafts = plain.read("\n\n".join(r for r in rows if r.strip()))
    for draft in drafts[:1]:
        draft.url = draft.url or url
    return Reading(drafts)


def _text(paragraph: Any) -> str:
    out: list[str] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag in _SKIP or (
            node.tag == _W + "p" and node is not paragraph
        ):  # a paragraph in a text box comes by itself
            continue
        if node.tag == _W + "t":
            out.append(node.text or "")
        elif node.tag == _W + "tab":
            out.append(" ")
        elif node.tag in {_W + "br", _W + "cr"}:
            out.append("\n")
        elif node.tag == _W + "noBreakHyphen":
            out.append("-")
        else:
            stack.extend(reversed(node))
    return "".join(out)
