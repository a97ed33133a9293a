"""Doc, figures → nominals and pronouns that mean one of them, and groups that have no name."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefing.extract import lexicon, products, pronouns
from briefing.extract.figures import Figure
from briefing.extract.gazetteer import country_of
from briefing.extract.pronouns import Seen
from briefing.extract.reading import Reading
from briefing.extract.roles import OFFICES

_DEFINITE = {"the", "this", "that", "these", "those"}
_GROUPS = lexicon.words("people", "group")
_PERSONS = lexicon.words("people", "person")
_BODIES = lexicon.words("people", "organisation")
_DOCUMENTS = lexicon.words("not_actors", "speaking")
_STATES = lexicon.words("people", "called_state")
_PLACES = lexicon.words("people", "place")
_GOVERNMENT = lexicon.words("people", "government")
_BUSINESS = lexicon.words("people", "business")
_ANY_BODY = _BUSINESS | lexicon.words("people", "any_body")
NAMED_BACK = 12  # sentences over which an office or a word of its name goes back to a figure
MODEL_BACK = 6  # sentences over which "the plane" goes back to a model
_FURTHER = {"other", "another", "similar", "second", "next", "previous", "old", "older", "rival"}


class Resolver:
    """Walks an article once, from left to right."""

    def __init__(self, reading: Reading, figures: list[Figure]) -> None:
        self.doc = doc = reading.doc
        self.figures = list(figures)
        self.unresolved = 0
        self._at: dict[int, Figure] = {}
        self._described: set[int] = set()
        self._seen: list[Seen] = []
        self._counts: dict[int, int] = {}
        for f in figures:
            for n in f.names:
                for i in range(n.start, n.end):
                    self._at[i] = f
            for start, end, _ in f.others:
                self._described.update(range(start, end))
        self._speakers = pronouns.Speakers(reading, figures)
        self._roots = {doc[n.start : n.end].root.i: f for f in figures for n in f.names}

    def run(self) -> list[Figure]:
        """All figures, groups without a name behind the others."""
        number = 0
        for sentence in self.doc.sents:
            # However long a quotation is, "she said" behind it is as near to what stood before as behind one sentence.
            number += not self._speakers.within(sentence.start_char)
            for token in sentence:
                if token.is_space:
                    number += "\n" in token.text  # a line's end is a sentence's, whatever the parser says
                else:
                    self._look(token, number)
        return self.figures

    def _look(self, token: Token, number: int) -> None:
        if token.i in self._roots:
            self._see(token, self._roots[token.i], number)
        elif token.i in self._at or token.i in self._described:
            return
        elif token.lower_ in pronouns.ALL:
            found = self._pronoun(token, number)
            if found is not None:
                found.others.append((token.i, token.i + 1, "pronoun"))
                self._see(token, found, number)
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            self._noun(token, number)

    def _see(self, token: Token, figure: Figure, number: int) -> None:
        self._seen.append(Seen(token, figure, number, pronouns.is_subject(token)))
        self._counts[id(figure)] = self._counts.get(id(figure), 0) + 1

    def _pronoun(self, token: Token, number: int) -> Figure | None:
        seen = self._speakers.told(token, self._seen)
        found, doubtful = pronouns.choose(token, number, seen, self._counts, self._speakers.excluded(token))
        self.unresolved += doubtful
        return found

    # ------------------------------------------------------------------------------------------------------- nominals
    def _noun(self, token: Token, number: int) -> None:
        start = _phrase_start(token)
        determiner = self.doc[start - 1].lower_ if start else ""
        figure = self._government(token, start) or self._called(token, start)
        if figure is None and (determiner in _DEFINITE or _capital_office(self.doc, start, token)):
            figure = self._named(token, start, number)
        if figure is None:
            figure = self._group(token, start, determiner)
        if figure is not None:
            figure.others.append((start, token.i + 1, "nominal"))
            if figure.label == products.PRODUCT:
                products.add_mention(self.doc[start : token.i + 1])
            self._see(token, figure, number)
        elif token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and token.ent_type_ not in pronouns.NUMBERS:
            thing = pronouns.THINGS if token.tag_ in ("NNS", "NNPS") else pronouns.THING
            self._seen.append(Seen(token, thing, number, pronouns.is_subject(token)))

    def _government(self, token: Token, start: int) -> Figure | None:
        """ "the Iranian government", "the US administration": the state."""
        if token.lower_ not in _GOVERNMENT:
            return None
        for i in range(start, token.i):
            code = country_of(self.doc[i].text) or country_of(self.doc[start : i + 1].text)
            if code:
                return next((f for f in self.figures if f.known is not None and f.known.key == f"state:{code}"), None)
        return None

    def _called(self, token: Token, start: int) -> Figure | None:
        """ "the Daily Echo newspaper": the body whose name stands before the word for what it is."""
        before = token.i - 2 if self.doc[token.i - 1].lower_ in ("news", "media", "television") else token.i - 1
        if token.lower_ not in _BODIES or before not in self._at or before < start:
            return None
        return self._at[before] if self._at[before].label == "ORG" else None

    def _named(self, token: Token, start: int, number: int) -> Figure | None:
        """The named figure that "the minister", "the airline", "the country" goes back to."""
        low = token.lower_
        if any(c.dep_ in ("prep", "relcl") and c.lower_ in ("of", "who", "that") for c in token.children):
            return None
        modifiers = {self.doc[i].lower_ for i in range(start, token.i)} - {"'s", "’s", "-", "new", "former"}
        near = [s for s in reversed(self._seen) if number - s.sentence <= NAMED_BACK]
        for f in (s.figure for s in near):  # first whoever is called so, however many others stand between
            if low in OFFICES and f.label == "PERSON" and _holds_office(f, low, modifiers):
                return f
            if low in _BODIES and f.label == "ORG" and _is_called(f, low):
                return f
        for seen in near:
            f = seen.figure
            if f.label == products.PRODUCT and number - seen.sentence <= MODEL_BACK and self._is_model(token, start, f):
                return f
            if number - seen.sentence > pronouns.SENTENCES_BACK:
                continue
            if modifiers:
                continue
            if low in _ANY_BODY and f.label == "ORG" and f.names and not (low in _BUSINESS and f.known is not None):
                return f
            if low in _STATES and f.known is not None and f.known.key.startswith("state:"):
                return f
            if low in _PLACES and f.label == "GPE" and not (f.known is not None and f.known.key.startswith("state:")):
                return f
        return None

    def _is_model(self, token: Token, start: int, f: Figure) -> bool:
        """ "the plane", "the massive airliner": one, without a name or number of its own."""
        words = [self.doc[i] for i in range(start, token.i + 1)]
        plain = all(w.is_lower and w.is_alpha and w.lower_ not in _FURTHER for w in words)
        return products.suits(f, token) and plain

    def _described_as(self, low: str, words: set[str]) -> Figure | None:
        """The one whom the text calls so elsewhere: the headline's "Ruritanian woman" is named in the lead."""
        if not words:
            return None
        for f in self.figures:
            for d in f.descriptions if f.label == "PERSON" else ():
                said = self.doc.text[d.span[0] : d.span[1]].lower().split()
                if low in said and words <= set(said):
                    return f
        return None

    def _group(self, token: Token, start: int, determiner: str) -> Figure | None:
        """People or a body without a name; "the" and bare plurals go back to the last one of the same word."""
        low = token.lower_
        plural = token.tag_ in ("NNS", "NNPS") or low in ("police", "army", "military", "media", "staff", "crew")
        if not (_is_somebody(token) or _speaks(token)):
            return None
        if token.dep_ not in ("nsubj", "nsubjpass", "agent", "pobj", "dobj", "conj", "poss", "ROOT", "appos", "dative"):
            return None
        words = {self.doc[i].lower_ for i in range(start, token.i)}
        again = (
            low in _ONE_A_COUNTRY
            or determiner in _DEFINITE
            or (plural and determiner not in ("other", "some", "many", "several", "more"))
        )
        described = self._described_as(low, words)
        if described is not None:
            return described
        if again:
            for f in reversed(self.figures):
                if not f.names and f.forms[0][-1].lower() == low and _same_group(self.doc, start, token, f, determiner):
                    return f
        figure = Figure("MISC" if token.lemma_ in _DOCUMENTS else _label(low, plural), plural=plural)
        figure.forms.append(tuple(self.doc[i].text for i in range(start, token.i + 1)))
        for gender, key in (("m", "male"), ("f", "female")):
            if low in lexicon.words("titles", key):
                figure.gender = gender
        self.figures.append(figure)
        return figure


