"""Reading → the names in its text with their types: the model's, corrected by the gazetteer and the whole article."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from briefing.extract import lexicon
from briefing.extract.credits import credits_of
from briefing.extract.gazetteer import Known, gazetteer
from briefing.extract.lists import capital_lines, listed_names
from briefing.extract.person_names import is_introduced
from briefing.extract.reading import Reading
from briefing.extract.short_forms import find_short_forms
from briefing.extract.spread import Name, is_title, is_title_word, spread, vote

KEPT = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}
_LEADING = {"the", "a", "an", '"', "“", "'", "‘", "(", "[", "-", "—", "–", ",", "’s", "'s", ".", "and", "``", "`", "&"}
_TRAILING = {
    "of",
    "the",
    "for",
    "in",
    "on",
    "'s",
    "’s",
    '"',
    "”",
    "'",
    "’",
    ")",
    "]",
    "-",
    "—",
    "–",
    ",",
    ".",
    ":",
    ";",
    "''",
    "(",
    "and",
    "/",
}
_ACRONYM = re.compile(r"[A-Z][A-Z&.\-]{1,7}s?$")


def find_names(reading: Reading) -> list[Name]:
    """Names in order, none overlapping."""
    doc = reading.doc
    skipped = credits_of(doc.text)
    headings = capital_lines(doc.text)
    listed = _listed(doc)
    known = _known_names(doc, listed)
    known += find_short_forms(doc, known)
    names = _merge_model(doc, known, headings, listed)
    names = _acronyms(doc, _patterns(doc, names, headings))
    credited = [n for n in names if _within(doc[n.start].idx, skipped)]
    names = spread(doc, _without_portfolios(doc, [n for n in names if not _within(doc[n.start].idx, skipped)]))
    names = [n for n in names if not _within(doc[n.start].idx, skipped)]
    vote(doc, names)
    names += _inner(doc, names)
    for n in credited:
        n.credit = True
    names += credited
    return sorted(names, key=lambda n: (n.start, -n.end))


def _without_portfolios(doc: Doc, names: list[Name]) -> list[Name]:
    """Without "Foreign Trade" of "Foreign Trade Minister": a part of a title, no body."""
    heads = lexicon.words("organisation_words", "head")
    return [
        n
        for n in names
        if n.known is not None
        or n.label != "ORG"
        or doc[n.end - 1].text in heads
        or n.end >= len(doc)
        or doc[n.end].text not in ("Minister", "Secretary", "Minster", "Commissioner")
    ]


def _inner(doc: Doc, names: list[Name]) -> list[Name]:
    """Names of places and persons inside the names of bodies: "South Dakota" in its university's."""
    forms = {n.words(doc): n for n in names if n.label not in ("MISC", "NORP") and not n.listed}
    out = []
    for n in names:
        if (
            n.end - n.start < 2
            or n.label not in ("ORG", "FAC", "MISC")
            or (n.known is not None and n.known.sort == "house")
        ):
            continue
        i = n.start
        while i < n.end:
            found = _inner_at(doc, n, i, forms)
            if found is not None:
                out.append(found)
                i = found.end
            else:
                i += 1
    return out


def _inner_at(doc: Doc, n: Name, i: int, forms: dict[tuple[str, ...], Name]) -> Name | None:
    for end in range(n.end, i, -1):
        if end - i == n.end - n.start:
            continue
        words = tuple(t.text for t in doc[i:end])
        known = gazetteer().get(doc[i:end].text)
        if known is not None and known.sort in ("state", "seat", "region", "city"):
            return Name(i, end, known.label, known, inner=True)
        same = forms.get(words)
        whole = len(words) > 1 or (same is not None and same.label in ("ORG", "PERSON") and len(words[0]) > 3)
        if same is not None and whole and same.label in ("PERSON", "GPE", "LOC", "ORG"):
            return Name(i, end, same.label, same.known, inner=True)
    return None


def _within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    return any(a <= offset < b for a, b in stretches)


