"""Goods in, objects of S3-compatible storage (or what else fsspec reaches) out: the files, then what lists them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from briefing.deliver import Commit, feed, wire
from briefing.deliver.faults import guarded, plain, told
from briefing.errors import BriefingError, DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToBucket

LATEST = "latest.json"


class BucketCarrier:
    """The same keys and bytes on every try; each object is there whole or not at all."""

    repeatable = True
    in_doubt = "resend"

    def __init__(self, target: ToBucket, name: str) -> None:
        self._target, self._name = target, name

    def arrived(self, goods: Goods) -> bool | None:  # noqa: ARG002
        """Sending again is as good as asking."""
        return None

    def send(self, goods: Goods, commit: Commit) -> str:
        """Files, then latest.json, then feed.xml. Raises DeliveryError."""
        secrets: list[str] = []
        return guarded(self._name, secrets, lambda: self._send(goods, commit, secrets))

    def _send(self, goods: Goods, commit: Commit, secrets: list[str]) -> str:
        with self._opened(secrets) as fs:
            commit()
            if goods.kind == "notice":
                self._put(fs, f"notice-{goods.folder}.txt", goods.letter.text.encode())
                return f"{self._root}/notice-{goods.folder}.txt"
            for file in goods.files:
                self._put(fs, f"{goods.folder}/{file.name}", file.data)
            present = self._present(fs) | {goods.folder}
            self._latest(fs, goods, present)
            if self._target.feed:
                self._feed(fs, goods, present)
        return f"{self._root}/{goods.folder}"

    # ----------------------------------------------------------------------------------------------------- what is put
    def _latest(self, fs: Any, goods: Goods, present: set[str]) -> None:
        """Never back to an older issue."""
        newest = max(present, key=feed.order)
        if newest != goods.folder:
            return
        files = sorted(f"{goods.folder}/{f.name}" for f in goods.files)
        facts = {"folder": goods.folder, "number": goods.number, "title": goods.title, "files": files}
        self._put(fs, LATEST, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())

    def _feed(self, fs: Any, goods: Goods, present: set[str]) -> None:
        with_pdf = self._target.base_url is not None
        items = [
            feed.Item(issue, name, self._pdf(fs, goods, name) if with_pdf else None)
            for issue, name in feed.listed(goods, present)
        ]
        data = feed.rss(items, profile=goods.profile, link=self._link(), base_url=self._target.base_url)
        self._put(fs, "feed.xml", data)

    def _put(self, fs: Any, name: str, data: bytes) -> None:
        options = {"ContentType": feed.media_type(name)} if self._protocol in {"s3", "s3a"} else {}
        if self._protocol in {"file", "local"}:
            fs.makedirs(str(PurePosixPath(f"{self._root}/{name}").parent), exist_ok=True)
        fs.pipe_file(f"{self._root}/{name}", data, **options)

    # -------------------------------------------------------------------------------------------------- what is there
    def _present(self, fs: Any) -> set[str]:
        try:
            found = fs.ls(self._root, detail=False, refresh=True)
        except FileNotFoundError:
            return set()
        return {name for path in found if feed.is_issue(name := str(path).rstrip("/").rsplit("/", 1)[-1])}

    def _pdf(self, fs: Any, goods: Goods, folder: str) -> tuple[str, int] | None:
        if folder == goods.folder:
            return next(((f.name, len(f.data)) for f in goods.files if f.format == "pdf"), None)
        try:
            return "brief.pdf", int(fs.size(f"{self._root}/{folder}/brief.pdf"))
        except FileNotFoundError:
            return None

    # ------------------------------------------------------------------------------------------------------ connecting
    @property
    def _protocol(self) -> str:
        return urlsplit(self._target.url).scheme or "file"

    @property
    def _root(self) -> str:
        return self._target.url.rstrip("/")

    def _link(self) -> str:
        if self._protocol not in {"s3", "s3a"}:
            return self._root + "/"
        bucket, _, prefix = self._root.partition("://")[2].partition("/")
        host = self._target.endpoint.rstrip("/") + f"/{bucket}" if self._target.endpoint else None
        return f"{host or f'https://{bucket}.s3.amazonaws.com'}/{prefix}".rstrip("/") + "/"

    @contextmanager
    def _opened(self, secrets: list[str]) -> Iterator[Any]:
        import fsspec

        options: dict[str, Any] = {"skip_instance_cache": True}
        s3 = self._protocol in {"s3", "s3a"}
        if s3:
            options |= self._s3(secrets)
        try:
            fs = fsspec.filesystem(self._protocol, **options)
        except (ImportError, ValueError):
            hint = "for s3: pip install briefing[s3]" if s3 else "install the fsspec package for it"
            fault = DeliveryError(self._name, f"no way to reach {self._protocol}://", hint=hint, lasting=True)
        else:
            try:
                yield fs
            except BriefingError:
                raise
            except Exception as e:  # noqa: BLE001 - each kind of storage has faults of its own
                fault = self._told(e)
            else:
                return
            finally:
                if s3:
                    _close(fs)
        raise fault

    def _near(self, endpoint: str | None) -> None:
        parts = urlsplit(endpoint or "")
        if parts.scheme == "http" and not wire.near_host(parts.hostname or ""):
            raise DeliveryError(self._name, "would be unencrypted on a public network", hint="use https", lasting=True)

    def _told(self, error: Exception) -> DeliveryError:
        if isinstance(error, FileNotFoundError | PermissionError):
            said = (error.strerror or str(error) or "no such bucket").lower()
            return DeliveryError(self._name, plain(said), hint="check bucket, key and rights", lasting=True)
        if "Credential" in type(error).__name__:
            hint = "give key and secret, or credentials that the environment brings"
            return DeliveryError(self._name, "no credentials", hint=hint, lasting=True)
        if isinstance(error, OSError | ValueError):
            return told(self._name, error)
        return DeliveryError(self._name, f"cannot be reached ({type(error).__name__})")

    def _s3(self, secrets: list[str]) -> dict[str, Any]:
        target = self._target
        self._near(target.endpoint)
        key = target.key.reveal() if target.key else None
        secret = target.secret.reveal() if target.secret else None
        secrets += [s for s in (secret, key) if s]
        config: dict[str, Any] = {
            "connect_timeout": target.seconds,
            "read_timeout": target.seconds,
            "retries": {"max_attempts": 1},
        }
        client = {}
        if target.endpoint:
            client = {"endpoint_url": target.endpoint}
            # Many servers that are not Amazon's refuse the checksums that botocore adds since 1.36.
            config |= dict.fromkeys(("request_checksum_calculation", "response_checksum_validation"), "when_required")
        return {
            "key": key,
            "secret": secret,
            "client_kwargs": client,
            "config_kwargs": config,
            "use_listings_cache": False,
        }


def _close(fs: Any) -> None:
    """Sockets are closed now, not when the interpreter ends."""
    if fs.s3 is not None:
        fs.close_session(fs.loop, fs.s3)
