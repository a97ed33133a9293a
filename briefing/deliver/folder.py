"""Goods in, a folder with one sub-folder an issue out, ``latest`` on the newest: readers see whole issues only."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.deliver import Commit, atomic, feed
from briefing.deliver.faults import guarded
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToFolder

OWNER = ".briefing"  # names the profile whose folder it is
LATEST = "latest"


class FolderCarrier:
    """Sending again leaves what sending once does: files that are there with the same bytes stay."""

    repeatable = True
    in_doubt = "resend"

    def __init__(self, target: ToFolder, name: str) -> None:
        self._target, self._name = target, name

    def arrived(self, goods: Goods) -> bool | None:
        """Whether the issue is there, byte for byte; what belongs to it (latest, feed) is made again by sending."""
        if goods.kind == "notice":
            return atomic.holds(self._target.path / _notice(goods), goods.letter.text.encode())
        return None

    def send(self, goods: Goods, commit: Commit) -> str:
        """A new sub-folder, then ``latest``, then feed.xml. Raises DeliveryError."""
        return guarded(self._name, (), lambda: self._send(goods, commit))

    def _send(self, goods: Goods, commit: Commit) -> str:
        root = self._target.path
        root.mkdir(parents=True, exist_ok=True)
        self._own(goods)
        _sweep(root, goods.profile)
        if goods.kind == "notice":
            commit()
            atomic.put(root / _notice(goods), goods.letter.text.encode(), _tmp(root, goods, "notice"))
            return f"{root / _notice(goods)}"
        return self._issue(root, goods, commit)

    def _issue(self, root: Path, goods: Goods, commit: Commit) -> str:
        files = [(f.name, f.data) for f in goods.files]
        folder = root / goods.folder
        if not atomic.same_tree(folder, files):
            new = _tmp(root, goods, goods.folder)
            atomic.put_tree(new, files)
            commit()
            atomic.swap_in(new, folder)
        have = sorted((p.name for p in root.iterdir() if _whole(p)), key=feed.order, reverse=True)
        _point(root, goods, have[0])
        keep = set(have[: self._target.keep]) | {goods.folder}
        if self._target.feed:
            self._feed(root, goods, keep)
        for name in (n for n in have if n not in keep):
            _drop(root, goods, name)
        return str(folder)

    def _feed(self, root: Path, goods: Goods, present: set[str]) -> None:
        items = [feed.Item(issue, name, _pdf(root / name)) for issue, name in feed.listed(goods, present)]
        link = root.resolve().as_uri() + "/"
        data = feed.rss(items, profile=goods.profile, link=link, base_url=self._target.base_url)
        atomic.put(root / "feed.xml", data, _tmp(root, goods, "feed"))

    def _own(self, goods: Goods) -> None:
        """Two profiles in one folder would write over each other's issues."""
        mark = self._target.path / OWNER
        data = f"{goods.profile}\n".encode()
        if atomic.holds(mark, data):
            return
        if mark.exists():
            other = mark.read_text(encoding="utf-8", errors="replace").strip()
            hint = f"give each profile a folder of its own, or delete {mark} where {other!r} is no longer in use"
            raise DeliveryError(self._name, f"is the folder of the profile {other!r}", hint=hint, lasting=True)
        atomic.put(mark, data, _tmp(self._target.path, goods, "owner"))


def _tmp(root: Path, goods: Goods, name: str) -> Path:
    """A hidden name of this profile alone: one process is at work on it at a time, so any found is a leftover."""
    return root / f".tmp.{goods.profile}.{name}"


def _sweep(root: Path, profile: str) -> None:
    for path in sorted(root.glob(f".tmp.{profile}.*")):
        atomic.remove(path)


def _whole(path: Path) -> bool:
    return feed.is_issue(path.name) and path.is_dir() and not path.is_symlink()


def _point(root: Path, goods: Goods, newest: str) -> None:
    """``latest`` on the newest issue there is, whichever was sent last."""
    link, tmp = root / LATEST, _tmp(root, goods, LATEST)
    if link.is_dir() and not link.is_symlink():
        hint = "copied without its links? Delete it: it is made anew"
        raise DeliveryError(str(link), "is a folder", allowed="a link to the newest issue", hint=hint)
    try:
        atomic.point(link, newest, tmp)
    except OSError as e:
        if e.errno not in atomic.NO_LINKS:
            raise
        # File systems without links: the name of the newest folder, in a file.
        atomic.put(root / f"{LATEST}.txt", f"{newest}\n".encode(), tmp)


def _drop(root: Path, goods: Goods, name: str) -> None:
    """Out of sight in one step, then deleted."""
    old = _tmp(root, goods, f"old.{name}")
    (root / name).rename(old)
    atomic.remove(old)


def _pdf(folder: Path) -> tuple[str, int] | None:
    found = sorted(p for p in folder.glob("*.pdf"))
    return (found[0].name, os.stat(found[0]).st_size) if found else None  # noqa: PTH116


def _notice(goods: Goods) -> str:
    return f"notice-{goods.folder}.txt"