def _capital_office(doc: Doc, start: int, token: Token) -> bool:
    """ "Prime Minister" without a name is the one who was named."""
    return (
        token.lower_ in OFFICES
        and token.text[:1].isupper()
        and not token.is_sent_start
        and doc[start].text[:1].isupper()
    )


_ONE_A_COUNTRY = lexicon.words("people", "one_a_country")


def _same_group(doc: Doc, start: int, token: Token, f: Figure, determiner: str) -> bool:
    """No word but those the group had; a country's army, and "the delegation", may gain one but no other name."""
    words = {doc[i].lower_ for i in range(start, token.i)}
    had = {w.lower() for w in f.forms[0]}
    if words <= had:
        return True
    if token.lower_ in _ONE_A_COUNTRY:
        return had == {token.lower_}
    if token.tag_ == "NN" and determiner in _DEFINITE:
        names = _names_in(tuple(doc[i].text for i in range(start, token.i)))
        others = _names_in(f.forms[0][:-1])
        return not names or not others or bool(names & others)
    return False


def _is_somebody(token: Token) -> bool:
    """A common noun for people or a body."""
    low, lemma = token.lower_, token.lemma_
    return low in _GROUPS or low in _PERSONS or low in OFFICES or lemma in OFFICES or lemma in _BODIES


