"""Words of a person's name → which stand alone for the person, and whether two forms are one person's."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio
from spacy.tokens import Doc

from briefing.extract import lexicon
from briefing.extract.spread import Name

EAST_ASIAN = lexicon.words("surnames", "east_asian")
_OCCUPATIONS = lexicon.words("titles", "office") | lexicon.words("people", "person")
_WORDS_BEFORE = 5  # "a former senior campaign spokeswoman"


def family_names(form: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a full name that can stand alone for the person, likeliest first."""
    words = [w for w in form if w.lower() not in lexicon.words("surnames", "suffix")]
    if len(words) < 2:
        return tuple(words)
    first_is = words[0].lower() in EAST_ASIAN
    last_is = words[-1].lower() in EAST_ASIAN
    if first_is and (len(words) == 3 or "-" in words[1]) and not (last_is and len(words) == 2):
        return (words[0],)
    if first_is and last_is:
        return (words[-1], words[0])
    if first_is:
        return (words[0], words[-1])
    out = [words[-1]]
    for i in range(len(words) - 2, 0, -1):  # "de la Cruz", "bin Laden", "García Márquez"
        if words[i].lower() in lexicon.words("surnames", "particle"):
            continue
        if i == len(words) - 2 and len(words) > 2:
            out.append(words[i])
    return tuple(out)


def is_surname(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """May the words stand alone for a person of this full name: "Kim", "García Márquez", "van Straten"?"""
    low = [w.lower() for w in words]
    if len(words) > 1:
        return len(form) > len(words) and [w.lower() for w in form[-len(words) :]] == low
    return low[0] in (w.lower() for w in family_names(form)) or [w.lower() for w in form] == low


def is_given(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    return len(words) == 1 < len(form) and form[0].lower() == words[0].lower()


def is_misspelt(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """One letter lost or changed in a long surname: newspapers do misspell."""
    word = words[-1].lower()
    return len(words) == 1 < len(form) and len(word) > 4 and ratio(word, form[-1].lower()) > 88


def is_introduced(doc: Doc, start: int, end: int) -> bool:
    """Whether the words behind two or three capitalised ones say that they name a person.

    "Ada Lund, who heads", "Ada Lund, 46,", "Ada Lund, a former spokeswoman for". A club takes "who" with a plural or
    with a verb that does not show it; "the Spring Games, a police officer said" is no apposition.
    """
    if not 2 <= end - start <= 3 or end + 2 >= len(doc) or doc[end].text != ",":
        return False
    if any(t.pos_ != "PROPN" for t in doc[start:end]):
        return False
    first, second = doc[end + 1], doc[end + 2]
    if first.lower_ == "who":
        return second.tag_ == "VBZ" or second.lower_ == "was"
    if first.is_digit and len(first) == 2:
        return second.text in (",", ".")
    return _is_occupation(doc, end + 1)


def _is_occupation(doc: Doc, start: int) -> bool:
    """Whether an apposition with "a" or without an article begins here whose noun is an occupation."""
    i = start + (doc[start].lower_ in ("a", "an"))
    for t in doc[i : i + _WORDS_BEFORE]:
        if t.lower_ in _OCCUPATIONS and t.is_lower:
            after = doc[t.i + 1] if t.i + 1 < len(doc) else None
            return after is not None and (after.text in (",", ".") or (after.pos_ == "ADP" and after.dep_ == "prep"))
        if t.pos_ not in ("ADJ", "NOUN", "PROPN") or (i == start and not t.is_lower):
            return False
    return False


def offices_around(doc: Doc, name: Name) -> frozenset[str]:
    """Offices and occupations in the words just before a name and in the apposition behind it."""
    found = set()
    for i in range(name.start - 1, max(-1, name.start - 6), -1):
        if doc[i].is_punct or doc[i].is_space or doc[i].pos_ in ("VERB", "AUX"):
            break
        found.add(doc[i].lower_)
    if name.end < len(doc) and doc[name.end].text == ",":
        for i in range(name.end + 1, min(len(doc), name.end + 8)):
            if doc[i].is_punct or doc[i].pos_ in ("VERB", "AUX", "ADP"):
                break
            found.add(doc[i].lower_)
    return frozenset(found & lexicon.words("titles", "office"))


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Two full names that one article uses of one person: middle names, initials and hyphens may differ."""
    x, y = _folded(a), _folded(b)
    if len(x) < 2 or len(y) < 2:
        return False
    if "".join(x) == "".join(y):
        return True
    if x[-1] != y[-1] or (x[0] in EAST_ASIAN and len(x) == 3 == len(y)):
        return False
    return x[0] == y[0] or (x[0][0] == y[0][0] and (len(x[0].rstrip(".")) == 1 or len(y[0].rstrip(".")) == 1))


def _folded(form: tuple[str, ...]) -> list[str]:
    text = " ".join(form).lower().replace("-", " ").replace(".", "")
    return [w for w in text.split() if w not in lexicon.words("surnames", "suffix")]
