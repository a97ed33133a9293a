"""An RTF file → the articles in it. Only text comes through: no pictures, objects, fields or fonts."""

from __future__ import annotations

import re

from briefing.ingest import plain
from briefing.ingest.draft import Reading

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|"
    rb"\\([^a-zA-Z'])|([{}])|([\r\n]+)|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_SILENT = frozenset({
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"headerl", b"headerr",
    b"headerf", b"footer", b"footerl", b"footerr", b"footerf", b"footnote", b"annotation", b"listtable",
    b"listoverridetable", b"revtbl", b"rsidtbl", b"generator", b"themedata", b"colorschememapping", b"datastore",
    b"xmlnstbl", b"fldinst", b"nonshppict", b"shppict", b"bkmkstart", b"bkmkend", b"template", b"operator",
    b"author", b"title", b"subject", b"keywords", b"doccomm", b"datafield", b"latentstyles", b"mmathPr", b"pgptbl",
    b"filetbl", b"atnid", b"atnauthor",
})  # fmt: skip
_MARKS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"line": "\n", b"tab": " ",
    b"cell": " ", b"row": "\n\n", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n"}
DEEPEST = 2_000


def read(data: bytes, *, url: str | None = None) -> Reading:
    """All running text, split and cleaned as pasted text is."""
    drafts = plain.read(text(data))
    for draft in drafts[:1]:
        draft.url = draft.url or url
    return Reading(drafts)


def text(data: bytes) -> str:
    """The words of an RTF file; one pass, groups on a bounded stack."""
    page = re.search(rb"\\ansicpg(\d{3,5})", data[:4000])
    codec = _codec(page[1].decode() if page else "1252")
    out: list[str] = []
    held = bytearray()  # bytes in the file's code page; some letters need two
    stack: list[tuple[bool, int]] = []
    silent, skip_after, skip = False, 1, 0
    for token in _TOKEN.finditer(data):
        word, number, code, symbol, brace, _, run = token.groups()
        if code and not skip:
            held += b"" if silent else bytes([int(code, 16)])
            continue
        if held:
            out.append(held.decode(codec, "replace"))
            held.clear()
        if brace == b"{":
            if len(stack) < DEEPEST:
                stack.append((silent, skip_after))
        elif brace == b"}":
            silent, skip_after = stack.pop() if stack else (False, 1)
            skip = 0
        elif symbol == b"*":
            silent = True
        elif word == b"bin":  # raw bytes follow: nothing after them can be told apart from text
            silent = silent or bool(number and int(number))
        elif word in _SILENT:
            silent = True
        elif word == b"uc":
            skip_after = min(int(number or 1), 8)
        elif silent:
            continue
        elif word == b"u" and number:
            out.append(chr(int(number) % 65536))
            skip = skip_after
        elif word == b"upr" or (word and word not in _MARKS):
            continue
        elif skip and (run or code):
            length = len(run) if run else 1
            out.append((run or b"")[skip:].decode(codec, "replace"))
            skip = max(0, skip - length)
        elif word:
            out.append(_MARKS[word])
        elif symbol:
            out.append(_SYMBOLS.get(symbol, ""))
        elif run:
            out.append(run.decode(codec, "replace"))
    out.append(held.decode(codec, "replace"))
    return _paired("".join(out))


def _codec(page: str) -> str:
    try:
        "".encode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"


def _paired(words: str) -> str:
    """Letters beyond U+FFFF are written as two halves."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
