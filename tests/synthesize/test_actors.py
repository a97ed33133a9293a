"""Actors of several articles → who is who, with reasons; refusals; the user's actors file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefing.config import SynthesizeSettings
from briefing.errors import ConfigError
from briefing.records import Actor, Article, Description, Extraction, KnownActor, Mention, RefusedMerge
from briefing.synthesize.actors import resolve_actors

Said = tuple[str, str, str | None, str | None]  # name, type, role, affiliation


def _article(number: int, said: list[Said]) -> tuple[Article, Extraction]:
    """An article whose text is its actors' names, one a line, each with its role."""
    lines, actors, mentions, at = [], [], [], 0
    for n, (name, kind, role, affiliation) in enumerate(said, 1):
        line = f"{name}, {role or ''} {affiliation or ''}"
        described = (Description(role=role, affiliation=affiliation, span=(at, at + len(line))),) if role else ()
        actors.append(
            Actor(
                id=f"a{n}",
                name=name,
                type=kind,
                roles=(role,) if role else (),
                affiliation=affiliation,
                descriptions=described,
                salience=1 / n,
                country={"Russia": "RU", "Iran": "IR"}.get(name),
            )
        )
        mentions.append(Mention(start=at, end=at + len(name), text=name, type=kind, form="name", actor=f"a{n}"))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(id=f"d{number}", date=f"2024-05-{number:02}", text=text, source="test", sha256=digest)
    return article, Extraction(id=article.id, date=article.date, actors=tuple(actors), mentions=tuple(mentions))


def _resolve(
    *said: list[Said], settings: SynthesizeSettings | None = None
) -> tuple[tuple[KnownActor, ...], tuple[RefusedMerge, ...]]:
    pairs = [_article(n, s) for n, s in enumerate(said, 1)]
    known, refused, _ = resolve_actors(
        [a for a, _ in pairs], [x for _, x in pairs], settings=settings or SynthesizeSettings()
    )
    return known, refused


def _names(known: tuple[KnownActor, ...]) -> list[str]:
    return sorted(k.name for k in known)


KELLER: Said = ("Anna Keller", "PERSON", "mayor of Arnsdorf", None)
# Two articles; how many actors they have together.
TOGETHER: list[tuple[list[Said], list[Said], int]] = [
    ([KELLER], [KELLER], 1),
    ([("A990", "PRODUCT", None, None)], [("Airbus A990", "PRODUCT", None, None)], 1),
    ([("Boeing 979", "PRODUCT", None, None)], [("Boeing 979 Skyliner", "PRODUCT", None, None)], 1),
    ([("Boeing 979-200", "PRODUCT", None, None)], [("Boeing 979", "PRODUCT", None, None)], 1),
    ([("Airbus 990", "PRODUCT", None, None)], [("Airbus A990", "PRODUCT", None, None)], 1),
    ([("iSlates", "PRODUCT", None, None)], [("iSlate", "PRODUCT", None, None)], 1),
    ([("iSlate", "PRODUCT", None, None)], [("iSlate 4", "PRODUCT", None, None)], 2),
    ([("Airbus A990", "PRODUCT", None, None)], [("Airbus A995", "PRODUCT", None, None)], 2),
    ([("Airbus 979", "PRODUCT", None, None)], [("Boeing 979", "PRODUCT", None, None)], 2),
    ([("Airbus A990", "PRODUCT", None, None)], [("Airbus", "ORG", None, None)], 2),
    ([KELLER], [("Anna Keller", "PERSON", None, None)], 1),
    ([KELLER], [("Anna Keller", "PERSON", "goalkeeper", "Marlow Town")], 2),
    ([KELLER], [("Anna M. Keller", "PERSON", "mayor of Arnsdorf", None)], 1),
    ([KELLER], [("Paul Keller", "PERSON", "mayor of Arnsdorf", None)], 2),
    ([KELLER], [("Keller", "PERSON", None, None)], 2),
    ([KELLER], [("Keller", "PERSON", "mayor of Arnsdorf", None)], 1),
    (
        [("Ri Jong Su", "PERSON", "External Trade Minister", None)],
        [("Ri Jung Su", "PERSON", "minister of external trade", "North Korea")],
        1,
    ),
    ([("Ri Jong Su", "PERSON", None, None)], [("Ri Jung Su", "PERSON", None, None)], 2),
    ([("Ri Jong Su", "PERSON", "general", None)], [("Ri Jung Su", "PERSON", "poet", None)], 2),
    ([("Russia", "GPE", None, None)], [("Russia", "GPE", None, None)], 1),
    ([("Iran", "GPE", None, None)], [("Iraq", "GPE", None, None)], 2),
    ([("Marwell Motors", "ORG", None, None)], [("Marwell Motors Inc.", "ORG", None, None)], 1),
    ([("Federation of Miners", "ORG", None, None)], [("FOM", "ORG", None, None)], 1),
    ([("Arnsdorf", "GPE", None, None)], [("Arnsdorf", "LOC", None, None)], 1),
    ([("Marwell", "ORG", None, None)], [("Marwell", "PERSON", None, None)], 1),
    ([("Bank of Arnsdorf", "ORG", None, None)], [("Bank of Marlow", "ORG", None, None)], 2),
]


@pytest.mark.parametrize(("first", "second", "count"), TOGETHER)
def test_across_two_articles(first: list[Said], second: list[Said], count: int) -> None:
    known, _ = _resolve(first, second)
    assert len(known) == count


def test_a_merge_says_why() -> None:
    known, _ = _resolve(
        [("Ri Jong Su", "PERSON", "External Trade Minister", None)],
        [("Ri Jung Su", "PERSON", "minister of external trade", "North Korea")],
    )
    (alias,) = known[0].aliases
    assert alias.name in ("Ri Jong Su", "Ri Jung Su")
    assert alias.why.startswith("spelling variant, same office")
    assert {r.date for r in known[0].history} == {"2024-05-01", "2024-05-02"}