def _listed(doc: Doc) -> list[Name]:
    """Names of result lists and tables."""
    out = []
    for a, b, label in listed_names(doc.text):
        span = doc.char_span(a, b, alignment_mode="contract")
        if span is not None:
            out.append(Name(span.start, span.end, label, listed=True))
    return out


def _known_names(doc: Doc, listed: list[Name]) -> list[Name]:
    """Gazetteer matches that start and end with tokens."""
    covered = {i for n in listed for i in range(n.start, n.end)}
    starts = {t.idx: t.i for t in doc if t.i not in covered}
    ends = {t.idx + len(t): t.i + 1 for t in doc}
    return [
        Name(starts[m.start], ends[m.end], m.known.label, m.known, model=False)
        for m in gazetteer().matches(doc.text)
        if m.start in starts and m.end in ends and _reads_as_name(doc, starts[m.start], ends[m.end], m.known)
    ]


def _reads_as_name(doc: Doc, start: int, end: int, known: Known) -> bool:
    """Short capitals ("IS", "AU", "US") are words too where the whole line is in capitals."""
    first = doc[start]
    if end - start == 1 and known.sort in ("body", "outlet") and first.is_upper and len(first) <= 3:
        around = [t for t in doc[max(0, start - 3) : end + 3] if t.is_alpha and t.i != start]
        return not (around and all(t.is_upper for t in around))
    return True


def _merge_model(doc: Doc, known: list[Name], headings: list[tuple[int, int]], listed: list[Name]) -> list[Name]:
    """The model's spans beside the known names: of two that overlap the longer stays, of equals the known one."""
    at = {i: n for n in known for i in range(n.start, n.end)}
    out: list[Name] = []
    dropped: set[int] = set()
    covered = {i for n in listed for i in range(n.start, n.end)}
    for ent in doc.ents:
        if ent.label_ not in KEPT or _within(ent.start_char, headings):
            continue
        for start, end in _trimmed(doc, ent.start, ent.end):
            if ent.label_ == "PERSON":
                start, end = _without_title(doc, start, end)  # noqa: PLW2901
                start += _region_before(doc, start, end)  # noqa: PLW2901
            if any(i in covered for i in range(start, end)) or not _can_name(doc, start, end):
                continue
            inside = list({id(at[i]): at[i] for i in range(start, end) if i in at}.values())
            if any(n.start <= start and n.end >= end for n in inside):
                for n in inside:
                    n.model = True
                continue
            if inside and not _holds(doc, start, end, inside, ent.label_):
                for n in inside:
                    n.model = True
                continue
            dropped.update(id(n) for n in inside)
            out.append(Name(start, end, ent.label_))
    return [*out, *listed, *(n for n in known if id(n) not in dropped)]


def _region_before(doc: Doc, start: int, end: int) -> int:
    """1 where a region stands before a full name: "Commander Europe" + name."""
    known = gazetteer().get(doc[start].text) if end - start > 2 else None
    return int(known is not None and known.sort == "region")


def _can_name(doc: Doc, start: int, end: int) -> bool:
    """No single common word that has its capital from the sentence's beginning."""
    first = doc[start]
    if end - start > 1 or not (first.is_sent_start or (start and doc[start - 1].is_space)):
        return True
    return first.pos_ == "PROPN" and first.lower_ not in _COMMON


_COMMON = (
    lexicon.words("people", "group")
    | lexicon.words("people", "person")
    | lexicon.words("people", "organisation")
    | lexicon.words("titles", "office")
)


def _holds(doc: Doc, start: int, end: int, inside: list[Name], label: str) -> bool:
    """Is a span that holds known names a name of its own ("University of South Dakota") and not a list of them?"""
    if any(doc[i].text in ("and", ",", "'s", "’s", "-", "/") for i in range(start, end)):
        return any(doc[i].text in lexicon.words("organisation_words", "head") for i in range(start, end))
    rest = [i for i in range(start, end) if not any(n.start <= i < n.end for n in inside)]
    return any(doc[i].text[:1].isupper() for i in rest) or label in ("FAC", "LOC")


