"""Reading → Cast: who is in an article, under which names, in which role."""

from __future__ import annotations

from spacy.tokens import Doc

from briefing.extract import products, pronouns
from briefing.extract.acting import acts, government
from briefing.extract.coref import Resolver
from briefing.extract.figures import Figure, group
from briefing.extract.found_names import find_names
from briefing.extract.reading import Cast, Reading
from briefing.extract.roles import Described
from briefing.extract.spread import Name
from briefing.records import Actor, Description, Form, Mention


def find_actors(reading: Reading) -> Cast:
    """The people and bodies of an article, with every mention that resolves to one of them."""
    doc = reading.doc
    names = find_names(reading)
    for name in names:
        name.known = government(name, doc) or name.known
    names, models = products.find_products(doc, names)
    figures, unresolved = group(doc, [n for n in names if _may_act(doc, n)])
    _credited(doc, names, figures)
    described = Described(doc, names)
    for figure in figures:
        described.describe(figure)
    resolver = Resolver(reading, [*figures, *models])
    return _cast(doc, names, resolver.run(), unresolved + resolver.unresolved)


def _credited(doc: Doc, names: list[Name], figures: list[Figure]) -> None:
    """A credit that names somebody of the story ("Image: the ministry") is a mention; it makes no actor."""
    forms = {form: f for f in reversed(figures) for form in f.forms}
    for n in names:
        figure = forms.get(n.words(doc)) if n.credit else None
        if figure is not None:
            figure.names.append(n)


def _may_act(doc: Doc, n: Name) -> bool:
    return not n.credit and n.label not in ("MISC", products.PRODUCT) and (n.label != "NORP" or _is_people(doc, n))


def _is_people(doc: Doc, n: Name) -> bool:
    """ "the Iranians said": a people that is spoken of as its state, not an adjective."""
    last = doc[n.end - 1]
    return (
        n.known is not None
        and last.text.endswith(("s", "ese", "sh", "ch"))
        and last.tag_ in ("NNPS", "NNS")
        and n.start > 0
        and doc[n.start - 1].lower_ == "the"
        and last.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "agent", "conj", "dative")
    )


def _cast(doc: Doc, names: list[Name], figures: list[Figure], unresolved: int) -> Cast:
    ordered = sorted(figures, key=lambda f: f.first)
    ids = {id(f): f"a{k}" for k, f in enumerate(ordered, 1)}
    owner = {id(n): ids[id(f)] for f in figures for n in f.names}
    names = [n for n in names if not _is_part_of_itself(n, names, owner)]
    mentions = [_mention(doc, n.start, n.end, n.label, "name", owner.get(id(n))) for n in names]
    by_token = {i: owner[id(n)] for n in names if id(n) in owner for i in range(n.start, n.end)}
    by_token.update(_kinds_behind(doc, names, by_token))
    named = {i for n in names for i in range(n.start, n.end)}
    for f in ordered:
        for start, end, form in f.others:
            kind: Form = "pronoun" if form == "pronoun" else "nominal"
            mentions.append(_mention(doc, start, end, _nominal_type(doc, start, end, f), kind, ids[id(f)]))
            by_token.update({i: ids[id(f)] for i in range(start, end) if i not in named})
    actors = tuple(_actor(doc, f, ids[id(f)]) for f in ordered)
    mentions.sort(key=lambda m: (m.start, -m.end))
    return Cast(actors=actors, mentions=tuple(mentions), by_token=by_token, unresolved=unresolved)


def _kinds_behind(doc: Doc, names: list[Name], by_token: dict[int, str]) -> dict[int, str]:
    """The words for what a model is, behind its name ("the A40 airliner"), which head its phrase."""
    out = {}
    for n in names:
        i = n.end
        while n.label == products.PRODUCT and i < len(doc) and i not in by_token and products.is_kind(doc[i]):
            out[i] = by_token[n.end - 1]
            i += 1
    return out


def _mention(doc: Doc, start: int, end: int, label: str, form: Form, actor: str | None) -> Mention:
    span = doc[start:end]
    return Mention(start=span.start_char, end=span.end_char, text=span.text, type=label, form=form, actor=actor)


def _is_part_of_itself(n: Name, names: list[Name], owner: dict[int, str]) -> bool:
    """ "Marwell" inside "Marwell Motors" is no mention of its own."""
    return n.inner and any(
        o is not n and o.start <= n.start and n.end <= o.end and owner.get(id(o)) == owner.get(id(n)) for o in names
    )


def _nominal_type(doc: Doc, start: int, end: int, f: Figure) -> str:
    """The figure's type; TITLE for a descriptive phrase with a name in it, so that it is not taken for a name."""
    if (
        f.label != "NORP"
        and any(doc[i].text[:1].isupper() for i in range(start, end))
        and doc[start].lower_ not in pronouns.ALL
    ):
        return "TITLE"
    return f.label


def _actor(doc: Doc, f: Figure, actor_id: str) -> Actor:
    texts = [" ".join(doc[n.start : n.end].text.split()) for n in f.names]
    if not texts:
        start, end, _ = f.others[0]
        texts = [" ".join(doc[start:end].text.split())]
    name = f.known.name if f.known else max(texts, key=lambda t: (len(t.split()), -texts.index(t)))
    return Actor(
        id=actor_id,
        name=name,
        type=f.label,
        roles=tuple(dict.fromkeys(d.role for d in _best(f) if d.role)),
        affiliation=next((d.affiliation for d in _best(f) if d.affiliation), None),
        aliases=tuple(dict.fromkeys(t for t in texts if t != name)),
        descriptions=tuple(f.descriptions),
        country=f.known.country if f.known else None,
        acts=_acts(doc, f),
    )


def _acts(doc: Doc, f: Figure) -> bool:
    """Is a place more than a place here?"""
    if f.label == products.PRODUCT:
        return False
    if f.label not in ("GPE", "LOC", "FAC"):
        return True
    if any(form != "pronoun" for _, _, form in f.others):  # "the Iranian government"
        return True
    return f.label == "GPE" and any(not n.inner and not n.credit and acts(doc, n) for n in f.names)


def _best(f: Figure) -> list[Description]:
    """Descriptions, the most specific first."""
    return sorted(f.descriptions, key=lambda d: -len((d.role or "").split()) - 2 * bool(d.affiliation))
