"""A parsed sentence → its acts: trigger, PLOVER class, who acts and on whom, as tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from briefing.extract import participants as who
from briefing.extract.event_types import acts
from briefing.records import PloverType


@dataclass(frozen=True)
class Act:
    """``deepest`` is the verb that says what is done, where the trigger only agrees to it or asks for it."""

    trigger: Token
    type: PloverType | None
    verb: str
    source: tuple[Token, ...]
    target: tuple[Token, ...]
    deepest: Token
    nominal: bool = False


def find_acts(sentence: Span) -> list[Act]:
    """Every act of a sentence, in order of trigger."""
    found: list[Act] = []
    used: set[int] = set()
    for token in sentence:
        if token.i in used or not _is_predicate(token) or not _is_told(token):
            continue
        act = _act(token, used)
        if act is not None:
            found.append(act)
    found += [a for t in sentence if t.i not in used and (a := _nominal(t)) is not None]
    found += [a for t in sentence if (a := _announcement(t, found)) is not None]
    return sorted(found, key=lambda a: a.trigger.i)


def _is_predicate(token: Token) -> bool:
    if token.pos_ == "VERB" or (token.lemma_ in ("be", "remain") and token.pos_ in ("AUX", "VERB")):
        return token.dep_ not in ("aux", "auxpass", "amod", "compound")
    return token.dep_ == "acomp" and token.lemma_ in acts().clause and who.child(token, "xcomp", "ccomp") is not None


def _announcement(verb: Token, found: list[Act]) -> Act | None:
    """ "The board announced that …" is an act of its own where what is announced is none."""
    if verb.pos_ != "VERB" or verb.lemma_ not in acts().announcing or not _is_told(verb) or who.is_passive(verb):
        return None
    doer = who.subject(verb)
    said = who.child(verb, "ccomp", "xcomp", "dobj")
    if doer is None or said is None or not who.is_named(doer):
        return None
    dated = any(t.ent_type_ in ("DATE", "TIME") for c in verb.children for t in (c, *c.children) if c.dep_ in _ADJUNCTS)
    if any(a.trigger == verb or (verb.is_ancestor(a.trigger) and not dated) for a in found):
        return None
    return Act(verb, None, who.lemma(verb), tuple(who.conjuncts(doer)), (), verb)


_ADJUNCTS = ("npadvmod", "prep")
_UNDER = {"acl", "relcl", "advcl", "pcomp", "csubj", "amod"}


def _is_told(verb: Token) -> bool:
    """Whether the sentence tells the act for its own sake: a main or reported clause, or a clause with its own date.

    What only describes a thing ("the men who attacked …"), is an aim ("to stop …"), a means or a reproach
    ("accused of selling …") is not news of an event.
    """
    at = verb
    while at.head != at:
        if at.dep_ in _UNDER:
            return _is_dated(at) and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN") and not _is_condition(at)
        if at.dep_ in ("xcomp", "ccomp") and at.head.pos_ not in ("VERB", "AUX", "ADJ"):
            return False
        at = at.head
    return True


def _is_dated(verb: Token) -> bool:
    """A date inside the clause, or as what the clause is about ("in August 2019, when …")."""
    inside = any(t.ent_type_ == "DATE" for t in verb.subtree)
    return inside or (verb.dep_ == "relcl" and verb.head.ent_type_ == "DATE")


def _is_condition(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until", "whether") for c in verb.children)


def _act(verb: Token, used: set[int]) -> Act | None:
    lexicon = acts()
    kind, inner, noun = _classify(verb)
    if kind is None and noun is None and not _plain(verb):
        return None
    source, target = _sides(verb, kind, inner, noun)
    if not source and not target:
        return None
    for token in (inner, noun):
        if token is not None:
            used.add(token.i)
    kind = _shaded(kind, verb)
    if kind is not None and not target and not _alone(verb, lexicon.intransitive, noun):
        return None
    return Act(verb, kind, _name(verb, noun), source, target, inner or verb)


def _alone(verb: Token, intransitive: frozenset[str], noun: Token | None) -> bool:
    return noun is not None or any(k in intransitive for k in _keys(verb)) or who.is_passive(verb)


def _plain(verb: Token) -> bool:
    """A verb outside the lexicon is an event when a named subject does something to a named object."""
    lexicon = acts()
    lemma = who.lemma(verb)
    if verb.pos_ == "VERB" and (_is_shown(verb) or _is_performed(verb)):
        doer = who.subject(verb)
        return doer is not None and who.is_named(doer)
    if (
        verb.pos_ != "VERB"
        or not verb.is_alpha
        or len(verb) < 3
        or lemma in lexicon.stative | lexicon.speech | lexicon.transparent
        or lemma in lexicon.clause
    ):
        return False
    doer = who.subject(verb)
    return doer is not None and who.is_named(doer)


def _is_shown(verb: Token) -> bool:
    """ "The engine was revealed in May": a thing made known, nothing reported."""
    return verb.lemma_ in acts().announcing and who.is_passive(verb) and who.child(verb, "ccomp", "xcomp") is None


def _is_performed(verb: Token) -> bool:
    """ "made its first flight", "took delivery of": the noun is the act."""
    thing = who.child(verb, "dobj")
    return verb.lemma_ in _PERFORMING and thing is not None and thing.lemma_.lower() in acts().performed


_PERFORMING = ("make", "take", "begin", "start", "complete", "have", "give")


def _keys(verb: Token) -> list[str]:
    """The verb's lemma, after the longer forms with its particle and prepositions."""
    lemma = who.lemma(verb)
    out = [f"{lemma}_{c.lower_}" for c in verb.children if c.dep_ == "prt"]
    out += [f"{lemma}_{c.lower_}" for c in verb.children if c.dep_ in ("prep", "agent", "dative") and c.pos_ == "ADP"]
    if _asked_for(verb) is not None:
        out.append(f"{lemma}_for")
    return [*out, lemma]


