"""Webhooks, to a real server: signed as Standard Webhooks says, never redirected, the same id on every try."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing.deliver import carrier, key, webhook, wire
from briefing.deliver.faults import UnansweredError
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToWebhook
from tests.deliver.desk import NOW, STEPS, Desk, goods
from tests.deliver.web import Answer, Came, Web, web

# The specification's own example, signed with its own library.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_RAW = base64.b64decode(SECRET.removeprefix("whsec_"))


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", SECRET)


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as found:
        yield found


def nothing() -> None:
    """A commit that keeps no book."""


def target(url: str, **options: Any) -> ToWebhook:
    return ToWebhook.model_validate({"kind": "webhook", "url": url, "secret": {"env": "HOOK"}, "seconds": 5} | options)


def send(url: str, item: Goods | None = None, **options: Any) -> str:
    return carrier(target(url, **options), clock=lambda: NOW).send(item or goods(), nothing)


def verified(came: Came, raw: bytes = _RAW) -> dict[str, Any]:
    """What a receiver does: the payload where the signature holds."""
    said = f"{came.headers['webhook-id']}.{came.headers['webhook-timestamp']}.".encode() + came.body
    digest = base64.b64encode(hmac.new(raw, said, hashlib.sha256).digest()).decode()
    assert hmac.compare_digest(came.headers["webhook-signature"], f"v1,{digest}")
    found: dict[str, Any] = json.loads(came.body)
    return found


def test_the_example_of_the_specification() -> None:
    headers = webhook.signed("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', _RAW)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_arrives_signed(server: Web) -> None:
    assert send(server.url + "/hooks/brief?team=7") == "answered 200"
    (came,) = server.came
    payload = verified(came)
    assert (came.method, came.path) == ("POST", "/hooks/brief?team=7")
    assert came.headers["webhook-id"] == "straits-20260313T040000Z-brief"
    assert came.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert came.headers["content-type"] == "application/json"
    assert payload["type"] == "brief.issued"
    assert payload["timestamp"] == "2026-03-13T04:00:00+00:00"
    assert payload["data"]["title"] == "Talks in Marvia resume"
    assert payload["data"]["changes"] == 2
    assert "brief" not in payload["data"]


def test_the_brief_whole(server: Web) -> None:
    send(server.url, body="brief")
    assert verified(server.came[0])["data"]["brief"] == {"title": "Talks"}


def test_no_json_to_send(server: Web) -> None:
    with pytest.raises(DeliveryError, match=r"writes no brief\.json") as e:
        send(server.url, goods(files={"brief.pdf": b"x"}), body="brief")
    assert e.value.lasting


def test_a_notice(server: Web) -> None:
    send(server.url, goods(kind="notice"), body="brief")
    assert verified(server.came[0])["type"] == "brief.failed"


def test_a_secret_without_prefix_is_taken_as_it_is(server: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "fünf wörter")
    send(server.url)
    verified(server.came[0], "fünf wörter".encode())


@pytest.mark.parametrize("secret", ["whsec_", "whsec_not base64!", "whsec_abc"])
def test_a_secret_that_is_none(server: Web, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("HOOK", secret)
    with pytest.raises(DeliveryError) as e:
        send(server.url)
    assert e.value.lasting
    assert secret.removeprefix("whsec_") not in str(e.value).replace("whsec_", "") or secret == "whsec_"
    assert server.came == []


@pytest.mark.parametrize(
    ("answer", "kind", "lasting"),
    [
        (301, DeliveryError, True),
        (307, DeliveryError, True),
        (400, DeliveryError, True),
        (401, DeliveryError, True),
        (404, DeliveryError, True),
        (410, DeliveryError, True),
        (408, DeliveryError, False),
        (429, DeliveryError, False),
        (500, DeliveryError, False),
        (503, DeliveryError, False),
        (502, UnansweredError, False),
        (504, UnansweredError, False),
        ("lose", UnansweredError, False),
        ("drop", UnansweredError, False),
        ("silence", UnansweredError, False),
        ("nonsense", UnansweredError, False),
    ],
)
def test_answers(server: Web, answer: Answer, kind: type, lasting: bool) -> None:
    server.answers.append(answer)
    with pytest.raises(DeliveryError) as e:
        send(server.url, seconds=1)
    assert type(e.value) is kind
    assert e.value.lasting is lasting
    assert [c.path for c in server.came] == ([] if answer == "lose" else ["/"])  # no redirect was followed


@pytest.mark.parametrize("tls", [False, True])
def test_an_answer_that_trickles_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tls: bool) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with web(tmp_path / "ca.pem" if tls else None) as server:
        server.answers.append("trickle")
        began = time.monotonic()
        assert send(server.url, seconds=0.5) == "answered 200"  # its first line has said so
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("answer", [200, 201, 204, 299, "endless"])
def test_answers_that_are_good(server: Web, answer: Answer) -> None:
    server.answers.append(answer)
    assert send(server.url).startswith("answered 2")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://localhost/x", "is no http or https address"),
        ("https:///x", "is no http or https address"),
        ("http://localhost:99999/", "is no http or https address"),
        ("http://localhost/a b", "is no http or https address"),
        ("http://localhost/\r\nx: y", "is no http or https address"),
        ("http://me@localhost/", "has a login in its address"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    with pytest.raises(DeliveryError, match=said) as e:
        send(url)
    assert e.value.lasting


def test_unencrypted_only_to_what_is_near(server: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "peer", lambda _: "93.184.216.34")
    with pytest.raises(DeliveryError, match="unencrypted on a public network") as e:
        send(server.url)
    assert e.value.lasting
    assert server.came == []


def test_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with web(tmp_path / "ca.pem") as server:
        with pytest.raises(DeliveryError, match="certificate is not trusted") as e:
            send(server.url)
        assert e.value.lasting
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert send(server.url) == "answered 200"
        assert len(server.came) == 1


def test_a_certificate_for_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with (
        web(tmp_path / "ca.pem", name="hooks.example.org") as server,
        pytest.raises(DeliveryError, match="certificate is not trusted"),
    ):
        send(server.url)


def test_nobody_there() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with pytest.raises(DeliveryError, match="connection refused") as e:
        send(f"http://localhost:{port}/")
    assert not e.value.lasting


_HOLD = [("sent", 1), ("sent", 1), ("sent", 1), ("doubtful", 0), ("doubtful", 1)]
_RESEND = [("sent", 1)] * 4 + [("sent", 2)]


@pytest.mark.parametrize(("in_doubt", "outcomes"), [("hold", _HOLD), ("resend", _RESEND)])
@pytest.mark.parametrize("step", range(5), ids=["-".join(s) for s in STEPS])
def test_death_at_a_step(server: Web, step: int, in_doubt: str, outcomes: list[tuple[str, int]]) -> None:
    desk = Desk(carrier(target(server.url, in_doubt=in_doubt), clock=lambda: NOW))
    desk.killed(*STEPS[step])
    assert (desk.until_still().state, len(server.came)) == outcomes[step]
    assert len({c.headers["webhook-id"] for c in server.came}) <= 1
    assert len({c.body for c in server.came}) <= 1


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://hooks.example.org/T0/B1/x9x9x9", "webhook:hooks.example.org#"),
        ({"env": "HOOK"}, "webhook:env HOOK"),
    ],
)
def test_the_key_shows_no_path(url: Any, shown: str) -> None:
    found = key(target(url))
    assert found.startswith(shown)
    assert "x9x9x9" not in found
