"""Names of targets in the ledger: they tell targets apart, and stay when secrets or servers change."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.deliver import LONGEST, carrier, key
from briefing.profiles import ToMail


def mail(**options: Any) -> ToMail:
    base = {"kind": "mail", "host": "mail.example.org", "sender": "brief@example.org", "to": ("desk@example.org",)}
    return ToMail.model_validate(base | options)


def test_a_mail_is_named_by_its_recipients() -> None:
    assert key(mail()) == "mail:desk@example.org"
    assert key(mail(to=("a@example.org", "b@example.org"))) == "mail:a@example.org,b@example.org"


@pytest.mark.parametrize(
    "options",
    [
        {"host": "other.example.org", "port": 465, "tls": "implicit"},
        {"user": "watch", "password": {"env": "WORD"}},
        {"sender": "other@example.org"},
        {"to": ("The Desk <desk@example.org>",)},
        {"seconds": 5, "in_doubt": "resend"},
    ],
)
def test_the_name_stays_when_the_way_changes(options: dict[str, Any]) -> None:
    assert key(mail(**options)) == key(mail())


def test_blind_copies_are_told_apart_and_not_shown() -> None:
    a, b = key(mail(bcc=("chief@example.org",))), key(mail(bcc=("other@example.org",)))
    assert len({a, b, key(mail())}) == 3
    assert a.startswith("mail:desk@example.org+1#")
    assert "chief" not in a


def test_many_recipients_have_a_short_name() -> None:
    many = tuple(f"someone-{n}@example.org" for n in range(40))
    found = key(mail(to=many))
    assert found.startswith("mail:someone-0@example.org+39#")
    assert len(found) < LONGEST
    assert found != key(mail(to=(*many[:-1], "else@example.org")))


def test_a_carrier_says_what_it_does_in_doubt() -> None:
    assert carrier(mail()).in_doubt == "hold"
    assert carrier(mail(in_doubt="resend")).in_doubt == "resend"
    assert not carrier(mail()).repeatable
