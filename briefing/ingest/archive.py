"""A file that holds files (ZIP, gzip, mbox) → its parts, one at a time, vetted before a byte is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest.draft import Part

KINDS = frozenset({"zip", "gzip", "mbox"})
RATIO = 200  # unpacked to packed bytes; text packs 3 to 10 times, markup up to 50
SMALL = 1_000_000  # unpacked bytes below which the ratio does not matter


def members(kind: str, data: bytes, name: str, config: IngestSettings) -> Iterator[Part | IngestError]:
    """A member that cannot be read is an error in its place. Raises IngestError for an archive that is not opened."""
    return {"zip": _zip, "gzip": _gzip, "mbox": _mbox}[kind](data, name, config)


def vet(archive: zipfile.ZipFile, name: str, *, most_files: int, most_bytes: int) -> list[zipfile.ZipInfo]:
    """The members that may be read, by the archive's own list; what the list hides, ``unpack`` stops."""
    infos = [i for i in archive.infolist() if not i.is_dir()]
    if len(infos) > most_files:
        raise IngestError(
            name,
            f"holds {len(infos):,} files; at most {most_files:,} are read",
            hint="split it, or raise ingest.max_files",
        )
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if total > most_bytes:
        raise IngestError(
            name,
            f"would unpack to {total:,} bytes; at most {most_bytes:,} are read",
            hint="split it, or raise ingest.max_unpacked",
        )
    if total > SMALL and total > packed * RATIO:
        raise IngestError(
            name,
            f"would unpack to {total // max(packed, 1):,} times its size",
            hint="such a file is made to harm; it is not opened",
        )
    if any(i.flag_bits & 1 for i in infos):
        raise IngestError(name, "is locked with a password", hint="unpack it first")
    return infos


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, *, most: int) -> bytes:
    """A member's bytes, never more than the list promised or ``most``."""
    try:
        with archive.open(info) as member:
            data = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as e:
        raise IngestError(
            name, f"holds a damaged file, {info.filename[:80]}: {str(e)[:100]}", hint="pack it again"
        ) from e
    if len(data) > most:
        raise IngestError(
            name, f"holds {info.filename[:80]} of more than {most:,} bytes", hint="raise ingest.max_bytes"
        )
    return data


def _zip(data: bytes, name: str, config: IngestSettings) -> Iterator[Part | IngestError]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
        raise IngestError(name, f"is a damaged ZIP file: {e}", hint="pack it again") from e
    with archive:
        infos = vet(archive, name, most_files=min(config.max_files, 20_000), most_bytes=config.max_unpacked)
        shown = [i for i in sorted(infos, key=lambda i: i.filename) if not _hidden(i.filename)]
        if not shown:
            raise IngestError(name, "is an archive without files", hint="pack articles in it")
        for info in shown:
            try:
                yield Part(_inner(info.filename), unpack(archive, info, name, most=config.max_bytes))
            except IngestError as e:
                yield e


def _gzip(data: bytes, name: str, config: IngestSettings) -> Iterator[Part]:
    engine = zlib.decompressobj(wbits=31)
    try:
        unpacked = engine.decompress(data, config.max_bytes + 1)
    except zlib.error as e:
        raise IngestError(name, f"is a damaged gzip file: {e}", hint="pack it again") from e
    if len(unpacked) > config.max_bytes:
        raise IngestError(name, f"unpacks to more than {config.max_bytes:,} bytes", hint="raise ingest.max_bytes")
    if not engine.eof:
        raise IngestError(name, "is a damaged gzip file: it breaks off", hint="pack it again")
    if unpacked[257:262] == b"ustar":
        raise IngestError(name, "is a tar archive, which is not read", hint="pack it as ZIP")
    inner = name.replace("\\", "/").rsplit("/", 1)[-1]
    yield Part(inner[:-3] if inner.lower().endswith(".gz") else inner, unpacked)


def _mbox(data: bytes, name: str, config: IngestSettings) -> Iterator[Part]:
    """Messages start at a "From " line after an empty line; ">From " within is quoted once."""
    starts = [
        m.start() for m in re.finditer(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]{1,200}\n(?=[A-Za-z-]{1,60}:)", data)
    ]
    if len(starts) > config.max_files:
        raise IngestError(name, f"holds {len(starts):,} messages", hint="split it, or raise ingest.max_files")
    for number, (a, b) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), start=1):
        message = data[a:b].split(b"\n", 1)[1]
        yield Part(f"message-{number}", re.sub(rb"(?m)^>(>*From )", rb"\1", message))


def _hidden(path: str) -> bool:
    return any(
        p.startswith((".", "__MACOSX")) or p in {"Thumbs.db", "desktop.ini"}
        for p in path.split("/")
        if p not in {".", ".."}
    )


def _inner(path: str) -> str:
    """A member's path as a name only: nothing is ever written under it, and it shows no way out of the archive."""
    return "/".join(p for p in path.replace("\\", "/").split("/") if p not in {"", ".", ".."}) or "file"
