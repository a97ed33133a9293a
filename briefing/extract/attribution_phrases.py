"""Reading → attributions that no verb of speech makes: ``Found`` records.

"According to the ministry, …", "the warning that …", "her demand for …", "voiced concern about …", "is confident
that …", and the names before a colon in interviews and transcripts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from briefing.extract.attribution_links import Found
from briefing.extract.attribution_parse import any_subject, cue_tokens, in_paragraph, phrase, spans_of, subject_of
from briefing.extract.cues import Cue, cues
from briefing.extract.quotes import blocks
from briefing.extract.reading import Reading
from briefing.records import Span

_STOPS = frozenset({".", "!", "?", ";"})
_LABEL = re.compile(
    r"(?:Q|A|[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|de|von|van|bin|al)){0,4})(?: \([^)]{1,40}\))?(?=:\s)"
)
_LEAST_LABELS = 2
_COPULAS = frozenset({"be", "seem", "appear", "remain", "become", "feel", "sound", "look", "stay"})


def find_by_phrases(reading: Reading) -> list[Found]:
    """The attributions of prepositions, nouns, adjectives and headings of the body."""
    return [*_according(reading), *_views(reading), *_nouns(reading), *_adjectives(reading), *_labels(reading)]


# ---------------------------------------------------------------------------------------------------- according to
def _according(reading: Reading) -> Iterator[Found]:
    doc, text = reading.doc, reading.article.text
    for token in doc[:-2]:
        if token.lower_ == "according" and doc[token.i + 1].lower_ == "to":
            source = _according_source(doc, token.i + 2)
            if source and source[-1].lemma_.lower() not in cues().no_source and _head(source) not in cues().no_source:
                content = _beside(doc, token.i, source[-1].i + 1)
                pieces = spans_of(content, text)
                if pieces:
                    yield Found(
                        pieces, spans_of([token, doc[token.i + 1]], text), spans_of(source, text), rule="according"
                    )


def _views(reading: Reading) -> Iterator[Found]:
    """ "In the ministry’s view, …", "in the words of Ada Poe, …"."""
    doc, text = reading.doc, reading.article.text
    for token in doc:
        if token.lower_ not in cues().possessed or token.dep_ != "pobj" or token.head.lower_ != "in":
            continue
        owner = next((t for t in token.children if t.dep_ == "poss"), None)
        of = next((t for t in token.children if t.lower_ == "of" and t.i == token.i + 1), None)
        if owner is not None:
            source, words = phrase(owner), [token]
        elif of is not None:
            source, words = [t for t in phrase(of) if t != of], list(doc[token.head.i : of.i + 1])
        else:
            continue
        pieces = spans_of(_beside(doc, token.head.i, max(token.i, source[-1].i) + 1), text)
        if pieces:
            yield Found(pieces, spans_of(words, text), spans_of(source, text), rule="according")


def _according_source(doc: Doc, first: int) -> list[Token]:
    """The noun phrase behind "according to"; the comma that closes it ends it where the parse is unsure."""
    head = next((t for t in doc[first : first + 14] if t.dep_ == "pobj" and t.head.i < first), None)
    if head is None:
        head = next((t for t in doc[first : first + 8] if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    if head is None:
        return []
    return [t for t in phrase(head) if t.i >= first]


def _head(tokens: list[Token]) -> str:
    inside = {t.i for t in tokens}
    return next((t.lemma_.lower() for t in tokens if t.head.i not in inside), "")


def _beside(doc: Doc, start: int, end: int) -> list[Token]:
    """The sentence around a phrase: what stands before it; where it opens or parts the sentence, also what follows."""
    left = start
    while left > 0 and not _ends(doc[left - 1]):
        left -= 1
    right = end
    while right < len(doc) and not _ends(doc[right]):
        right += 1
    before = list(doc[left:start])
    while before and (before[0].is_space or before[0].text in {",", "-", "–", "—"}):
        before.pop(0)
    behind = list(doc[end:right])
    if not any(t.is_alpha for t in before):
        return behind
    if len(behind) > 1 and behind[0].text == "," and any(t.pos_ in {"VERB", "AUX"} for t in behind):
        return [*before, *behind] if _medial(before) else before
    return before


def _medial(before: list[Token]) -> bool:
    """Whether a clause is still unfinished: no finite verb yet."""
    return not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before)


def _ends(token: Token) -> bool:
    return token.text in _STOPS or (token.is_space and "\n" in token.text)


# ------------------------------------------------------------------------------------------------------------ nouns
def _nouns(reading: Reading) -> Iterator[Found]:
    text = reading.article.text
    for token in reading.doc:
        if token.pos_ != "NOUN":
            continue
        cue = cues().nouns.get(token.lemma_.lower())
        if cue is None:
            continue
        content, joined = _noun_content(token, cue)
        content = in_paragraph(content, token)
        if not content:
            continue
        words, source = _noun_cue(token, joined)
        if words is None:
            continue
        target = _suffering(token)
        if target is not None:
            content = [*phrase(target), *content]
        alone = not source and words[0].pos_ not in {"VERB", "AUX"}
        if alone and content[0].lower_ not in {"that", "whether"} and token.lemma_.lower() not in cues().standalone:
            continue
        taken = {t.i for t in words} | {t.i for t in source}
        pieces = spans_of((t for t in content if t.i not in taken), text)
        if pieces:
            yield Found(pieces, spans_of(words, text), spans_of(source, text), rule="noun")


def _noun_content(noun: Token, cue: Cue) -> tuple[list[Token], list[Token]]:
    for child in noun.children:
        if child.i < noun.i:
            continue
        that = any(t.lower_ in {"that", "whether"} and t.i <= child.i for t in child.children)
        if child.dep_ in {"acl", "ccomp", "relcl"} and cue.takes("c") and that and any_subject(child) is not None:
            subject = any_subject(child)
            if child.dep_ != "relcl" or (subject is not None and subject.lower_ not in {"that", "which", "who"}):
                return phrase(child), []
        if child.dep_ in {"acl", "xcomp"} and cue.takes("t") and any(t.lower_ == "to" for t in child.children):
            return phrase(child), []
        if child.dep_ == "prep" and cue.takes(child.lower_):
            inner = [t for t in phrase(child) if t != child]
            return inner, [child] if child.i == noun.i + 1 else []
    return [], []


def _suffering(noun: Token) -> Token | None:
    """Whom a charge or criticism hits: the subject of "faced accusations of …", which belongs to the content."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in cues().suffered:
        return None
    subject = subject_of(verb)
    return subject if subject is not None and subject.i < verb.i else None


