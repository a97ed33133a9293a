"""The small parts: names, dates, robots, languages, ids, kinds, fields."""

from __future__ import annotations

import json

import pytest

from briefing.errors import IngestError
from briefing.ingest import dates, idents, language, names, robots, sniff, table, unicode
from tests.ingest import samples

BYLINES: list[tuple[str, tuple[list[str], str] | None]] = [
    ("By Ann Lee", (["Ann Lee"], "")),
    ("BY ANN LEE", (["Ann Lee"], "")),
    ("BY CHOI MIN-SEO", (["Choi Min-seo"], "")),
    ("BY JEAN-LUC MOREL", (["Jean-Luc Morel"], "")),
    ("BY SEAN O'HARA and IAN MCKAY", (["Sean O'Hara", "Ian McKay"], "")),
    ("By Ann Lee, Jon Moe and Ines da Costa", (["Ann Lee", "Jon Moe", "Ines da Costa"], "")),
    ("By Ann Lee | The Almen Courier", (["Ann Lee"], "The Almen Courier")),
    ("By Ann Lee in Varde", (["Ann Lee"], "in Varde")),
    ("By Ann Lee and Jon Moe, Reuters", (["Ann Lee", "Jon Moe"], "Reuters")),
    ("By The Associated Press", ([], "Associated Press")),
    ("By our newsroom", ([], "our newsroom")),
    ("Written by Ann Lee", (["Ann Lee"], "")),
    ("By Tuesday, the army had left.", None),
    ("By the time the council met, the bridge had been shut for a week.", None),
    ("Bypass Road", None),
    ("By law", None),
]


@pytest.mark.parametrize(("line", "expected"), BYLINES)
def test_bylines(line: str, expected: tuple[list[str], str] | None) -> None:
    assert names.byline(line) == expected


STAMPS: list[tuple[str, tuple[str, str] | None]] = [
    ("May 3, 2024", ("2024-05-03", "published")),
    ("Friday, 3 May 2024", ("2024-05-03", "published")),
    ("3rd of May 2024", ("2024-05-03", "published")),
    ("Sept. 3, 2024", ("2024-09-03", "published")),
    ("2024-05-03 14:05", ("2024-05-03", "published")),
    ("2024-05-03T14:05:00+02:00", ("2024-05-03", "published")),
    ("Published 10:21 AM GMT+9, May 3, 2024", ("2024-05-03", "published")),
    ("Published: Fri 3 May 2024 07.00 BST", ("2024-05-03", "published")),
    ("Updated: May 3, 2024, 3:45 p.m. EDT", ("2024-05-03", "updated")),
    ("Published May 3, 2024; updated May 4, 2024", ("2024-05-03", "published")),
    ("13/05/2024", ("2024-05-13", "published")),
    ("05/13/2024", ("2024-05-13", "published")),
    ("05/06/2024", None),
    ("3 de mayo de 2024", ("2024-05-03", "published")),
    ("2024年5月3日", ("2024-05-03", "published")),
    ("February 30, 2024", None),
    ("May 2024", None),
    ("The contract of May 3, 2024", None),
    ("On May 3, 2024 the council met", None),
]


@pytest.mark.parametrize(("line", "expected"), STAMPS)
def test_date_stamps(line: str, expected: tuple[str, str] | None) -> None:
    assert dates.stamp(line) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03T23:30:00Z", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("Fri, 03 May 2024 23:30:00 +0200", "2024-05-03"),
        ("1714737600", "2024-05-03"),
        ("1714737600000", "2024-05-03"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("2024-13-45", None),
        ("soon", None),
        ("", None),
    ],
)
def test_machine_dates(value: str, expected: str | None) -> None:
    assert dates.machine(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03T23:30:00Z", "2024-05-03T23:30:00+00:00"),
        ("2024-05-03T23:30:00.123+02:00", "2024-05-03T23:30:00+02:00"),
        ("Fri, 03 May 2024 23:30:00 +0200", "2024-05-03T23:30:00+02:00"),
        ("2024-05-03T23:30:00", None),
        ("2024-05-03", None),
        ("soon", None),
    ],
)
def test_moments_have_a_zone(value: str, expected: str | None) -> None:
    assert dates.moment(value) == expected


