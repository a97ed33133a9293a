"""Who is who in one article: order of names, shared surnames, honorifics, acronyms, pronouns and nominals."""

from __future__ import annotations

import pytest

from briefing.extract.actors import find_actors
from briefing.extract.figures import initials
from briefing.extract.person_names import family_names, is_introduced, same_person
from briefing.extract.reading import Cast
from tests.conftest import Read

# Full name → the words that may stand for the person, likeliest first.
FAMILY = [
    ("Kim Dae Song", ("Kim",)),
    ("Kim Dae-song", ("Kim",)),
    ("Pak Un Ju", ("Pak",)),
    ("Nari Kim", ("Kim",)),
    ("Grace Pak", ("Pak",)),
    ("Zhao Meiling", ("Zhao", "Meiling")),
    ("Nguyen Van Hai", ("Nguyen",)),
    ("Chan Ka-keung", ("Chan",)),
    ("Anna Keller", ("Keller",)),
    ("Rosa García Márquez", ("Márquez", "García")),
    ("Juan de la Cruz", ("Cruz",)),
    ("Omar bin Rashid", ("Rashid",)),
    ("Ludwig van Straten", ("Straten",)),
    ("Viktor Ivanovich Belov", ("Belov", "Ivanovich")),
    ("Peter Marlow Jr.", ("Marlow",)),
    ("Madison", ("Madison",)),
]
SAME = [
    ("Anna Keller", "Anna M. Keller", True),
    ("A. Keller", "Anna Keller", True),
    ("Kim Dae-song", "Kim Dae Song", True),
    ("Anna Keller", "Paul Keller", False),
    ("Kim Dae Song", "Kim Un Song", False),
    ("Anna Keller", "Anna Kessler", False),
]
# Text, a name in it (n-th time), the name of the person it means.
SURNAMES = [
    ("Anna Keller met reporters. Keller said no.", "Keller", "Anna Keller"),
    (
        "Keller quits\n\nAnna Keller resigned as mayor of Arnsdorf. She gave no reason.",
        "Keller",
        "Anna Keller",
    ),
    ("Kim Dae Song spoke first. “We agree,” said Kim.", "Kim", "Kim Dae Song"),
    ("“We agree,” said Nari Kim of Hanseo University. Kim has studied the port for years.", "Kim", "Nari Kim"),
    (
        "General Kim Dae Song saw the port. Nari Kim, an economist, doubts the figures. “They are old,” said Kim.",
        "Kim",
        "Nari Kim",
    ),
    (
        "Nari Kim, an economist, doubts the figures. General Kim Dae Song inspected the port. Then Kim flew home.",
        "Kim",
        "Kim Dae Song",
    ),
    ("Foreign Minister Zhao Meiling left on Monday. Zhao will be back on Friday.", "Zhao", "Zhao Meiling"),
    ("Rosa García Márquez won the vote. García Márquez thanked her voters.", "García Márquez", "Rosa García Márquez"),
    ("President Viktor Belov signed the law. Mr. Belov had opposed it.", "Belov", "Viktor Belov"),
    ("Ludwig van Straten sued. Van Straten wants damages.", "Van Straten", "Ludwig van Straten"),
    (
        "President Kim Dae Song met Nari Kim, an economist. “They are old,” said Kim, the economist.",
        "Kim",
        "Nari Kim",
    ),
    (
        "President Kim Dae Song met Nari Kim, an economist. Later President Kim left.",
        "Kim",
        "Kim Dae Song",
    ),
    ("Omar Haddad was freed. Haddad's lawyer thanked the court.", "Haddad", "Omar Haddad"),
    ("Lydia Buchholz spoke. Ms Bucholz was calm.", "Bucholz", "Lydia Buchholz"),
    ("Michael Jordan Reed was born in Jordan. Reed moved to Spain.", "Reed", "Michael Jordan Reed"),
    ("Valerie Paris sued the club. Paris claims that it lied. Paris wants damages.", "Paris", "Valerie Paris"),
]


@pytest.mark.parametrize(("name", "expected"), FAMILY)
def test_family_names(name: str, expected: tuple[str, ...]) -> None:
    assert family_names(tuple(name.split())) == expected


@pytest.mark.parametrize(("a", "b", "expected"), SAME)
def test_same_person(a: str, b: str, expected: bool) -> None:
    assert same_person(tuple(a.split()), tuple(b.split())) is expected


def test_initials() -> None:
    assert "FOM" in initials(("Federation", "of", "Miners"))
    assert "FM" in initials(("Federation", "of", "Miners"))


@pytest.mark.model
@pytest.mark.parametrize(("text", "surname", "expected"), SURNAMES)
def test_a_surname_goes_to_its_person(read: Read, text: str, surname: str, expected: str) -> None:
    cast = find_actors(read(text))
    last = [m.actor for m in cast.mentions if m.text == surname and m.form == "name"][-1]
    assert last is not None
    assert cast.actor(last).name == expected


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kim Dae Song and Kim Un Ju arrived. Nari Kim stayed at home.",
        "Anna Keller and her brother Paul Keller own the firm.",
        "General Pak Chol Su met Grace Pak of the State Department.",
        "Senator John Marlow thanked Governor Jane Marlow.",
    ],
)
def test_people_who_share_a_surname_stay_apart(read: Read, text: str) -> None:
    cast = find_actors(read(text))
    people = [a.name for a in cast.actors if a.type == "PERSON" and len(a.name.split()) > 1]
    assert len(people) == len(set(people)) == (3 if "Nari" in text else 2)


