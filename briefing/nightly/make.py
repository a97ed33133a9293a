"""A slot that runs in; its issue in the store out: what the sources gave, what it says, what changed, the files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from briefing import pipeline
from briefing.config import Config
from briefing.ledger import File, Intake, Issue, Kept, Run, Slot
from briefing.nightly.desk import Night
from briefing.nightly.gather import gather
from briefing.nightly.names import folder_name
from briefing.nightly.topic import belongs
from briefing.nightly.versions import same_article
from briefing.records import Article, Brief, Extraction
from briefing.store import Fence

BATCH = 8  # extractions that are kept at once: what a crash costs at most
LETTER = "letter"  # format of the file that keeps the words of mails and webhooks beside the issue's own files


def make(night: Night, fence: Fence, run: Run, slot: Slot) -> Issue:
    """The issue of a slot, kept. Each step that an earlier try has kept is taken from the store."""
    config = night.settings(slot.profile)
    intake = night.store.intake(slot) or _take_in(night, fence, slot, config)
    night.checkpoint()
    new = _chosen(night, intake, slot, config)
    articles = [*_context(night, new, slot), *(k.article for k in new)]
    extractions = _extracted(night, fence, articles, config)
    told = night.store.told(slot.profile, articles=[a.id for a in articles])
    last = night.store.issues(slot.profile, most=1)
    number = last[0].number + 1 if last else 1
    brief, items = pipeline.brief_since(
        articles,
        extractions,
        new={k.article.id for k in new},
        told=told,
        number=number,
        config=config,
        as_of=slot.local[:10],
        problems=intake.problems,
    )
    night.checkpoint()
    files = _files(brief, config, slot, number, folder_name(slot, night.zone(slot.profile)))
    night.checkpoint()
    return night.store.keep_issue(
        fence,
        run,
        slot,
        brief,
        files=files,
        items=items,
        intake=intake.model_copy(update={"new": tuple(k.article.id for k in new)}),
        targets=night.keys(slot.profile),
        now=night.clock(),
    )


def _take_in(night: Night, fence: Fence, slot: Slot, config: Config) -> Intake:
    night.progress("read", 0, 1)
    sources = night.profile(slot.profile).sources
    found = gather(sources, config=config, store=night.store, now=slot.at, folder=night.folder)
    night.progress("read", 1, 1)
    return night.store.take_in(
        fence,
        slot,
        night.clock(),
        articles=found.articles,
        inputs=found.inputs,
        problems=found.problems,
        same=same_article,
    )


def _chosen(night: Night, intake: Intake, slot: Slot, config: Config) -> list[Kept]:
    """What is new to the profile, in a language that is read, on its topic and not too old; no replaced versions."""
    profile = night.profile(slot.profile)
    first = (slot.at - timedelta(days=profile.days_back)).date().isoformat()
    return [
        k
        for k in night.store.articles(intake.new)
        if k.replaced_by is None
        and (k.article.language is None or k.article.language in config.ingest.languages)
        and (k.article.date or first)[:10] >= first
        and belongs(k.article, profile)
    ]


def _context(night: Night, new: Sequence[Kept], slot: Slot) -> list[Article]:
    """Articles of earlier issues that are in a story with a new one."""
    if not new:
        return []
    days = night.profile(slot.profile).days_back
    since = slot.at - timedelta(days=days)
    old = {k.article.id: k.article for k in night.store.recent(slot.profile, since=since)}
    for k in new:
        old.pop(k.article.id, None)
    wanted = pipeline.context([k.article for k in new], list(old.values()), days=days)
    return [old[i] for i in wanted]


def _extracted(night: Night, fence: Fence, articles: Sequence[Article], config: Config) -> list[Extraction]:
    """One extraction an article, in order; only what the store does not have is extracted, and kept as it comes."""
    if not articles:
        return []
    version = pipeline.extract_version(config)
    known = night.store.extractions([a.id for a in articles], version)
    missing = [a for a in articles if a.id not in known]
    fresh: list[Extraction] = []
    for extraction in pipeline.analyse(missing, config=config, progress=night.progress) if missing else ():
        known[extraction.id] = extraction
        fresh.append(extraction)
        if len(fresh) == BATCH:
            night.store.keep_extractions(fence, fresh, version)
            fresh = []
        night.checkpoint()
    if fresh:
        night.store.keep_extractions(fence, fresh, version)
    return [known[a.id] for a in articles]


def _files(brief: Brief, config: Config, slot: Slot, number: int, folder: str) -> list[File]:
    from briefing.render import render
    from briefing.render.letter import letter

    words = letter(brief, config, profile=slot.profile, number=number, folder=folder)
    files = [
        File(format=o.format, name=o.name, sha256=hashlib.sha256(o.data).hexdigest(), data=o.data)
        for o in render(brief, formats=config.render.formats, config=config)
    ]
    data = words.model_dump_json().encode()
    return [*files, File(format=LETTER, name="letter.json", sha256=hashlib.sha256(data).hexdigest(), data=data)]
