"""What a desk receives in a day: some fifty invented stories in every format. Contains no business logic.

Each story is told in a place of its own by people of its own, so that none is near to another; three formats tell the
first story once more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.ingest import samples
from tests.ingest.samples import Story

STORIES = 50
PLACES = (
    "Port Almen", "Vessmark", "Oldhaven", "Tarrin", "Grenholm", "Sella Bay", "Norrick", "Calvane", "Dunmere", "Estrup",
    "Farlow",
)  # fmt: skip
FIRST = ("Mara", "Jon", "Lise", "Pavel", "Ines", "Tomas", "Aude", "Karel", "Vera", "Olaf", "Nadia", "Bruno", "Hanne")
LAST = ("Tolland", "Reske", "Ambrose", "Kovel", "Calder", "Verrin", "Lorrain", "Dahl", "Sorby", "Haugen", "Marsh")

# Seven, eight and nine paragraphs: no two of the first fifty stories share more than one of their three.
NEWS = (
    (
        "{place} closed its fish market on Monday after inspectors found {n} crates of spoiled herring, the city said, "
        "and {a}, who leads the traders’ guild, called the order a blow to {n} families."
    ),
    (
        "Customs officers in {place} seized {n} crates of untaxed cigarettes on Tuesday in a shed near the old docks, "
        "the customs office said, and police arrested {a}, its owner."
    ),
    (
        "The tram drivers of {place} stopped work on Wednesday over a new timetable, and {a}, their spokesman, said "
        "that {n} of them would stay away until the company took it back."
    ),
    (
        "A fire destroyed {n} boats in the winter harbour of {place} on Sunday night, the fire brigade said, and {a}, "
        "the harbour master, told reporters that nobody had been hurt."
    ),
    (
        "The regional court in {place} fined a cement maker {n} million crowns on Thursday for dust that it let into "
        "the river, and {a}, a lawyer for the company, announced an appeal."
    ),
    (
        "{place} and its neighbours signed a treaty on drinking water on Friday that shares {n} wells among three "
        "towns, and {a}, the mayor, said it ended a quarrel of twenty years."
    ),
    (
        "Soldiers cleared {n} old mines from a beach west of {place} on Saturday, the army said, and {a}, the officer "
        "in charge, warned walkers that more of them might lie under the sand."
    ),
)
VOICES = (
    "“Nobody asked us before it was done,” said {b}, who has worked there for {m} years.",
    "{b}, an economist at the Strand Institute, said the matter was likely to cost {m} million crowns this year.",
    "The opposition accused the government of having known of it for {m} weeks, which {b}, a minister, denied.",
    "{b}, a researcher who has written {m} papers on it, doubts that the measures will be enough.",
    "A spokeswoman, {b}, declined to comment on reports that {m} more cases were being looked into.",
    "“We will see each other in court,” {b} told the {m} people who had gathered before the town hall.",
    "The trade union expects talks to fail, its chair, {b}, said, and plans {m} more days of protest.",
    "{b} promised to publish all {m} letters in which the ministry had been warned.",
)
ENDINGS = (
    "Parliament is to debate the question on 4 June; a vote is not expected before the summer recess begins.",
    "Similar cases were heard of in two other provinces last autumn, though nobody was charged in the end.",
    "The insurance companies have sent their own surveyors and want to report by the end of next month.",
    "Residents were told to boil their water and to keep windows shut until laboratory results are known.",
    "Ferries to the outer islands run as usual, but trains along the coast are late by up to an hour.",
    "The province had put off repairs three times since the flood, according to minutes of its committee.",
    "A report by auditors had found in March that half of the money set aside was never spent at all.",
    "Schools and the covered swimming pool stay closed on both days, and buses follow the Sunday plan.",
    "Neighbouring towns offered help, of which two fire engines and a team of divers were accepted.",
)


def story(number: int) -> Story:
    """The story of that number, from 0."""
    a = f"{FIRST[number % 13]} {LAST[number % 11]}"
    b = f"{FIRST[(number * 5 + 3) % 13]} {LAST[(number * 3 + 4) % 11]}"
    news = NEWS[number % 7].format(place=PLACES[number % 11], a=a, n=number + 12)
    voice = VOICES[number % 8].format(b=b, m=number + 3)
    title = f"{PLACES[number % 11]}: {' '.join(news.split()[:7])}"
    return Story(title, (news, voice, ENDINGS[number % 9]), f"https://courier.example/story-{number}")


# Each maker takes its story and the next one; ``TWO`` holds those that use both.
Maker = Callable[[Story, Story], bytes]
MAKERS: dict[str, Maker] = {
    "txt": lambda one, _: one.pasted.encode(),
    "utf16.txt": lambda one, _: one.pasted.encode("utf-16"),
    "md": lambda one, _: samples.marked(one),
    "html": lambda one, _: samples.html(title=one.title, body=one.body, url=one.url),
    "mhtml": lambda one, _: samples.mhtml(one),
    "pdf": lambda one, _: samples.printed(one),
    "docx": lambda one, _: samples.docx(one),
    "odt": lambda one, _: samples.odt(one),
    "rtf": lambda one, _: samples.rtf(one),
    "eml": lambda one, _: samples.mail(one),
    "news.eml": lambda one, _: samples.mail(one, newsletter=True),
    "attached.eml": lambda one, _: samples.mail_with_attachment(one),
    "mbox": samples.mbox,
    "rss": lambda one, other: samples.rss((one, other)),
    "atom": lambda one, _: samples.atom(one),
    "feed.json": lambda one, _: samples.json_feed(one),
    "csv": lambda one, _: samples.csv(one),
    "json": lambda one, _: samples.json_list(one),
    "jsonl": lambda one, other: samples.jsonl(one, other, ids=(one.url[-2:], other.url[-2:])),
    "zip": lambda one, other: samples.packed({"in/a.txt": one.pasted.encode(), "b.html": MAKERS["html"](other, other)}),
}
TWO = frozenset({"mbox", "rss", "jsonl", "zip"})


@cache
def files() -> dict[str, tuple[bytes, int]]:
    """Name → bytes and number of stories, every format in turn until the stories are told."""
    made: dict[str, tuple[bytes, int]] = {}
    kinds, number = list(MAKERS), 0
    while number < STORIES:
        kind = kinds[len(made) % len(kinds)]
        count = 2 if kind in TWO else 1
        made[f"{len(made):02d}.{kind}"] = MAKERS[kind](story(number), story(number + 1)), count
        number += count
    return made


def copies() -> dict[str, bytes]:
    """The first story again: reprinted under another headline, printed, and sent as a Word file with a line more."""
    first = story(0)
    reprint = Story("Market shut after inspection", (*first.body, "The Vessmark Post reprinted this report."))
    return {
        "x-reprint.html": MAKERS["html"](reprint, first),
        "x-print.pdf": samples.printed(first),
        "x-word.docx": samples.docx(reprint),
    }


def unread() -> dict[str, tuple[bytes, str]]:
    """What gives no article for the brief, and the words that say why."""
    return {
        "z-empty.txt": (b"", "is empty (0 bytes)"),
        "z-korean.txt": (("항만 위원회는 화요일 오래된 다리를 폐쇄하기로 결정했다. " * 20).encode(), "is in Korean"),
        "z-map.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        "z-scan.pdf": (samples.pdf((("",), ("",))), "is scanned"),
        "z-broken.docx": (samples.docx()[:900], "is a damaged ZIP file"),
    }


def write(folder: Path) -> None:
    """All of it as files."""
    whole = {name: data for name, (data, _) in files().items()} | copies() | {n: d for n, (d, _) in unread().items()}
    for name, data in whole.items():
        (folder / name).write_bytes(data)
