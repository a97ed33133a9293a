"""A brief with its files and items in, an issue of its profile out: kept in one go, numbered without a gap."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from briefing.errors import StoreError
from briefing.ledger import File, Intake, Issue, Run, Slot
from briefing.records import Brief, ToldItem
from briefing.store import Fence, holding, parcels
from briefing.store.forms import chunks, moment, pack, shrink, stamp, swell, unpack
from briefing.store.rows import add, add_new, ensure_slot, keys_of, slot_key
from briefing.store.tables import files, had, issue_articles, issues, item_articles, items, runs, slots


def keep(
    connection: Connection,
    fence: Fence,
    run: Run,
    slot: Slot,
    brief: Brief,
    made: Sequence[File],
    told: Sequence[ToldItem],
    intake: Intake,
    targets: Sequence[str],
    now: datetime,
) -> Issue:
    """All of it, or what an earlier try of the slot has kept."""
    holding.check(connection, fence, slot.profile)
    key = ensure_slot(connection, slot)
    there = _issue(connection, issues.c.slot == key)
    if there is not None:
        return there
    keys = _articles(connection, brief, told, intake)
    number = 1 + (connection.execute(_last_number(slot.profile)).scalar() or 0)
    issue = _insert_issue(connection, key, slot, brief, number, now)
    add(connection, files, [_file_row(issue, n, f) for n, f in enumerate(made)])
    _insert_items(connection, issue, slot.profile, number, told, keys)
    cited = [keys[i] for i in dict.fromkeys(_cited(brief, told))]
    cited += _told_before(connection, slot.profile, {c.item for c in brief.changes})
    add(connection, issue_articles, [{"issue": issue, "article": k} for k in dict.fromkeys(cited)])
    all_had = dict.fromkeys([*cited, *(keys[i] for i in intake.new if i in keys)])
    add_new(connection, had, [{"profile": slot.profile, "article": k} for k in all_had])
    parcels.put(connection, key, issue, "brief", targets)
    connection.execute(update(slots).where(slots.c.key == key).values(state="built", next_try=None))
    connection.execute(update(runs).where(runs.c.key == run.id).values(new=len(intake.new)))
    kept = _issue(connection, issues.c.key == issue)
    if kept is None:
        raise StoreError(f"issue {number} of {slot.profile}", "was taken out meanwhile", hint="run again")
    return kept


def newest(connection: Connection, profile: str, most: int) -> list[Issue]:
    wanted = _issues().where(issues.c.profile == profile).order_by(issues.c.number.desc()).limit(most)
    return [issue_of(row) for row in connection.execute(wanted)]


def of(connection: Connection, slot: Slot) -> Issue | None:
    key = slot_key(connection, slot)
    return None if key is None else _issue(connection, issues.c.slot == key)


def files_of(connection: Connection, issue: int) -> list[File]:
    rows = connection.execute(select(files).where(files.c.issue == issue).order_by(files.c.position))
    return [
        File(format=r.format, name=r.name, sha256=r.sha256, data=swell(r.data, f"file {r.name} of issue {issue}"))
        for r in rows
    ]


def brief_of(connection: Connection, issue: int) -> Brief:
    row = connection.execute(select(issues.c.brief, issues.c.withdrawn).where(issues.c.key == issue)).first()
    if row is None or row.brief is None:
        found = "is not in the store" if row is None else "was withdrawn: an article it rested on was deleted"
        raise StoreError(f"issue {issue}", found)
    return unpack(Brief, row.brief, f"brief of issue {issue}")


def issue_of(row: Row[Any]) -> Issue:
    return Issue(
        id=row.key,
        profile=row.profile,
        number=row.number,
        slot=moment(row.at),
        local=row.local,
        title=row.title,
        as_of=row.as_of,
        made=moment(row.made),
        quiet=row.quiet,
        changes=row.changes,
        new_articles=row.new_articles,
        articles=row.articles,
        withdrawn=row.withdrawn,
    )


def _issues() -> Select[Any]:
    columns = [c for c in issues.c if c.name != "brief"]
    return select(*columns, slots.c.at, slots.c.local).join(slots, slots.c.key == issues.c.slot)


def _issue(connection: Connection, where: Any) -> Issue | None:
    row = connection.execute(_issues().where(where)).first()
    return None if row is None else issue_of(row)


def _last_number(profile: str) -> Select[Any]:
    return select(func.max(issues.c.number)).where(issues.c.profile == profile)


# -------------------------------------------------------------------------------------------------------------- keeping
def _cited(brief: Brief, told: Sequence[ToldItem]) -> Iterator[str]:
    """Ids of the articles that an issue rests on, or names."""
    yield from (line.id for line in brief.articles)
    yield from (e.article for item in told for e in item.evidence)
    if brief.since is not None:
        yield from brief.since.unmoved_articles


def _articles(connection: Connection, brief: Brief, told: Sequence[ToldItem], intake: Intake) -> dict[str, int]:
    """Keys of all that is named. What was deleted during the run must not come back through its brief."""
    named = list(dict.fromkeys(_cited(brief, told)))
    keys = keys_of(connection, [*named, *intake.new])
    for article in named:
        if article not in keys:
            raise StoreError(f"article {article}", "was deleted during the run", hint="run again, without it")
    return keys


def _told_before(connection: Connection, profile: str, ids: Iterable[str]) -> list[int]:
    """Articles that items rested on before: a change repeats some of their words, also where it only drops them."""
    rests = select(item_articles.c.article).join(items, items.c.key == item_articles.c.item)
    found: dict[int, None] = {}
    for part in chunks(sorted(ids)):
        where = items.c.profile == profile, items.c.id.in_(part)
        found |= dict.fromkeys(connection.execute(rests.where(*where).order_by(item_articles.c.article)).scalars())
    return list(found)


def _insert_issue(connection: Connection, key: int, slot: Slot, brief: Brief, number: int, now: datetime) -> int:
    since = brief.since
    values = {
        "slot": key,
        "profile": slot.profile,
        "number": number,
        "title": brief.title,
        "as_of": brief.as_of,
        "made": stamp(now),
        "quiet": since.quiet if since else False,
        "changes": len(brief.changes),
        "new_articles": since.new_articles if since else len(brief.articles),
        "articles": len(brief.articles),
        "withdrawn": False,
        "brief": pack(brief),
    }
    issue: int = connection.execute(insert(issues).values(values).returning(issues.c.key)).scalar_one()
    return issue


def _file_row(issue: int, position: int, file: File) -> dict[str, Any]:
    if hashlib.sha256(file.data).hexdigest() != file.sha256:
        raise StoreError(f"file {file.name}", "is not the one that its SHA-256 says")
    return {
        "issue": issue,
        "position": position,
        "format": file.format,
        "name": file.name,
        "sha256": file.sha256,
        "data": shrink(file.data),
    }


def _insert_items(
    connection: Connection, issue: int, profile: str, number: int, told: Sequence[ToldItem], keys: dict[str, int]
) -> None:
    rows = [
        {
            "issue": issue,
            "profile": profile,
            "number": number,
            "position": n,
            "id": item.id,
            "story": item.story,
            "body": pack(item.model_copy(update={"issue": number})),
        }
        for n, item in enumerate(told)
    ]
    add(connection, items, rows)
    placed = select(items.c.position, items.c.key).where(items.c.issue == issue)
    item_keys = {row.position: row.key for row in connection.execute(placed)}
    pairs = dict.fromkeys((item_keys[n], keys[e.article]) for n, item in enumerate(told) for e in item.evidence)
    add(connection, item_articles, [{"item": item, "article": article} for item, article in pairs])
