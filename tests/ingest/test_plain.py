"""Pasted text: where one article ends and the next begins, what is cut, what the head says."""

from __future__ import annotations

import pytest

from briefing.ingest import plain
from briefing.ingest.draft import Draft

A = (
    "Kestria's parliament passed a new fishing law on Monday after nine hours of debate, its speaker said.\n\n"
    "The law sets quotas for herring and cod and gives the coast guard the right to board foreign trawlers.\n\n"
    "“It protects our waters,” said Ilse Brandt, the fisheries minister. Two parties voted against it."
)
B = (
    "Police in Dorwin arrested four men on Wednesday over the theft of drugs from a depot near the airport.\n\n"
    "A spokesman said the four had worked at the depot until last year, and that more arrests were likely.\n\n"
    "The hospital in Dorwin said it had enough supplies for three weeks."
)


def read(text: str) -> list[Draft]:
    return plain.read(text)


def test_a_bare_text_is_one_article_without_title_or_date() -> None:
    (found,) = read(A)
    assert (found.text, found.title, found.date, found.authors, found.cut) == (A, None, None, [], [])


@pytest.mark.parametrize(
    "between",
    [
        "\n\n©2024 Kestria Wire Ltd.\n\n\n",
        "\n\nCopyright 2024 The Kestria Post. All rights reserved.\n\n",
        "\n\n###\n\n",
        "\n\n--------------------\n\nFour held over depot theft\n\nBy Nils Aker\n\n",
        "\n\n========\n\nFour held over depot theft\n\nMay 3, 2024\n\n",
        "\n\nFour held over depot theft\n\nBy Nils Aker\nMay 3, 2024\n\n",
        "\n\nFour held over depot theft\n\nDORWIN, Kestria (AP) — ",
        "\n\n(Bloomberg) -- ",
        "\n\n\nFour held over depot theft\n\nDORWIN (Reuters) - ",
        "\n\nTitle: Four held over depot theft\nSource: The Kestria Post\n\n",
        "\n\nEnd of Document\n\nFour held over depot theft\n\n",
        "\n\n\n\n\nFour held over the theft at the depot\n\n",
        "\n\nFour held over depot theft\n\nMay 3, 2024\n\n",
        "\n\nWho held the keys?\n\nBy Nils Aker\n\n",
        "\n\n(Reporting by Ann Lee; Editing by Jon Moe)\n\nFour held over depot theft\n\n",
    ],
)
def test_two_pasted_articles_are_two(between: str) -> None:
    first, second = read(A + between + B)
    assert first.text == A
    assert second.text == B


@pytest.mark.parametrize(
    "text",
    [
        A + "\n\n" + B,  # nothing parts them
        A + "\n\n* * *\n\n" + B,  # a section break
        A + "\n\nWhat comes next\n\n" + B,  # a heading
        A + "\n\nRead more: Herring prices rise\n\n" + B,
        A + "\n\nBy Tuesday, the fleet had left the port, and by Friday it was back.\n\n" + B,
        A + "\n\n© Getty Images\n\n" + B,
        A + "\n\nMay 3, 2024\n\n" + B,  # a day in a chronicle
        A + "\n\n©2024 Kestria Wire Ltd.\n\n" + "This text may not be sold, lent or changed without leave. " * 4,
        A + "\n\n©2024 Kestria Wire Ltd.\n\nMore from Kestria\n\nHerring prices rise again\n\nFleet returns to port",
    ],
)
def test_one_article_stays_one(text: str) -> None:
    assert len(read(text)) == 1


