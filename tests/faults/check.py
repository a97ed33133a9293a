"""A world after a night in, what is wrong with it out: held against the night that nobody disturbed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from unittest.mock import patch

from briefing.config import load
from briefing.ledger import OPEN
from briefing.store import Store, open_store
from tests.faults import runs, watcher
from tests.faults.world import NIGHTS, PROFILE, TOP, World

NOTICE = "-notice"  # part of what a notice is known by


@dataclass(frozen=True)
class Books:
    """All that can be seen of a night that has been done."""

    files: dict[str, str]  # of the output folder → sha256
    names: frozenset[str]  # below the world
    issues: tuple[str, ...]  # of the store: record and the sha256 of its files
    desk: dict[str, str]  # Message-ID → sha256 of the mail
    hold: dict[str, str]
    hooks: dict[str, str]  # webhook-id → sha256 of the body


@dataclass
class Reference:
    """The undisturbed nights, and all that was ever visible on the way to them."""

    books: list[Books] = field(default_factory=list)
    known: dict[str, list[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


def books(world: World) -> Books:
    """Read all of it."""
    return Books(
        files=world.files(),
        names=frozenset(world.names()),
        issues=_issues(world),
        desk=_mails(world.mails("desk")),
        hold=_mails(world.mails("hold")),
        hooks={h["id"]: h["body"] for h in world.hooks() if NOTICE not in h["id"]},
    )


def _mails(found: list[Message]) -> dict[str, str]:
    names = {str(m["Message-ID"]): m for m in found}
    return {n: hashlib.sha256(m.as_bytes()).hexdigest() for n, m in names.items() if NOTICE not in n}


def _issues(world: World) -> tuple[str, ...]:
    with opened(world) as store:
        return tuple(
            issue.model_dump_json(exclude={"made", "id"})
            + " ".join(f"{f.name}:{hashlib.sha256(f.data).hexdigest()}" for f in store.files(issue.id))
            for issue in store.issues(PROFILE)
        )


@contextmanager
def opened(world: World) -> Iterator[Store]:
    """The world's store, as another process would open it."""
    with patch.dict(os.environ, world.environment), closing(open_store(load(world.config).store)) as store:
        yield store


def reference(world: World, kind: runs.Kind, nights: int = 2) -> Reference:
    """Run each night in peace; the world is saved before each as ``before0``, ``before1``."""
    import time

    found = Reference()
    world.web = kind == "whole"
    world.make()
    for night in range(nights):
        world.bring(night)
        world.save(f"before{night}")
        world.restore(f"before{night}")
        begun = time.monotonic()
        tries, said = runs.finish(world, night, kind)
        found.seconds.append(time.monotonic() - begun)
        if tries != 1:
            raise RuntimeError(f"an undisturbed night took {tries} runs: {said}")
        found.books.append(books(world))
        for name, sha in world.files().items():
            found.known.setdefault(name, []).append(sha)
    return found


# --------------------------------------------------------------------------------------------------------------- checks
def faults(world: World, night: int, wanted: Reference) -> list[str]:
    """What is not as it is after the undisturbed night, a line each; nothing when all is well."""
    want, have = wanted.books[night], books(world)
    found = [f"visible: {f}" for f in watcher.faults(world.out, wanted.known)]
    found += _different("file", want.files, {n: h for n, h in have.files.items() if not n.startswith("notice-")})
    found += [f"left over: {n}" for n in sorted(have.names - want.names) if not n.startswith("out/notice-")]
    found += [f"missing: {n}" for n in sorted(want.names - have.names)]
    found += [f"issue: {w} became {h}" for w, h in zip(want.issues, have.issues, strict=False) if w != h]
    if len(want.issues) != len(have.issues):
        found.append(f"issues: {len(want.issues)} became {len(have.issues)}")
    found += _different("webhook", want.hooks, have.hooks)
    found += _mail_faults(world, want, have)
    return found + list(_ledger(world, night))


def _different(what: str, want: dict[str, str], have: dict[str, str]) -> list[str]:
    names = sorted({*want, *have})
    return [f"{what} {n}: {_how(want.get(n), have.get(n))}" for n in names if want.get(n) != have.get(n)]


def _how(want: str | None, have: str | None) -> str:
    if want is None:
        return "is there, and is not in the undisturbed night"
    return "is not there" if have is None else "has other bytes"


def _mail_faults(world: World, want: Books, have: Books) -> list[str]:
    """desk: every mail just once. hold: never twice; one that is not there is in doubt in the ledger, and told of."""
    found = _different("mail to the desk", want.desk, have.desk)
    for box in ("desk", "hold"):
        times = Counter(str(m["Message-ID"]) for m in world.mails(box))
        found += [f"mail {name} came to {box} {n} times" for name, n in times.items() if n > 1]
    found += [f"mail {n} to the editor: {_how(None, h)}" for n, h in have.hold.items() if n not in want.hold]
    found += [f"mail {n} to the editor: other bytes" for n, h in have.hold.items() if want.hold.get(n, h) != h]
    with opened(world) as store:
        doubtful = store.parcels(PROFILE, states=("doubtful",))
        notices = [p for p in store.parcels(PROFILE) if p.kind == "notice"]
    found += [f"in doubt: {p.key}" for p in doubtful if "editor" not in p.key]
    if len(have.hold) < len(want.hold) and not doubtful:
        found.append("mail to the editor: not there, and the ledger has no doubt")
    if bool(doubtful) != bool(notices):
        found.append(f"{len(doubtful)} parcels in doubt, {len(notices)} notices")
    if doubtful and sum(NOTICE in str(m["Message-ID"]) for m in world.mails("desk")) != 1:
        found.append("the desk was not told once of the doubt")
    return found


def _ledger(world: World, night: int) -> Iterator[str]:
    """The store is whole, every slot accounted for, every run ended."""
    with opened(world) as store:
        yield from (f"verify: {line}" for line in store.verify())
        slots = store.slots(PROFILE)
        yield from (f"slot {s.local}: still {s.state}" for s in slots if s.state in OPEN or s.state != "done")
        for date in NIGHTS[: night + 1]:
            if sum(s.local.startswith(date) for s in slots) != 1:
                yield f"slot {date}: {sum(s.local.startswith(date) for s in slots)} in the ledger"
        yield from (f"run {r.id} of {r.slot}: still running" for r in store.runs(PROFILE) if r.outcome == "running")
        open_parcels = store.parcels(PROFILE, states=("pending", "sending", "committing", "failed"))
        yield from (f"parcel {p.key}: still {p.state} ({p.detail})" for p in open_parcels)


# ------------------------------------------------------------------------------------------------------------ watching
@contextmanager
def watched(world: World, wanted: Reference) -> Iterator[list[str]]:
    """A process that looks at the output folder all the time; what it saw is in the list afterwards."""
    known = world.root / "known.json"
    known.write_text(json.dumps(wanted.known))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.watcher", str(world.out), str(known)],
        cwd=TOP,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen: list[str] = []
    try:
        yield seen
    finally:
        lines = process.communicate("stop\n", timeout=60)[0].splitlines()
        seen += lines


def left_behind(world: World) -> list[str]:
    """Processes that still have the world's settings on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if str(world.config).encode() in words:
            found.append(b" ".join(words).decode(errors="replace"))
    return found
