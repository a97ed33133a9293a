"""Mail, over a real server: refused, delayed, cut off before and after the last byte; never twice, never unsafe."""

from __future__ import annotations

import contextlib
import email.policy
import mailbox
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from briefing.deliver import carrier, wire
from briefing.deliver.faults import UnansweredError
from briefing.errors import DeliveryError
from briefing.ledger import Goods
from briefing.profiles import ToMail
from tests.deliver.desk import STEPS, Desk, goods
from tests.smtp_sink import Deed, Sink, Tls, smtp_sink

DESK = "desk@example.org"


def target(sink: Sink, **options: Any) -> ToMail:
    base: dict[str, Any] = {
        "kind": "mail", "host": sink.host, "port": sink.port, "tls": "starttls", "ca_file": sink.ca,
        "sender": "Briefing <brief@example.org>", "to": (DESK,), "seconds": 5,
    }  # fmt: skip
    return ToMail.model_validate(base | options)


def nothing() -> None:
    """A commit that keeps no book."""


def send(sink: Sink, item: Goods | None = None, **options: Any) -> str:
    return carrier(target(sink, **options)).send(item or goods(), nothing)


def refused(sink: Sink, **options: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as e:
        send(sink, **options)
    return e.value


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink("starttls") as found:
        yield found


# ------------------------------------------------------------------------------------------------------------- arriving
@pytest.mark.parametrize("tls", ["starttls", "implicit", "none"])
@pytest.mark.parametrize("login", [None, ("watch", "päss wörd"), ("watch", "plain-word")])
def test_arrives(tls: Tls, login: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = {}
    if login:
        monkeypatch.setenv("WORD", login[1])
        options = {"user": login[0], "password": {"env": "WORD"}}
    with smtp_sink(tls, login=login) as sink:
        assert send(sink, tls=tls, **options) == "sent to 1"
        (mail,) = sink.mails
    assert (mail.sender, mail.to) == ("brief@example.org", (DESK,))
    plain, html, pdf = (p for p in mail.message.walk() if not p.is_multipart())
    assert plain.get_content().splitlines() == goods().letter.text.splitlines()  # dots at line starts, and letters, too
    assert html.get_content().strip() == goods().letter.html
    assert pdf.get_filename() == "straits-2026-03-13T0500.pdf"
    assert pdf.get_content_type() == "application/pdf"
    assert pdf.get_content() == goods().files[0].data


def test_blind_copies_are_in_the_envelope_only(sink: Sink) -> None:
    assert send(sink, bcc=("Chief <chief@example.org>", DESK)) == "sent to 2"
    (mail,) = sink.mails
    assert mail.to == (DESK, "chief@example.org")
    assert b"chief" not in mail.data


def test_the_same_bytes_on_every_try(sink: Sink) -> None:
    for _ in range(2):
        send(sink)
    assert sink.mails[0].data == sink.mails[1].data


def test_a_large_mail_and_every_kind_of_line(sink: Sink) -> None:
    text = ".\n..\r\n\r.x\n" + "é" * 3000 + "\n" + "x" * 2500 + "\n.\n"
    item = goods(files={"brief.pdf": bytes(range(256)) * 8000})
    item = item.model_copy(update={"letter": item.letter.model_copy(update={"text": text})})
    send(sink, item)
    plain, _, pdf = (p for p in sink.mails[0].message.walk() if not p.is_multipart())
    assert plain.get_content().splitlines() == text.splitlines()
    assert pdf.get_content() == item.files[0].data
    assert all(len(line) < 998 for line in sink.mails[0].data.split(b"\r\n"))
    assert b"\n" not in sink.mails[0].data.replace(b"\r\n", b"")
    assert sink.mails[0].data.isascii()


# -------------------------------------------------------------------------------------------------------------- refused
@pytest.mark.parametrize(
    ("answers", "said", "lasting"),
    [
        ({DESK: "550 5.1.1 no such box", "b@example.org": "450 4.2.0 greylisted"}, None, False),
        ({DESK: "550 5.1.1 no such box", "b@example.org": "550 5.7.1 not here"}, None, True),
        ({"b@example.org": "452 4.2.2 box full"}, "sent to 1 of 2; refused: b@example.org (452 4.2.2 box full)", False),
        ({DESK: "550 no"}, "sent to 1 of 2; refused: desk@example.org (550 no)", False),
    ],
)
def test_recipients_that_are_refused(sink: Sink, answers: dict[str, str], said: str | None, lasting: bool) -> None:
    sink.refused = answers
    if said is None:
        fault = refused(sink, to=(DESK, "b@example.org"))
        assert fault.lasting is lasting
        assert all(words in fault.found for words in answers.values())
        assert sink.mails == []
    else:
        assert send(sink, to=(DESK, "b@example.org")) == said
        assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("deed", "kind", "lasting"),
    [
        ("defer", DeliveryError, False),
        ("refuse", DeliveryError, True),
        ("drop_late", UnansweredError, False),
        ("lose_late", UnansweredError, False),
    ],
)
def test_faults_at_the_mail_itself(sink: Sink, deed: Deed, kind: type, lasting: bool) -> None:
    sink.deeds.append(deed)
    fault = refused(sink)
    assert type(fault) is kind
    assert fault.lasting is lasting


def test_an_early_end_is_no_doubt_though_the_mail_is_large(sink: Sink) -> None:
    sink.deeds.append("drop_early")
    committed: list[int] = []
    with pytest.raises(DeliveryError) as e:
        carrier(target(sink)).send(goods(files={"brief.pdf": b"x" * 8_000_000}), lambda: committed.append(1))
    assert type(e.value) is DeliveryError
    assert committed == []


def test_silence_after_the_last_byte_is_waited_for_and_then_in_doubt(sink: Sink) -> None:
    sink.deeds.append("slow")
    sink.delay = 30
    began = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.deliver.mail.PATIENCE", 1.5)
        fault = refused(sink, seconds=1)
    assert isinstance(fault, UnansweredError)
    assert time.monotonic() - began >= 1.5


def test_a_server_that_trickles_is_cut_off(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.deliver.mail.PATIENCE", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = threading.Thread(target=_trickle, args=(server,))
        thread.start()
        began = time.monotonic()
        fault = refused(Sink(port=server.getsockname()[1]), seconds=1, tls="none")
        assert "hung up" in fault.found or "no answer" in fault.found
        assert time.monotonic() - began < 5  # of the six seconds that it would take
        thread.join()


def _trickle(server: socket.socket) -> None:
    """A greeting, and an answer to EHLO that never ends."""
    line, _ = server.accept()
    with closing(line), contextlib.suppress(OSError):
        line.sendall(b"220 here\r\n")
        line.recv(100)
        for _ in range(60):
            line.sendall(b"250-more\r\n")
            time.sleep(0.1)


def test_a_slow_answer_is_an_answer(sink: Sink) -> None:
    sink.deeds.append("slow")
    sink.delay = 1.3
    assert send(sink, seconds=1) == "sent to 1"


def test_nobody_there() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    fault = refused(Sink(port=port))
    assert (fault.found, fault.lasting) == (f"localhost:{port}: connection refused", False)
    assert str(fault).endswith("; check host and port, and that the server runs")


def test_somebody_there_who_says_nothing() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        fault = refused(Sink(port=port), seconds=0.2)
    assert (fault.found, fault.lasting) == (f"localhost:{port}: no answer in time", False)


def test_no_such_host() -> None:
    fault = refused(Sink(host="mail.invalid", port=25))
    assert (fault.found, fault.lasting) == ("mail.invalid:25: no address is known for the host", False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"user": "watch", "password": {"env": "WORD"}}, "login refused: 535"),
        ({"user": "watch"}, "has a user and no password"),
        ({"to": ("desk@",)}, "'desk@' is no mail address"),
        ({"to": ("desk@example.org\r\nBcc: all@example.org",)}, "is no mail address"),
        ({"sender": "nobody"}, "'nobody' is no mail address"),
        ({"to": ("a@example.org, b@example.org",)}, "one an entry"),
    ],
)
def test_lasting_faults(options: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORD", "wrong-word")
    with smtp_sink("starttls", login=("watch", "right-word")) as sink:
        fault = refused(sink, **options)
        assert said in str(fault)
        assert fault.lasting
        assert sink.mails == []


# ----------------------------------------------------------------------------------------------------------- encryption
def test_starttls_that_is_not_offered_sends_nothing() -> None:
    with smtp_sink("none") as sink:
        fault = refused(sink)
        assert "does not offer STARTTLS" in fault.found
        assert fault.lasting
        assert sink.tried == 0


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_that_is_not_trusted(tls: Tls) -> None:
    with smtp_sink(tls) as sink:
        fault = refused(sink, tls=tls, ca_file=None)
        assert "certificate is not trusted" in fault.found
        assert fault.lasting
        assert sink.tried == 0


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_for_another_name(tls: Tls) -> None:
    with smtp_sink(tls, name="mail.example.org") as sink:
        fault = refused(sink, tls=tls)
        assert "certificate is not trusted" in fault.found
        assert fault.lasting


@pytest.mark.parametrize(
    ("held", "said", "lasting"), [(None, "no such file or directory", False), ("no PEM", "holds no certificate", True)]
)
def test_a_ca_file_that_cannot_be_used_is_named(
    sink: Sink, tmp_path: Path, held: str | None, said: str, lasting: bool
) -> None:
    path = tmp_path / "ca.pem"
    if held:
        path.write_text(held)
    fault = refused(sink, ca_file=path)
    assert f"ca_file {path}: {said}; give the path of a file" in str(fault)
    assert fault.lasting == lasting
    assert not sink.mails


def test_certificates_are_checked_as_strictly_as_can_be() -> None:
    context = wire.tls()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    ("peer", "password", "goes"),
    [
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("10.1.2.3", False, True),
        ("10.1.2.3", True, False),
        ("::ffff:10.1.2.3", False, True),
        ("::ffff:93.184.216.34", False, False),
        ("2606:2800:220:1::1", False, False),
        ("fd00::7", False, True),
        ("93.184.216.34", False, False),
        ("93.184.216.34", True, False),
        ("", False, False),
    ],
)
def test_without_tls_only_what_is_near(monkeypatch: pytest.MonkeyPatch, peer: str, password: bool, goes: bool) -> None:
    monkeypatch.setattr(wire, "peer", lambda _: peer)
    monkeypatch.setenv("WORD", "word")
    options: dict[str, Any] = {"user": "watch", "password": {"env": "WORD"}} if password else {}
    with smtp_sink("none", login=("watch", "word") if password else None) as sink:
        if goes:
            send(sink, tls="none", **options)
        else:
            fault = refused(sink, tls="none", **options)
            assert "unencrypted" in fault.found
            assert fault.lasting
        assert len(sink.mails) == goes


