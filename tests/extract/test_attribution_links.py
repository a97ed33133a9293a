"""Tagged spans → attributions: each content and source goes to the nearest cue on its labelled side."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.attribution_links import Found, Side, TaggedSpan, crosses_sentence, link, unlinked
from briefing.extract.attribution_union import combine, nested, outermost, snapped
from briefing.extract.quotes import Quotation

_TAG = re.compile(r"\{([sqc])([<>]?)\|([^{}]*)\}")
_SIDES: dict[str, Side | None] = {"<": "left", ">": "right", "": None}
_LABELS = {"s": "source", "q": "cue", "c": "content"}


def tagged(marked: str) -> tuple[str, list[TaggedSpan]]:
    """``{s>|Ada Poe} {q|said} {c<|it rained}.`` → text and spans; < and > say on which side the cue stands."""
    text, at, spans = "", 0, []
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        label = _LABELS[tag[1]]
        spans.append(TaggedSpan(label, len(text), len(text) + len(tag[3]), _SIDES[tag[2]]))  # type: ignore[arg-type]
        text += tag[3]
        at = tag.end()
    return text + marked[at:], spans


def linked(marked: str) -> list[tuple[list[str], list[str], list[str]]]:
    text, spans = tagged(marked)
    return [
        ([text[a:b] for a, b in f.content], [text[a:b] for a, b in f.cue], [text[a:b] for a, b in f.source])
        for f in link(spans, text)
    ]


def test_source_cue_content() -> None:
    assert linked("{s>|Ada Poe} {q|said} {c<|it rained}.") == [(["it rained"], ["said"], ["Ada Poe"])]


def test_content_on_both_sides_of_its_cue() -> None:
    found = linked("{c>|The tax}, {s>|he} {q|said}, {c<|will hurt the farms of the north}.")
    assert found == [(["The tax", "will hurt the farms of the north"], ["said"], ["he"])]


def test_neighbours_keep_to_their_own_cues() -> None:
    found = linked("{c>|It rained}, {s>|he} {q|said}. {s>|She} {q|denied} {c<|the flood}.")
    assert found == [(["It rained"], ["said"], ["he"]), (["the flood"], ["denied"], ["She"])]


def test_a_second_cue_of_one_sentence_shares_the_source() -> None:
    found = linked("{s>|She} {q|rejected} {c<|the offer}, {q|saying} {c<|it came late}.")
    assert [source for _, _, source in found] == [["She"], ["She"]]


def test_small_holes_are_filled_and_large_ones_are_not() -> None:
    assert linked("{s>|He} {q|said} {c<|it rained} and {c<|it snowed}.")[0][0] == ["it rained and it snowed"]
    far = "{s>|He} {q|said} {c<|it had rained all night} " + "x" * 50 + " {c<|and snowed all of the day}."
    assert len(linked(far)[0][0]) == 2


def test_fragments_beside_a_content_are_dropped() -> None:
    far = "{c>|Oh}, {s>|he} {q|said} {c<|it had rained all night in the hills}."
    assert linked(far)[0][0] == ["it had rained all night in the hills"]


def test_a_cue_reaches_no_further_than_its_sentence() -> None:
    text, spans = tagged("{s>|He} {q|left}. Nobody knows why. Then {c<|the rain came back}.")
    assert link(spans, text) == ()
    assert {s.label for s in unlinked(spans, ())} == {"cue", "content"}


def test_quotations_go_on_in_the_next_sentence_and_paragraph() -> None:
    found = linked("{c>|“It rained.”} {q|said} {s<|Poe}. {c<|“It snowed.”}\n\n{c<|“Then the sun came out again.”}")
    assert len(found) == 1
    assert found[0][0][-1] == "“Then the sun came out again.”"


def test_titles_end_no_sentence() -> None:
    assert not crosses_sentence(" said Capt. Ray Holt, ")
    assert crosses_sentence(" said Poe at noon. The ")


def test_a_content_without_cue_is_left_out() -> None:
    assert linked("{c<|It rained} all night.") == []


# ------------------------------------------------------------------------------------------------------------- union
TEXT = 'Ada Poe said: "It rained." Nobody agreed.'
QUOTE = Quotation(((14, 26),))


def test_where_both_agree_the_rule_knows_the_borders() -> None:
    seen = Found(((15, 24),), ((8, 12),), ((0, 7),), score=0.6, rule="tagger")
    direct = Found(((14, 26),), ((8, 13),), ((0, 7),), rule="direct")
    (found,) = combine([seen], [direct], [], [QUOTE])
    assert (found.content, found.cue, found.rule) == (((14, 26),), ((8, 13),), "direct")


def test_of_two_that_exclude_each_other_the_surer_stays() -> None:
    rule = Found(((14, 22),), ((8, 13),), ((0, 7),), rule="object")
    for score, expected in ((0.9, "tagger"), (0.4, "object")):
        seen = Found(((20, 40),), ((8, 12),), ((0, 7),), score=score, rule="tagger")
        assert [f.rule for f in combine([seen], [], [rule], [])] == [expected]


def test_a_missing_source_comes_from_the_rule_with_the_same_cue() -> None:
    seen = Found(((27, 40),), ((8, 12),), (), rule="tagger")
    rule = Found(((27, 40),), ((8, 12),), ((0, 7),), rule="clause")
    assert combine([seen], [], [rule], [])[0].source == ((0, 7),)


def test_a_weak_rule_needs_the_tagger_s_word() -> None:
    seen = Found(((0, 3),), ((4, 7),), rule="tagger")
    weak = Found(((27, 33),), ((34, 40),), rule="noun")
    assert [f.content for f in combine([seen], [], [weak], [])] == [seen.content]
    assert len(combine([seen], [], [weak], [], [TaggedSpan("cue", 34, 40)])) == 2


def test_the_outermost_wins() -> None:
    outer = Found(((10, 40),), ((4, 8),), ((0, 3),))
    inner = Found(((20, 40),), ((15, 19),), ((10, 14),))
    assert outermost([inner, outer]) == [outer]


def test_speech_in_speech_is_kept_apart() -> None:
    text = "He said that Ada said it rained all night"
    outer = Found(((8, 41),), ((3, 7),), ((0, 2),), rule="clause")
    inner = Found(((22, 41),), ((17, 21),), ((13, 16),), rule="clause")
    assert nested([outer], [inner], text) == [inner]


def test_content_that_opens_a_quotation_is_stretched_to_it() -> None:
    assert snapped(Found(((16, 20),)), [QUOTE]).content == ((16, 20),)
    assert snapped(Found(((14, 20),)), [QUOTE]).content == ((14, 26),)


@st.composite
def span_lists(draw: st.DrawFn) -> list[TaggedSpan]:
    cuts = sorted(draw(st.sets(st.integers(0, 60), min_size=2, max_size=16)))
    spans = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        label = draw(st.sampled_from(["content", "cue", "source"]))
        side = None if label == "cue" else draw(st.sampled_from(["left", "right"]))
        spans.append(TaggedSpan(label, start, end, side))  # type: ignore[arg-type]
    return spans


@given(span_lists(), st.text(alphabet="ab .\n“", min_size=60, max_size=60))
def test_nothing_is_linked_that_was_not_tagged(spans: list[TaggedSpan], text: str) -> None:
    for found in link(spans, text):
        assert found.cue[0] in {s.span for s in spans if s.label == "cue"}
        assert set(found.source) <= {s.span for s in spans if s.label == "source"}
        assert all(0 <= a < b <= 60 for a, b in found.content)
        assert not any(a < found.cue[0][1] and found.cue[0][0] < b for a, b in found.content)
