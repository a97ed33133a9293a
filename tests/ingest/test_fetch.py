"""Addresses on the web: what is taken, what is refused, what a bad server can do."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.config import IngestSettings
from briefing.errors import IngestError
from briefing.ingest import address, fetch, ingest, request
from tests.ingest import samples
from tests.ingest.conftest import Server

KIND = {"allow": ("127.0.0.1",), "pause": 0.0, "backoff": 0.0, "retries": 2, "seconds": 60.0, "max_bytes": 300_000}


def settings(**changed: Any) -> IngestSettings:
    return IngestSettings(**{**KIND, **changed})


def get(server: Server, path: str, **changed: Any) -> fetch.Fetched:
    return fetch.Fetcher(settings(**changed)).get(server.url(path))


@pytest.mark.parametrize("path", ["/page", "/once", "/packed", "/flaky"])
def test_a_page_comes_whole(server: Server, path: str) -> None:
    assert get(server, path).data == samples.html()


REFUSED = [
    ("/loop", "redirects more than 5 times"),
    ("/inward", "10.11.12.13, which is not on the public internet"),
    ("/metadata", "169.254.169.254, which is not on the public internet"),
    ("/tofile", "scheme file"),
    ("/endless", "gives more than 300,000 bytes"),
    ("/large", "gives 99,999,999,999 bytes"),
    ("/bomb", "gives more than 300,000 bytes"),
    ("/short", "broke off"),
    ("/garbage", "broke off"),
    ("/silent", "broke off"),
    ("/headers", "broke off"),
    ("/down", "answered with status 500"),
    ("/login", "answered with status 403"),
    ("/gone", "answered with status 404"),
    ("/private/x", "robots.txt"),
    ("/page?secret=1", "robots.txt"),
]


@pytest.mark.parametrize(("path", "message"), REFUSED)
def test_what_goes_wrong_is_said(server: Server, path: str, message: str) -> None:
    with pytest.raises(IngestError) as caught:
        get(server, path)
    assert message in str(caught.value)
    assert caught.value.hint


def test_a_server_that_drips_is_cut_off(server: Server) -> None:
    start = time.monotonic()
    with pytest.raises(IngestError, match=r"no whole answer within 0\.5 s"):
        get(server, "/drip", seconds=0.5, retries=0)
    assert time.monotonic() - start < 30


def test_retries_are_counted(server: Server) -> None:
    with pytest.raises(IngestError):
        get(server, "/down", retries=2)
    assert server.asked["/down"] == 3


def test_a_refusal_is_not_tried_again(server: Server) -> None:
    with pytest.raises(IngestError):
        get(server, "/login")
    assert server.asked["/login"] == 1


def test_robots_can_be_passed_over(server: Server) -> None:
    assert get(server, "/private/x", robots=False).data == samples.html()
    assert server.asked["/robots.txt"] == 0


def test_requests_to_one_host_keep_their_pause(server: Server) -> None:
    fetcher = fetch.Fetcher(settings(pause=0.2))
    start = time.monotonic()
    fetcher.many([server.url("/page"), server.url("/once")])
    assert server.asked["/robots.txt"] == 1
    assert time.monotonic() - start >= 0.6  # robots.txt, /page, /once, /page


def test_only_what_changed_is_sent_again(server: Server, tmp_path: Path) -> None:
    first = get(server, "/changed", cache=tmp_path)
    second = get(server, "/changed", cache=tmp_path)
    assert server.headers_of["/changed"]["If-None-Match"] == '"v1"'
    assert first.data == second.data == samples.html()
    assert second.day == first.day


def test_a_damaged_cache_is_no_cache(server: Server, tmp_path: Path) -> None:
    get(server, "/changed", cache=tmp_path)
    for kept in tmp_path.iterdir():
        kept.write_bytes(b"[1]\nnothing")
    assert get(server, "/changed", cache=tmp_path).data == samples.html()


def test_the_servers_charset_counts(server: Server) -> None:
    assert "Мост закрыт" in get(server, "/cyrillic").data.decode()


LOCAL = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0.0.0.0/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:1::1]/", "http://[fe80::1]/", "http://[fc00::1]/",
    "http://[ff02::1]/", "http://[fec0::1]/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/",
    "http://100.64.0.1/", "http://198.18.0.1/", "http://192.0.0.192/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/",
    "http://localhost/", "http://127.0.0.1.:80/",
]  # fmt: skip


@pytest.mark.parametrize("url", LOCAL)
def test_private_addresses_are_refused_however_they_are_written(url: str) -> None:
    with pytest.raises(IngestError, match=r"not on the public internet|not known"):
        address.target(url, allow=())


ODD = [
    "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,x", "javascript:alert(1)", "http:///x",
    "http://user:secret@example.org/", "http://example.org\\@127.0.0.1/", "http://exa mple.org/",
    "http://example.org/\r\nX: y",
    "http://example.org:99999/", "http://[::1/", "http://" + "a" * 300 + ".org/",
]  # fmt: skip


@pytest.mark.parametrize("url", ODD)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(IngestError):
        address.target(url, allow=("127.0.0.1",))


@pytest.mark.parametrize("one", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_pass(monkeypatch: pytest.MonkeyPatch, one: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (one, 80))])
    assert address.target("http://example.org/a b?q=ü".replace(" ", "%20"), allow=()).addresses == (one,)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(IngestError, match=r"10\.0\.0\.1"):
        address.target("http://example.org/", allow=())


def test_a_name_is_looked_up_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: a second look-up that gives another address is never made."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *rest: Any, **more: Any) -> Any:
        if host == "rebind.example":
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = server.server_address[1]
    target = address.target(f"http://rebind.example:{port}/page", allow=("127.0.0.0/8",))
    assert request.get(target, headers={}, seconds=5, most=100_000).status == 200
    assert asked == ["rebind.example"]


def test_an_allowed_host_does_not_open_the_network_behind_it(server: Server) -> None:
    with pytest.raises(IngestError, match=r"10\.11\.12\.13"):
        get(server, "/inward", allow=("127.0.0.1",))


def test_pages_feeds_and_sitemaps_become_articles(server: Server) -> None:
    inputs = [server.url(p) for p in ("/page", "/document", "/feed", "/teasers", "/sitemap.xml")]
    articles, problems = ingest(inputs, config=settings())
    assert [a.source for a in articles] == [
        inputs[0], inputs[1], inputs[2], inputs[2], inputs[3], inputs[3], server.url("/page"),
    ]  # fmt: skip
    assert {a.text.replace("\n\n", " ") for a in articles[:2]} == {samples.TEXT.replace("\n\n", " ")}
    page, teaser = articles[4], articles[5]
    assert (page.text, page.partial) == (samples.TEXT, False)
    assert (teaser.text, teaser.partial) == ("The council voted.", True)
    gone = [p for p in problems if p.subject == server.url("/gone")]
    assert len(gone) == 2
    assert all("404" in p.message for p in gone)


def test_a_feed_that_is_stale_or_empty_is_reported(server: Server) -> None:
    _, problems = ingest([server.url("/feed"), server.url("/bare"), server.url("/binary")], config=settings())
    messages = [p.message for p in problems]
    assert messages[0].startswith("is stale: its newest entry is of 2024-05-14")
    assert messages[1].startswith("is a feed without entries")
    assert "binary" in messages[2]


def test_files_are_not_fetched_from(tmp_path: Path, server: Server) -> None:
    (tmp_path / "feed.xml").write_bytes(
        samples.rss(full=False).replace(b"https://courier.example/1", server.url("/page").encode())
    )
    articles, _ = ingest([str(tmp_path / "feed.xml")], config=settings())
    assert len(articles) == 2
    assert not server.asked
