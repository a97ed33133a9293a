"""Names of an article → figures: the names that mean one person, body or place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from briefing.extract import lexicon
from briefing.extract.spread import Name
from briefing.extract.gazetteer import Known
from briefing.records import Description


@dataclass
class Figure:
    """One person, body or place of an article while it is being put together."""

    label: str
    names: list[Name] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)  # words of each name, in order
    known: Known | None = None
    gender: str | None = None  # "m", "f"
    plural: bool = False
    descriptions: list[Description] = field(default_factory=list)
    others: list[tuple[int, int, str]] = field(default_factory=list)  # start, end (tokens), form of further mentions
    acts: bool = False

    @property
    def first(self) -> int:
        return min([n.start for n in self.names] + [o[0] for o in self.others])

    @property
    def full(self) -> tuple[str, ...]:
        """The longest form of the name."""
        return max(self.forms, key=lambda f: (len(f), -self.forms.index(f)))


def group(doc: Doc, names: list[Name]) -> tuple[list[Figure], int]:
    """Figures in order of first mention, and how many names were left alone because they could be two."""
    figures: list[Figure] = []
    unresolved = 0
    for name in _full_first(doc, names):
        words = _bare(name.words(doc))
        found, doubtful = _place(doc, figures, name, words)
        unresolved += doubtful
        if found is None:
            found = Figure(name.label, known=name.known)
            figures.append(found)
        found.names.append(name)
        found.forms.append(words)
        if len(words) > 1 or found.known is None:
            found.known = found.known or name.known
    for figure in figures:
        figure.names.sort(key=lambda n: n.start)
        labels = Counter(n.label for n in figure.names)
        figure.label = max(sorted(labels), key=lambda k: labels[k])
    return sorted(figures, key=lambda f: f.first), unresolved


def _full_first(doc: Doc, names: list[Name]) -> list[Name]:
    """Order of placing: full names before bare ones, so that a surname in a headline finds its person."""
    return sorted(names, key=lambda n: (n.end - n.start == 1 and n.known is None, n.start))


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and (words[0] in lexicon.words("titles", "honorific") or words[0].lower() in ("the",)):
        words = words[1:]
    return words


def _place(doc: Doc, figures: list[Figure], name: Name, words: tuple[str, ...]) -> tuple[Figure | None, bool]:
    if name.known is not None:
        return next((f for f in figures if f.known is not None and f.known.key == name.known.key), None), False
    same = [f for f in figures if f.label == name.label or {f.label, name.label} <= {"GPE", "LOC", "FAC", "ORG"}]
    low = [w.lower() for w in words]
    for f in same:
        if any([w.lower() for w in form] == low for form in f.forms) and (f.label != "PERSON" or len(words) > 1):
            return f, False
    if name.label == "PERSON":
        return _place_person(figures, name, words)
    if name.label == "ORG":
        return _place_body(doc, figures, words), False
    return None, False


def _place_person(figures: list[Figure], name: Name, words: tuple[str, ...]) -> tuple[Figure | None, bool]:
    people = [f for f in figures if f.label == "PERSON"]
    if len(words) > 1:
        return next((f for f in people if any(same_person(words, form) for form in f.forms)), None), False
    for match in (_is_surname, _is_given):
        fits = [f for f in people if any(match(words[0], form) for form in f.forms)]
        if fits:
            before = [f for f in fits if f.first < name.start]
            if not before:
                return fits[0], False
            last = {id(f): max(n.start for n in f.names if n.start < name.start) for f in before}
            return max(before, key=lambda f: last[id(f)]), False
    return None, False


EAST_ASIAN = lexicon.words("surnames", "east_asian")


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


def _is_surname(word: str, form: tuple[str, ...]) -> bool:
    return word.lower() in (w.lower() for w in family_names(form)) or (
        len(form) == 1 and form[0].lower() == word.lower()
    )


def _is_given(word: str, form: tuple[str, ...]) -> bool:
    return len(form) > 1 and form[0].lower() == word.lower()


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Two full names that one article uses of one person: middle names, initials and hyphens may differ."""
    x, y = _folded(a), _folded(b)
    if len(x) < 2 or len(y) < 2:
        return False
    if "".join(x) == "".join(y):
        return True
    if x[-1] != y[-1] or x[0] in EAST_ASIAN and len(x) == 3 == len(y):
        return False
    return x[0] == y[0] or (x[0][0] == y[0][0] and (len(x[0].rstrip(".")) == 1 or len(y[0].rstrip(".")) == 1))


def _folded(form: tuple[str, ...]) -> list[str]:
    text = " ".join(form).lower().replace("-", " ").replace(".", "")
    return [w for w in text.split() if w not in lexicon.words("surnames", "suffix")]


def _place_body(doc: Doc, figures: list[Figure], words: tuple[str, ...]) -> Figure | None:
    bodies = [f for f in figures if f.label in ("ORG", "GPE", "LOC", "FAC", "PERSON")]
    for f in bodies:
        if any(_same_body(words, form) for form in f.forms):
            return f
    return None


def _same_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    x, y = _core(a), _core(b)
    if not x or not y:
        return False
    if x == y:
        return True
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) == 1 and short[0].isupper() and len(short[0]) > 1 and initials(long) & {short[0].replace(".", "")}:
        return True
    xs, xl = (x, y) if len(x) < len(y) else (y, x)
    return (
        len(xl) > len(xs)
        and xl[: len(xs)] == xs
        and not (set(xl[len(xs) :]) & {"'s", "’s"})
        and len(xl) - len(xs) <= 2
        and len(xs[0]) > 3
    )


def _core(form: tuple[str, ...]) -> list[str]:
    drop = {w.lower().rstrip(".") for w in lexicon.words("organisation_words", "company")}
    words = [w.lower().rstrip(".") for w in form if w.lower() != "the"]
    while len(words) > 1 and words[-1] in drop | {",", ""}:
        words.pop()
    return words


def initials(form: tuple[str, ...]) -> set[str]:
    """Acronyms that a name can have: of all words, of those with a capital."""
    words = [p for w in form for p in w.split("-") if p[:1].isalpha()]
    small = "".join(w[0].upper() for w in words)
    capitals = "".join(w[0] for w in words if w[0].isupper())
    return {small, capitals}