def _speaks(token: Token) -> bool:
    """Whatever the text lets speak is a source: "the study says"."""
    return token.dep_ == "nsubj" and token.head.lemma_ in lexicon.words("people", "speech")


def _label(low: str, plural: bool) -> str:
    """A body without a name, a group of people, or one person."""
    if (
        low in _BODIES
        or (low.endswith("s") and low[:-1] in _BODIES)
        or low in ("police", "army", "military", "court", "parliament", "government")
    ):
        return "ORG"
    return "NORP" if plural or low in _GROUPS else "PERSON"


def _names_in(words: tuple[str, ...]) -> set[str]:
    return {w.lower() for w in words if w[:1].isupper()}


def _phrase_start(token: Token) -> int:
    """The first token of a noun phrase that ends in ``token``, without its determiner."""
    kept = ("amod", "compound", "nmod", "nummod", "poss", "advmod", "quantmod")
    left = min([c.left_edge.i for c in token.lefts if c.dep_ in kept], default=token.i)
    doc = token.doc
    start = token.i
    while start > left and not doc[start - 1].is_space and not (doc[start - 1].is_punct and doc[start - 1].text != "-"):
        start -= 1
    while start < token.i and (doc[start].dep_ == "det" or doc[start].lower_ in _OPENING or doc[start].is_punct):
        start += 1
    return start


_OPENING = {"the", "a", "an", "his", "her", "its", "their", "our", "my"}


def _holds_office(f: Figure, low: str, modifiers: set[str]) -> bool:
    for d in f.descriptions:
        words = {w.lower().strip(",.") for w in f"{d.role or ''} {d.affiliation or ''}".split()}
        if low in words and modifiers <= words:
            return True
    return False


def _is_called(f: Figure, low: str) -> bool:
    """Is the word part of the body's name ("the ministry" of the Defence Ministry)?"""
    name = f.known.name if f.known else " ".join(f.full) if f.forms else ""
    words = {w.lower() for w in name.replace("’", " ").replace("'", " ").split()}
    airline = low in ("airline", "carrier") and bool(words & {"airlines", "airways", "air", "airline"})
    return low in words or airline
