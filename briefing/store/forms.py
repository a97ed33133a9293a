"""Records and times in, what stands in a column out, and back: compressed JSON, UTC text of fixed width, hashes."""

from __future__ import annotations

import hashlib
import json
import zlib
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from briefing.errors import StoreError
from briefing.records import Article, Problem

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")
CHUNK = 500  # parameters of one statement: every database takes as many
_PROBLEMS = TypeAdapter(tuple[Problem, ...])


def stamp(moment: datetime) -> str:
    """``2026-03-13T04:00:00.000000Z``: sorts as text the way it sorts as time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def stamped(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def moment(text: str) -> datetime:
    """The time that ``stamp`` wrote."""
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def pack(record: BaseModel, *, lean: bool = False) -> bytes:
    """A record as compressed JSON; ``lean`` leaves out what is as it is by default (a third of an Extraction)."""
    return zlib.compress(record.model_dump_json(exclude_defaults=lean).encode())


def unpack(kind: type[M], data: bytes, what: str) -> M:
    """The record that ``pack`` packed. StoreError names ``what`` where it is damaged."""
    try:
        return kind.model_validate_json(zlib.decompress(data))
    except (zlib.error, ValidationError, ValueError) as e:
        raise damaged(what) from e


def pack_problems(problems: Sequence[Problem]) -> bytes:
    return zlib.compress(_PROBLEMS.dump_json(tuple(problems)))


def unpack_problems(data: bytes, what: str) -> tuple[Problem, ...]:
    try:
        return _PROBLEMS.validate_json(zlib.decompress(data))
    except (zlib.error, ValidationError, ValueError) as e:
        raise damaged(what) from e


def shrink(data: bytes) -> bytes:
    return zlib.compress(data)


def swell(data: bytes, what: str) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as e:
        raise damaged(what) from e


def damaged(what: str) -> StoreError:
    return StoreError(
        what, "is damaged, or was written by a newer version", hint="see `briefing store verify`, or restore a backup"
    )


def content_hash(article: Article) -> str:
    """SHA-256 of what an article says: the same for the same words, whatever file brought them."""
    return _hash(
        [article.text, article.title, article.date, list(article.authors), article.publisher, article.url],
    )


def reading_hash(article: Article) -> str:
    """SHA-256 of what extraction sees of an article: no more than this may change an Extraction."""
    return _hash([article.text, article.title, article.date, article.language])


def dated(article: Article, first_seen: datetime) -> str:
    """When it was published, as far as its date says, at the latest; never after it was first seen."""
    return min(_latest(article) or stamp(first_seen), stamp(first_seen))


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _hash(said: list[Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _latest(article: Article) -> str | None:
    """The last moment that the printed date may mean: an article of ``2026-03`` may be of the 31st."""
    try:
        exact = datetime.fromisoformat(article.published_at) if article.published_at else None
        if exact is not None and exact.tzinfo is not None:
            return stamp(exact)
        parts = [int(p) for p in (article.date or "").split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        day = parts[2] if len(parts) > 2 else monthrange(year, month)[1]
        return stamp(datetime(year, month, day, 23, 59, 59, 999_999, tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
