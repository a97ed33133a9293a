"""An address → a page's or document's bytes, or the articles of a feed or sitemap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import sniff
from briefing.ingest.draft import Draft
from briefing.ingest.fetch import Fetched, Fetcher
from briefing.ingest.opening import Opener


@dataclass
class Found:
    """What an address gave: a file to read on, or drafts with the address of each, and what went wrong on the way."""

    page: Fetched | None = None
    drafts: list[tuple[Draft, str]] = field(default_factory=list)
    errors: list[IngestError] = field(default_factory=list)


class Online:
    """One run's look at the web."""

    def __init__(self, config: IngestSettings, opener: Opener) -> None:
        self._config, self._opener = config, opener
        self._fetcher = Fetcher(config)
        self._ahead: dict[str, Fetched | IngestError] = {}

    def expect(self, urls: Sequence[str]) -> None:
        """Fetch the addresses that the user gave, several hosts at once."""
        self._ahead = self._fetcher.many(urls)

    def take(self, given: str) -> Found:
        """Raises IngestError where the address itself gives nothing."""
        page = self._ahead.get(given) or self._fetcher.get(given)
        if isinstance(page, IngestError):
            raise page
        if sniff.kind(page.data, given) not in {"feed", "sitemap"}:
            return Found(page=page)
        opened = self._opener.open(given, page.data, url=page.url)
        reading = opened.reading
        found = Found()
        if reading is None:
            return found
        if opened.kind == "sitemap":
            found.drafts = [(draft, link) for link, draft in self._followed(reading.links, given, found).items()]
            return found
        self._stale(given, reading.drafts, page.day, found)
        whole = self._followed([d.url for d in reading.drafts if d.partial and d.url], given, found)
        found.drafts = [(_fuller(d, whole.get(d.url or "")), given) for d in reading.drafts]
        return found

    def _followed(self, links: list[str], name: str, found: Found) -> dict[str, Draft]:
        """The articles behind links, by address; a feed's own words stay where a page cannot be read."""
        most = self._config.max_links
        if len(links) > most:
            found.errors.append(
                IngestError(name, f"names {len(links):,} pages; {most} are read", hint="raise ingest.max_links")
            )
        drafts: dict[str, Draft] = {}
        for link, page in self._fetcher.many(links[:most]).items():
            if isinstance(page, IngestError):
                found.errors.append(page)
                continue
            try:
                reading = self._opener.open(link, page.data, url=page.url).reading
            except IngestError as e:
                found.errors.append(e)
                continue
            if reading and reading.drafts:
                drafts[link] = reading.drafts[0]
        return drafts

    def _stale(self, name: str, drafts: list[Draft], today: str | None, found: Found) -> None:
        """Today is the server's, so that nothing depends on this machine's clock."""
        newest = max((d.date for d in drafts if d.date and len(d.date) >= 10), default=None)
        if newest is None or today is None:
            return
        days = (date.fromisoformat(today) - date.fromisoformat(newest[:10])).days
        if days > self._config.stale_days:
            what = f"is stale: its newest entry is of {newest}, {days} days old"
            found.errors.append(IngestError(name, what, hint="check the feed's address"))


def _fuller(entry: Draft, page: Draft | None) -> Draft:
    """The page behind a feed's entry where it says more; what only the feed says is kept."""
    if page is None or len(page.text) <= len(entry.text):
        return entry
    page.title, page.date = page.title or entry.title, page.date or entry.date
    page.publisher, page.authors = page.publisher or entry.publisher, page.authors or entry.authors
    page.url = entry.url
    return page
