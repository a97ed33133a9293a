"""Sentence → kind of its attribution, its likelihood word, and whether it looks ahead."""

from __future__ import annotations

import pytest

from briefing.config import ExtractSettings
from briefing.extract import nlp
from briefing.extract.actors import find_actors
from briefing.extract.attributions import find_attributions
from briefing.records import Attribution
from tests.conftest import article

CASES = [
    # assessments
    ("“The drought has paved the way for a new coalition,” said Ana Ruiz, a professor in Oslo.", "assessment"),
    ("The analyst said the dam could break.", "assessment"),
    ("The economist predicted that prices would fall.", "assessment"),
    ("Scientists believe the lake is dying.", "assessment"),
    ("The bishop condemned the attack.", "assessment"),
    ("Farmers fear that the rain will come too late.", "assessment"),
    ("The envoy warned that time was running out.", "assessment"),
    ("“A second flood is very likely,” said Lea Brandt.", "assessment"),
    ("The poll suggests that voters are tired.", "assessment"),
    ("The engineer said the bridge was too weak for lorries.", "assessment"),
    # statements
    ("The ministry said two soldiers died on Friday.", "statement"),
    ("Police said the driver was 34.", "statement"),
    ("According to the ministry, three people died.", "statement"),
    ("The company announced that it opened nine shops last year.", "statement"),
    ("The court ruled that the search was illegal.", "statement"),
    # allegations
    ("The minister was accused of fraud.", "allegation"),
    ("The union accused the firm of hiding the leak.", "allegation"),
    ("The senator alleged that the vote was bought.", "allegation"),
    ("Two officers were charged with manslaughter.", "allegation"),
    ("Rebels claimed that the army shelled a school.", "allegation"),
    # denials
    ("The firm denied that it hid the leak.", "denial"),
    ("Norway has repeatedly denied selling drones to Chad.", "denial"),
    ("The mayor rejected the accusations.", "denial"),
    ("The ministry dismissed the report as false.", "denial"),
    ("“These claims are baseless,” the spokesman said.", "denial"),
    # intents
    ("The premier promised to cut taxes.", "intent"),
    ("The company plans to open a second mine.", "intent"),
    ("“We will rebuild the pier,” the mayor said.", "intent"),
    ("The union said it would strike on Monday.", "intent"),
    ("The general vowed to crush the rebels.", "intent"),
    # refusals to comment
    ("The company declined to comment.", "no_comment"),
    ("The ministry did not respond to questions.", "no_comment"),
    ("The mayor refused to say when the pier would open.", "no_comment"),
    ("Her lawyer did not return calls.", "no_comment"),
    ("The embassy would not say who had signed the letter.", "no_comment"),
]


@pytest.fixture(scope="module")
def rules() -> nlp.Pipeline:
    return nlp.load(ExtractSettings(tagger="off"))


def attributions(text: str, rules: nlp.Pipeline) -> tuple[Attribution, ...]:
    reading = rules.read(article(text))
    return find_attributions(reading, find_actors(reading))


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind"), CASES)
def test_kind(text: str, kind: str, rules: nlp.Pipeline) -> None:
    found = attributions(text, rules)
    assert [a.kind for a in found] == [kind]


@pytest.mark.model
def test_not_denied_is_no_denial(rules: nlp.Pipeline) -> None:
    assert [a.kind for a in attributions("The firm did not deny that it hid the leak.", rules)] == ["statement"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "forward"),
    [
        ("The minister said the talks will resume next week.", True),
        ("The company plans to open a second mine.", True),
        ("Police said the driver was 34.", False),
        ("The firm denied that it hid the leak.", False),
    ],
)
def test_forward(text: str, forward: bool, rules: nlp.Pipeline) -> None:
    assert [a.forward for a in attributions(text, rules)] == [forward]


@pytest.mark.model
def test_likelihood_stands_with_the_judgement_that_holds_it(rules: nlp.Pipeline) -> None:
    first, second = attributions(
        "Lea Brandt, an analyst, said a second flood was very likely. Ivo Moe said the first one killed nine people.",
        rules,
    )
    assert first.likelihood is not None
    assert (first.likelihood.term, first.likelihood.low, first.likelihood.high) == ("very likely", 0.80, 0.95)
    assert second.likelihood is None


@pytest.mark.model
def test_types(rules: nlp.Pipeline) -> None:
    text = "“It rained,” said Ivo Moe. Moe said it was “a bad day”. Moe said the road was closed."
    assert [a.type for a in attributions(text, rules)] == ["direct", "mixed", "indirect"]


@pytest.mark.model
def test_speech_inside_speech_knows_its_parent(rules: nlp.Pipeline) -> None:
    outer, inner = attributions("The agency reported that the minister said the port was closed.", rules)
    assert outer.parent is None
    assert inner.parent == 0
