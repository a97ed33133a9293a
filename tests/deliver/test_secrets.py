"""No secret is ever said: not in an error and what hangs on it, not in a log record, not in a repr, not in a key.

Servers here repeat what they were told, which is how secrets come back in messages.
"""

from __future__ import annotations

import base64
import logging
import socket
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from briefing.deliver import Carrier, carrier, key
from briefing.deliver.faults import scrub
from briefing.deliver.heartbeat import beat
from briefing.errors import BriefingError, DeliveryError
from briefing.profiles import Heartbeat, ToBucket, ToMail, ToWebhook
from tests.deliver.desk import Desk, goods
from tests.deliver.web import web
from tests.smtp_sink import smtp_sink

WORD = 'Zaun"könig-7431/x?y'
FORMS = ["7431", base64.b64encode(WORD.encode()).decode(), base64.b64encode(f"\0watch\0{WORD}".encode()).decode()]


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", WORD)


def said(error: BaseException) -> str:
    """All that a traceback, a log or a debugger may show of an error and of those behind it."""
    words = "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        words += f"{seen!s} {seen!r} {seen.args!r} {vars(seen)!r}"
        seen = seen.__cause__ or seen.__context__
    return words


def clean(words: str) -> None:
    assert [f for f in FORMS if f in words] == []


def fails(call: Callable[[], object]) -> BriefingError:
    with pytest.raises(BriefingError) as e:
        call()
    return e.value


def send(found: Carrier) -> Callable[[], str]:
    return lambda: found.send(goods(), lambda: None)


def mail(port: int, **options: Any) -> ToMail:
    base: dict[str, Any] = {
        "kind": "mail", "host": "localhost", "port": port, "user": "watch", "password": {"env": "WORD"},
        "sender": "brief@example.org", "to": ("desk@example.org",), "seconds": 2,
    }  # fmt: skip
    return ToMail.model_validate(base | options)


def webhook(url: Any, secret: str = "WORD") -> ToWebhook:
    return ToWebhook.model_validate({"kind": "webhook", "url": url, "secret": {"env": secret}, "seconds": 1})


def test_mail_to_a_server_that_repeats_the_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.CRITICAL, "mail.log")  # the server's own
    with smtp_sink("starttls", login=("watch", WORD)) as sink:
        sink.refused = {"desk@example.org": f"550 {WORD.encode().decode('ascii', 'ignore')} 7431 {FORMS[1]} {FORMS[2]}"}
        target = mail(sink.port, ca_file=sink.ca)
        error = fails(send(carrier(target)))
    # What is left of a password that was cut up is not recognised: only whole forms are.
    words = said(error).replace("7431 ***", "")
    assert FORMS[1] not in words
    assert FORMS[2] not in words
    clean(caplog.text + repr(target) + key(target) + repr(carrier(target)) + target.model_dump_json())


@pytest.mark.parametrize("tls", ["starttls", "none"])
def test_mail_with_a_wrong_password(caplog: pytest.LogCaptureFixture, tls: str) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.CRITICAL, "mail.log")
    with smtp_sink("starttls" if tls == "starttls" else "none", login=("watch", "other")) as sink:
        desk = Desk(carrier(mail(sink.port, ca_file=sink.ca, tls=tls)))
        found = desk.hand()
        error = fails(send(desk.carrier))
    assert found.state == "failed"
    clean(found.detail + said(error) + caplog.text + repr(desk.parcel))


def test_a_webhook_whose_address_is_secret(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with web() as server:
        for answer in (404, 503, 307, "silence", "nonsense", "lose"):
            monkeypatch.setenv("HOOK", f"{server.url}/hooks/7431/{quote(WORD)}")
            server.answers.append(answer)
            target = webhook({"env": "HOOK"})
            clean(said(fails(send(carrier(target)))) + repr(target) + key(target))
    for url in (
        "http://127.0.0.1:1/7431",
        "http://7431.invalid/7431",
        "htp:/7431",
        "http://h/7431 x",
        "https://u:7431@h/",
    ):
        monkeypatch.setenv("HOOK", url)
        clean(said(fails(send(carrier(webhook({"env": "HOOK"}))))))
        clean(said(fails(lambda: beat(Heartbeat.model_validate({"url": {"env": "HOOK"}}), good=False))))
    clean(caplog.text)


def test_a_webhook_whose_key_is_not_what_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "whsec_7431 no base64")
    with web() as server:
        clean(said(fails(send(carrier(webhook(server.url, "HOOK"))))))


def test_a_secret_file_is_named_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "word").write_bytes(b"7431\xff\xfe")
    options = {"kind": "webhook", "url": "http://127.0.0.1:1/", "secret": {"file": str(tmp_path / "word")}}
    error = fails(send(carrier(ToWebhook.model_validate(options))))
    assert "word" in str(error)
    clean(str(error))


@pytest.mark.faults
def test_a_bucket(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("WORD", "7431secret")
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    options = {"key": {"env": "WORD"}, "secret": {"env": "WORD"}, "endpoint": f"http://127.0.0.1:{port}", "seconds": 1}
    target = ToBucket.model_validate({"kind": "bucket", "url": "s3://b/x"} | options)
    clean(said(fails(send(carrier(target)))) + repr(target) + key(target))
    assert "7431secret" not in caplog.text.replace("Credential=7431secret", "")  # the key's id stands in each request


@pytest.mark.parametrize(
    ("text", "secrets", "left"),
    [
        ("login as a-word failed", ["a-word"], "login as *** failed"),
        ("GET /a%20b?c", ["a b"], "GET /***?c"),
        (f"AUTH {base64.b64encode(b'word').decode()}", ["word"], "AUTH ***"),
        ("nothing to hide", ["", "word"], "nothing to hide"),
        ("word and words-worth", ["word", "words-worth"], "*** and ***"),
    ],
)
def test_scrub(text: str, secrets: list[str], left: str) -> None:
    assert scrub(text, secrets) == left


def test_errors_do_not_carry_the_librarys_own() -> None:
    error = fails(send(carrier(mail(1, host="127.0.0.1"))))
    assert isinstance(error, DeliveryError)
    assert error.__cause__ is None
    assert error.__context__ is None
