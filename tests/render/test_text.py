"""What is shown of an article's text, and how dates are written out."""

import pytest

from briefing.render import text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("Ines\u202erevlaC", "InesrevlaC"),  # turned reading direction
        ("pay\u200bload \ufeffhere", "payload here"),  # zero width
        ("\u2066name\u2069", "name"),
        ("bell\x07", "bell"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\U000e0041hidden tag", "hidden tag"),
        ("\ud800 lone", " lone"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs its non-joiner
        ("me\u200cant", "meant"),
        ("한진우 · Ж", "한진우 · Ж"),
    ],
)
def test_display(raw: str, shown: str) -> None:
    assert text.display(raw) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2031-05-28", "28 May 2031"),
        ("2031-05-28T14:30", "28 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("203", "2030s"),
        ("2031-W17", "week 17 of 2031"),
        ("2031-SU", "summer 2031"),
        ("2031-05-11/2031-05-20", "11 to 20 May 2031"),
        ("2031-05-30/2031-06-02", "30 May 2031 to 2 June 2031"),
        ("2031-13-01", "2031-13-01"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("", ""),
        (None, ""),
    ],
)
def test_date(value: str | None, shown: str) -> None:
    assert text.date(value) == shown


def test_american_and_short_dates() -> None:
    assert text.date("2031-09-03", american=True) == "September 3, 2031"
    assert text.date("2031-09-03", short=True) == "3 Sep 2031"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://outlet.example/a?b=c", True),
        ("http://outlet.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://user:word@outlet.example/", False),
        ("https://outlet.example/a b", False),
        ("https://out\u202elet.example/", False),
        ("//outlet.example", False),
        ("https://[bad", False),
        (None, False),
    ],
)
def test_safe_url(url: str | None, kept: bool) -> None:
    assert (text.safe_url(url) == url) is (kept or url is None)
    assert (text.safe_url(url) is not None) is kept


def test_clip_says_that_it_cuts() -> None:
    assert text.clip("one two three four", 100) == "one two three four"
    assert text.clip("one two three four", 12) == "one two …"
    assert len(text.clip("x" * 500, 40)) <= 40


def test_quoted_keeps_marks_that_are_there() -> None:
    assert text.quoted("said so") == "“said so”"
    assert text.quoted("“We had one hour,” she said") == "“We had one hour,” she said"
