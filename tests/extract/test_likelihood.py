"""What is said → the estimative term, and its band where the term stands on a yardstick."""

from __future__ import annotations

import pytest

from briefing.extract.likelihood import band, likelihood_of, scope_of

ICD = [
    ("a second flood is very likely", "very likely", 0.80, 0.95),
    ("rain is likely by noon", "likely", 0.55, 0.80),
    ("the bridge will probably hold", "probably", 0.55, 0.80),
    ("it is highly probable that he knew", "highly probable", 0.80, 0.95),
    ("a deal is unlikely this year", "unlikely", 0.20, 0.45),
    ("a deal is very unlikely", "very unlikely", 0.05, 0.20),
    ("he is almost certain to resign", "almost certain", 0.95, 0.99),
    ("she almost certainly knew", "almost certainly", 0.95, 0.99),
    ("there is almost no chance of rain", "almost no chance", 0.01, 0.05),
    ("it is improbable that they met", "improbable", 0.20, 0.45),
]


@pytest.mark.parametrize(("said", "term", "low", "high"), ICD)
def test_words_on_the_scale_have_its_band(said: str, term: str, low: float, high: float) -> None:
    found = likelihood_of(said)
    assert found is not None
    assert (found.term, found.low, found.high) == (term, low, high)


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("the dam could break", "could"),
        ("prices may well rise", "may well"),
        ("there is a real risk of famine", "a real risk"),
        ("we cannot rule out a leak", "cannot rule out"),
        ("there is no sign that he left", "no sign that"),
        ("rain is not likely", "not likely"),
        ("it isn't likely to rain", "isn't likely"),
        ("it is no longer likely", "no longer likely"),
        ("a deal is not very likely", "not very likely"),
        ("war is more likely than peace", "more likely"),
        ("this is extremely likely", "extremely likely"),
        ("the outcome is highly likely", "highly likely"),
        ("perhaps it was the wind", "Perhaps"),
        ("it appears to belong to a plan", "it appears"),
    ],
)
def test_words_on_no_scale_keep_their_words_and_get_no_number(said: str, term: str) -> None:
    found = likelihood_of(said)
    assert found is not None
    assert found.term.lower() == term.lower()
    assert found.low is None
    assert found.high is None


@pytest.mark.parametrize(
    "said",
    [
        "a poll of likely voters in the north",
        "he met an unlikely ally",
        "the army showed its military might",
        "they met in May and again in June",
        "the village is remote",
        "certain goods are banned",
        "the bread was fresh",
    ],
)
def test_words_that_estimate_nothing(said: str) -> None:
    assert likelihood_of(said) is None


def test_the_two_yardsticks_are_never_mixed() -> None:
    assert band("highly likely", "icd203") is None
    assert band("highly likely", "phia") == (0.80, 0.90)
    assert band("very likely", "phia") is None
    assert band("a realistic possibility", "phia") == (0.40, 0.50)
    assert band("likely", "icd203") == (0.55, 0.80)
    assert band("likely", "phia") == (0.55, 0.75)


@pytest.mark.parametrize(
    ("said", "condition", "limit"),
    [
        ("the dam will probably break if the rain goes on", "if the rain goes on", None),
        ("unless help comes, famine is likely", "unless help comes", None),
        ("an attack is very likely by the end of the year", None, "by the end of the year"),
        (
            "a vote is likely before Sunday if the court agrees",
            "if the court agrees",
            "before Sunday if the court agrees",
        ),
        ("a vote is likely", None, None),
    ],
)
def test_conditions_and_time_limits_are_kept_in_their_own_words(
    said: str, condition: str | None, limit: str | None
) -> None:
    found = likelihood_of(said)
    assert found is not None
    assert (found.condition, found.limit) == (condition, limit)
    assert scope_of(said, "nothing of the kind") == (None, None)
