"""The names of a text → those of makes and models in it as well ("the Arden A40", "its 320"), grouped one by one.

A model is known by its designation, letters and figures: behind its maker's name ("Arden's 320"), or before the word
for what it is ("the A40 airliner"). Once it is introduced so, the designation alone is its name. What the language
model calls a product is not asked: it finds few of them and much else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from briefing.extract import lexicon
from briefing.extract.figures import Figure
from briefing.extract.gazetteer import Known
from briefing.extract.indices import find_indices
from briefing.extract.spread import Name, is_title_word

PRODUCT = "PRODUCT"
GROUP = "products"  # span group of a Doc that holds every mention of a model
_LETTERS_AND_FIGURES = re.compile(r"[A-Z][A-Za-z]{0,8}-?\d{1,4}[A-Za-z]{0,3}$")
_FIGURES = re.compile(r"\d{3}(?:[A-Z]{1,3}|s)?$")
_WORDY = re.compile(r"[A-Z][a-z]{2,}-\d")  # "Stage-2" and the like need more than a name in front
_CAMEL = re.compile(r"i[A-Z][a-z]\w+$")
_SUFFIX = re.compile(r"\d{2,3}[A-Z]{0,4}$")
_EDITION = re.compile(r"\d{1,2}[A-Z]?$")
_INDEX = "index "  # key of a share index, in front of its name
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NO_QUOTES = str.maketrans("", "", "\"“”`‘'’")
_QUOTES = ('"', "“", "``", "`", "‘", "'", "”", "''")
_MAGNITUDES = ("%", "percent", "per", "thousand", "million", "billion", "trillion", "dollars", "euros", "pounds", "yen")
_KINDS = lexicon.words("products", "kinds")
_NOT_MAKERS = lexicon.words("products", "not_makers")


@dataclass
class _Model:
    """A designation in the text: tokens ``start`` to ``end``, and its maker where that stands in front."""

    start: int
    end: int
    key: str
    maker: Name | None = None
    joined: bool = False  # the maker's name is part of the model's


@dataclass
class _Found:
    models: list[_Model] = field(default_factory=list)
    nicknames: dict[str, str] = field(default_factory=dict)  # "Skyliner" → key


def find_products(doc: Doc, names: list[Name]) -> tuple[list[Name], list[Figure]]:
    """The names with those of models, cut free of what the language model took for bodies; and the models' figures."""
    found = _introduced(doc, names)
    indices = {(start, end): name for start, end, name in find_indices(doc)}
    models = [*found.models, *_again(doc, found)]
    models = [m for m in models if not any(a < m.end and m.start < b for a, b in indices)]
    models += [_Model(start, end, _INDEX + name) for (start, end), name in indices.items()]
    if not models:
        doc.spans[GROUP] = []
        return names, []
    figures: dict[str, Figure] = {}
    makers: dict[str, str] = {}
    shown: dict[str, list[str]] = {}
    own: list[Name] = []
    for m in sorted(models, key=lambda m: m.start):
        name = Name(m.maker.start if m.maker and m.joined else m.start, m.end, PRODUCT, model=False)
        figure = figures.setdefault(m.key, Figure(PRODUCT))
        figure.names.append(name)
        figure.forms.append(_plain_form(name.words(doc)))
        if m.maker is not None:
            makers.setdefault(m.key, _maker_name(doc, m.maker))
        shown.setdefault(m.key, []).append(_shown(doc, m))
        own.append(name)
    for key, figure in figures.items():
        name_to_show = key.removeprefix(_INDEX) if key.startswith(_INDEX) else _full(shown[key], makers.get(key))
        figure.known = Known(f"product:{key}", name_to_show, "product")
    doc.spans[GROUP] = [doc[n.start : n.end] for n in own]
    return sorted([*_freed(doc, names, models), *own], key=lambda n: (n.start, -n.end)), list(figures.values())


def is_product(token: Token) -> bool:
    """Whether a token belongs to a mention of a model."""
    return any(s.start <= token.i < s.end for s in token.doc.spans.get(GROUP, ()))


def add_mention(span: Span) -> None:
    """A further mention ("the plane") is one of a model too."""
    span.doc.spans[GROUP] = [*span.doc.spans.get(GROUP, ()), span]


def is_kind(token: Token) -> bool:
    """A word for what a model is."""
    return token.lower_ in _KINDS or token.lemma_.lower() in _KINDS


def suits(figure: Figure, token: Token) -> bool:
    """Whether a word says what this one is: "the plane" a model, "the index" an index."""
    if figure.known is not None and figure.known.key.startswith(f"product:{_INDEX}"):
        return token.lower_ in ("index", "average", "gauge", "benchmark")
    return is_kind(token)


