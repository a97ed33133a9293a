"""Reading → Cast: who is in an article, under which names, in which role."""

from __future__ import annotations

from spacy.tokens import Doc

from briefing.extract.figures import Figure, group
from briefing.extract.found_names import Name, find_names
from briefing.extract.reading import Cast, Reading
from briefing.records import Actor, Mention


def find_actors(reading: Reading) -> Cast:
    """The people and bodies of an article, with every mention that resolves to one of them."""
    doc = reading.doc
    names = find_names(reading)
    figures, unresolved = group(doc, [n for n in names if n.label != "NORP"])
    ids = {id(f): f"a{k}" for k, f in enumerate(figures, 1)}
    owner = {id(n): ids[id(f)] for f in figures for n in f.names}
    mentions = [_mention(doc, n, owner.get(id(n))) for n in names]
    by_token = {i: owner[id(n)] for n in names if id(n) in owner for i in range(n.start, n.end)}
    actors = tuple(_actor(doc, f, ids[id(f)]) for f in figures)
    return Cast(actors=actors, mentions=tuple(mentions), by_token=by_token, unresolved=unresolved)


def _mention(doc: Doc, n: Name, actor: str | None) -> Mention:
    span = doc[n.start : n.end]
    return Mention(start=span.start_char, end=span.end_char, text=span.text, type=n.label, form="name", actor=actor)


def _actor(doc: Doc, f: Figure, actor_id: str) -> Actor:
    texts = [" ".join(doc[n.start : n.end].text.split()) for n in f.names]
    name = f.known.name if f.known else max(texts, key=lambda t: (len(t.split()), -texts.index(t)))
    aliases = tuple(dict.fromkeys(t for t in texts if t != name))
    return Actor(id=actor_id, name=name, type=f.label, aliases=aliases, country=f.known.country if f.known else None)
