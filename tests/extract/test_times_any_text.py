"""Any row of words of time is read without a fault, and what is found stands in the text, in order."""

from __future__ import annotations

from itertools import pairwise

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract.reading import Reading
from briefing.extract.times import find_times
from briefing.extract.times.grammar import grammar
from briefing.records import Article

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
WORDS = sorted({w for words in grammar().values.values() for w in words})
MORE = """the a of on and or , - . 's 0 31 1999 2024 99999999999 2359 24:00 99:99 1.5 31st Q3 FY24 1990s 0000s
2024-02-30 30/02/2024 0001-01-01 BC AD century May Friday""".split()  # noqa: SIM905
BREAKS = ["\n", "\n\n"]
DATES = [None, "2024-04-24", "2024-02-29", "0001-01-01", "9999-12-31", "2023-12-31"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    words=st.lists(st.sampled_from(WORDS + MORE + BREAKS), max_size=25),
    capital=st.booleans(),
    date=st.sampled_from(DATES),
)
def test_any_words(words: list[str], capital: bool, date: str | None) -> None:
    text = " ".join(w.capitalize() if capital else w for w in words)
    article = Article(id="a", title=None, date=date, text=text, source="test", sha256="", language="en")
    found = find_times(Reading(article=article, doc=NLP(text)))
    assert all(text[t.start : t.end] == t.text and t.text.strip() == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