# -------------------------------------------------------------------------------------------------------- introduction
def _introduced(doc: Doc, names: Sequence[Name]) -> _Found:
    found = _Found()
    taken = -1
    for token in doc:
        if token.i <= taken:
            continue
        model = _designation(doc, names, token)
        if model is not None:
            _named_too(doc, names, model, found)
        else:
            model = _camel(doc, token)
        if model is None:
            continue
        found.models.append(model)
        taken = model.end - 1
    for m in found.models:
        m.key = next((o.key for o in found.models if _is_bare_form(doc, m, o)), m.key)
    return found


def _is_bare_form(doc: Doc, a: _Model, b: _Model) -> bool:
    """ "Arden 40" beside the Arden A40."""
    if a.maker is None or b.maker is None or not a.key.isdigit() or b.key.lstrip(_LETTERS) != a.key:
        return False
    return _maker_name(doc, a.maker) == _maker_name(doc, b.maker)


def _designation(doc: Doc, names: Sequence[Name], token: Token) -> _Model | None:
    lettered, figures = _LETTERS_AND_FIGURES.match(token.text), _FIGURES.match(token.text)
    if not (lettered or figures) or token.ent_type_ in ("MONEY", "PERCENT"):
        return None
    end = _end(doc, token.i)
    maker, joined = _maker(doc, names, token.i)
    behind = doc[end] if end < len(doc) else None
    kind = behind is not None and is_kind(behind)
    if token.text in lexicon.words("products", "not_models"):
        return None
    one = kind and behind is not None and behind.tag_ == "NN" and behind.lower_ != "aircraft"
    shown = (lettered and kind and len(_key(token.text)) > 2) or (figures and one and _is_determined(token))
    if (maker is None or _WORDY.match(token.text)) and not shown:
        return None
    if figures and behind is not None and _counts(token, behind, end):
        return None
    return _Model(token.i, end, _key(token.text), maker, joined)


def _is_determined(token: Token) -> bool:
    """ "its 320 airliner": one thing, so that the figures count nothing."""
    return bool(token.i) and token.nbor(-1).lower_ in ("the", "a", "an", "its", "their", "his", "her", "our")


def _counts(token: Token, behind: Token, end: int) -> bool:
    """ "gave Arden 100 tankers": a number of things, not a model, and neither is part of a larger number."""
    if token.text[-1].isalpha() or end > token.i + 1:
        return False
    if behind.text in ("-", "–", ",", ".") and not token.whitespace_ and behind.i + 1 < len(token.doc):
        return behind.nbor(1).is_digit and not behind.whitespace_
    if behind.lower_ in _MAGNITUDES:
        return True
    return behind.tag_ == "NNS" and token.dep_ == "nummod" and token.ent_type_ in ("CARDINAL", "QUANTITY", "")


def _maker(doc: Doc, names: Sequence[Name], at: int) -> tuple[Name | None, bool]:
    """The body's name before a designation, and whether it stands right before it ("Arden 320", "Arden's 320")."""
    for n in names:
        if n.label not in ("ORG", "PERSON", "GPE") or n.listed or n.credit or doc[n.start].is_digit:
            continue
        cut = Name(n.start, at, n.label, n.known) if n.start < at < n.end else n
        owned = doc[cut.end : at].text in ("'s", "’s", "'", "’")
        if not (cut.end == at or owned) or any(t.text in _NOT_MAKERS for t in doc[cut.start : at]):
            continue
        if n.label != "ORG" and not (n.start < at < n.end):
            continue
        if not owned and not doc[at - 1].is_alpha:
            continue
        return cut, not owned
    return None, False


def _camel(doc: Doc, token: Token) -> _Model | None:
    """ "iSlate 4": names in this spelling are of things."""
    if not _CAMEL.match(token.text):
        return None
    end = token.i + 1
    while end < len(doc) and doc[end].is_title and doc[end].is_alpha and doc[end].pos_ == "PROPN" and end < token.i + 3:
        end += 1
    if end < len(doc) and _EDITION.match(doc[end].text) and doc[end].ent_type_ not in ("DATE", "TIME", "MONEY"):
        follows = doc[end + 1] if end + 1 < len(doc) else None
        end += not (follows is not None and follows.tag_ == "NNS")
    text = doc[token.i : end].text
    if text.endswith("s") and any(t.text == text[:-1] for t in doc):
        text = text[:-1]
    return _Model(token.i, end, _key(text))