def _noun_cue(noun: Token, joined: list[Token]) -> tuple[list[Token] | None, list[Token]]:
    """The words of a noun cue and whose it is: the possessor, "by" or "from" whom, or the subject of its light verb."""
    owner = next((t for t in noun.children if t.dep_ == "poss"), None)
    words = [
        t for t in noun.children if t.i < noun.i and t.dep_ in {"det", "amod", "compound", "advmod"} and t != owner
    ]
    start = min((t.i for t in words), default=noun.i)
    if owner is not None:
        start = max(start, max(t.i for t in owner.subtree) + 1)
    own = [*noun.doc[start : noun.i + 1], *joined]
    if owner is not None:
        return own, phrase(owner)
    for by in noun.children:
        if by.dep_ == "prep" and by.lower_ in {"by", "from", "among"} and by not in joined:
            return own, [t for t in phrase(by) if t != by]
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in cues().suffered:
        return [*cue_tokens(verb), *verb.doc[verb.i + 1 : start], *own], []
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_.lower() in cues().light:
        subject = subject_of(verb)
        lead = [*cue_tokens(verb), *verb.doc[verb.i + 1 : start]]
        if subject is not None and subject.i < verb.i:
            return [*lead, *own], phrase(subject, without=[c for c in subject.children if verb in c.subtree])
    return own, []


# ------------------------------------------------------------------------------------------------------- adjectives
def _adjectives(reading: Reading) -> Iterator[Found]:
    text = reading.article.text
    for token in reading.doc:
        if token.dep_ != "acomp" or token.head.lemma_.lower() not in _COPULAS:
            continue
        cue = cues().adjectives.get(token.lower_)
        subject = subject_of(token.head)
        if cue is None or subject is None:
            continue
        content, joined = _adjective_content(token, cue)
        if not content:
            continue
        lead = cue_tokens(token.head)
        words = [*token.doc[lead[0].i : token.i + 1], *joined]
        source = [] if subject.lower_ in {"it", "there"} else phrase(subject)
        yield Found(spans_of(content, text), spans_of(words, text), spans_of(source, text), rule="adjective")


def _adjective_content(adjective: Token, cue: Cue) -> tuple[list[Token], list[Token]]:
    for child in [*adjective.children, *(t for t in adjective.head.children if t.i > adjective.i)]:
        if child.i < adjective.i:
            continue
        to = any(t.lower_ == "to" and t.dep_ == "aux" for t in child.children)
        verbal = child.dep_ in {"ccomp", "xcomp", "advcl"} and child.pos_ in {"VERB", "AUX"}
        if verbal and ((to and cue.takes("t")) or (not to and child.dep_ == "ccomp" and cue.takes("c"))):
            return phrase(child), []
        if child.dep_ == "prep" and child.head == adjective and cue.takes(child.lower_):
            return [t for t in phrase(child) if t != child], [child] if child.i == adjective.i + 1 else []
    return [], []


# -------------------------------------------------------------------------------------------------------- interviews
def _labels(reading: Reading) -> Iterator[Found]:
    """Paragraphs of an interview or transcript: a name or Q and A, a colon, and what is said up to the next one."""
    text = reading.article.text
    units = list(blocks(text, reading.paragraphs))
    heads = [_LABEL.match(text, start, end) for start, end in units]
    count = Counter(h.group() for h in heads if h)
    if sum(n >= _LEAST_LABELS for n in count.values()) < 1 or sum(count.values()) < _LEAST_LABELS + 1:
        return
    speech: list[Span] = []
    head: re.Match[str] | None = None
    for unit, label in zip(units, heads, strict=True):
        if label is not None and (count[label.group()] >= _LEAST_LABELS or head is not None):
            if head is not None and speech:
                yield _spoken(head, speech)
            head, speech = label, []
            start = label.end() + 1
            start += len(text[start : unit[1]]) - len(text[start : unit[1]].lstrip())
            if start < unit[1]:
                speech.append((start, unit[1]))
        elif head is not None:
            speech.append(unit)
    if head is not None and speech:
        yield _spoken(head, speech[:1])


def _spoken(head: re.Match[str], speech: list[Span]) -> Found:
    return Found(tuple(speech), ((head.end(), head.end() + 1),), ((head.start(), head.end()),), rule="label")
