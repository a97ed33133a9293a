"""What the sources gave in, articles known by their content, newer versions linked, one fixed intake a slot out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from briefing.errors import StoreError
from briefing.ledger import Intake, Slot
from briefing.records import Article, Problem
from briefing.store import Fence, holding
from briefing.store.forms import (
    chunks,
    content_hash,
    dated,
    pack,
    pack_problems,
    reading_hash,
    stamp,
    unpack,
    unpack_problems,
)
from briefing.store.rows import add, ensure_slot, keys_of, only_writer_of_articles, slot_key, some
from briefing.store.slots import count_taken
from briefing.store.tables import articles, gone, had, input_articles, inputs, intake_articles, intakes, past

Same = Callable[[Article, Article], bool]
Input = tuple[Sequence[int], Sequence[Problem]]


def known(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[tuple[str, ...], tuple[Problem, ...]]]:
    rows = some(connection, [inputs.c.name, inputs.c.problems], inputs.c.name, keys)
    problems = {r.name: unpack_problems(r.problems, f"input {r.name}") for r in rows}
    ids: dict[str, list[str]] = {name: [] for name in problems}
    joined = select(input_articles.c.input, articles.c.id).join(articles, articles.c.key == input_articles.c.article)
    for part in chunks(list(problems)):
        wanted = joined.where(input_articles.c.input.in_(part))
        for row in connection.execute(wanted.order_by(input_articles.c.input, input_articles.c.position)):
            ids[row.input].append(row.id)
    return {key: (tuple(ids[key]), problems[key]) for key in keys if key in problems}


def of(connection: Connection, slot: Slot) -> Intake | None:
    key = slot_key(connection, slot)
    return None if key is None else _intake(connection, key)


def take_in(
    connection: Connection,
    fence: Fence,
    slot: Slot,
    now: datetime,
    given: Sequence[Article | str],
    read: Mapping[str, Input],
    problems: Sequence[Problem],
    same: Same | None,
) -> Intake:
    holding.check(connection, fence, slot.profile)
    only_writer_of_articles(connection)
    key = ensure_slot(connection, slot)
    there = _intake(connection, key)
    if there is not None:
        return there
    keys, fresh = _stored(connection, given, now)
    _link_versions(connection, list(dict.fromkeys(keys)), fresh, same)
    _keep_inputs(connection, read, keys, now)
    _keep_intake(connection, key, slot.profile, list(dict.fromkeys(keys)), problems)
    count_taken(connection, key)
    intake = _intake(connection, key)
    if intake is None:
        raise StoreError(f"intake of {slot.local}", "was taken out meanwhile", hint="run again")
    return intake


def _intake(connection: Connection, slot: int) -> Intake | None:
    row = connection.execute(select(intakes.c.problems).where(intakes.c.slot == slot)).first()
    if row is None:
        return None
    listed = select(articles.c.id, intake_articles.c.new).join(articles, articles.c.key == intake_articles.c.article)
    rows = connection.execute(
        listed.where(intake_articles.c.intake == slot).order_by(intake_articles.c.position)
    ).all()  # fmt: skip
    return Intake(
        articles=tuple(r.id for r in rows),
        new=tuple(r.id for r in rows if r.new),
        problems=unpack_problems(row.problems, "intake"),
    )


# ------------------------------------------------------------------------------------------------------------ articles
def _stored(connection: Connection, given: Sequence[Article | str], now: datetime) -> tuple[list[int], set[int]]:
    """The key of each, in order, and which of them are new to the store."""
    hashes = {n: content_hash(a) for n, a in enumerate(given) if isinstance(a, Article)}
    before = _by_hash(connection, hashes.values())
    new: dict[str, Article] = {}
    for n, article in enumerate(given):
        if isinstance(article, Article) and hashes[n] not in before:
            new.setdefault(hashes[n], article)
    _insert(connection, new, now)
    by_hash = _by_hash(connection, hashes.values())
    by_id = keys_of(connection, (a for a in given if isinstance(a, str)))
    for article in given:
        if isinstance(article, str) and article not in by_id:
            raise StoreError(f"article {article}", "is not in the store", hint="it was deleted meanwhile; run again")
    keys = [by_id[a] if isinstance(a, str) else by_hash[hashes[n]] for n, a in enumerate(given)]
    return keys, {by_hash[h] for h in new}


def _by_hash(connection: Connection, hashes: Iterable[str]) -> dict[str, int]:

    return {r.sha256: r.key for r in some(connection, [articles.c.sha256, articles.c.key], articles.c.sha256, hashes)}


def _insert(connection: Connection, new: Mapping[str, Article], now: datetime) -> None:
    """``new`` by content hash. An id that another text has, or had before it was deleted, gets some of the hash."""
    used = set(keys_of(connection, (a.id for a in new.values())))
    used |= {r.article for r in some(connection, [gone.c.article], gone.c.article, (a.id for a in new.values()))}
    rows = []
    for sha256, article in new.items():
        name, digits = article.id, 6
        while name in used or (digits > 6 and keys_of(connection, [name])):
            name, digits = f"{article.id}-{sha256[:digits]}", digits + 2
        used.add(name)
        rows.append(
            {
                "id": name,
                "sha256": sha256,
                "reading": reading_hash(article),
                "address": _address(article),
                "publisher": article.publisher,
                "dated": dated(article, now),
                "first_seen": stamp(now),
                "body": pack(article.model_copy(update={"id": name})),
            }
        )
    add(connection, articles, rows)


def _address(article: Article) -> str:
    return article.url or article.source


# ------------------------------------------------------------------------------------------------------------ versions
def _link_versions(connection: Connection, keys: Sequence[int], fresh: set[int], same: Same | None) -> None:
    """What is in the intake is in force; older articles of its address that are not in it are replaced by it."""
    here = some(connection, [articles.c.key, articles.c.address, articles.c.replaced_by], articles.c.key, keys)
    back = [r.key for r in here if r.replaced_by is not None]
    for part in chunks(back):
        connection.execute(update(articles).where(articles.c.key.in_(part)).values(replaced_by=None))
    changed = {*fresh, *back}
    address = {r.key: r.address for r in here}
    many = Counter(address.values())
    older = _others(connection, {address[k] for k in changed} - {"-"}, set(keys))
    for key in keys:
        if key not in changed or not (olds := older.get(address[key])):
            continue
        # A path, or an address without a look at the words, means one article only where it has one on both sides.
        if (same is None or "://" not in address[key]) and (many[address[key]] > 1 or len(olds) > 1):
            continue
        for old in list(olds):
            if _is_newer(connection, old, key, same):
                olds.remove(old)
                _replace(connection, old, key)


def _others(connection: Connection, addresses: set[str], here: set[int]) -> dict[str, list[int]]:
    """Address → keys of the articles in force that it has beside those of the intake."""
    found: dict[str, list[int]] = {}
    columns = [articles.c.key, articles.c.address, articles.c.replaced_by]
    for row in some(connection, columns, articles.c.address, sorted(addresses)):
        if row.replaced_by is None and row.key not in here:
            found.setdefault(row.address, []).append(row.key)
    return found


def _is_newer(connection: Connection, old: int, new: int, same: Same | None) -> bool:
    rows = some(connection, [articles.c.key, articles.c.id, articles.c.body], articles.c.key, (old, new))
    body = {r.key: unpack(Article, r.body, f"article {r.id}") for r in rows}
    if body[new].partial and not body[old].partial:
        return False  # a page that was read in part is no newer version of the whole
    return same is None or same(body[old], body[new])


def _replace(connection: Connection, old: int, new: int) -> None:
    """``old``, and all that it had replaced, lead to ``new``."""
    where = (articles.c.key == old) | (articles.c.replaced_by == old)
    connection.execute(update(articles).where(where, articles.c.key != new).values(replaced_by=new))


# ------------------------------------------------------------------------------------------------------- inputs, intake
def _keep_inputs(connection: Connection, read: Mapping[str, Input], keys: Sequence[int], now: datetime) -> None:
    for part in chunks(list(read)):
        connection.execute(delete(inputs).where(inputs.c.name.in_(part)))
    rows = [{"name": name, "seen": stamp(now), "problems": pack_problems(p)} for name, (_, p) in read.items()]
    add(connection, inputs, rows)
    places = [
        {"input": name, "position": n, "article": keys[place]}
        for name, (at, _) in read.items()
        for n, place in enumerate(at)
    ]
    add(connection, input_articles, places)


def _keep_intake(
    connection: Connection, slot: int, profile: str, keys: Sequence[int], problems: Sequence[Problem]
) -> None:
    before = {
        key
        for part in chunks(keys)
        for key in connection.execute(
            select(had.c.article).where(had.c.profile == profile, had.c.article.in_(part))
        ).scalars()
    }
    for part in chunks(keys):
        again = select(articles.c.key).join(past, past.c.sha256 == articles.c.sha256)
        before |= set(connection.execute(again.where(past.c.profile == profile, articles.c.key.in_(part))).scalars())
    connection.execute(insert(intakes).values(slot=slot, problems=pack_problems(problems)))
    rows = [{"intake": slot, "position": n, "article": k, "new": k not in before} for n, k in enumerate(keys)]
    add(connection, intake_articles, rows)
