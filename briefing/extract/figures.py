"""Names of an article → figures: the names that mean one person, body or place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from briefing.extract import lexicon
from briefing.extract.gazetteer import Known, gazetteer
from briefing.extract.person_names import is_given, is_misspelt, is_surname, offices_around, same_person
from briefing.extract.spread import Name
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


DOUBT = Figure("?")  # stands for "two fit equally"


def group(doc: Doc, names: list[Name]) -> tuple[list[Figure], int]:
    """Figures in order of first mention, and how many names were left alone because they could be two."""
    figures: list[Figure] = []
    owner: dict[int, Figure] = {}
    unresolved = 0
    bracketed = _bracketed(doc, names)
    # Full names first, so that a surname in a headline finds its person; an acronym in brackets right after its name.
    for name in sorted(names, key=lambda n: (_is_bare(n) and id(n) not in bracketed, n.inner, n.start)):
        words = _bare(name.words(doc))
        full = bracketed.get(id(name))
        found = owner[id(full)] if full is not None and id(full) in owner else _place(doc, figures, name, words)
        if found is DOUBT:
            unresolved += 1
            continue
        if found is None:
            found = Figure(name.label, known=name.known)
            figures.append(found)
        owner[id(name)] = found
        found.names.append(name)
        found.forms.append(words)
        found.known = found.known or name.known
    for figure in figures:
        figure.names.sort(key=lambda n: n.start)
        labels = Counter(n.label for n in figure.names)
        figure.label = max(sorted(labels), key=lambda k: labels[k])
        if figure.known is not None and figure.known.key.startswith("state:"):
            figure.label = "GPE"  # also where only its White House is named
    return sorted(figures, key=lambda f: f.first), unresolved


def _is_bare(name: Name) -> bool:
    return name.end - name.start == 1 and name.known is None


def _bracketed(doc: Doc, names: list[Name]) -> dict[int, Name]:
    """Names in brackets → the body's name right before them whose letters they are."""
    by_end = {n.end: n for n in names if not n.inner}
    out: dict[int, Name] = {}
    for n in names:
        if n.start < 2 or doc[n.start - 1].text not in ("(", "[") or n.end - n.start != 1:
            continue
        full = by_end.get(n.start - 1)
        if full is not None and full.label != "PERSON" and _is_acronym(doc[n.start].text, full.words(doc)):
            out[id(n)] = full
    return out


def _is_acronym(short: str, words: tuple[str, ...]) -> bool:
    """Do the letters of ``short`` stand in the name in this order, the first at its start?"""
    letters = [c for c in short.lower() if c.isalpha()]
    text = "".join(words).lower()
    if len(letters) < 2 or not short[:1].isupper() or not any(w[:1].lower() == letters[0] for w in words):
        return False
    at = -1
    for c in letters:
        at = text.find(c, at + 1)
        if at < 0:
            return False
    return True


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and (words[0] in lexicon.words("titles", "honorific") or words[0].lower() in ("the",)):
        words = words[1:]
    return words


def _place(doc: Doc, figures: list[Figure], name: Name, words: tuple[str, ...]) -> Figure | None:
    """The figure that a name belongs to; None for a new one, DOUBT where two fit equally."""
    if name.known is not None:
        return next((f for f in figures if f.known is not None and f.known.key == name.known.key), None)
    low = [w.lower() for w in words]
    bare_person = name.label == "PERSON" and len(words) == 1
    for f in figures:
        kin = f.label == name.label or (f.label != "PERSON" and name.label != "PERSON")
        if kin and not bare_person and any([w.lower() for w in form] == low for form in f.forms):
            return f
    if name.label == "PERSON":
        return _place_person(doc, figures, name, words)
    if name.label in ("ORG", "FAC"):
        return _place_body(figures, name, words)
    return None


def _place_person(doc: Doc, figures: list[Figure], name: Name, words: tuple[str, ...]) -> Figure | None:
    people = [f for f in figures if f.label == "PERSON"]
    if len(words) > 1:
        same = next((f for f in people if any(same_person(words, form) for form in f.forms)), None)
        if same is not None:
            return same
    for match in (is_surname, is_given, is_misspelt):
        fits = [f for f in people if any(match(words, form) for form in f.forms)]
        if len(fits) > 1:
            return _choose(doc, fits, name)
        if fits:
            return None if _is_somebody_else(doc, fits[0], name) else fits[0]
    return None


def _is_somebody_else(doc: Doc, f: Figure, name: Name) -> bool:
    """ "President Weber" named before "Clara Weber", who is no president: news gives the full name first."""
    offices = offices_around(doc, name)
    full = [n for n in f.names if n.end - n.start > 1]
    if not offices or not full or min(n.start for n in full) < name.start:
        return False
    return not any(offices & offices_around(doc, n) for n in full)


def _choose(doc: Doc, fits: list[Figure], name: Name) -> Figure:
    """Of several with one surname: the one whose office stands here too, else the last named, else nobody."""
    here = offices_around(doc, name)
    holders = [f for f in fits if here and any(here & offices_around(doc, n) for n in f.names)]
    if len(holders) == 1:
        return holders[0]
    last = _last_before(fits, name.start)
    if last is None:
        return DOUBT
    rivals = [f for f in fits if f is not last and _last_sentence(doc, f, name) == _last_sentence(doc, last, name)]
    return DOUBT if rivals else last


def _last_sentence(doc: Doc, f: Figure, name: Name) -> int:
    before = [n.start for n in f.names if n.start < name.start]
    return doc[max(before)].sent.start if before else -1


def _last_before(figures: list[Figure], token: int) -> Figure | None:
    """Of several, the one that was named last before a token."""
    before = [f for f in figures if any(n.start < token for n in f.names)]
    return max(before, key=lambda f: max(n.start for n in f.names if n.start < token), default=None)


def _place_body(figures: list[Figure], name: Name, words: tuple[str, ...]) -> Figure | None:
    bodies = [f for f in figures if f.label in ("ORG", "FAC")]
    for test in (_same_core, _acronym_of, _short_of, _church_of):
        fits = [f for f in bodies if any(test(words, form) for form in (*f.forms, *_known_form(f)))]
        if fits:
            return _last_before(fits, name.start) or fits[0]
    return None


def _known_form(f: Figure) -> list[tuple[str, ...]]:
    return [tuple(f.known.name.split())] if f.known is not None and f.label == "ORG" else []


def _same_core(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return bool(_core(a)) and _core(a) == _core(b)


def _acronym_of(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, long = (a, b) if len(a) < len(b) else (b, a)
    plain = short[0].replace(".", "")
    return len(short) == 1 and len(long) > 1 and plain.isupper() and len(plain) > 1 and plain in initials(long)


def _short_of(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The first words of a longer name ("Marwell" of Marwell Motors), or what follows its country ("Air Force")."""
    x, y = _core(a), _core(b)
    short, long = (x, y) if len(x) < len(y) else (y, x)
    more = len(long) - len(short)
    if not short or not more or {"'s", "’s"} & set(long[len(short) :]):
        return False
    if long[:-more] == short:
        return more <= 2 and len(short[0]) > 3
    country = gazetteer().get(" ".join(b[: len(b) - len(a)] if len(a) < len(b) else a[: len(a) - len(b)]))
    return len(short) > 1 and long[more:] == short and country is not None and country.sort in ("state", "people")


def _church_of(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Astralogy" for "Temple of Astralogy"."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) == 1 and len(long) == 3 and long[1:] == ("of", short[0]) and len(short[0]) > 6


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
