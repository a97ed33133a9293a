"""The only types that two rooms share: frozen records, each of which is also the JSON at that boundary.

Offsets are Python string offsets into an article's ``text``, end exclusive. A span is ``(start, end)``; a list of
spans is one unit in several pieces. Dates are ISO 8601 and only as precise as the text allows (``2024-04-23``,
``2024-04``, ``2023``; ``198`` is a decade, as in TIMEX3). Field names that other programs read never change.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = tuple[int, int]
Score = Annotated[float, Field(ge=0, le=1)]

Form = Literal["name", "nominal", "pronoun"]
AttributionType = Literal["direct", "mixed", "indirect"]
Kind = Literal["assessment", "statement", "allegation", "denial", "intent", "no_comment"]
Standing = Literal["expert", "party_official", "third_official", "witness", "outlet", "organisation", "other"]
Factuality = Literal["actual", "planned", "alleged", "denied", "hypothetical"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "RETREAT",
]  # fmt: skip
Confidence = Literal["low", "moderate", "high"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]
ItemKind = Literal["story", "judgement", "event", "assessment", "claim"]
Aspect = Literal["origins", "likelihood", "figures", "date", "denied", "corroborated", "text", "withdrawn"]


class Record(BaseModel):
    """Base of every record: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---------------------------------------------------------------------------------------------------------- everywhere
class Problem(Record):
    """A fault of one input, carried along and printed in the brief's coverage section; fatal only under --strict."""

    stage: str
    subject: str
    message: str
    hint: str = ""
    code: str = ""  # stable, where others must tell the kind: ``language``, or that of an article's note

    @property
    def fails(self) -> bool:
        """Whether something given is not in the brief; else it is, with a remark."""
        return self.code not in {"too_long", "format_characters", "mixed_script_host", "empty"}


class Evidence(Record):
    """The words that a finding rests on: ``quote == text[start:end]`` of the article named."""

    article: str
    start: int
    end: int
    quote: str


# -------------------------------------------------------------------------------------------------------------- ingest
class Note(Record):
    """Something that ingest or extract saw in one article, with a stable code."""

    code: str
    message: str


class Cut(Record):
    """A stretch of the input that cleaning took out, and why (``caption``, ``credit``, ``promo``, ``copyright`` …)."""

    reason: str
    text: str


class Article(Record):
    """One article as it is read: ``text`` is the body without the headline, paragraphs parted by blank lines."""

    id: str
    title: str | None = None
    date: str | None = None  # publication, ISO, as precise as known; None stays None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1, None where undecided
    text: str
    source: str  # path or URL as given
    sha256: str  # of text
    partial: bool = False
    problems: tuple[Note, ...] = ()
    updated: str | None = None
    published_at: str | None = None  # time with zone, ISO, where the source gives it
    updated_at: str | None = None
    dateline: str | None = None  # "SEOUL, South Korea (AP)"
    agency: str | None = None  # wire that a credit or dateline names, where it is not the publisher
    verbatim: bool = False  # text taken as given: no cleaning
    cut: tuple[Cut, ...] = ()


# ------------------------------------------------------------------------------------------------------------- extract
class Likelihood(Record):
    """An estimative word in the source's own words; bounds in 0..1 only where the word is on the scale."""

    term: str
    low: float | None = None
    high: float | None = None
    condition: str | None = None  # "if talks fail", in the text's own words
    limit: str | None = None  # "by the end of the year"


class Mention(Record):
    start: int
    end: int
    text: str
    type: str  # PERSON ORG GPE LOC NORP FAC PRODUCT EVENT …
    form: Form
    actor: str | None = None


class Description(Record):
    """A role that the text gives an actor, with the words that say so."""

    role: str | None = None
    affiliation: str | None = None
    span: Span


class Actor(Record):
    """One person or body in one article, most salient first in the list."""

    id: str
    name: str
    type: str
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    salience: Score = 0.0
    descriptions: tuple[Description, ...] = ()
    country: str | None = None  # ISO 3166 alpha-2 of a government or place, where known
    acts: bool = True  # false for a place that is only a place here