# --------------------------------------------------------------------------------------------------------------- deaths
_HOLD = [("sent", 1), ("sent", 1), ("sent", 1), ("doubtful", 0), ("doubtful", 1)]
_RESEND = [("sent", 1)] * 4 + [("sent", 2)]


@pytest.mark.parametrize(
    ("options", "outcomes"),
    [({}, _HOLD), ({"in_doubt": "resend"}, _RESEND), ({"archive": True}, [("sent", 1)] * 5)],
    ids=["hold", "resend", "archive"],
)
@pytest.mark.parametrize("step", range(5), ids=["-".join(s) for s in STEPS])
def test_death_at_a_step(tmp_path: Path, step: int, options: dict[str, Any], outcomes: list[tuple[str, int]]) -> None:
    maildir = tmp_path / "copies"
    with smtp_sink("starttls", maildir=maildir) as sink:
        if options.get("archive"):
            options = {"archive": {"maildir": maildir}}
        desk = Desk(carrier(target(sink, **options)))
        desk.killed(*STEPS[step])
        found = desk.until_still()
        assert (found.state, len(sink.mails)) == outcomes[step]
        assert len(sink.counts()) <= 1  # one Message-ID, however often
    with closing(mailbox.Maildir(maildir)) as box:
        assert len(box) == outcomes[step][1]


