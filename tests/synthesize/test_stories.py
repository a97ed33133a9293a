"""Articles → stories, near-copies, origins."""

from __future__ import annotations

import pytest

from briefing.records import Extraction, Placed
from briefing.synthesize import copies, grading, stories
from tests.synthesize.made import article

DAM = """\
Engineers in Velmora said the Karsk dam had cracked after a night of rain. Governor Ilse Tarn ordered villages
below the Karsk reservoir to be emptied, and buses carried families to schools in Velmora.

Governor Ilse Tarn has emptied the villages below the cracked Karsk dam. Buses took families from the
reservoir to schools in Velmora while engineers measured the cracks after the rain.

Rain cracked the Karsk dam near Velmora, and engineers fear for the reservoir. Families spent the night in
schools after Ilse Tarn, the governor, sent buses to the villages.
""".strip().split("\n\n")
CUP = """\
Striker Bo Lindt scored twice as Harfleet Rovers beat Quendon in the cup final. Coach Mara Voss praised the
goalkeeper and the supporters of Harfleet who had travelled through snow.

Harfleet Rovers won the cup final against Quendon with two goals by Bo Lindt. The goalkeeper saved a penalty,
and coach Mara Voss thanked supporters who came through the snow.
""".strip().split("\n\n")


def placed(*texts: str, dates: tuple[str | None, ...] = ()) -> tuple[Placed, ...]:
    days = dates or (None,) * len(texts)
    made = [article(f"a{n}", t, date=d) for n, (t, d) in enumerate(zip(texts, days, strict=True))]
    return stories.place(made, [Extraction(id=a.id) for a in made], near_copy=0.6, graded=grading.load(None))


def test_two_stories() -> None:
    found = [p.story for p in placed(DAM[0], CUP[0], DAM[1], CUP[1], DAM[2])]
    assert found == ["a0", "a1", "a0", "a1", "a0"]


def test_different_words_are_different_origins() -> None:
    assert len({p.origin for p in placed(*DAM)}) == len(DAM)


@pytest.mark.parametrize(
    ("change", "copy"),
    [
        (lambda t: t, True),
        (lambda t: t.upper(), True),
        (lambda t: "VELMORA (Wire) - " + t + " More to follow.", True),
        (lambda t: t.replace("Engineers", "Workers").replace("buses", "coaches"), True),
        (lambda _: DAM[1], False),
        (lambda _: CUP[0], False),
    ],
)
def test_near_copies(change, copy: bool) -> None:  # type: ignore[no-untyped-def]
    first, second = placed(DAM[0], change(DAM[0]))
    assert (first.origin == second.origin) is copy
    assert ((first.duplicate_of or second.duplicate_of) is not None) is copy


def test_the_longer_version_is_shown() -> None:
    short, long = placed(DAM[0], DAM[0] + " " + "The mayor asked for calm and blankets.")
    assert short.duplicate_of == "a1"
    assert long.duplicate_of is None


def test_an_undated_article_is_refused_nothing() -> None:
    assert len({p.story for p in placed(*DAM, dates=("2031-03-04", None, "2031-03-05"))}) == 1


def test_years_apart_are_two_stories() -> None:
    assert len({p.story for p in placed(DAM[0], DAM[1], dates=("2021-03-04", "2031-03-05"))}) == 2


def test_order_decides_names_alone() -> None:
    one = [p.story for p in placed(DAM[0], CUP[0], DAM[1])]
    other = [p.story for p in placed(DAM[1], CUP[0], DAM[0])]
    assert (one, other) == (["a0", "a1", "a0"], ["a0", "a1", "a0"])


def test_overlap_of_nothing() -> None:
    assert copies.overlap(frozenset(), frozenset({"a"})) == 0.0
    assert placed() == ()
