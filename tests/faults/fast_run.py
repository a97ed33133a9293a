"""`briefing run …` with a made-up extractor and renderer: the real command, ledger, store and delivery in 0.2 s.

Alone: ``python -m tests.faults.fast_run harbour --slot 2025-03-13 -c config.yaml``. What is replaced costs the most of
a run and writes nothing: the language model, and the drawing of the PDF. Both give the same bytes for the same input.
"""

from __future__ import annotations

import functools
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from briefing.config import Config, ExtractSettings
from briefing.records import (
    Actor,
    Article,
    Attribution,
    Brief,
    Event,
    Extraction,
    Mention,
    Output,
    Production,
    Sentence,
    Told,
)

_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_SAID = re.compile(r"\bsaid\b")
_TYPES = {"pdf": 150_000, "html": 60_000}  # bytes of what is drawn


def extraction(article: Article) -> Extraction:
    """Names, sentences, one event and one attribution, all of them really in the text."""
    text = article.text
    names = list(_NAME.finditer(text))
    actors = {m.group(): Actor(id=m.group().lower(), name=m.group(), type="ORG", salience=0.5) for m in names}
    sentences = _sentences(text)
    first = sentences[0]
    acting = next((m for m in names if first.start <= m.start() < first.end), names[0])
    event = Event(
        trigger=(first.start, first.start + 6),
        type="CONSULT",
        verb="meet",
        source=(acting.group().lower(),),
        source_spans=(acting.span(),),
        date=article.date,
        evidence=(first.start, first.end),
    )
    return Extraction(
        id=article.id,
        date=article.date,
        language="en",
        mentions=tuple(
            Mention(start=m.start(), end=m.end(), text=m.group(), type="ORG", form="name", actor=m.group().lower())
            for m in names
        ),
        actors=tuple(actors.values()),
        attributions=tuple(_attributions(text, sentences, acting)),
        events=(event,),
        sentences=tuple(sentences),
    )


def _sentences(text: str) -> list[Sentence]:
    found = []
    for number, part in enumerate(re.finditer(r"\S[^\n]*", text), 1):
        for m in re.finditer(r"\S.*?(?:[.!?]”?(?=\s|$)|$)", part.group()):
            start = part.start() + m.start()
            terms = tuple(w.lower() for w in re.findall(r"[A-Za-z]{5,}", m.group()))
            found.append(Sentence(start=start, end=part.start() + m.end(), paragraph=number, terms=terms))
    return found


def _attributions(text: str, sentences: Sequence[Sentence], speaker: re.Match[str]) -> list[Attribution]:
    for s in sentences:
        said = _SAID.search(text, s.start, s.end)
        if said and said.start() - s.start > 30:
            content = (s.start, said.start() - 1)
            return [
                Attribution(
                    content=(content,),
                    cue=(said.span(),),
                    source=(speaker.span(),),
                    speaker=speaker.group().lower(),
                    type="indirect",
                    kind="assessment",
                )
            ]
    return []


class _Extractor:
    def __call__(self, article: Article) -> Extraction:
        return extraction(article)


def _load(settings: ExtractSettings) -> _Extractor:
    return _Extractor()


def _production(settings: ExtractSettings, *, articles: Sequence[Article], fingerprint: str) -> Production:
    texts = hashlib.sha256("\n".join(a.sha256 for a in articles).encode()).hexdigest()
    return Production(version="0", model="none", model_version="0", settings=fingerprint, inputs=texts)


def _render(brief: Brief, *, formats: Sequence[str], config: Config) -> list[Output]:
    from briefing.render import json

    dumped = json.dump(brief)
    outputs = []
    for name in dict.fromkeys(formats):
        data = dumped if name == "json" else _drawn(dumped, _TYPES.get(name, 5_000))
        outputs.append(Output(format=name, name=f"brief.{name}", data=data))
    return outputs


def _drawn(seed: bytes, size: int) -> bytes:
    """Bytes that look like nothing else and cannot be packed."""
    return hashlib.shake_256(seed).digest(size)


def install() -> None:
    """Put the two stand-ins in place, in this process."""
    import briefing.extract
    import briefing.render
    from briefing.deliver import wire

    briefing.extract.load_extractor = _load  # type: ignore[assignment]
    briefing.extract.production = _production
    briefing.render.render = _render
    wire.tls = functools.cache(wire.tls)  # reads the system's certificates, which nobody here has use for


def warm() -> None:
    """Word lists and patterns that a first run loads: a run that is forked off afterwards has them."""
    from briefing import pipeline
    from briefing.deliver import wire
    from briefing.render.letter import letter

    config = Config()
    articles, _ = pipeline.read([str(Path(__file__).parent / "articles")], config=config)
    told, extractions = Told(), list(pipeline.analyse(articles, config=config))
    for number in (1, 2):
        brief, items = pipeline.brief_since(
            articles, extractions, new={a.id for a in articles}, told=told, number=number, config=config
        )
        told = Told(issue=number, items=items, articles=tuple(a.id for a in articles))
        letter(brief, config, profile="warm", number=number, folder="2025-03-12T0500")
    wire.tls(None)


def main(arguments: Sequence[str]) -> None:
    """The command line with the stand-ins."""
    install()
    from briefing.cli import main as command

    command(["run", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
