"""Figures: drawn from the data, with their title first, left out where they say nothing."""

import re

import pytest

from briefing.records import Likelihood, RelationLine, SourceLine
from briefing.render.figures import confidence, coverage, likelihood, locator, network, scale, shapes, svg, timeline
from briefing.render.layout import Theme
from tests.render import briefs

THEME = Theme()
NAMES = {a.id: a.name for a in briefs.small().actors}


def titled(picture: str) -> bool:
    """Whether the title is the first thing in the drawing."""
    return re.search(r"<svg[^>]*><title>[^<]+</title>", picture) is not None


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (["2031-05-30", "2031-06-01"], ("30 May", "31", "1 Jun")),
        (["2019", "2031-05-30"], ("2019", "30 May 2031")),
        (["2031-05", "2031-06", "2032-01"], ("May 2031", "Jun", "Jan 2032")),
        (["soon"], None),
        ([], None),
    ],
)
def test_axis_labels(dates: list[str], labels: tuple[str, ...] | None) -> None:
    found = scale.axis(dates)
    assert (found.labels if found else None) == labels


def test_many_dates_become_weeks_months_years() -> None:
    weeks = scale.axis([f"2031-{m:02d}-{d:02d}" for m in (5, 6) for d in range(1, 29)])
    assert weeks is not None
    assert weeks.starts[:2] == ("2031-05-01", "2031-05-08")
    assert weeks.at("2031-05-09") == 1
    assert weeks.at("2031-05") is None
    months = scale.axis([f"2031-{m:02d}-{d:02d}" for m in range(1, 13) for d in (1, 9, 20)])
    assert months is not None
    assert len(months.starts) == 12
    assert months.at("2031-03-09") == 2
    years = scale.axis([f"{y}-{m:02d}-01" for y in range(2020, 2030) for m in range(1, 12)])
    assert years is not None
    assert years.starts[0] == "2020"


def test_timeline_numbers_are_those_of_the_rows() -> None:
    events = list(enumerate(briefs.small().events[1:], 1))
    picture = timeline.timeline(events, NAMES, THEME)
    assert titled(picture)
    assert re.findall(r'font-weight="600"[^>]*>(\d)</text>', picture) == ["4", "6", "1", "5", "2", "3"]
    assert "Timeline of 6 events from 26 May 2031 to 3 June 2031" in picture


def test_timeline_of_two_events_is_left_out() -> None:
    assert timeline.timeline(list(enumerate(briefs.small().events[1:3], 1)), NAMES, THEME) == ""


def test_likelihood_bar_only_for_words_on_the_scale() -> None:
    bar = likelihood.bar(briefs.LIKELY, THEME)
    assert titled(bar)
    assert "likely: 55 to 80 per cent" in bar
    assert likelihood.bar(Likelihood(term="could"), THEME) == ""


@pytest.mark.parametrize(("level", "filled"), [("low", 1), ("moderate", 2), ("high", 3)])
def test_confidence_boxes(level: str, filled: int) -> None:
    drawn = confidence.boxes(level, THEME)  # type: ignore[arg-type]
    assert drawn.count(f'fill="{THEME.colours.accent}"') == filled


def test_network_needs_something_to_say() -> None:
    brief = briefs.small()
    types = {a.id: a.type for a in brief.actors}
    assert network.network(brief.relations, NAMES, types, THEME) == ""
    more = RelationLine(
        text="x", evidence=brief.relations[0].evidence, kind="allied_with", source="hjw", target="koval"
    )
    picture = network.network((*brief.relations, more), NAMES, types, THEME)
    assert titled(picture)
    assert "Network of 4 stated relations between 4 actors" in picture
    assert "allied with" in picture
    assert "한진우" in picture


def test_network_leaves_out_what_does_not_fit() -> None:
    brief = briefs.large(60)
    names = {a.id: a.name for a in brief.actors}
    first = network.network(brief.relations, names, {}, THEME)
    assert first == network.network(brief.relations, names, {}, THEME)
    assert first.count("<bdi>") <= network.MAX_NODES


def test_coverage_counts_outlets_by_day() -> None:
    picture = coverage.coverage(briefs.large(8, 20).articles, THEME)
    assert titled(picture)
    assert "Articles of 9 outlets by day of publication, 20 in all" in picture
    few: tuple[SourceLine, ...] = briefs.small().articles
    assert coverage.coverage(few, THEME) == ""


def test_names_are_cut_to_their_room() -> None:
    assert svg.fit("Jo Li", 9.8, 120) == "Jo Li"
    cut = svg.fit("Абдулрахман Константинович Преображенский", 9.8, 120)
    assert cut.endswith("…")
    assert svg.width_of(cut, 9.8) <= 120


def test_what_is_drawn_is_escaped() -> None:
    assert "<b>" not in svg.label(0, 0, "<b>", size=9, fill="#000", font='a"b')
    assert "<b>" not in svg.drawing(9, 9, [], title="<b>")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("North Korea", "KP"),
        ("United States", "US"),
        ("U.S.", "US"),
        ("Kosovo", "XK"),
        ("Tessaly", None),
        ("Antarctica", None),
    ],
)
def test_countries_by_name(name: str, code: str | None) -> None:
    assert shapes.code(name) == code


def test_shapes_are_whole_and_do_not_go_round_the_world() -> None:
    found = shapes.countries()
    assert len(found) > 170
    for rings in found.values():
        for ring in rings:
            assert len(ring) > 3
            assert max(x for x, _ in ring) - min(x for x, _ in ring) < 190


def test_map_names_countries_and_is_cut_to_them() -> None:
    iceland, norway = locator.Country("IS", "Iceland", 3), locator.Country("NO", "Norway", 1)
    picture = locator.locator([iceland, norway], THEME)
    assert titled(picture)
    assert "Map of 2 countries" in picture
    assert re.findall(r"<bdi>(.*?)</bdi>", picture) == ["Iceland", "Norway"]
    numbers = [float(n) for n in re.findall(r"[ML](-?[\d.]+) ", picture)]
    assert 0 <= min(numbers) <= max(numbers) <= locator.WIDTH
    assert locator.locator([iceland], THEME) == ""