def _end(doc: Doc, at: int) -> int:
    """Behind a variant's number that the tokenizer parts from its model ("A40-200")."""
    if at + 2 < len(doc) and doc[at + 1].text == "-" and not doc[at].whitespace_ and not doc[at + 1].whitespace_:
        return at + 3 if _SUFFIX.match(doc[at + 2].text) else at + 1
    return at + 1


def _key(text: str) -> str:
    """One for all variants and spellings of a model: "A40-200", "A40s" → "a40"."""
    return re.sub(r"[\s-]+", "", _family(text)).lower()


def _family(text: str) -> str:
    return re.sub(r"(?<=\d)s$", "", re.sub(r"(?<=\d{2})-\d{2,3}[A-Z]{0,4}$", "", text))


def _named_too(doc: Doc, names: Sequence[Name], model: _Model, found: _Found) -> None:
    """Takes in the name behind a designation: "320 Skyliner"."""
    at = model.end
    if at < len(doc) and doc[at].text in _QUOTES:
        at += 1
    covered = {i for n in names if n.known is not None or n.label == "PERSON" for i in range(n.start, n.end)}
    start = at
    while (
        at < len(doc)
        and doc[at].is_title
        and doc[at].is_alpha
        and doc[at].pos_ == "PROPN"
        and at not in covered
        and not (doc[at].is_sent_start or doc[at].ent_type_ in ("DATE", "TIME") or is_title_word(doc[at]))
        and at < start + 2
    ):
        at += 1
    if at > start and not is_kind(doc[at - 1]):
        model.end = at
        nickname = doc[start:at].text
        found.nicknames.setdefault(nickname.removesuffix("s"), model.key)


# --------------------------------------------------------------------------------------------------------------- again
def _again(doc: Doc, found: _Found) -> list[_Model]:
    """Designations alone, and the names that go with them, once they are introduced."""
    keys = {m.key for m in found.models}
    taken = {i for m in found.models for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.i in taken:
            continue
        end, key = _end(doc, token.i), _key(token.text)
        nickname = found.nicknames.get(token.text.removesuffix("s"))
        if key in keys and _stands_alone(doc, token, end):
            out.append(_Model(token.i, end, key))
        elif nickname is not None and token.is_title:
            out.append(_Model(token.i, token.i + 1, nickname))
    return out


def _stands_alone(doc: Doc, token: Token, end: int) -> bool:
    """Letters and figures always do; figures where an article, an owner or a plural shows that nothing is counted."""
    if _LETTERS_AND_FIGURES.match(token.text):
        return True
    if not _FIGURES.match(token.text) or token.ent_type_ in ("MONEY", "PERCENT"):
        return False
    if token.text[-1].isalpha() or end > token.i + 1:
        return True
    before = doc[token.i - 1] if token.i else None
    behind = doc[end] if end < len(doc) else None
    if behind is not None and (behind.tag_ == "NNS" or behind.is_digit or behind.lower_ in _MAGNITUDES):
        return is_kind(behind)
    return before is not None and (before.pos_ in ("DET", "PRON", "ADJ", "NOUN") or before.tag_ == "POS")


# ------------------------------------------------------------------------------------------------------------- records
def _freed(doc: Doc, names: Sequence[Name], models: Sequence[_Model]) -> list[Name]:
    """The other names; of one that runs into a model, what stands before it."""
    out = []
    for n in names:
        cut = next((m for m in models if n.start < m.end and m.start < n.end), None)
        if cut is None:
            out.append(n)
        elif n.start < cut.start and not (doc[cut.start - 1].tag_ == "POS" and cut.start - 1 == n.start):
            end = cut.start - (doc[cut.start - 1].tag_ == "POS")
            out.append(Name(n.start, end, n.label, n.known, n.model, inner=n.inner))
    return out


def _plain_form(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _QUOTES)


def _shown(doc: Doc, model: _Model) -> str:
    """The model's name without its maker, its variant, quotation marks and a plural's s."""
    text = doc[model.start : model.end].text
    words = [_family(w) for w in text.translate(_NO_QUOTES).split()]
    if doc[model.end - 1].tag_ == "NNPS" and words[-1].isalpha() and not _CAMEL.match(words[-1]):
        words[-1] = words[-1].removesuffix("s")
    return " ".join(words)


def _maker_name(doc: Doc, maker: Name) -> str:
    return maker.known.name if maker.known is not None else doc[maker.start : maker.end].text


def _full(shown: Sequence[str], maker: str | None) -> str:
    """The longest name, behind the maker's."""
    text = max(shown, key=lambda s: (len(s.split()), -shown.index(s)))
    return text if maker is None else f"{maker} {text}"
