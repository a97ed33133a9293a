"""What the sections count, cut and grade."""

from briefing.render import view
from tests.render import briefs

VIEW = view.View(briefs.small())


def test_glance_counts() -> None:
    assert [(f.number, f.words) for f in VIEW.glance()] == [
        ("4", "articles read, 1 of them a near-copy"),
        ("3", "independent origins, 4 outlets"),
        ("7", "events, 1 told by two or more origins"),
        ("5", "attributed statements, 5 named speakers"),
    ]


def test_grade_is_the_best_source_and_the_events_credibility() -> None:
    grades = {row.event.id: row.grade for row in VIEW.events()}
    assert (grades["e1"], grades["e3"]) == ("B1", "C3")


def test_news_and_background_are_apart() -> None:
    assert [r.event.id for r in VIEW.background()] == ["e0"]
    assert [r.number for r in VIEW.events()] == [1, 2, 3, 4, 5, 6]


def test_too_many_events_lose_the_lightest_then_the_oldest() -> None:
    rows = VIEW.events()
    heavy = [
        view.EventRow(r.number, r.event.model_copy(update={"weight": 1.0 if r.event.id == "e2" else 0.5}), r.grade)
        for r in rows
    ]
    assert [(r.number, r.event.id) for r in view.shorten(heavy, 3)] == [(1, "e2"), (2, "e3"), (3, "e6")]
    assert view.shorten(rows, None) == rows
    assert view.shorten(("a", "b", "c"), 2) == ["a", "b"]


def test_a_sentence_that_tells_two_events_is_shown_once() -> None:
    brief = briefs.small()
    twice = brief.events[1].model_copy(update={"id": "e9", "type": None})
    found = view.View(brief.model_copy(update={"events": (*brief.events, twice)})).events()
    assert [r.event.id for r in found] == ["e1", "e2", "e3", "e4", "e5", "e6"]


def test_speakers_are_grouped_in_the_order_of_their_first_line() -> None:
    lines = briefs.small().assessments
    grouped = VIEW.speakers((lines[0], lines[1], lines[0]))
    assert [(s.name, len(s.lines)) for s in grouped] == [("Tomas Verrin", 2), ("Ines Calder", 1)]


def test_period_and_outlets() -> None:
    assert VIEW.period == "2031-05-27/2031-05-28"
    assert VIEW.outlets == ["Harbour Post", "Meridian News", "The Ledger", "Vell Courier"]


def test_likelihood_words_without_a_band_get_no_figure() -> None:
    assert view.band(briefs.LIKELY) == "55–80 %"
    assert view.band(briefs.COULD) == ""
    assert view.band(None) == ""
