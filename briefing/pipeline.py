"""The five calls: inputs in, files out. The only module that knows every room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from briefing.config import Config, fingerprint
from briefing.errors import InputsFailed, NothingToBrief
from briefing.records import Article, Brief, Extraction, Output, Problem, Production, Synthesis, Told, ToldItem

CONTEXT = 12  # old articles that a story brings along: enough to see what was told, and a night stays a night

Progress = Callable[[str, int, int], None]


def quiet(stage: str, done: int, total: int) -> None:
    """The progress of those who do not want to hear of it."""


def read(inputs: Sequence[str], *, config: Config, url: str | None = None) -> tuple[list[Article], list[Problem]]:
    """Ingest: paths, folders, URLs or ``-`` → articles and what went wrong."""
    from briefing.ingest import ingest

    return ingest(inputs, config=config.ingest, url=url)


def analyse(articles: Sequence[Article], *, config: Config, progress: Progress = quiet) -> Iterator[Extraction]:
    """Extract: one Extraction an article, in order."""
    from briefing.extract import load_extractor

    extractor = load_extractor(config.extract)
    for n, article in enumerate(articles):
        progress("extract", n, len(articles))
        yield extractor(article)
    progress("extract", len(articles), len(articles))


def extract_version(config: Config) -> str:
    """What extractions rest on beside their articles: stored ones of another version are made anew."""
    from briefing.extract import version

    return version(config.extract)


def context(new: Sequence[Article], old: Sequence[Article], *, days: int) -> list[str]:
    """Ids of old articles that are in a story with a new one, at most ``days`` from it; the likest of each story."""
    from briefing.synthesize.context import context as found

    return found(new, old, most_per_story=CONTEXT, days=days)


def brief_of(
    articles: Sequence[Article],
    extractions: Iterable[Extraction],
    *,
    config: Config,
    as_of: str | None = None,
    problems: Sequence[Problem] = (),
) -> Brief:
    """Synthesize and compose: what all articles say, and what the brief says of it."""
    from briefing.compose import compose
    from briefing.extract import production

    found = synthesis_of(articles, extractions, config=config, problems=problems)
    made = production(config.extract, articles=articles, fingerprint=fingerprint(config))
    return compose(found, config=config, as_of=as_of, production=made)


def brief_since(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    *,
    new: Collection[str],
    told: Told,
    number: int,
    config: Config,
    as_of: str | None = None,
    problems: Sequence[Problem] = (),
    production: Production | None = None,
) -> tuple[Brief, tuple[ToldItem, ...]]:
    """The next issue of a brief, and what it tells: ``articles`` are the ``new`` ones and old ones of their stories.

    What changed since ``told`` leads; a story told before in which nothing material has moved is left out. The order
    of the articles makes no difference. ``production`` is the record of how it was made, where that is known.
    """
    from briefing.compose import compare, compose
    from briefing.extract import production as record
    from briefing.synthesize import synthesize

    pairs = sorted(zip(articles, extractions, strict=True), key=lambda p: _when(p[0]))
    found = synthesize([a for a, _ in pairs], [x for _, x in pairs], config=config.synthesize, problems=problems)
    compared = compare(found, told, new=new, number=number, config=config, as_of=as_of)
    kept = [(a, x, p) for (a, x), p in zip(pairs, found.placed, strict=True) if a.id in compared.kept]
    if len(kept) < len(pairs):
        parts = [a for a, _, _ in kept], [x for _, x, _ in kept], [p for _, _, p in kept]
        found = synthesize(*parts[:2], config=config.synthesize, problems=problems, placed=parts[2])
    made = production or record(config.extract, articles=[a for a, _ in pairs], fingerprint=fingerprint(config))
    return compose(found, config=config, as_of=compared.as_of, production=made, compared=compared), compared.items


def _when(article: Article) -> tuple[str, str, str]:
    """Sorts articles by day, then time, then id."""
    return ((article.date or "")[:10], article.published_at or article.date or "", article.id)


def synthesis_of(
    articles: Sequence[Article],
    extractions: Iterable[Extraction],
    *,
    config: Config,
    problems: Sequence[Problem] = (),
) -> Synthesis:
    """Synthesize alone."""
    from briefing.synthesize import synthesize

    return synthesize(articles, list(extractions), config=config.synthesize, problems=problems)


def build(
    inputs: Sequence[str],
    *,
    config: Config,
    as_of: str | None = None,
    strict: bool = False,
    progress: Progress = quiet,
) -> Brief:
    """Inputs → Brief. Raises NothingToBrief, and InputsFailed with ``strict``."""
    articles, problems = read(inputs, config=config)
    failed = [p for p in problems if p.fails]
    if strict and failed:
        first = failed[0]
        raise InputsFailed(first.subject, first.message, hint=f"{len(failed)} inputs failed; drop --strict to go on")
    usable = [a for a in articles if a.language is None or a.language in config.ingest.languages]
    if not usable:
        reasons = [f"{p.subject}: {p.message}" for p in problems]
        raise NothingToBrief(
            ", ".join(inputs[:3]) or "no input",
            f"no article to brief ({len(articles)} read, {len(problems)} problems)",
            hint="give files or folders with English articles",
            reasons=reasons,
        )
    extractions = list(analyse(usable, config=config, progress=progress))
    return brief_of(usable, extractions, config=config, as_of=as_of, problems=problems)


def write(brief: Brief, *, config: Config, formats: Sequence[str], out: Path) -> list[Path]:
    """Render: Brief → files below ``out``, each visible only when whole. Returns their paths."""
    from briefing.render import render, save

    outputs: list[Output] = render(brief, formats=formats, config=config)
    return save(outputs, out)
