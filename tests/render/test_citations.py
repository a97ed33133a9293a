"""Numbers, anchors and back links."""

from briefing.render.citations import Citations
from tests.render import briefs


def test_one_number_a_source_in_their_order() -> None:
    citations = Citations(briefs.small())
    found = citations.cite((briefs.quote("a2", briefs.NINE), briefs.quote("a1", briefs.CLOSED)))
    assert [c.number for c in found] == [1, 2]


def test_every_piece_of_evidence_becomes_a_quotation_that_leads_back() -> None:
    citations = Citations(briefs.small())
    citations.cite((briefs.quote("a1", briefs.CLOSED), briefs.quote("a1", briefs.ELEVEN)))
    citations.cite((briefs.quote("a1", briefs.ELEVEN),))
    ((number, source, quotations),) = citations.sources()
    assert (number, source.publisher) == (1, "Harbour Post")
    assert [(q.quote, q.paragraph, q.back) for q in quotations] == [
        (briefs.CLOSED, 1, ["c1"]),
        (briefs.ELEVEN, 2, ["c1", "c2"]),
    ]


def test_a_source_without_a_number_gets_the_next_free_one() -> None:
    brief = briefs.small()
    articles = tuple(a.model_copy(update={"number": None}) if a.id == "a2" else a for a in brief.articles)
    citations = Citations(brief.model_copy(update={"articles": articles}))
    assert [c.number for c in citations.cite((briefs.quote("a2", briefs.NINE),))] == [4]


def test_only_what_is_shown_is_listed() -> None:
    citations = Citations(briefs.small())
    assert citations.sources() == []


def test_evidence_of_an_unknown_article_is_not_cited() -> None:
    stray = briefs.quote("a1", briefs.CLOSED).model_copy(update={"article": "gone"})
    assert Citations(briefs.small()).cite((stray,)) == []


def test_words_inside_a_longer_quotation_are_taken_into_it() -> None:
    citations = Citations(briefs.small())
    (short,) = citations.cite((briefs.quote("a1", "Eleven ships"),))
    citations.cite((briefs.quote("a1", briefs.ELEVEN),))
    ((_, _, quotations),) = citations.sources()
    assert [(q.quote, q.within, q.back) for q in quotations] == [(briefs.ELEVEN, [short.target], ["c1", "c2"])]
