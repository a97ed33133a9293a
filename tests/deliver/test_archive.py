"""Whether a mail has arrived: in a Maildir, and in an IMAP folder over TLS."""

from __future__ import annotations

import contextlib
import mailbox
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from briefing.deliver import carrier
from briefing.deliver.archive import _quoted
from briefing.deliver.message import message, message_id
from briefing.errors import DeliveryError
from briefing.profiles import ToMail
from tests.deliver.desk import goods


def target(archive: dict[str, Any] | None, **options: Any) -> ToMail:
    base: dict[str, Any] = {
        "kind": "mail", "host": "localhost", "sender": "brief@example.org", "to": ("desk@example.org",), "seconds": 5,
    }  # fmt: skip
    return ToMail.model_validate(base | {"archive": archive} | options)


def test_without_an_archive_nobody_can_say() -> None:
    assert carrier(target(None)).arrived(goods()) is None


@pytest.mark.parametrize("state", ["new", "read", "gone"])
def test_in_a_maildir(tmp_path: Path, state: str) -> None:
    with contextlib.closing(mailbox.Maildir(tmp_path / "box")) as box:
        to = target({"maildir": tmp_path / "box"})
        for day in (11, 12):
            box.add(message(to, "mail:x", goods(day)))
        assert carrier(to).arrived(goods(13)) is False
        kept = box.add(message(to, "mail:x", goods(13)))
        if state == "read":
            found = box.get_message(kept)
            found.set_subdir("cur")
            box[kept] = found
        if state == "gone":
            box.remove(kept)
        assert carrier(to).arrived(goods(13)) is (state != "gone")


def test_an_answer_that_quotes_the_id_is_not_the_mail(tmp_path: Path) -> None:
    to = target({"maildir": tmp_path / "box"})
    wanted = message_id(to, goods())
    with contextlib.closing(mailbox.Maildir(tmp_path / "box")) as box:
        box.add(
            f"Message-ID: <x@example.org>\nIn-Reply-To: {wanted}\nSubject: Re: brief\n\nMessage-ID: {wanted}\n".encode()
        )
    assert carrier(to).arrived(goods()) is False


def test_no_maildir_there(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="is no Maildir") as e:
        carrier(target({"maildir": tmp_path})).arrived(goods())
    assert not e.value.lasting


# ----------------------------------------------------------------------------------------------------------------- IMAP
@pytest.fixture
def imap(tmp_path: Path) -> Iterator[tuple[int, Path, dict[str, list[str]], list[str]]]:
    """A server with folders of Message-IDs: its port, the certificate to trust, the folders, what it was told."""
    folders: dict[str, list[str]] = {"INBOX": [], "Kopien &APw- Co": []}
    told: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        timeout = 5

        def handle(self) -> None:
            with contextlib.suppress(OSError):
                self._talk()

        def _talk(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            here: list[str] = []
            while line := self.rfile.readline().decode():
                told.append(line.strip())
                tag, _, rest = line.strip().partition(" ")
                word = rest.split(" ")[0].upper()
                said, code = b"", "OK"
                if word == "CAPABILITY":
                    said = b"* CAPABILITY IMAP4rev1\r\n"
                elif word == "LOGIN" and rest != 'LOGIN watch@example.org "pa ss"':
                    code = "NO"
                elif word in {"SELECT", "EXAMINE"}:
                    name = rest.partition(" ")[2].strip('"')
                    code = "OK" if name in folders else "NO"
                    here = folders.get(name, [])
                    said = b"* %d EXISTS\r\n" % len(here)
                elif word == "UID":
                    wanted = re.search(r'"(<.*>)"', rest)
                    hits = [str(n) for n, i in enumerate(here, 1) if wanted and i == wanted[1]]
                    said = f"* SEARCH {' '.join(hits)}".strip().encode() + b"\r\n"
                self.wfile.write(said + f"{tag} {code} done\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_address[1], tmp_path / "ca.pem", folders, told
        server.shutdown()
        thread.join()


Imap = tuple[int, Path, dict[str, list[str]], list[str]]


def asked(imap: Imap, folder: str, **options: Any) -> bool | None:
    archive = {"imap": f"imaps://watch%40example.org@localhost:{imap[0]}/{folder}", "password": {"env": "BOX"}}
    return carrier(target(archive, **({"ca_file": imap[1]} | options))).arrived(goods())


@pytest.mark.parametrize("folder", ["INBOX", "Kopien%20%C3%BC%20Co", ""])
def test_on_imap(imap: Imap, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOX", "pa ss")
    assert asked(imap, folder) is False
    for box in imap[2].values():
        box += ["<other@example.org>", message_id(target(None), goods())]
    assert asked(imap, folder) is True
    assert any(line.split(" ")[1] == "EXAMINE" for line in imap[3])  # read only: nothing is marked as seen


@pytest.mark.parametrize(
    ("folder", "word", "options", "said"),
    [
        ("INBOX", "wrong-word", {}, "refused login"),
        ("Nowhere", "pa ss", {}, "refused opening the folder 'Nowhere'"),
        ("INBOX", "pa ss", {"ca_file": None}, "certificate is not trusted"),
    ],
)
def test_faults_of_imap(
    imap: Imap, monkeypatch: pytest.MonkeyPatch, folder: str, word: str, options: dict[str, Any], said: str
) -> None:
    monkeypatch.setenv("BOX", word)
    with pytest.raises(DeliveryError, match=said) as e:
        asked(imap, folder, **options)
    assert e.value.lasting
    assert word not in str(e.value)


@pytest.mark.parametrize("url", ["imap://u@h/INBOX", "imaps://h/INBOX", "imaps://u:word@h/INBOX", "INBOX"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(DeliveryError, match=r"archive\.imap") as e:
        carrier(target({"imap": url})).arrived(goods())
    assert "word@" not in str(e.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", '"INBOX"'),
        ('a "b" \\c', '"a \\"b\\" \\\\c"'),
        ("Entwürfe & Co", '"Entw&APw-rfe &- Co"'),
        ("日本語", '"&ZeVnLIqe-"'),
    ],
)
def test_names_as_imap_writes_them(name: str, written: str) -> None:
    assert _quoted(name) == written