class Attribution(Record):
    """Source, cue, content. ``content`` holds its quotation marks and leaves out cue and source."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    type: AttributionType
    kind: Kind
    likelihood: Likelihood | None = None
    standing: Standing = "other"
    forward: bool = False  # speaks of what is to come
    parent: int | None = None  # index of the attribution that this one stands inside


class Time(Record):
    """A TIMEX3 expression: ``value`` as in TimeML, ``resolved`` an ISO date or interval ``from/to`` where it is one."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    resolved: str | None = None


class Event(Record):
    """Who did what to whom. ``source``, ``target``: actor ids; spans stand beside them also where no id is known."""

    trigger: Span
    type: PloverType | None = None
    verb: str = ""  # the plainer verb, a lemma
    source: tuple[str, ...] = ()
    source_spans: tuple[Span, ...] = ()
    target: tuple[str, ...] = ()
    target_spans: tuple[Span, ...] = ()
    date: str | None = None
    when: Span | None = None  # the time expression that dates it, also where ``date`` stays open
    place: str | None = None
    country: str | None = None
    factuality: Factuality = "actual"
    evidence: Span
    background: bool = False


class Relation(Record):
    """A relation between two actors that the text states."""

    kind: str  # meets, heads, accuses, supplies, allied_with …
    source: str
    target: str
    evidence: Span


class MainEvent(Record):
    who: Span | None = None
    what: Span | None = None
    when: Span | None = None
    where: Span | None = None
    why: Span | None = None
    how: Span | None = None


class Sentence(Record):
    """A sentence of the body, with what later rooms need of it once the parse is gone."""

    start: int
    end: int
    paragraph: int  # counted from 1
    terms: tuple[str, ...] = ()  # lower-case lemmas of its content words, in order
    optional: tuple[Span, ...] = ()  # whole clauses that the parse shows to be free-standing
    subject: Span | None = None  # a pronoun or bare surname that opens the sentence
    subject_actor: str | None = None


