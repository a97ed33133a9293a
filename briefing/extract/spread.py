"""Names found in a text → the same names wherever their words stand, and one type for each form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.extract import lexicon
from briefing.extract.gazetteer import Known

_NUMBERS = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL"}
_SETTLEMENTS = lexicon.words("people", "place")
_NEAR_PLACE = {"in", "near", "at", "from", "to", "into", "outside"}
_MEDIA = lexicon.words("organisation_words", "media")
_OF_A_BODY = lexicon.words("organisation_words", "belongings")


@dataclass
class Name:
    """Tokens ``start`` to ``end`` (exclusive) that name something."""

    start: int
    end: int
    label: str
    known: Known | None = None
    model: bool = True  # the model saw it too
    listed: bool = False  # of a result list or table
    inner: bool = False  # stands inside a longer name
    credit: bool = False  # named only as photographer, agency or author

    def words(self, doc: Doc) -> tuple[str, ...]:
        return tuple(doc[i].text for i in range(self.start, self.end))


def spread(doc: Doc, names: list[Name]) -> list[Name]:
    """A name found once is found wherever its words stand, in capitals too; so is a person's surname."""
    at = {i: n for n in names for i in range(n.start, n.end)}
    forms = _forms(doc, names)
    out = {id(n): n for n in names}
    for i, token in enumerate(doc):
        for words, n in forms.get(token.text, ()):
            end = i + len(words)
            if tuple(t.text for t in doc[i:end]) != words:
                continue
            inside = {id(at[k]): at[k] for k in range(i, end) if k in at}
            if any(o.start < i or o.end > end or o.end - o.start >= len(words) for o in inside.values()):
                break
            if _free(doc, i, end, words):
                found = Name(i, end, n.label, model=False)
                for key in inside:
                    out.pop(key, None)
                out[id(found)] = found
                at.update(dict.fromkeys(range(i, end), found))
                break
    return list(out.values())


def _forms(doc: Doc, names: list[Name]) -> dict[str, list[tuple[tuple[str, ...], Name]]]:
    """First word → the forms that begin with it, longest first."""
    forms: dict[str, dict[tuple[str, ...], Name]] = {}

    def add(words: tuple[str, ...], n: Name) -> None:
        forms.setdefault(words[0], {}).setdefault(words, n)
        capitals = tuple(w.upper() for w in words)
        if len("".join(words)) > 3:
            forms.setdefault(capitals[0], {}).setdefault(capitals, n)

    for n in names:
        if n.known is not None or n.inner:
            continue
        words = n.words(doc)
        add(words, n)
        if n.label == "PERSON" and len(words) > 1 and len(words[-1]) > 2 and words[-1].isalpha():
            add(words[-1:], n)
            if len(words) > 3:
                add(words[-2:], n)
        tail = _tail(words) if n.label == "ORG" else None
        if tail:
            add((tail,), n)
    return {k: sorted(v.items(), key=lambda e: -len(e[0])) for k, v in forms.items()}


def _tail(words: tuple[str, ...]) -> str | None:
    """The word that stands for "Temple of Astralogy": a rare one behind "of"."""
    if (
        len(words) == 3
        and words[1] == "of"
        and words[2][:1].isupper()
        and len(words[2]) > 6
        and words[2].endswith(_ISMS)
    ):
        return words[2]
    return None


_ISMS = ("ology", "ism", "ists", "ians")