def _trimmed(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Pieces of a span without articles, quotes and 's at its edges, cut at line ends and before numbers."""
    pieces: list[tuple[int, int]] = []
    first = start
    for i in range(start, end):
        parted = doc[i].text in ("-", "–", "--", "—") and i > start and doc[i - 1].whitespace_ and doc[i].whitespace_
        opened = doc[i].text == "(" and all(t.text != ")" for t in doc[i:end])
        if parted or opened or (doc[i].is_space and "\n" in doc[i].text):
            pieces.append((first, i))
            first = i + 1
    pieces.append((first, end))
    out = []
    for low, high in pieces:
        a, b = low, high
        while a < b and (doc[a].lower_ in _LEADING or doc[a].is_space):
            a += 1
        while b > a and (doc[b - 1].lower_ in _TRAILING or doc[b - 1].is_space or (b - a > 1 and doc[b - 1].is_digit)):
            b -= 1
        text = doc[a:b].text
        if a < b and any(c.isupper() for c in text) and not doc[a].is_digit and "@" not in text:
            out.append((a, b))
    return out


def _patterns(doc: Doc, names: list[Name], headings: list[tuple[int, int]]) -> list[Name]:
    """Capitalised runs that the model left: behind a title a person, with a body's word a body."""
    covered = {i for n in names for i in range(n.start, n.end)}
    blocked = {
        t.i for t in doc if t.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL")
    }
    out = list(names)
    for start, end in _runs(doc, covered | blocked):
        if _within(doc[start].idx, headings):
            continue
        label = _label_of_run(doc, start, end)
        if label:
            a, b = _without_title(doc, start, end) if label == "PERSON" else (start, end)
            if a < b:
                out.append(Name(a, b, label, model=False))
    return out


def _runs(doc: Doc, covered: set[int]) -> list[tuple[int, int]]:
    """Runs of capitalised tokens that belong to no name."""
    runs = []
    start = None
    for t in doc:
        inside = t.i not in covered and t.text[:1].isupper() and t.is_alpha and t.pos_ in ("PROPN", "NOUN", "ADJ")
        if inside and start is None:
            start = t.i
        elif not inside and start is not None:
            runs.append((start, t.i))
            start = None
    if start is not None:
        runs.append((start, len(doc)))
    return runs


def _label_of_run(doc: Doc, start: int, end: int) -> str | None:
    last, before = doc[end - 1], doc[start - 1] if start else None
    if last.text in lexicon.words("organisation_words", "head") and end - start > 1:
        return "ORG"
    if last.text in lexicon.words("organisation_words", "place") and end - start > 1:
        return "FAC"
    if before is not None and is_title(before) and not is_title_word(doc[start]):
        return "PERSON"
    if before is not None and before.is_lower and before.lower_ in _KINDS and end - start <= 3 and last.pos_ == "PROPN":
        return "ORG"
    if is_title(doc[start]) and end - start > 1 and not is_title_word(last):
        return "PERSON"
    return "PERSON" if is_introduced(doc, start, end) else None


_KINDS = lexicon.words("people", "organisation") - {
    "force",
    "power",
    "state",
    "side",
    "site",
    "label",
    "union",
    "paper",
}


def _without_title(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and is_title_word(doc[start]):
        start += 1
    return start, end


def _acronyms(doc: Doc, names: list[Name]) -> list[Name]:
    """Adds the capitals in brackets after a name ("Federation of Miners (FOM)") where the model left them."""
    covered = {i for n in names for i in range(n.start, n.end)}
    out = list(names)
    for n in names:
        i = n.end
        bracketed = i + 2 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")" and i + 1 not in covered
        if bracketed and _ACRONYM.match(doc[i + 1].text):
            out.append(Name(i + 1, i + 2, n.label, model=False))
    return out
