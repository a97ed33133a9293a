"""Doc, figures → what the text says a figure is: titles before the name, appositions, "who heads", "is a"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from briefing.extract import lexicon
from briefing.extract.figures import Figure
from briefing.extract.spread import Name, is_title_word
from briefing.records import Description

_DETERMINERS = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "one", "some"}
_LINKS = {"of", "to", "for", "at", "in", "on", "with", "from"}
_AT = {"at", "of", "with", "for", "from", "in", "to"}
_STOP = {",", ".", ";", ":", "(", ")", "—", "–", "--", "”", "“", '"', "''", "``", "!", "?"}
_HEADS_VERBS = {
    "head",
    "lead",
    "chair",
    "run",
    "command",
    "found",
    "direct",
    "manage",
    "own",
    "edit",
    "represent",
    "coach",
}
LONGEST = 16  # tokens of a description


class Described:
    """Names by token, to tell affiliations inside a description."""

    def __init__(self, doc: Doc, names: list[Name]) -> None:
        self.doc = doc
        # The outer name wins: "Seoul" inside the name of a university is no affiliation.
        ordered = sorted(names, key=lambda n: n.inner, reverse=True)
        self.at = {i: n for n in ordered for i in range(n.start, n.end)}

    def describe(self, figure: Figure) -> None:
        """Adds to a figure its descriptions and the mentions that they are."""
        for name in figure.names:
            if name.inner:
                continue
            if figure.label in ("PERSON", "ORG"):
                self._add(figure, self._before(name, _office if figure.label == "PERSON" else _body_word))
            if figure.label == "PERSON":
                self._add(figure, self._relative(name))
                _gender(self.doc, figure, name)
            self._add(figure, self._after(figure, name))
            self._add(figure, self._ahead(figure, name))
            self._add(figure, self._copula(figure, name))

    def _add(self, figure: Figure, found: tuple[int, int] | None) -> None:
        if found is None:
            return
        start, end = found
        description = self._read(start, end)
        if description is None or any(d.span == description.span for d in figure.descriptions):
            return
        figure.descriptions.append(description)
        figure.others.append((start, end, "nominal"))

    def _before(self, name: Name, fits: Callable[[Token], bool]) -> tuple[int, int] | None:
        """The title that leads up to a name: "External Trade Minister", "ambassador to the United Nations"."""
        doc, i = self.doc, name.start - 1
        if i < 0 or doc[i].is_space:
            return None
        end = name.start
        other = self.at.get(i)
        if other is not None and other.label in ("ORG", "GPE", "LOC") and fits is _office:
            office = self._office_before_name(other)
            if office is None:
                return None
            i = office
        elif other is not None or not fits(doc[i]):
            return None
        start = self._leftmost(i)
        return (start, end) if start < end else None

    def _office_before_name(self, other: Name) -> int | None:
        """ "Ambassador to the United Nations" + name: the office's token."""
        i = other.start - 1
        while i >= 0 and self.doc[i].lower_ in ("the", "of", "to", "for"):
            if self.doc[i].lower_ in ("of", "to", "for"):
                return i - 1 if i and _office(self.doc[i - 1]) else None
            i -= 1
        return None

    def _leftmost(self, i: int) -> int:
        """The first token of the title that ends at or before ``i``."""
        doc, start = self.doc, i
        while start > 0:
            t = doc[start - 1]
            if t.is_space or (t.is_punct and t.text not in ("-", "’s", "'s")) or t.lower_ in _DETERMINERS:
                break
            if t.i in self.at:
                n = self.at[t.i]
                if n.label == "PERSON":
                    break
                start = n.start
            elif (
                t.text in ("-", "'s", "’s")
                or t.pos_ in ("ADJ", "NOUN", "PROPN")
                or (t.lower_ in ("and",) and _titled(doc, t.i))
            ):
                start = t.i
            else:
                break
        while start < i and (doc[start].text in ("-", "'s", "’s") or doc[start].lower_ == "and"):
            start += 1
        return start

    def _after(self, figure: Figure, name: Name) -> tuple[int, int] | None:
        """The apposition behind a name: ", a professor of history at X,"."""
        doc, i = self.doc, name.end
        if i < len(doc) and doc[i].text == "(":
            return None
        while i < len(doc) and doc[i].text == "," and i + 2 < len(doc) and doc[i + 1].like_num:  # ", 42,"
            i += 2
        if i >= len(doc) - 1 or doc[i].text not in (",", "-", "—", "–", "--"):
            return None
        start = i + 1
        return self._phrase(figure, start)

    def _phrase(self, figure: Figure, start: int) -> tuple[int, int] | None:
        """A noun phrase from ``start`` whose head is an office (of a person) or a kind of body (of a body)."""
        doc = self.doc
        while start < len(doc) and doc[start].lower_ in _DETERMINERS:
            start += 1
        end = start
        while end < len(doc) and end - start < LONGEST and doc[end].text not in _STOP and not doc[end].is_space:
            t = doc[end]
            if (t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD")) or t.lower_ in (
                "who",
                "which",
                "whose",
                "where",
                "when",
                "while",
                "said",
                "but",
            ):
                break
            if t.pos_ in ("VERB",) and end > start and t.tag_ in ("VBG", "VBN") and t.dep_ in ("acl", "advcl"):
                break
            end += 1
        while end > start and (
            doc[end - 1].lower_ in ("and", "of", "in", "at") or doc[end - 1].pos_ in ("ADV", "CCONJ")
        ):
            end -= 1
        head = self._head(start, end)
        if head is None or not self._fits(figure, doc[head]) or self._names_another(start, head + 1):
            return None
        return start, end

    def _names_another(self, start: int, end: int) -> bool:
        """Does a person stand in the phrase, not as the one something is of ("Lopes's aide")?"""
        return any(
            self.at[i].label == "PERSON"
            and not (self.at[i].end < end and self.doc[self.at[i].end].text in ("'s", "’s"))
            for i in range(start, end)
            if i in self.at
        )

    def _head(self, start: int, end: int) -> int | None:
        """The last noun before the first preposition."""
        last = None
        for i in range(start, end):
            t = self.doc[i]
            if t.pos_ == "ADP" or t.lower_ in _LINKS:
                break
            if t.lower_ == "and" and last is not None and not _office(self.doc[min(i + 1, end - 1)]):
                break
            if t.pos_ in ("NOUN", "PROPN") or is_title_word(t):
                last = i
        return last

    def _fits(self, figure: Figure, head: Token) -> bool:
        if figure.label == "PERSON":
            return (_office(head) and head.i not in self.at) or (_office(head) and self.at[head.i].label != "PERSON")
        low = head.lower_
        if figure.label == "ORG":
            return low in lexicon.words("people", "organisation")
        return False

    def _ahead(self, figure: Figure, name: Name) -> tuple[int, int] | None:
        """ "The department's senior official, NAME," : the phrase in front of the comma."""
        doc, i = self.doc, name.start - 1
        while i > 0 and doc[i].text in lexicon.words("titles", "honorific"):
            i -= 1
        if i < 1 or doc[i].text != ",":
            return None
        end = i
        start = end
        while start > 0 and end - start < LONGEST:
            t = doc[start - 1]
            if t.text in _STOP or t.is_space or t.pos_ in ("VERB", "AUX", "SCONJ") or t.lower_ in ("said", "that"):
                break
            start -= 1
        while start < end and (doc[start].lower_ in _DETERMINERS or doc[start].pos_ in ("ADP", "CCONJ", "ADV")):
            start += 1
        head = self._head(start, end)
        if head is None or not self._fits(figure, doc[head]) or doc[head].tag_ in ("NNS", "NNPS"):
            return None
        return None if self._names_another(start, end) else (start, end)

    def _relative(self, name: Name) -> tuple[int, int] | None:
        """ ", who heads the trade board": the words from the verb on."""
        doc, i = self.doc, name.end
        if i + 2 < len(doc) and doc[i].text == "," and doc[i + 1].lower_ == "who":
            i += 2
            while i < len(doc) - 1 and doc[i].pos_ in ("ADV", "AUX"):
                i += 1
            if doc[i].lemma_.lower() in _HEADS_VERBS and doc[i].pos_ == "VERB":
                end = i + 1
                while (
                    end < len(doc)
                    and end - i < LONGEST
                    and doc[end].text not in _STOP
                    and doc[end].lower_ not in ("and",)
                    and not doc[end].is_space
                ):
                    end += 1
                return (i, end) if end > i + 1 else None
        return None

    def _copula(self, figure: Figure, name: Name) -> tuple[int, int] | None:
        """NAME is a professor at X."""
        doc = self.doc
        root = doc[name.end - 1]
        if root.dep_ != "nsubj" or root.head.lemma_ != "be" or root.head.i != name.end:
            return None
        start = root.head.i + 1
        if start < len(doc) and doc[start].lower_ in ("a", "an", "the"):
            return self._phrase(figure, start)
        return None

    def _read(self, start: int, end: int) -> Description | None:
        """Role and affiliation of the words ``start`` to ``end``."""
        doc = self.doc
        span = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        affiliation: str | None = None
        first = start
        lead = self.at.get(start)
        kin = any(doc[i].text in ("'s", "’s") for i in range(lead.end + 1, end)) if lead is not None else False
        if (
            lead is not None
            and not kin  # "the Ruritanian leader's sister" holds no Ruritanian office
            and lead.label in ("ORG", "GPE", "NORP", "LOC")
            and lead.end < end
            and lead.start == start
            and doc[lead.end].text != "-"
        ):
            affiliation = lead.known.name if lead.known and lead.label == "NORP" else _text(doc, lead.start, lead.end)
            first = lead.end + (doc[lead.end].text in ("'s", "’s", "'"))
        last = end
        for i in range(first, end):
            if doc[i].lower_ in _AT and i + 1 < end:
                j = i + 1
                while j < end and (doc[j].lower_ in _DETERMINERS):
                    j += 1
                n = self.at.get(j)
                if n is not None and n.label in ("ORG", "FAC") and doc[i].lower_ in ("at", "of", "with", "for", "from"):
                    if affiliation is None or doc[i].lower_ in ("at", "with"):
                        affiliation = _text(doc, n.start, self._whole(n, end))
                        last = i
                    break
        role = _text(doc, first, last)
        if not role or len(role) > 120:
            role = ""
        if not role and affiliation is None:
            return None
        return Description(role=role or None, affiliation=affiliation, span=span)

    def _whole(self, n: Name, end: int) -> int:
        """The end of an affiliation: "Seoul National University" + "'s Asia Centre"."""
        doc, stop = self.doc, n.end
        if (
            stop + 1 < end
            and doc[stop].text in ("'s", "’s")
            and self.at.get(stop + 1) is not None
            and self.at[stop + 1].label == "ORG"
        ):
            return self.at[stop + 1].end
        return stop


def _titled(doc: Doc, i: int) -> bool:
    """ "president and chief executive": does "and" join two offices?"""
    return 0 < i < len(doc) - 1 and _office(doc[i - 1])


def _office(token: Token) -> bool:
    low = token.lower_
    return (
        low in OFFICES
        or token.text in lexicon.words("titles", "rank")
        or ("-" in low and low.rsplit("-", 1)[-1] in OFFICES)
    )


OFFICES = lexicon.words("titles", "office") | lexicon.words("people", "person")


def _body_word(token: Token) -> bool:
    """A common noun for a kind of body: "flag carrier", "parent company"."""
    return token.lower_ in lexicon.words("people", "organisation") and token.pos_ in ("NOUN", "PROPN")


def _text(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split()) if start < end else ""


def _gender(doc: Doc, figure: Figure, name: Name) -> None:
    """What honorifics and words of kinship say."""
    if figure.gender or name.start == 0:
        return
    before = {doc[name.start - 1].text, doc[name.start].text}
    low = {w.lower() for d in figure.descriptions[:2] for w in (d.role or "").split()[-1:]}
    for gender, key in (("m", "male"), ("f", "female")):
        known = lexicon.words("titles", key)
        if before & known or low & known:
            figure.gender = gender
            return
