"""Any text in a mail, any order of deaths and faults for a parcel: what must hold whatever comes."""

from __future__ import annotations

import contextlib
import email
import email.policy
import re
from datetime import timedelta
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.faults import UnansweredError
from briefing.deliver.mail import _stuffed
from briefing.deliver.message import message
from briefing.errors import DeliveryError
from briefing.ledger import Goods, Letter
from briefing.profiles import ToMail
from tests.deliver.desk import PROFILE, STEPS, Desk, Killed, goods

TO = ToMail(kind="mail", host="h", sender="Briefing <brief@example.org>", to=("Jörg <desk@example.org>",))
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version", "Content-Type",
}  # fmt: skip


@given(st.text(max_size=300), st.text(max_size=400), st.text(max_size=100), st.text(max_size=40))
def test_any_words_in_a_mail(subject: str, text: str, html: str, profile: str) -> None:
    item = goods(files={}).model_copy(
        update={"letter": Letter(subject=subject, text=text, html=html), "profile": profile}
    )
    data = message(TO, "mail:x", item)
    assert data == message(TO, "mail:x", item)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert set(read.keys()) == HEADERS
    assert len(read.keys()) == len(HEADERS)
    plain, page = (p for p in read.walk() if not p.is_multipart())
    for part, words in ((plain, text), (page, html)):
        got = str(part.get_content())
        assert _lines(got) == _lines(words)


def _lines(words: str) -> list[str]:
    """Without the line ends, of which mail has one kind, and those at the end."""
    return re.split(r"\r\n|\r|\n", words.rstrip("\r\n"))


@given(st.binary(max_size=200).map(lambda b: b.replace(b"\r", b"\n")))
def test_any_body_comes_out_as_it_went_in(body: bytes) -> None:
    sent = _stuffed(body) + b"\r\n.\r\n"
    # As a server reads it: to the first line with nothing but a dot.
    lines = sent.split(b"\r\n")
    end = lines.index(b".")
    assert lines[end:] == [b".", b""]
    got = [line.removeprefix(b".") for line in lines[:end]]
    assert got == body.removesuffix(b"\n").split(b"\n")


# -------------------------------------------------------------------------------------------------------------- parcels
Deed = Literal["good", "down", "gone before", "gone after"]
Policy = Literal["hold", "resend", "archive", "repeatable"]
_RUN = st.tuples(st.sampled_from(["good", "down", "gone before", "gone after"]), st.sampled_from([None, *STEPS]))


class Receiver:
    """The other side, and the carrier to it."""

    def __init__(self, policy: Policy) -> None:
        self.repeatable = policy == "repeatable"
        self.in_doubt = "resend" if policy in {"resend", "repeatable"} else "hold"
        self.settle = timedelta(minutes=2) if policy == "archive" else timedelta(0)
        self.policy, self.came, self.deed = policy, 0, "good"

    def send(self, goods: Goods, commit: object) -> str:
        if self.deed == "down":
            raise DeliveryError("k", "connection refused")
        assert callable(commit)
        commit()
        if self.deed == "gone before":
            raise UnansweredError("k", "hung up")
        self.came += 1
        if self.deed == "gone after":
            raise UnansweredError("k", "hung up")
        return "sent"

    def arrived(self, goods: Goods) -> bool | None:
        return self.came > 0 if self.policy == "archive" else None


@given(
    st.sampled_from(["hold", "resend", "archive", "repeatable"]),
    st.lists(st.tuples(_RUN, st.integers(0, 600)), max_size=8),
)
def test_any_order_of_deaths_and_faults(
    policy: Policy, runs: list[tuple[tuple[str, tuple[str, str] | None], int]]
) -> None:
    receiver = Receiver(policy)
    desk = Desk(receiver, profile=PROFILE.model_copy(update={"attempts": 5}))
    for (deed, death), seconds in runs:
        receiver.deed, desk.ledger.kill = deed, death
        with contextlib.suppress(Killed):
            desk.hand()
        desk.now += timedelta(seconds=seconds)
    receiver.deed, desk.ledger.kill = "good", None
    state = desk.until_still().state
    if policy in {"hold", "archive"}:
        assert receiver.came <= 1  # never twice
    if state == "sent":
        assert receiver.came >= 1  # never said and not so
    if state == "failed" and policy in {"hold", "archive"}:
        assert receiver.came == 0
    if policy in {"archive", "repeatable"}:
        assert state != "doubtful"
    assert state == "sent" or desk.parcel.detail  # never lost in silence
