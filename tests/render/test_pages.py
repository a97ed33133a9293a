"""Pages look as they did when a person last looked at them; the comparison tells a change from noise."""

import random

import pytest
from PIL import Image, ImageDraw

from tests.render import pages


def page() -> Image.Image:
    """A page of grey lines."""
    picture = Image.new("L", (298, 421), 255)
    draw = ImageDraw.Draw(picture)
    for y in range(40, 380, 9):
        draw.line((30, y, 260, y), fill=90)
    return picture


def test_the_same_page_is_the_same() -> None:
    assert pages.unlike(page(), page()) == 0


def test_antialiasing_is_no_change() -> None:
    shaken, dice = page(), random.Random(7)
    dots = shaken.load()
    assert dots is not None
    for x in range(shaken.width):
        for y in range(shaken.height):
            dots[x, y] = max(0, min(255, shaken.getpixel((x, y)) + dice.randint(-25, 25)))  # type: ignore[operator]
    assert pages.unlike(page(), shaken) <= pages.SHARE


@pytest.mark.parametrize("box", [(30, 100, 80, 106), (200, 5, 240, 12), (30, 300, 36, 330)])
def test_a_word_a_marking_or_a_bar_more_is_a_change(box: tuple[int, int, int, int]) -> None:
    other = page()
    ImageDraw.Draw(other).rectangle(box, fill=0)
    assert pages.unlike(page(), other) > pages.SHARE


def test_another_size_is_a_change() -> None:
    assert pages.unlike(page(), page().resize((306, 396))) == 1


@pytest.mark.render
@pytest.mark.parametrize("name", list(pages.SAMPLES))
def test_pages_look_as_they_did(name: str) -> None:
    lines = pages.changed(name, pages.pictures(pages.pdf(name)))
    assert lines == [], "look at them: python -m tests.render.pages --out out/pages; then --accept"
