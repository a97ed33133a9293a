"""A URL that a template or stylesheet names in, bytes out: ``data:`` and files of the style's own folders, no more.

No brief ever reaches the network, whatever an article or a template says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

MAX_BYTES = 20_000_000


def fetcher(folders: Sequence[Path]) -> Any:
    """A WeasyPrint URL fetcher bound to ``folders``."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    roots = [f.resolve() for f in folders]

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint asks for a subclass
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = _file(url)
            if path is None or not any(path.is_relative_to(root) for root in roots):
                raise FatalURLFetchingError(f"{url[:200]}: only data: URLs and files of the style's folder are loaded")
            if not path.is_file() or path.stat().st_size > MAX_BYTES:
                raise FatalURLFetchingError(f"{path}: no file, or larger than {MAX_BYTES:,} bytes")
            return URLFetcherResponse(url, path.read_bytes())

    return OwnFiles(allowed_protocols={"data"}, allow_redirects=False)


def _file(url: str) -> Path | None:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return None
    return Path(unquote(parts.path)).resolve()
