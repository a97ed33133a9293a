"""Bytes → text, with a note of how where it was not plain UTF-8. Raises IngestError for what is no text."""

from __future__ import annotations

import codecs
import re

from briefing.errors import IngestError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE = 65_536
GARBLED = 0.02  # share of undecodable bytes up to which a text still counts as UTF-8


def text(data: bytes, name: str = "") -> tuple[str, str | None]:
    """The text and, where something had to be assumed, what."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace"), None
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError:
        decoded = ""
    if decoded and not is_binary(data):
        return decoded, None
    if wide := _wide(data):
        return data.decode(wide, "replace"), f"read as {wide}"
    if is_binary(data):
        raise IngestError(
            name, "is a binary file of no known kind", hint="give text, HTML, PDF, DOCX, ODT, RTF, mail, feeds or ZIP"
        )
    decoded = data.decode("utf-8", "replace")
    bad = decoded.count("\ufffd")
    high = sum(b > 127 for b in data[:SAMPLE])
    if bad <= len(decoded) * GARBLED and bad < high / 4:
        return decoded, f"{bad} bytes are not UTF-8 and are shown as \ufffd"
    return _legacy(data)


def is_binary(data: bytes) -> bool:
    """Whether control bytes stand in it that no text holds."""
    sample = data[:SAMPLE]
    found = len(_CONTROL.findall(sample))
    return b"\x00" in sample or found > max(2, len(sample) * 0.01)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    sample = data[:2000]
    if len(sample) < 20:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _legacy(data: bytes) -> tuple[str, str | None]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    codec = best.encoding if best is not None else "cp1252"
    return data.decode(codec, "replace"), f"read as {codec}"