@pytest.mark.parametrize(("deed", "state", "mails"), [("drop_late", "sent", 1), ("lose_late", "sent", 1)])
def test_an_archive_settles_a_lost_answer(tmp_path: Path, deed: Deed, state: str, mails: int) -> None:
    maildir = tmp_path / "copies"
    with smtp_sink("starttls", maildir=maildir) as sink:
        sink.deeds.append(deed)
        desk = Desk(carrier(target(sink, archive={"maildir": maildir, "settle": 60})))
        found = desk.hand()
        assert found.state == ("sent" if deed == "drop_late" else "committing")
        assert desk.until_still().state == state
        assert len(sink.mails) == mails


# -------------------------------------------------------------------------------------------------------------- headers
def sent(item: Goods, **options: Any) -> Any:
    from briefing.deliver.message import message

    base = target(Sink(port=1), **options)
    return message_from_bytes(message(base, "mail:x", item), policy=email.policy.default)


def test_headers() -> None:
    mail = sent(goods(), to=("Jürgen Weiß <jw@example.org>", "b@bücher.example"))
    assert mail["Date"] == "Fri, 13 Mar 2026 05:00:00 +0100"
    assert mail["Message-ID"].startswith("<straits-20260313T040000Z-brief.")
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["List-Id"] == "<straits.briefing.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["To"] == "Jürgen Weiß <jw@example.org>, b@xn--bcher-kva.example"
    assert mail["From"] == "Briefing <brief@example.org>"
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("Talks\r\nBcc: all@example.org", "Talks Bcc: all@example.org"),
        ("Talks\x00\x1b[2J\u2028resume", "Talks [2J resume"),
        ("Gespräche über " + "Öl " * 60, ("Gespräche über " + "Öl " * 60)[:200].strip()),
        ("[TLP:GREEN] 会谈恢复 – 4 changes", "[TLP:GREEN] 会谈恢复 – 4 changes"),
        ("=?utf-8?q?not_decoded?=", None),
    ],
)
def test_subjects(subject: str, read: str | None) -> None:
    mail = sent(goods(subject=subject))
    assert sorted(k for k in mail if k.lower() in {"bcc", "to", "subject"}) == ["Subject", "To"]
    if read is not None:
        assert mail["Subject"].strip() == read


def test_two_targets_of_one_issue_have_two_ids() -> None:
    assert sent(goods())["Message-ID"] != sent(goods(), bcc=("c@example.org",))["Message-ID"]
    assert sent(goods())["Message-ID"] == sent(goods(), host="other.example", seconds=1)["Message-ID"]


def test_the_id_stays_when_names_are_written_anew() -> None:
    assert sent(goods(), to=("The Desk <desk@example.org>",))["Message-ID"] == sent(goods())["Message-ID"]


def test_boxes_in_other_letters(sink: Sink) -> None:
    assert send(sink, to=("Jörg <jörg@bücher.example>",)) == "sent to 1"
    assert sink.mails[0].to == ("jörg@xn--bcher-kva.example",)
    assert sink.mails[0].message["To"] == "Jörg <jörg@xn--bcher-kva.example>"


def test_a_notice_has_no_attachment() -> None:
    mail = sent(goods(kind="notice"))
    assert [p.get_content_type() for p in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