def _free(doc: Doc, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Is the find more than a word that happens to be capitalised, and not a part of a longer name?"""
    if not any(w[:1].isupper() for w in words):
        return False
    token = doc[start]
    if len(words) == 1 and token.is_sent_start and token.pos_ not in ("PROPN", "NOUN"):
        return False
    if len(words) == 1 and token.ent_type_ in _NUMBERS:
        return False
    return not (end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_)


def vote(doc: Doc, names: list[Name]) -> None:
    """One type a form: what the model says most often, with the context's word for it."""
    votes: dict[str, Counter[str]] = {}
    tails: set[str] = set()
    for n in names:
        words = [w.lower() for w in n.words(doc)]
        if n.label == "PERSON" and len(words) > 1 and n.known is None:
            tails.update(" ".join(words[k:]) for k in range(1, len(words)))
    for n in names:
        form = " ".join(n.words(doc)).lower()
        if n.known is not None and form in tails and n.known.sort in ("seat", "state") and not _placed(doc, n):
            n.known, n.label = None, "PERSON"  # "Paris" where the article has a Valerie Paris
        if n.known is None:
            votes.setdefault(form, Counter()).update(_evidence(doc, n))
    for form in sorted(tails & set(votes)):
        votes[form]["PERSON"] += 2.5 + 0.5 * sum(votes[form].values())  # type: ignore[assignment]
    for n in names:
        if n.known is None and doc[n.start : n.end].text in lexicon.words("not_actors", "words"):
            n.label = "MISC"
        elif n.known is None:
            count = votes[" ".join(n.words(doc)).lower()]
            n.label = max(sorted(count), key=lambda k: count[k])


def _placed(doc: Doc, n: Name) -> bool:
    return bool(n.start) and doc[n.start - 1].lower_ in _NEAR_PLACE


def _evidence(doc: Doc, n: Name) -> dict[str, float]:
    out: dict[str, float] = {n.label: 3.0 if n.listed else 1.0 if n.model else 0.5}

    def add(label: str, weight: float) -> None:
        out[label] = out.get(label, 0.0) + weight

    last = doc[n.end - 1]
    before = doc[n.start - 1] if n.start else None
    after = doc[n.end] if n.end < len(doc) else None
    heads, companies = lexicon.words("organisation_words", "head"), lexicon.words("organisation_words", "company")
    if last.text in heads or last.text in companies:
        add("ORG", 3)
    elif n.label == "ORG" and n.end - n.start > 1 and _is_thing(doc[n.start], last):
        add("MISC", 3)
    elif last.text in lexicon.words("organisation_words", "place") and n.end - n.start > 1:
        add("FAC", 1)
    if before is not None and is_title(before):
        add("PERSON", 3)
    if (
        n.label == "PERSON"
        and n.end - n.start == 1
        and before is not None
        and before.lower_ == "the"
        and last.dep_ != "compound"
    ):
        add("MISC", 1.6)  # nobody is called "the Arcturus"
    if before is not None and before.lower_ in ("in", "near") and n.label != "GPE":
        add("GPE", 1.6 if before.lower_ == "near" else 0.7)
    if n.start > 1 and before is not None and before.lower_ == "of" and doc[n.start - 2].lower_ in _SETTLEMENTS:
        add("GPE", 2.5)  # "the town of"
    if _noun_before(doc, n) in lexicon.words("not_actors", "carriers"):
        add("MISC", 2.5)
    if before is not None and before.lower_ in _MEDIA:
        add("ORG", 1.5)
    if after is not None and after.lower_ in _MEDIA | _OF_A_BODY:
        add("ORG", 1.5)
    if _has_a_state(doc, n):
        add("GPE", 4)  # "X's prime minister", "the foreign ministry of X"
    if n.end - n.start > 1 and (_follows_office(before) or _is_who(doc, n)):
        add("PERSON", 2)  # "Interior Minister X", "X, who"
    return out


def _has_a_state(doc: Doc, n: Name) -> bool:
    """Does the name own, in front of it or behind it, what only a state has?"""
    organs = lexicon.words("organisation_words", "of_state")
    behind = doc[n.end : n.end + 4].text.lower()
    if behind.startswith(("'s ", "’s ")) and behind[2:].strip().startswith(tuple(organs)):
        return True
    front = doc[max(0, n.start - 3) : n.start].text.lower()
    return front.endswith(" of") and front.removesuffix(" of").endswith(tuple(organs))


def _follows_office(before: Token | None) -> bool:
    return before is not None and before.text[:1].isupper() and before.lower_ in lexicon.words("titles", "office")


def _is_who(doc: Doc, n: Name) -> bool:
    return [t.lower_ for t in doc[n.end : n.end + 2]] == [",", "who"]


def _is_thing(first: Token, last: Token) -> bool:
    """ "Operation X", "X Programme": what models take for a body."""
    return first.text == "Operation" or last.text in lexicon.words("organisation_words", "thing")


def _has_article(before: Token | None) -> bool:
    return before is not None and before.lower_ == "the"


def _noun_before(doc: Doc, n: Name) -> str:
    """The word in front of a name, over a comma or a quotation mark."""
    i = n.start - 1
    while i >= 0 and doc[i].text in (",", '"', "“", "‘", "'"):
        i -= 1
    return doc[i].lower_ if i >= 0 else ""


def is_title(token: Token) -> bool:
    """A word that only stands before a person's name."""
    return token.text in lexicon.words("titles", "honorific") or token.text in lexicon.words("titles", "rank")


def is_title_word(token: Token) -> bool:
    """An honorific, a rank or an office."""
    return is_title(token) or token.lower_ in lexicon.words("titles", "office")