def test_a_near_merge_is_shown() -> None:
    _, refused = _resolve([("Ri Jong Su", "PERSON", None, None)], [("Ri Jung Su", "PERSON", None, None)])
    assert [(r.a, r.b, r.why) for r in refused] == [
        ("Ri Jong Su", "Ri Jung Su", "alike in spelling, nothing else in common")
    ]


def test_company_kept_tells() -> None:
    others: list[Said] = [("Otto Brandt", "PERSON", None, None), ("Clara Finch", "PERSON", None, None)]
    known, _ = _resolve(
        [("Hugo Lindqvist", "PERSON", None, None), *others], [("Hugo Lindquist", "PERSON", None, None), *others]
    )
    assert len(known) == 3


def test_a_surname_goes_to_the_one_with_its_office() -> None:
    known, _ = _resolve(
        [("Kim Dae Song", "PERSON", "general", None), ("Kim Un Ju", "PERSON", "sister", None)],
        [("Kim", "PERSON", "general", None)],
    )
    assert _names(known) == ["Kim Dae Song", "Kim Un Ju"]


def test_a_surname_that_suits_two_stays_alone() -> None:
    others: list[Said] = [("Otto Brandt", "PERSON", None, None), ("Clara Finch", "PERSON", None, None)]
    known, refused = _resolve(
        [("Kim Dae Song", "PERSON", None, None), ("Kim Un Ju", "PERSON", None, None), *others],
        [("Kim", "PERSON", None, None), *others],
    )
    assert "Kim" in _names(known)
    assert "a surname that several have" in [r.why for r in refused]


def test_what_one_article_keeps_apart_stays_apart() -> None:
    both: list[Said] = [("Marwell Motors", "ORG", None, None), ("Marwell Motors Ltd", "ORG", None, None)]
    known, refused = _resolve(both, [("Marwell Motors", "ORG", None, None)])
    assert len(known) == 2
    assert all("names both" in r.why for r in refused)


def test_ids_follow_salience_and_members_are_complete() -> None:
    known, _ = _resolve([KELLER, ("Russia", "GPE", None, None)], [("Russia", "GPE", None, None)])
    assert [k.id for k in known] == ["k1", "k2"]
    assert known[0].name == "Russia"
    assert known[0].salience == 1.0
    assert known[0].members == (("d1", "a2"), ("d2", "a1"))


def test_unnamed_people_are_not_merged() -> None:
    article, extraction = _article(1, [("protesters", "NORP", None, None)])
    nameless = extraction.model_copy(
        update={"mentions": tuple(m.model_copy(update={"form": "nominal"}) for m in extraction.mentions)}
    )
    again = nameless.model_copy(update={"id": "d2"})
    known, _, _ = resolve_actors(
        [article, article.model_copy(update={"id": "d2"})], [nameless, again], settings=SynthesizeSettings()
    )
    assert len(known) == 2
    assert not any(k.named for k in known)


# ---------------------------------------------------------------------------------------------------- the user's file
def _file(folder: Path, text: str) -> SynthesizeSettings:
    path = folder / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return SynthesizeSettings(actors_file=path)


def test_the_user_merges(tmp_path: Path) -> None:
    settings = _file(tmp_path, "merge:\n- [Anna Keller, Frau Bürgermeister]\n")
    known, _ = _resolve([KELLER], [("Frau Bürgermeister", "PERSON", None, None)], settings=settings)
    assert len(known) == 1
    assert known[0].user == "merged by the actors file"


def test_the_user_splits(tmp_path: Path) -> None:
    settings = _file(tmp_path, "split:\n- [Marwell Motors, Marwell Motors Inc.]\n")
    known, refused = _resolve(
        [("Marwell Motors", "ORG", None, None)], [("Marwell Motors Inc.", "ORG", None, None)], settings=settings
    )
    assert len(known) == 2
    assert refused[0].why == "kept apart by the actors file"


def test_the_user_renames_watches_and_ignores(tmp_path: Path) -> None:
    settings = _file(tmp_path, "rename: {Anna Keller: Mayor Keller}\nwatch: [Marwell Motors]\nignore: [Russia]\n")
    said: list[Said] = [("Russia", "GPE", None, None), KELLER, ("Marwell Motors", "ORG", None, None)]
    known, _ = _resolve(said, settings=settings)
    assert [k.name for k in known] == ["Marwell Motors", "Mayor Keller"]
    assert known[1].user == "renamed from Anna Keller by the actors file"


def test_a_name_that_no_article_has_is_a_problem(tmp_path: Path) -> None:
    settings = _file(tmp_path, "watch: [Nobody Atall]\n")
    article, extraction = _article(1, [KELLER])
    _, _, problems = resolve_actors([article], [extraction], settings=settings)
    assert [p.subject for p in problems] == ["Nobody Atall"]


def test_a_faulty_file_names_the_line(tmp_path: Path) -> None:
    settings = _file(tmp_path, "merge:\n- [Anna Keller]\nmurge: []\n")
    with pytest.raises(ConfigError, match=r"actors\.yaml:3.*murge"):
        _resolve([KELLER], settings=settings)


def test_the_order_of_articles_changes_nothing_but_ids() -> None:
    one: list[Said] = [KELLER, ("Marwell Motors", "ORG", None, None)]
    two: list[Said] = [("Marwell Motors Inc.", "ORG", None, None)]
    assert _names(_resolve(one, two)[0])[0] == _names(_resolve(two, one)[0])[0]