PRONOUNS = [
    ("Anna Keller resigned on Monday. She gave no reason.", "She", "Anna Keller"),
    ("Mr. Paul Reuter met Ms. Anna Keller. He was late.", "He", "Paul Reuter"),
    ("Mr. Paul Reuter met Ms. Anna Keller. She was late.", "She", "Anna Keller"),
    ("Marwell Motors closed a plant. It blamed high costs.", "It", "Marwell Motors"),
    ("Brazil raised its tariffs on steel.", "its", "Brazil"),
    ("The protesters blocked the road. They demanded jobs.", "They", "protesters"),
    ("King Harald opened the bridge before his son arrived.", "his", "Harald"),
]
NOMINALS = [
    ("Foreign Minister Ana Lopes flew to Oslo. The minister will speak on Friday.", "minister", "Ana Lopes"),
    ("Marwell Motors closed a plant in May. The company cut 300 jobs.", "company", "Marwell Motors"),
    ("Brazil raised tariffs on steel. The country wants to protect its mills.", "country", "Brazil"),
    ("The Unification Ministry denied it. The ministry gave no details.", "ministry", "Unification Ministry"),
    ("Nordwind Airlines cancelled 40 flights. The airline blamed a strike.", "airline", "Nordwind Airlines"),
    ("Nordwind Airlines sued Marwell Motors. The airline wants its money.", "airline", "Nordwind Airlines"),
    (
        "Joan Hale, a professor of law at Marlow University, doubts it. The professor cited two cases.",
        "professor",
        "Joan Hale",
    ),
    ("Miners marched on Monday. The miners want better pay.", "miners", "Miners"),
    ("A delegation left Oslo on Monday. The delegation will return on Friday.", "delegation", "delegation"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "pronoun", "expected"), PRONOUNS)
def test_pronouns(read: Read, text: str, pronoun: str, expected: str) -> None:
    cast = find_actors(read(text))
    assert _named(cast, pronoun, "pronoun") == expected


@pytest.mark.model
@pytest.mark.parametrize(("text", "noun", "expected"), NOMINALS)
def test_nominals(read: Read, text: str, noun: str, expected: str) -> None:
    cast = find_actors(read(text))
    assert _named(cast, noun, "nominal") == expected


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["Ana Lopes spoke. It is likely that the law will pass.", "Marwell Motors won. It rained in the evening."],
)
def test_empty_it_is_nobody(read: Read, text: str) -> None:
    cast = find_actors(read(text))
    assert [m for m in cast.mentions if m.text == "It"] == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Paul Reuter and Karl Weber arrived. He was late.", "He"),
        ("Kim Dae Song and Kim Un Ju arrived. Then Kim smiled.", "Kim"),
    ],
)
def test_one_of_two_is_left_alone_and_counted(read: Read, text: str, word: str) -> None:
    cast = find_actors(read(text))
    assert [m.actor for m in cast.mentions if m.text == word and m.actor] == []
    assert cast.unresolved == 1


@pytest.mark.model
def test_whatever_speaks_is_a_source(read: Read) -> None:
    cast = find_actors(
        read("The survey said that prices had doubled. Some onlookers reported smoke. They said it was blue.")
    )
    assert [(a.name, a.type) for a in cast.actors] == [("survey", "MISC"), ("onlookers", "NORP")]
    assert _named(cast, "They", "pronoun") == "onlookers"


@pytest.mark.model
def test_inside_a_quotation_he_is_not_its_speaker(read: Read) -> None:
    cast = find_actors(read("Paul Reuter left early. “He was tired,” said Karl Weber."))
    assert _named(cast, "He", "pronoun") == "Paul Reuter"


@pytest.mark.model
def test_tokens_of_pronouns_and_nominals_have_their_actor(read: Read) -> None:
    reading = read("Ana Lopes resigned. She will leave in May.")
    cast = find_actors(reading)
    she = next(t for t in reading.doc if t.text == "She")
    assert cast.of_token(she) == "a1"


def _named(cast: Cast, text: str, form: str) -> str | None:
    found = [m.actor for m in cast.mentions if m.text == text and m.form == form]
    return cast.actor(found[-1]).name if found and found[-1] else None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("No file exists.\n\nRune Sandvik, who heads the cable programme, agreed.", "Rune Sandvik", True),
        ("The plan failed. Tove Arnesen, 46, left at once.", "Tove Arnesen", True),
        ("The plan failed. Tove Arnesen, a former campaign spokeswoman, left at once.", "Tove Arnesen", True),
        ("The plan failed. Tove Arnesen, professor of law at Sarovo University, left.", "Tove Arnesen", True),
        ("The plan failed. Sarrow Rovers, who play in blue, left at once.", "Sarrow Rovers", False),
        ("Crowds came to the Spring Games, a senior police officer said on Friday.", "Spring Games", False),
        ("The plan failed. Tove, 46, left at once.", "Tove", False),
        ("The plan failed. Tove Arnesen, a liner, left at once.", "Tove Arnesen", False),
    ],
)
def test_the_words_behind_a_name_introduce_a_person(read: Read, text: str, name: str, expected: bool) -> None:
    doc = read(text).doc
    at = doc.char_span(text.index(name), text.index(name) + len(name))
    assert at is not None
    assert is_introduced(doc, at.start, at.end) is expected


def test_a_person_that_the_model_overlooks_is_found_by_what_follows(read: Read) -> None:
    text = (
        "No such file exists.\n\nRune Sandvik, who heads the cable programme at the Nordic Centre for Infrastructure "
        "Studies, believes the damage was deliberate. “Three cables in one night is almost certainly not chance,” "
        "Sandvik said."
    )
    cast = find_actors(read(text))
    person = next(a for a in cast.actors if a.name == "Rune Sandvik")
    assert person.type == "PERSON"
    assert [m.text for m in cast.mentions if m.actor == person.id and m.form == "name"] == ["Rune Sandvik", "Sandvik"]