def _asked_for(verb: Token) -> Token | None:
    """The clause of "called for the council to act", which the model hangs on the verb like an aim."""
    clauses = (c for c in verb.children if c.dep_ in ("advcl", "xcomp", "ccomp"))
    return next((c for c in clauses if any(m.dep_ == "mark" and m.lower_ == "for" for m in c.children)), None)


def _nouns(verb: Token) -> Iterator[tuple[Token, set[str]]]:
    """Nouns that hang on a verb, objects first, each with the words that may name it."""
    direct = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "attr", "oprd")]
    if who.is_passive(verb) and verb.dep_ == "acl":
        direct.append(verb.head)
    oblique = [o for p in verb.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj"]
    for noun in (*direct, *oblique):
        for each in who.conjuncts(noun):
            yield each, _words(each)


def _words(noun: Token) -> set[str]:
    lemma = noun.lemma_.lower()
    hyphened = _hyphened(noun)
    words = {hyphened} if hyphened else {lemma, noun.lower_}
    for c in noun.children:
        if c.dep_ in ("compound", "amod"):
            words |= {c.lemma_.lower(), f"{c.lemma_.lower()}_{lemma}", f"{c.lower_}_{lemma}"}
        if c.dep_ == "prep" and c.lower_ in ("of", "in"):
            words |= {o.lemma_.lower() for o in c.children if o.dep_ == "pobj"}
    return words


def _hyphened(noun: Token) -> str | None:
    """ "cease-fire", "air-strike": one word that the tokenizer cuts in three."""
    if noun.i < 2 or noun.doc[noun.i - 1].text != "-" or noun.doc[noun.i - 2].whitespace_:
        return None
    return f"{noun.doc[noun.i - 2].lower_}-{noun.lemma_.lower()}"


def _classify(verb: Token) -> tuple[PloverType | None, Token | None, Token | None]:
    """Class, the verb of the clause that it is about, the noun that names the act."""
    lexicon = acts()
    keys = _keys(verb)
    nouns = list(_nouns(verb))
    for key in keys:
        for noun, words in nouns:
            if (kind := lexicon.phrase(key, words)) is not None:
                return kind, None, noun
    clause = _asked_for(verb) or who.child(verb, "xcomp", "ccomp")
    if clause is not None and clause.pos_ in ("VERB", "AUX"):
        for key in keys:
            if key in lexicon.clause:
                return lexicon.clause[key], clause, None
    if clause is not None and verb.lemma_ in lexicon.speech and _is_bidding(clause):
        return "REQUEST", clause, None
    if any(key in lexicon.light for key in keys):
        for noun, words in nouns:
            for word in sorted(words, key=lambda w: (w != noun.lemma_.lower(), w)):
                if (kind := lexicon.noun(word)) is not None and noun.dep_ != "pobj":
                    return kind, None, noun
    if who.child(verb, "dobj") is not None or who.is_passive(verb):
        for key in keys:
            if key in lexicon.with_object:
                return lexicon.with_object[key], None, None
    for key in keys:
        if key in lexicon.verbs:
            return lexicon.verbs[key], None, None
    return None, None, None


def _is_bidding(clause: Token) -> bool:
    """Whether a reported clause says what another must do."""
    own = who.child(clause, "nsubj", "nsubjpass")
    return own is not None and who.is_named(own) and any(c.lower_ in ("must", "should") for c in clause.children)


def _shaded(kind: PloverType | None, verb: Token) -> PloverType | None:
    """What is only promised is an agreement, what is promised and hostile a threat, what is negated a refusal."""
    lexicon = acts()
    if kind is None:
        return None
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg")}
    negated = bool(words & {"not", "n't", "never"})
    future = bool(words & {"will", "would", "shall", "wo", "'ll"})
    if negated and kind in lexicon.promised:
        return "REJECT"
    if future and not negated:
        if kind in lexicon.promised:
            return "AGREE"
        if kind in lexicon.hostile:
            return "THREATEN"
    return kind


def _name(verb: Token, noun: Token | None) -> str:
    lemma = who.lemma(verb)
    particle = who.child(verb, "prt")
    name = f"{lemma} {particle.lower_}" if particle is not None else lemma
    return f"{name} {noun.lemma_.lower()}" if noun is not None and noun.dep_ in ("dobj", "nsubjpass") else name


def _sides(
    verb: Token, kind: PloverType | None, inner: Token | None, noun: Token | None
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Heads of who acts and of who is acted on. Several who act together are each on both sides."""
    passive = who.is_passive(verb)
    doer = who.agent(verb) if passive else who.subject(verb)
    done = _target(verb, kind, inner, noun)
    if passive and kind in ("CONSULT", "AGREE") and done is None and doer is None:
        doer = who.subject(verb)
    source = tuple(who.conjuncts(doer)) if doer is not None else ()
    target = tuple(who.conjuncts(done)) if done is not None and done != doer else ()
    if kind in _MUTUAL and _is_several(source) and not any(_is_partner(t, noun) for t in target):
        return source, source
    return source, target


_MUTUAL = ("CONSULT", "AGREE", "SUPPORT", "COOPERATE")


def _is_partner(target: Token, noun: Token | None) -> bool:
    """Whether a target is somebody to act with, not where it happens."""
    return who.is_named(target) and target != noun and target.head.lower_ not in ("in", "at", "on", "near")


def _is_several(source: tuple[Token, ...]) -> bool:
    """Whether two or more act together: "A and B", "A and B negotiators"."""
    if len(source) > 1:
        return True
    return any(c.dep_ in ("compound", "amod", "nmod") and list(c.conjuncts) for t in source for c in t.children)


def _target(verb: Token, kind: PloverType | None, inner: Token | None, noun: Token | None) -> Token | None:
    order = acts().order(kind)
    if inner is not None:
        return _of_clause(verb, inner, kind)
    passive = who.is_passive(verb)
    thing = who.child(verb, "dobj")
    if passive:
        thing = who.subject(verb) if noun is None or noun.dep_ == "nsubjpass" else noun
    person = who.child(verb, "dative")
    if person is not None and person.pos_ != "ADP":
        return person
    if noun is not None and thing is None:
        thing = noun
    if thing is None:
        return next(who.objects_of(verb, order), None)
    if _is_somebody(thing, noun, kind):
        given = None if who.is_named(thing) or kind in _OF_PERSONS else _recipient(verb)
        return given or thing
    if noun is None and kind in _OF_DEEDS:
        return who.owner(thing) or next(who.objects_of(thing, ("by", "from")), None) or thing
    around = [o for t in (thing, verb) for o in who.objects_of(t, order) if o != noun]
    around.sort(key=lambda o: order.index(o.head.lower_) if o.head.lower_ in order else 99)
    around = [o for o in around if not who.is_amount(o)]
    likeliest = [o for o in around if o.head.lower_ == order[0]]
    named = likeliest[:1] or [o for o in around if who.is_named(o)] or around
    return next(iter(named), None) or who.owner(thing) or _below(verb, thing) or thing


_OF_DEEDS = ("ACCUSE", "REJECT", "SUPPORT")  # of the deed of somebody, who is the one praised or blamed


_OF_PERSONS = ("COOPERATE", "COERCE", "CONSULT")  # "extradited the banker to …": the place is no target


def _recipient(verb: Token) -> Token | None:
    """Somebody named to whom a thing goes."""
    return next((o for o in who.objects_of(verb, ("to", "against", "from")) if who.is_named(o)), None)


def _below(verb: Token, thing: Token) -> Token | None:
    """The object of a purpose clause: "sent experts to investigate the attacks"."""
    for base in (thing, verb):
        for clause in base.children:
            if clause.dep_ in ("acl", "relcl", "advcl", "xcomp"):
                found = who.child(clause, "dobj") or next(who.objects_of(clause, acts().order(None)), None)
                if found is not None:
                    return found
    return None


def _is_somebody(thing: Token, noun: Token | None, kind: PloverType | None) -> bool:
    """Whether the object itself is acted on, not only what names the act or is given."""
    if thing == noun or who.is_amount(thing):
        return False
    if acts().noun(thing.lemma_.lower()) is not None:
        return False
    return not (kind in ("AID", "MOBILIZE") and not who.is_named(thing))


def _of_clause(verb: Token, inner: Token, kind: PloverType | None) -> Token | None:
    asked = who.child(verb, "dobj", "dative")
    if who.is_passive(verb):
        asked = who.child(verb, "nsubjpass")
    if asked is not None and kind in ("REQUEST", "CONCEDE"):
        return asked
    own = who.child(inner, "nsubj", "nsubjpass")
    if own is not None and kind in ("REQUEST", "CONCEDE", "AGREE") and own.pos_ != "PRON":
        return own
    on = next(who.objects_of(verb, ("on", "to", "with", "from")), None)
    if on is not None and kind in ("REQUEST", "AGREE") and who.is_named(on):
        return on
    below, deeper, noun = _classify(inner)
    return _target(inner, below, deeper, noun)


def _nominal(noun: Token) -> Act | None:
    """An act named by a noun with both its sides: "Mali's talks with Chad", "the attack on X by Y"."""
    if noun.pos_ != "NOUN":
        return None
    kind = acts().noun(noun.lemma_.lower())
    if kind is None:
        return None
    doer = who.child(noun, "poss") or next(who.objects_of(noun, ("by",)), None)
    done = next((o for o in who.objects_of(noun, acts().order(kind)) if who.is_named(o)), None)
    if doer is None or done is None or doer == done:
        return None
    return Act(
        noun, kind, noun.lemma_.lower(), tuple(who.conjuncts(doer)), tuple(who.conjuncts(done)), noun, nominal=True
    )
