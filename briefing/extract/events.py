"""Reading, Cast, times, attributions → [Event]: who did what to whom, when and where, and whether it happened."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from briefing.extract import participants
from briefing.extract.acts import Act, find_acts
from briefing.extract.reading import Cast, Reading
from briefing.records import Attribution, Event, Time


def find_events(
    reading: Reading, cast: Cast, times: Sequence[Time], attributions: Sequence[Attribution]
) -> tuple[Event, ...]:
    """Every event of the body, in order of trigger."""
    del times, attributions
    return tuple(_event(act, sentence, cast) for sentence in reading.doc.sents for act in find_acts(sentence))


def _event(act: Act, sentence: Span, cast: Cast) -> Event:
    return Event(
        trigger=(act.trigger.idx, act.trigger.idx + len(act.trigger)),
        type=act.type,
        verb=act.verb,
        source=_ids(act.source, cast),
        source_spans=participants.spans(act.source),
        target=_ids(act.target, cast),
        target_spans=participants.spans(act.target),
        evidence=(sentence.start_char, sentence.end_char),
    )


def _ids(tokens: Sequence[Token], cast: Cast) -> tuple[str, ...]:
    found = [cast.of_span(participants.phrase(t)) for t in tokens]
    return tuple(dict.fromkeys(i for i in found if i))
