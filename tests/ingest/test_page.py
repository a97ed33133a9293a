"""Web pages: which date counts, what the fields are, what is cut."""

from __future__ import annotations

import pytest
from trafilatura import load_html

from briefing.ingest import around, page, page_date
from tests.ingest import samples

BODY = "".join(f"<p>{p}</p>" for p in samples.BODY)


def built(*, head: str = "", before: str = "", after: str = "") -> bytes:
    title = f"<title>{samples.TITLE} | The Courier</title><meta property='og:site_name' content='The Courier'>"
    return (
        f"<html><head><meta charset='utf-8'>{title}{head}</head><body><article><h1>{samples.TITLE}</h1>"
        f"{before}{BODY}{after}</article></body></html>"
    ).encode()


META = "<meta property='article:published_time' content='{}'>"
LINKED = '<script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle","datePublished":"{}"}}]}}</script>'
DATES = [
    (built(head=META.format("2024-05-14T08:00:00+02:00")), "2024-05-14"),
    (built(head=LINKED.format("2024-05-14T08:00:00+02:00")), "2024-05-14"),
    (built(head=LINKED.format("2024-05-14") + META.format("2024-05-15")), "2024-05-15"),
    (built(before="<p>May 14, 2024</p>"), "2024-05-14"),
    (built(before="<span>Updated May 16, 2024</span><span>Published May 14, 2024</span>"), "2024-05-14"),
    (built(before="<span>14 mai 2024</span>"), "2024-05-14"),
    # the outlet's own day counts, where the metadata is in UTC
    (built(head=META.format("2024-05-15T01:30:00Z"), before="<p>May 14, 2024, 9:30 PM EDT</p>"), "2024-05-14"),
    (built(head=META.format("2024-05-15T01:30:00+01:00"), before="<p>May 14, 2024</p>"), "2024-05-15"),
    (built(head=META.format("2024-05-15T01:30:00Z"), before="<p>May 2, 2024</p>"), "2024-05-15"),
    (built(head="<link rel=canonical href='https://courier.example/2024/05/14/bridge'>"), "2024-05-14"),
    (built(head=META.format("soon")), None),
    (built(), None),
    (built(after="<p>Copyright 2024</p>"), None),
]


@pytest.mark.parametrize(("data", "expected"), DATES)
def test_dates(data: bytes, expected: str | None) -> None:
    assert page_date.find(load_html(data)).published == expected


def test_times_keep_their_zone() -> None:
    changed = "<meta property='article:modified_time' content='2024-05-15T09:00:00+02:00'>"
    found = page.article(built(head=META.format("2024-05-14T08:00:00+02:00") + changed))
    assert (found.published_at, found.updated_at) == ("2024-05-14T08:00:00+02:00", "2024-05-15T09:00:00+02:00")
    assert (found.date, found.updated) == ("2024-05-14", "2024-05-15")


def test_fields() -> None:
    head = "<meta name=author content='By Ann Lee; Jon Moe'><link rel=canonical href='https://courier.example/bridge'>"
    found = page.article(built(head=head))
    assert (found.title, found.publisher, found.authors, found.url) == (
        samples.TITLE, "The Courier", ["Ann Lee", "Jon Moe"], "https://courier.example/bridge",
    )  # fmt: skip


def test_a_shown_byline_counts_where_the_metadata_has_none() -> None:
    assert page.article(built(before="<div class=byline>By <a>Ann Lee</a></div>")).authors == ["Ann Lee"]


def test_the_given_address_is_used_where_the_page_has_none() -> None:
    assert page.article(built(), url="https://courier.example/x").url == "https://courier.example/x"
    own = built(head="<link rel=canonical href='https://courier.example/bridge'>")
    assert page.article(own, url="https://cache.example/x").url == "https://courier.example/bridge"


def test_an_address_that_is_not_of_the_web_is_none() -> None:
    assert page.article(built(head="<link rel=canonical href='javascript:alert(1)'>")).url is None


def test_a_wire_in_the_dateline_is_the_agency() -> None:
    data = built().replace(b"<p>The harbour", b"<p>PORT ALMEN (AP) \xe2\x80\x94 The harbour", 1)
    found = page.article(data)
    assert (found.publisher, found.agency, found.dateline) == ("The Courier", "AP", "PORT ALMEN (AP)")
    assert found.text == samples.TEXT


def test_a_short_page_behind_a_wall_is_partial() -> None:
    free = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    assert page.article(built(head=free)).partial


def test_attributes_are_bounded() -> None:
    many = " ".join(f"a{n}=1" for n in range(5000))
    assert page.article(built(before=f"<p {many}>x</p>")).text.endswith(samples.TEXT)


def test_hidden_text_of_a_mail_is_not_read() -> None:
    data = b"<div style='display:none'>Preview</div><p>Shown one.</p><p hidden>No.</p><p>Shown<br>two.</p>"
    assert page.fragment(data).drafts[0].text == "Shown one.\n\nShown two."


def test_what_stands_around_the_article_can_be_shown() -> None:
    menu, side = "<ul><li>Home</li><li>All sport</li></ul>", "<div>Five ferries that are worth the journey</div>" * 2
    found = page.article(built(after="</article><aside>" + menu + side + "</aside><article>"))
    assert found.text == samples.TEXT
    assert [(c.reason, c.text) for c in found.cut] == [
        ("around the article", "Five ferries that are worth the journey")
    ]


def test_what_is_kept_of_the_surroundings_is_bounded() -> None:
    crowd = "".join(f"<div>{n} more stories of {'long ' * 200} ago</div>" for n in range(300))
    cut = page.article(built(after=f"</article><aside>{crowd}</aside><article>")).cut
    assert len(cut) == around.MOST
    assert max(len(c.text) for c in cut) <= around.LONGEST
