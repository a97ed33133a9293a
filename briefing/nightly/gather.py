"""A profile's sources in; articles, stored or newly read, in the order of the sources, and what went wrong, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing import pipeline
from briefing.config import Config
from briefing.errors import IngestError, TemporaryError
from briefing.ingest.known import Keyed, keyed
from briefing.profiles import Sources
from briefing.records import Article, Problem
from briefing.store import Store


@dataclass
class Gathered:
    """``inputs``: key of a file that was read now → places in ``articles`` and what was wrong with it."""

    articles: list[Article | str] = field(default_factory=list)
    inputs: dict[str, tuple[list[int], list[Problem]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    good: int = 0  # sources that could be read, whatever was in them
    bad: list[Problem] = field(default_factory=list)  # sources that could not


def gather(sources: Sources, *, config: Config, store: Store, now: datetime, folder: Path) -> Gathered:
    """Everything that the sources hold now. Raises TemporaryError where not one of them can be read.

    Paths below ``folder`` are told without it, so that a moved desk gives the same brief.
    """
    found = Gathered()
    for place in (*sources.folders, *sources.mailboxes):
        _files(found, place, config, store)
    for address in sources.feeds:
        _feed(found, address, config)
    if sources.store is not None:
        found.articles += store.query(sources.store, now)
        found.good += 1
    if found.bad and not found.good:
        first = found.bad[0]
        hint = f"no source could be read ({len(found.bad)} tried)"
        raise TemporaryError(first.subject, first.message, hint=f"{hint}; {first.hint}" if first.hint else hint)
    found.problems += found.bad
    return _told_from(folder, found)


def _told_from(folder: Path, found: Gathered) -> Gathered:
    base = "" if folder == Path() else f"{folder}/"
    articles: list[Article | str] = [
        a if isinstance(a, str) else a.model_copy(update={"source": a.source.removeprefix(base)})
        for a in found.articles
    ]
    inputs = {k: (places, _shown(problems, base)) for k, (places, problems) in found.inputs.items()}
    return Gathered(articles, inputs, _shown(found.problems, base), found.good, found.bad)


def _shown(problems: Sequence[Problem], base: str) -> list[Problem]:
    return [p.model_copy(update={"subject": p.subject.removeprefix(base)}) for p in problems]


def _files(found: Gathered, place: Path, config: Config, store: Store) -> None:
    try:
        files = list(keyed(place, config=config.ingest))
    except (IngestError, OSError) as e:
        found.bad.append(_problem(str(place), e))
        return
    found.good += 1
    found.problems += [_problem(f.name, f.error) for f in files if f.error is not None]
    known = store.inputs([f.key for f in files if f.key])
    fresh = [f for f in files if f.key and f.key not in known]
    read, problems = pipeline.read([f.name for f in fresh], config=config) if fresh else ([], [])
    mine = _by_file(fresh, [a.source for a in read])
    for file in files:
        if file.key in known:
            found.articles += known[file.key][0]
        elif file.key:
            _add(found, file, [read[i] for i in mine.get(file.name, [])], problems)
    found.problems += problems


def _add(found: Gathered, file: Keyed, articles: Sequence[Article], problems: Sequence[Problem]) -> None:
    places = list(range(len(found.articles), len(found.articles) + len(articles)))
    found.articles += articles
    found.inputs[file.key] = (places, [p for p in problems if _of(p.subject, file.name)])


def _by_file(files: Sequence[Keyed], sources: Sequence[str]) -> dict[str, list[int]]:
    """File → places of its articles: a file that holds several has them below its own name."""
    names = {f.name for f in files}
    out: dict[str, list[int]] = {}
    for i, source in enumerate(sources):
        name = source
        while name not in names and "/" in name:
            name = name.rsplit("/", 1)[0]
        out.setdefault(name, []).append(i)
    return out


def _of(subject: str, name: str) -> bool:
    return subject == name or subject.startswith(f"{name}/")


def _feed(found: Gathered, address: str, config: Config) -> None:
    articles, problems = pipeline.read([address], config=config)
    unread = [p for p in problems if p.fails and p.subject == address]
    if unread and not articles:
        found.bad += problems
        return
    found.good += 1
    found.articles += articles
    found.problems += problems


def _problem(subject: str, e: Exception) -> Problem:
    if isinstance(e, IngestError):
        return Problem(stage="ingest", subject=subject, message=e.found, hint=e.hint)
    return Problem(stage="ingest", subject=subject, message=f"cannot be read: {e}", hint="check path and permissions")
