"""An article or an age in, how much was deleted out: all that rested on it, nothing that a kept issue needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, insert, select, update

from briefing.ledger import CLOSED
from briefing.store.forms import chunks, stamp
from briefing.store.rows import add_new, only_writer_of_articles
from briefing.store.tables import (
    articles,
    extractions,
    files,
    gone,
    had,
    input_articles,
    inputs,
    intake_articles,
    intakes,
    issue_articles,
    issues,
    item_articles,
    items,
    parcels,
    past,
    runs,
    slots,
)

WITHDRAWN = "Withdrawn"  # title of an issue whose content is gone: the old one may have been a headline
SETTLED = ("sent", "failed", "doubtful")


# -------------------------------------------------------------------------------------------------------- one article
def article(connection: Connection, name: str) -> dict[str, int]:
    """Delete the article and all that rests on it; all zero where the store does not have it."""
    only_writer_of_articles(connection)
    key = connection.execute(select(articles.c.key).where(articles.c.id == name)).scalar()
    if key is None:
        return dict.fromkeys(("articles", "extractions", "inputs", "intakes", "items", "issues", "files"), 0)
    _remember(connection, key, name)
    withdrawn, gone_files = _withdraw(connection, key)
    resting = select(item_articles.c.item).where(item_articles.c.article == key)
    gone_items = connection.execute(delete(items).where(items.c.key.in_(resting))).rowcount
    taken = connection.execute(select(func.count()).where(intake_articles.c.article == key)).scalar_one()
    brought = select(input_articles.c.input).where(input_articles.c.article == key)
    gone_inputs = connection.execute(delete(inputs).where(inputs.c.name.in_(brought))).rowcount
    connection.execute(delete(articles).where(articles.c.key == key))
    return {
        "articles": 1,
        "extractions": _unread_extractions(connection),
        "inputs": gone_inputs,
        "intakes": taken,
        "items": gone_items,
        "issues": withdrawn,
        "files": gone_files,
    }


def _remember(connection: Connection, key: int, name: str) -> None:
    """That the profiles whose issues had it know that it is gone, and what it was when it comes again."""
    _keep_hashes(connection, [key])
    profiles = connection.execute(select(had.c.profile).where(had.c.article == key).order_by(had.c.profile)).scalars()
    for profile in profiles.all():
        connection.execute(insert(gone).values(profile=profile, article=name))


def _withdraw(connection: Connection, key: int) -> tuple[int, int]:
    """Take the content of the issues that cite the article; number and ledger stay true."""
    citing = select(issue_articles.c.issue).where(issue_articles.c.article == key)
    gone_files = connection.execute(delete(files).where(files.c.issue.in_(citing))).rowcount
    values = {"withdrawn": True, "brief": None, "title": WITHDRAWN}
    standing = issues.c.key.in_(citing), issues.c.withdrawn.is_(False)
    withdrawn = connection.execute(update(issues).where(*standing).values(values)).rowcount
    waiting = parcels.c.issue.in_(citing), parcels.c.state.in_(("pending", "sending"))
    stopped = {"state": "failed", "next_try": None, "detail": "withdrawn: an article it rested on was deleted"}
    connection.execute(update(parcels).where(*waiting).values(stopped))
    return withdrawn, gone_files


def _keep_hashes(connection: Connection, keys: Sequence[int]) -> None:
    """The profiles that had these articles know their content hashes for good; a hash gives back no word."""
    joined = select(had.c.profile, articles.c.sha256).join(articles, articles.c.key == had.c.article)
    for part in chunks(keys):
        rows = connection.execute(joined.where(had.c.article.in_(part))).mappings().all()
        add_new(connection, past, [dict(row) for row in rows])


# ----------------------------------------------------------------------------------------------------------------- age
def before(connection: Connection, moment: datetime) -> dict[str, int]:
    """Delete what is older, and keep what the ledger stands on.

    Each profile's newest calendar slot stays, since the schedule goes on from it, and its newest issue, since the
    next one tells what has changed since; so do slots that are open or have parcels on their way, and articles that a
    kept issue, item or intake names.
    """
    only_writer_of_articles(connection)
    old = stamp(moment)
    tables = (slots, runs, issues, files, items, intakes, parcels, articles, extractions, inputs)
    counted = {t.name: _count(connection, t) for t in tables}
    _delete(connection, slots, _old_slots(connection, old))
    stale = _old_articles(connection, old)
    for part in chunks(stale):
        brought = select(input_articles.c.input).where(input_articles.c.article.in_(part))
        connection.execute(delete(inputs).where(inputs.c.name.in_(brought)))
    # Inputs that gave nothing are read again now and then: what could not be read may be readable.
    empty = ~exists().where(input_articles.c.input == inputs.c.name)
    connection.execute(delete(inputs).where(inputs.c.seen < old, empty))
    _keep_hashes(connection, stale)
    _delete(connection, articles, stale)
    _unread_extractions(connection)
    _superseded_extractions(connection, old)
    return {name: count - _count(connection, t) for t in tables for name, count in ((t.name, counted[t.name]),)}


def _old_slots(connection: Connection, old: str) -> list[int]:
    latest = select(slots.c.profile, func.max(slots.c.at).label("at")).where(slots.c.manual.is_(False))
    latest_of = latest.group_by(slots.c.profile).subquery()
    same = (slots.c.profile == latest_of.c.profile) & (slots.c.at == latest_of.c.at)
    keep = set(connection.execute(select(slots.c.key).join(latest_of, same)).scalars())
    numbers = select(issues.c.profile, func.max(issues.c.number).label("number")).group_by(issues.c.profile).subquery()
    last = (issues.c.profile == numbers.c.profile) & (issues.c.number == numbers.c.number)
    keep |= set(connection.execute(select(issues.c.slot).join(numbers, last)).scalars())
    keep |= set(connection.execute(select(parcels.c.slot).where(parcels.c.state.not_in(SETTLED))).scalars())
    closed = select(slots.c.key).where(slots.c.at < old, slots.c.state.in_(CLOSED)).order_by(slots.c.key)
    return [key for key in connection.execute(closed).scalars() if key not in keep]


def _old_articles(connection: Connection, old: str) -> list[int]:
    unused = [~exists().where(t.c.article == articles.c.key) for t in (issue_articles, intake_articles, item_articles)]
    stale = select(articles.c.key).where(articles.c.first_seen < old, *unused).order_by(articles.c.key)
    return list(connection.execute(stale).scalars())


def _unread_extractions(connection: Connection) -> int:
    """Delete extractions of words that no article has any more."""
    read = exists().where(articles.c.reading == extractions.c.reading)
    return connection.execute(delete(extractions).where(~read)).rowcount


def _superseded_extractions(connection: Connection, old: str) -> None:
    """Delete those of old articles that another version of model or code has made anew."""
    later = extractions.alias("later")
    anew = exists().where(later.c.reading == extractions.c.reading, later.c.key > extractions.c.key)
    young = exists().where(articles.c.reading == extractions.c.reading, articles.c.first_seen >= old)
    connection.execute(delete(extractions).where(anew, ~young))


def _delete(connection: Connection, table: Table, keys: Iterable[int]) -> None:
    for part in chunks(list(keys)):
        connection.execute(delete(table).where(table.c.key.in_(part)))


def _count(connection: Connection, table: Table) -> int:
    number: Any = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return int(number)