class Extraction(Record):
    """What one article says."""

    id: str
    date: str | None = None
    language: str | None = None
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    main_event: MainEvent = MainEvent()
    relations: tuple[Relation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    unresolved: int = 0  # names and pronouns that could be two actors and were left alone
    problems: tuple[Note, ...] = ()


# ---------------------------------------------------------------------------------------------------------- synthesize
class Placed(Record):
    """Where an article stands among the others. ``duplicate_of`` names the copy that is shown in its place."""

    id: str
    story: str
    origin: str  # articles of one origin count once
    duplicate_of: str | None = None
    reliability: Reliability = "F"
    date: str | None = None  # publication date, or the one that shared events give
    date_why: str | None = None  # set where ``date`` was anchored, not printed


class Alias(Record):
    name: str
    why: str


class ActorMention(Record):
    article: str
    start: int
    end: int


class ActorRole(Record):
    """A role with the article and date that give it."""

    role: str | None
    affiliation: str | None
    date: str | None
    evidence: Evidence


class KnownActor(Record):
    """One actor across all articles. ``members`` are (article id, actor id) pairs."""

    id: str
    name: str
    type: str
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    aliases: tuple[Alias, ...] = ()
    salience: Score = 0.0
    mentions: tuple[ActorMention, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    history: tuple[ActorRole, ...] = ()
    country: str | None = None
    user: str | None = None  # what the user's actors file did to it
    acts: bool = True  # false for a place that is only a place
    named: bool = True  # false for people and bodies without a name ("the protesters")


class RefusedMerge(Record):
    """Two actors that look alike and were kept apart."""

    a: str
    b: str
    score: Score
    why: str


class Telling(Record):
    """One article's telling of an event."""

    article: str
    event: int  # index in the extraction
    evidence: Evidence


class KnownEvent(Record):
    """One event across all tellings. ``origins`` counts independent ones."""

    id: str
    date: str | None
    type: PloverType | None
    verb: str
    actors: tuple[str, ...]
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: str | None
    factuality: Factuality
    tellings: tuple[Telling, ...]
    origins: int
    credibility: Credibility
    background: bool = False
    weight: float = 0.0


class Assessed(Record):
    """An attribution across articles; ``article`` and ``index`` point into the extraction."""

    article: str
    index: int
    speaker: str | None  # KnownActor id
    speaker_name: str | None
    speaker_evidence: Evidence | None
    role: str | None
    affiliation: str | None
    kind: Kind
    type: AttributionType
    standing: Standing
    likelihood: Likelihood | None
    forward: bool
    evidence: tuple[Evidence, ...]  # the content, piece by piece
    sentence: Evidence  # the sentence or sentences that hold it


class Claim(Record):
    """An allegation and the denials that answer it."""

    claimant: str | None
    claimant_name: str | None
    status: Literal["unconfirmed", "corroborated", "denied"]
    claims: tuple[Assessed, ...]
    denials: tuple[Assessed, ...]
    origins: int


class Value(Record):
    value: str
    evidence: tuple[Evidence, ...]


class Discrepancy(Record):
    """What tellings of one event say differently, side by side."""

    what: str
    values: tuple[Value, ...]


class KnownRelation(Record):
    kind: str
    source: str
    target: str
    evidence: tuple[Evidence, ...]


class Synthesis(Record):
    """What all articles say together."""

    articles: tuple[Article, ...]
    extractions: tuple[Extraction, ...]
    placed: tuple[Placed, ...]
    actors: tuple[KnownActor, ...] = ()
    refused: tuple[RefusedMerge, ...] = ()
    events: tuple[KnownEvent, ...] = ()
    attributions: tuple[Assessed, ...] = ()
    claims: tuple[Claim, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    relations: tuple[KnownRelation, ...] = ()
    problems: tuple[Problem, ...] = ()


# ------------------------------------------------------------------------------------------------------------- compose
class Statement(Record):
    """A sentence of the brief and the words it rests on: at least one."""

    text: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class KeyJudgement(Statement):
    likelihood: Likelihood | None = None
    confidence: Confidence
    why: str
    speaker_name: str | None = None


class EventLine(Statement):
    id: str
    date: str | None
    type: PloverType | None
    actors: tuple[str, ...]
    place: str | None
    factuality: Factuality
    origins: int
    credibility: Credibility
    background: bool = False
    weight: float = 0.0
    lead: bool = False  # the line that stands for its sentence: what templates show, heaviest first


class AssessmentLine(Statement):
    speaker: str | None
    speaker_name: str | None
    role: str | None
    affiliation: str | None
    kind: Kind
    type: AttributionType
    likelihood: Likelihood | None
    standing: Standing = "other"


class DenialLine(Statement):
    speaker: str | None
    speaker_name: str | None = None


class ClaimLine(Statement):
    claimant: str | None
    claimant_name: str | None = None
    status: Literal["unconfirmed", "corroborated", "denied"]
    denials: tuple[DenialLine, ...] = ()


class ActorLine(Record):
    id: str
    name: str
    type: str
    roles: tuple[str, ...]
    affiliation: str | None
    aliases: tuple[Alias, ...]
    salience: Score
    mentions: tuple[ActorMention, ...]
    evidence: tuple[Evidence, ...] = ()  # the words that give role and affiliation, or the first mention
    user: str | None = None
    acts: bool = True  # false for a place that is only a place
    named: bool = True


class SourceLine(Record):
    """One article in the brief's source list. ``number`` is what citations show, None where nothing cites it."""

    id: str
    title: str | None
    publisher: str | None
    date: str | None
    story: str
    origin: str
    duplicate_of: str | None
    reliability: Reliability
    url: str | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    agency: str | None = None
    words: int = 0
    partial: bool = False
    number: int | None = None
    date_why: str | None = None
    descriptor: str | None = None


class Gap(Record):
    text: str
    evidence: tuple[Evidence, ...]


class WatchLine(Statement):
    """What is said to come."""

    date: str | None = None
    actors: tuple[str, ...] = ()


class Change(Record):
    """What is different from the issue before. ``text`` says it; ``evidence`` are the words that it now rests on."""

    change: Literal["new", "updated", "corrected", "dropped"]
    item: str  # id of the item, the same in every issue that tells it
    text: str
    aspect: Aspect | None = None  # what moved, where something was told before
    story: str | None = None
    before: str | None = None
    after: str | None = None
    evidence: tuple[Evidence, ...] = ()  # none only where what was told is gone
    watched: bool = False  # an actor of the watchlist is in it


class ToldItem(Record):
    """One thing as an issue told it: enough to see whether it has moved since."""

    id: str
    kind: ItemKind
    story: str  # id of the first article of its story
    text: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    actors: tuple[str, ...] = ()  # names, so that they hold across issues
    speaker: str | None = None
    origins: int = 1
    likelihood: Likelihood | None = None
    status: str | None = None  # of a claim; factuality of an event
    figures: tuple[str, ...] = ()  # numbers with what they count: "40,000 households"
    issue: int = 0  # number of the issue that told it last
    watched: bool = False
    date: str | None = None  # of an event


class Told(Record):
    """What the issues before told of the stories at hand, and what has become of their articles."""

    issue: int | None = None  # number of the issue before; None where there is none
    as_of: str | None = None
    items: tuple[ToldItem, ...] = ()  # each as it was told last
    articles: tuple[str, ...] = ()  # articles that issues before had
    replaced: dict[str, str] = {}  # article → the newer version of the same page
    gone: tuple[str, ...] = ()  # articles that were deleted since


class Since(Record):
    """How an issue stands to the one before it."""

    issue: int | None  # number of the issue before
    as_of: str | None
    number: int  # of this one
    new_articles: int
    new_stories: int = 0
    moved_stories: int = 0
    unmoved_stories: int = 0  # told before, touched again, nothing material new: left out
    unmoved_articles: tuple[str, ...] = ()  # articles that are new and add nothing
    quiet: bool = False


class RelationLine(Statement):
    kind: str
    source: str
    target: str


class Production(Record):
    """How a brief was made: enough to make it again."""

    version: str
    model: str
    model_version: str
    tagger: str | None = None
    settings: str  # sha256 of the configuration in force
    inputs: str  # sha256 over the articles' texts, in order


class Coverage(Record):
    """What was done with one input."""

    subject: str
    outcome: Literal["read", "partial", "duplicate", "dropped", "failed"]
    detail: str
    articles: tuple[str, ...] = ()


class Brief(Record):
    """What the brief says, in the order in which templates may show it. Templates cut; this is complete."""

    title: str
    as_of: str | None
    marking: str
    articles: tuple[SourceLine, ...]
    summary: tuple[Statement, ...] = ()
    key_judgements: tuple[KeyJudgement, ...] = ()
    actors: tuple[ActorLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    assessments: tuple[AssessmentLine, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    since: Since | None = None  # None for a brief on demand
    language: str = "en"
    bottom_line: tuple[Statement, ...] = ()
    watch: tuple[WatchLine, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    refused_merges: tuple[RefusedMerge, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    paragraphs: dict[str, tuple[Span, ...]] = {}  # article id → paragraph spans, for citations' paragraph numbers
    confidence_rules: tuple[str, ...] = ()
    yardstick: Literal["icd203", "phia"] = "icd203"  # which row of likelihood names is in force
    source_summary: str = ""
    production: Production


# -------------------------------------------------------------------------------------------------------------- render
class Output(Record):
    """One file of a brief: its format, its name below the output folder, its bytes."""

    format: str
    name: str
    data: bytes
