"""Buckets: in memory, on disk, and on an S3 server; files first, then what lists them, the same on every try."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from briefing.deliver import carrier, key
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToBucket
from tests.deliver.desk import STEPS, Desk, goods

ROOT = "memory://briefs/straits"


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    yield
    fs.store.clear()


def send(item: Goods, url: str = ROOT, **options: Any) -> str:
    return carrier(ToBucket.model_validate({"kind": "bucket", "url": url} | options)).send(item, lambda: None)


def stored() -> dict[str, bytes]:
    fs = fsspec.filesystem("memory")
    return {p.removeprefix("/briefs/straits/"): fs.cat_file(p) for p in sorted(fs.store)}


def test_an_issue_with_all_that_belongs_to_it() -> None:
    assert send(goods(files={"brief.pdf": b"%PDF", "tables/a.csv": b"a\n"})) == f"{ROOT}/2026-03-13T0500"
    found = stored()
    assert sorted(found) == ["2026-03-13T0500/brief.pdf", "2026-03-13T0500/tables/a.csv", "feed.xml", "latest.json"]
    assert json.loads(found["latest.json"]) == {
        "folder": "2026-03-13T0500",
        "number": 4,
        "title": "Talks in Marvia resume",
        "files": ["2026-03-13T0500/brief.pdf", "2026-03-13T0500/tables/a.csv"],
    }


def test_again_leaves_the_same() -> None:
    send(goods(), base_url="https://b.example")
    before = stored()
    send(goods(), base_url="https://b.example")
    assert stored() == before


def test_latest_never_goes_back_and_the_feed_lists_all() -> None:
    send(goods(14), base_url="https://b.example")
    send(goods(13, known=[14]), base_url="https://b.example")
    assert json.loads(stored()["latest.json"])["folder"] == "2026-03-14T0500"
    feed = stored()["feed.xml"].decode()
    assert feed.index("20260314T") < feed.index("20260313T")
    assert feed.count("<enclosure ") == 2


def test_what_lists_comes_after_what_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    memory = type(fsspec.filesystem("memory"))
    real = memory.pipe_file

    def pipe(self: Any, path: str, value: bytes, **options: Any) -> None:
        order.append(path.rsplit("/", 1)[-1])
        real(self, path, value, **options)

    monkeypatch.setattr(memory, "pipe_file", pipe)
    send(goods())
    assert order == ["brief.pdf", "brief.json", "latest.json", "feed.xml"]


def test_a_notice() -> None:
    for _ in range(2):
        send(goods(kind="notice"))
    assert sorted(stored()) == ["notice-2026-03-13T0500.txt"]


def test_on_disk(tmp_path: Path) -> None:
    send(goods(), url=(tmp_path / "b").as_uri())
    assert (tmp_path / "b/2026-03-13T0500/brief.json").read_bytes() == b'{"title": "Talks"}'
    assert (tmp_path / "b/feed.xml").is_file()


def test_no_such_kind_of_storage() -> None:
    with pytest.raises(DeliveryError, match="no way to reach nowhere://") as e:
        send(goods(), url="nowhere://b/x")
    assert e.value.lasting


@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_death_at_a_step_gives_what_an_undisturbed_run_gives(step: tuple[str, str]) -> None:
    send(goods())
    undisturbed = stored()
    fsspec.filesystem("memory").store.clear()
    desk = Desk(carrier(ToBucket(kind="bucket", url=ROOT)), goods())
    desk.killed(*step)
    assert desk.until_still().state == "sent"
    assert stored() == undisturbed


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"url": "s3://briefs/straits/"}, "bucket:s3://briefs/straits"),
        ({"url": "s3://briefs", "endpoint": "http://minio:9000"}, "bucket:s3://briefs@minio"),
    ],
)
def test_names(options: dict[str, str], name: str) -> None:
    assert key(ToBucket.model_validate({"kind": "bucket"} | options)) == name


def test_unencrypted_only_to_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", ("93.184.216.34", 0))])
    with pytest.raises(DeliveryError, match="unencrypted on a public network") as e:
        send(goods(), url="s3://briefs/straits", endpoint="http://s3.example.org")
    assert e.value.lasting


# ------------------------------------------------------------------------------------------------------------------- S3
@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Address of an S3 server with the bucket ``briefs``."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    fs = fsspec.filesystem("s3", key="watch", secret="x", endpoint_url=address, skip_instance_cache=True)
    fs.mkdir("briefs")
    fs.close_session(fs.loop, fs.s3)
    yield address
    server.stop()


def read(address: str, path: str) -> tuple[bytes, str]:
    fs = fsspec.filesystem("s3", key="watch", secret="x", endpoint_url=address, skip_instance_cache=True)
    try:
        bucket, _, name = path.partition("/")
        head = fs.call_s3("head_object", Bucket=bucket, Key=name, ChecksumMode="ENABLED")
        assert not [k for k in head if k.startswith("ChecksumCRC")]  # which many servers refuse
        return fs.cat_file(path), head["ContentType"]
    finally:
        fs.close_session(fs.loop, fs.s3)


@pytest.fixture
def options(s3: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("S3_KEY", "watch-key")
    monkeypatch.setenv("S3_SECRET", "watch-secret")
    return {"endpoint": s3, "key": {"env": "S3_KEY"}, "secret": {"env": "S3_SECRET"}, "base_url": "https://b.example"}


@pytest.mark.faults
def test_on_s3(s3: str, options: dict[str, Any]) -> None:
    send(goods(12), url="s3://briefs/straits", **options)
    send(goods(13, known=[12]), url="s3://briefs/straits", **options)
    send(goods(12, known=[13]), url="s3://briefs/straits", **options)
    pdf, kind = read(s3, "briefs/straits/2026-03-13T0500/brief.pdf")
    assert (pdf, kind) == (goods(13).files[0].data, "application/pdf")
    assert json.loads(read(s3, "briefs/straits/latest.json")[0])["folder"] == "2026-03-13T0500"
    feed, kind = read(s3, "briefs/straits/feed.xml")
    assert kind == "application/rss+xml"
    assert feed.count(b"<enclosure ") == 2


@pytest.mark.faults
def test_no_such_bucket(options: dict[str, Any]) -> None:
    with pytest.raises(DeliveryError, match="bucket") as e:
        send(goods(), url="s3://nowhere/straits", **options)
    assert e.value.lasting
    assert "watch-secret" not in str(e.value)


@pytest.mark.faults
def test_a_dead_server(options: dict[str, Any]) -> None:
    with pytest.raises(DeliveryError, match="cannot be reached") as e:
        send(goods(), url="s3://briefs/straits", **(options | {"endpoint": "http://127.0.0.1:1", "seconds": 1}))
    assert not e.value.lasting
    assert "watch-secret" not in str(e.value)