ROBOTS = b"""
User-agent: other
Disallow: /

User-agent: *
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?*q=
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/search?a=1&q=2", False),
        ("/%70rivate/x", False),
    ],
)
def test_robots(path: str, allowed: bool) -> None:
    assert robots.parse(ROBOTS, "briefing").allow(path) is allowed


def test_robots_for_one_agent() -> None:
    assert not robots.parse(ROBOTS, "other").allow("/")
    assert robots.parse(ROBOTS, "briefing").delay == 2.5
    assert robots.parse(b"User-agent: a\nUser-agent: briefing\nDisallow: /x", "briefing").rules == ((False, "/x"),)
    assert robots.parse(b"User-agent: *\nDisallow:", "briefing").allow("/x")
    assert robots.parse(b"\xff\xfe\x00nothing of use", "briefing") == robots.EVERYTHING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (samples.TEXT, "en"),
        ("The council said on Monday.", None),
        ("Leyton 1 Stevenage 2", None),
        ("El consejo del puerto decidió el martes cerrar el viejo puente del norte, dijo su presidenta. " * 3, "es"),
        ("항만 위원회는 화요일 오래된 북쪽 다리를 폐쇄하기로 결정했다고 밝혔다.", "ko"),
        ("港湾委員会は火曜日、古い北の橋を閉鎖することを決めたと発表した。", "ja"),
        ("Совет порта решил во вторник закрыть старый северный мост, сообщила его председатель.", "ru"),
        ("", None),
        ("12345 67890 " * 30, None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("in/Talks in Genève.txt", "talks-in-geneve"),
        ("./in/a.b.html", "a-b"),
        ("https://courier.example/2024/05/bridge-closed.html?x=1", "bridge-closed"),
        ("https://courier.example/", "courier"),
        ("-", "stdin"),
        ("다리.txt", "article-01234567"),
        ("box.zip/in/b.html", "b"),
        (f"{'long-' * 30}name.txt", "long-long-long-long-long-long-long-long-long"),
    ],
)
def test_ids_come_from_names(source: str, wanted: str) -> None:
    assert idents.from_source(source, "0123456789abcdef") == wanted


def test_ids_are_unique_and_short() -> None:
    ids = idents.Ids()
    assert [ids.take("a", h) for h in ("11111111", "22222222", "22222222", "22222222")] == [
        "a", "a-222222", "a-222222-2", "a-222222-3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"Date: soon\nSource: somebody\n\nThe council met.", "a.txt", "text"),
        (b"From the start, the council said: no.\nIt meant it.", "a.txt", "text"),
        (b"{not json at all", "a.txt", "text"),
        (b"[The council] met on Monday.", "a.txt", "text"),
        (b"<b>Bold</b> words and a < b.", "a.txt", "text"),
        (b"1, 2, 3\nfour", "a.txt", "text"),
        (b"  \n<!DOCTYPE html><p>x</p>", "a.txt", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><rss></rss>", "a", "feed"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'><body>y</body></html>", "a.xml", "html"),
        (b'{"id": "1", "text": "x"}\n{"id": "2", "text": "y"}\n', "a", "jsonl"),
        (b'{"id": "1", "text": "x"}\n', "a.jsonl", "jsonl"),
        (b"id,title,text\n1,2,3\n", "a", "csv"),
        (b"# Title\n\nWords", "a.md", "markdown"),
    ],
)
def test_kinds(data: bytes, name: str, kind: str) -> None:
    assert sniff.kind(data, name) == kind


def test_fields_are_mapped() -> None:
    rows = json.dumps([{"kop": "A law", "tekst": samples.TEXT, "bron": {"naam": "The Post"}, "dag": "2024-05-03"}])
    fields = {"title": "kop", "text": "tekst", "publisher": "bron.naam", "date": "dag"}
    (found,) = table.from_json(rows, fields)
    assert not isinstance(found, str)
    assert (found.title, found.publisher, found.date, found.text) == ("A law", "The Post", "2024-05-03", samples.TEXT)
    with pytest.raises(IngestError, match="no object with a text"):
        list(table.from_json(rows, {}))


@pytest.mark.parametrize(
    ("url", "suspicious"),
    [
        ("https://courier.example/", False),
        ("https://münchen.example/", False),
        ("https://пример.рф/", False),
        ("https://xn--80ak6aa92e.com/", True),
        ("https://pаypal.example/", True),
        ("https://日本語.example/", False),
    ],
)
def test_hosts_that_pretend(url: str, suspicious: bool) -> None:
    assert (unicode.suspicious_host(url) is not None) is suspicious


def test_hosts_are_kept_as_they_are_sent() -> None:
    assert unicode.plain_host("https://münchen.example/ä") == "https://xn--mnchen-3ya.example/ä"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nothing odd, with an emoji 👩‍🚀 and naïve words.", []),
        ("Minister \u202eadnalO\u202c", ["format_characters"]),
        ("Ivаnov spoke", ["mixed_script"]),
    ],
)
def test_tricks_are_told(text: str, codes: list[str]) -> None:
    assert [c for c, _ in unicode.tricks(text)] == codes
