"""Articles of one story → numbers of one thing that exclude each other."""

from __future__ import annotations

import pytest

from briefing.records import Discrepancy, Extraction, Placed, Sentence, Time
from briefing.synthesize import same_quantity
from tests.synthesize.made import article, span

LOST = "About 40,000 households on the islands lost their connection, the company said."


def differ(
    *texts: str,
    dates: tuple[str | None, ...] = ("2031-03-04", "2031-03-04", "2031-03-04"),
    outlets: tuple[str, ...] = ("", "", ""),
    origins: str = "abc",
    stories: str = "aaa",
    times: dict[str, str] | None = None,
) -> list[Discrepancy]:
    made = [
        article(n, t, date=d, publisher=p or None) for n, t, d, p in zip("abc", texts, dates, outlets, strict=False)
    ]
    read = [
        Extraction(
            id=a.id,
            sentences=(Sentence(start=0, end=len(a.text), paragraph=1),),
            times=tuple(
                Time(start=span(a.text, w)[0], end=span(a.text, w)[1], text=w, type="DATE", value=v, resolved=v)
                for w, v in (times or {}).items()
                if w in a.text
            ),
        )
        for a in made
    ]
    placed = [Placed(id=a.id, story=stories[i], origin=origins[i], date=a.date) for i, a in enumerate(made)]
    out = list(same_quantity.find(made, read, [], placed))
    texts_of = {a.id: a.text for a in made}
    assert all(e.quote == texts_of[e.article][e.start : e.end] for d in out for v in d.values for e in v.evidence)
    return out


def shown(found: list[Discrepancy]) -> dict[str, list[str]]:
    return {d.what: [v.value for v in d.values] for d in found}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (LOST, "He said 60,000 households had lost their internet connection.",
         {"how many: households (lost connection)": ["about 40,000", "60,000"]}),
        (LOST, "The number of households that lost their connection is now put at 61,000.",
         {"how many: households (lost connection)": ["about 40,000", "61,000"]}),
        ("The blast at the mill killed 22 people.", "The death toll of the mill blast is 25, doctors said.",
         {"how many: people (killed)": ["22", "25"]}),
        ("Police say 27 people are injured.", "A ferry hit a pier and 25 people were injured.",
         {"how many: people (injured)": ["25", "27"]}),
        ("The court convicted three sailors of war crimes.", "The court convicted two sailors of war crimes.",
         {"how many: sailors (court convicted war)": ["2", "3"]}),
    ],
)  # fmt: skip
def test_different_numbers_of_one_thing(a: str, b: str, expected: dict[str, list[str]]) -> None:
    assert shown(differ(a, b)) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LOST, "He said 39,800 households had lost their internet connection."),
        (LOST, "He said 60,000 homes in Sarrow had lost their internet connection."),
        (LOST, "He said 60,000 households in all live on the coast."),
        (LOST, "He said 60,000 households could lose their internet connection."),
        (LOST, "He said another 60,000 households lost their internet connection."),
        ("The blast at the mill killed 22 people.", "The blast at the mill injured 25 people."),
        ("The blast at the mill killed at least 40 people.", "The blast at the mill killed more than 30 people."),
        ("The blast at the mill killed 22 people.", "The blast at the mill killed 3 young people."),
        ("The blast at the mill hurt 22 people.", "Four people were hurt seriously in the blast at the mill."),
        ("The blast at the mill killed 22 people.", "A train crash killed 5 people."),
        ("Twelve of the 40 sailors were freed.", "The navy freed 40 sailors."),
    ],
)
def test_other_things_and_numbers_that_agree(a: str, b: str) -> None:
    assert differ(a, b) == []


MILL = ("The blast at the mill killed 22 people.", "The blast at the mill killed 25 people.")


def test_a_sum_that_grows_is_compared_on_one_day_only() -> None:
    assert len(differ(*MILL)) == 1
    assert differ(*MILL, dates=("2031-03-04", "2031-03-05")) == []
    assert differ(*MILL, dates=("2031-03-04", None)) == []


def test_other_numbers_are_compared_for_a_few_days() -> None:
    later = "He said 60,000 households had lost their internet connection."
    assert len(differ(LOST, later, dates=("2031-03-04", "2031-03-07"))) == 1
    assert differ(LOST, later, dates=("2031-03-04", "2031-03-08")) == []


def test_one_source_does_not_differ_from_itself() -> None:
    assert differ(*MILL, origins="aa") == []
    assert differ(*MILL, outlets=("Mill News", "Mill News")) == []
    assert differ(*MILL, stories="ab") == []


def test_another_time_is_another_thing() -> None:
    b = "In 2023 the blast at the mill killed 25 people."
    assert differ(MILL[0], b, times={"2023": "2023"}) == []
    a = "In 2024 the blast at the mill killed 22 people."
    assert differ(a, b, times={"2023": "2023", "2024": "2024"}) == []
    assert len(differ(a.replace("2024", "2023"), b, times={"2023": "2023"})) == 1


def test_an_article_with_two_numbers_tells_of_parts() -> None:
    assert differ(MILL[0], "The blast at the mill killed 7 people. The mill blast killed 5 people in the yard.") == []


def test_what_agrees_stands_together() -> None:
    b = "He said 60,000 households had lost their internet connection."
    c = "The number of households that lost their connection is put at 61,000."
    [found] = differ(LOST, b, c)
    assert [v.value for v in found.values] == ["about 40,000", "60,000 to 61,000"]
    assert [[e.article for e in v.evidence] for v in found.values] == [["a"], ["b", "c"]]


def test_a_bound_that_fits_two_numbers_stands_with_neither() -> None:
    [found] = differ(*MILL, "The blast at the mill killed at least 20 people.")
    assert [[e.article for e in v.evidence] for v in found.values] == [["a"], ["b"]]


def test_a_plain_number_is_shown_rather_than_a_bound() -> None:
    [found] = differ(MILL[0], "The blast at the mill killed at least 24 people.", MILL[1])
    assert [v.value for v in found.values] == ["22", "25"]
    assert [[e.article for e in v.evidence] for v in found.values] == [["a"], ["c", "b"]]