HEADS = [
    (
        "A fishing law\n\nBy Ann Lee and PARK JI-HO, Kestria Wire\nUpdated May 4, 2024\nPublished May 3, 2024\n\n",
        ("A fishing law", ["Ann Lee", "Park Ji-ho"], "2024-05-03", "2024-05-04", None, None),
    ),
    (
        "Parliament passes\n\n a fishing law\n\n\nBY ANN LEE\n3 May 2024\n\nVARDE, Kestria (AP) — ",
        (
            "Parliament passes a fishing law",
            ["Ann Lee"],
            "2024-05-03",
            None,
            "AP",
            "VARDE, Kestria (AP)",
        ),
    ),
    ("VARDE, May 3 (Reuters) - ", (None, [], None, None, "Reuters", "VARDE, May 3 (Reuters)")),
    ("VARDE, May 3, 2024 (AFP) - ", (None, [], "2024-05-03", None, "AFP", "VARDE, May 3, 2024 (AFP)")),
    ("(Bloomberg) -- ", (None, [], None, None, "Bloomberg", None)),
    (
        "Title: A law\nSource: The Post\nDate: 2024-05-03\nAuthor: Ann Lee\n\n",
        ("A law", ["Ann Lee"], "2024-05-03", None, "The Post", None),
    ),
    ("A fishing law\n\n04/05/2024\n\n", ("A fishing law", [], None, None, None, None)),  # which is the day?
    ("A fishing law\nVARDE — ", ("A fishing law", [], None, None, None, "VARDE")),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_heads(head: str, expected: tuple[object, ...]) -> None:
    (found,) = read(head + A)
    assert (found.title, found.authors, found.date, found.updated, found.publisher, found.dateline) == expected
    assert found.text == A


FURNITURE = [
    ("Read more: Herring prices rise", "promo"),
    ("ALSO READ | Fleet returns to port", "promo"),
    ("RELATED: Fleet returns to port", "promo"),
    ("READ MORE\n\nHerring prices rise again\n\nFleet returns to port after the storm", "promo"),
    ("Share this article", "share"),
    ("Facebook | Twitter | Email", "share"),
    ("Advertisement", "notice"),
    ("Sign up for our morning newsletter to get the news in your inbox", "notice"),
    ("We use cookies to improve this site.", "notice"),
    ("A trawler leaves the port of Varde on May 2, 2024. (Jon Moe/Kestria Wire via AP, File)", "caption"),
    ("FILE PHOTO: A trawler leaves the port of Varde. REUTERS/Jon Moe", "caption"),
    ("Photo: Jon Moe/Getty Images", "caption"),
    ("© Getty Images", "caption"),
    ("(Reporting by Ann Lee; Editing by Jon Moe)", "credit"),
    ("--With assistance from Jon Moe.", "credit"),
    ("Jon Moe contributed to this report.", "credit"),
]


@pytest.mark.parametrize(("line", "reason"), FURNITURE)
def test_furniture_in_the_middle_is_cut_with_its_reason(line: str, reason: str) -> None:
    before, after = A.rsplit("\n\n", 1)
    (found,) = read(f"{before}\n\n{line}\n\n{after}")
    assert found.text == A
    assert {c.reason for c in found.cut} == {reason}
    assert "\n\n".join(c.text for c in found.cut) == line


KEPT = [
    "The minister had read more than 400 letters from fishermen before the vote.",
    "“Read my lips: no new quotas,” she said.",
    "He shared the letter with the press (and with his party).",
    "The quota for herring is 4,200 tons (about 9.3 million pounds).",
    "She spoke by phone from the port of Varde (the largest in Kestria).",
    "By law, the speaker has five days to sign.",
    "The contract, signed on May 3, 2024, runs for ten years.",
]


@pytest.mark.parametrize("line", KEPT)
def test_sentences_that_look_like_furniture_stay(line: str) -> None:
    before, after = A.rsplit("\n\n", 1)
    (found,) = read(f"{before}\n\n{line}\n\n{after}")
    assert found.text == f"{before}\n\n{line}\n\n{after}"


def test_a_read_more_glued_to_a_paragraph_is_cut() -> None:
    (found,) = read(f"A trawler. (Jon Moe/Pool Photo via AP)Read More\n\n{A}")
    assert found.text == A


def test_hard_wrapped_lines_are_joined() -> None:
    (found,) = read(
        "The port's council voted on Monday to shut\nthe old pier, which storms\nhad broken.\n\nIt was old."
    )
    assert found.text == (
        "The port's council voted on Monday to shut the old pier, which storms had broken.\n\nIt was old."
    )


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("\n\nThe opposition said that it would take the matter to the …", "teaser"),
        ("\n\nThe opposition said that it would take the matter to the", "breaks_off"),
        ("\n\nSubscribe to continue reading.", "paywall"),
    ],
)
def test_a_body_that_is_cut_short_is_partial(end: str, code: str) -> None:
    (found,) = read(A + end)
    assert found.partial
    assert [n.code for n in found.notes] == [code]
