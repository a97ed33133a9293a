"""When a later article at one address is the earlier one edited."""

import pytest

from briefing.nightly.versions import same_article
from briefing.records import Article

FIRST = "The harbour of Halden was closed on Friday after two tugs ran aground near the northern mole, the port said."
EDITED = FIRST.replace("two tugs", "three tugs") + " Salvage is to begin on Sunday."
OTHER = "Parliament in Halden passed the budget after a debate of nine hours, with forty votes against it."


def _article(text: str, title: str | None = None) -> Article:
    return Article(id="a", title=title, text=text, source="a.txt", sha256="0")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (FIRST, EDITED, True),
        (EDITED, FIRST, True),
        (FIRST, FIRST, True),
        (FIRST, OTHER, False),
        (FIRST, f"{OTHER} {FIRST}", True),  # a live page grows at its top
    ],
)
def test_versions(old: str, new: str, same: bool) -> None:
    assert same_article(_article(old), _article(new)) is same


def test_a_text_too_short_to_say_goes_by_its_headline() -> None:
    assert same_article(_article("Closed.", "Harbour"), _article("Open again.", "Harbour"))
    assert not same_article(_article("Closed."), _article("Open again."))
