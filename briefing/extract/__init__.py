"""Article → Extraction. The only room that imports spaCy.

``load_extractor`` gives a callable; each kind of finding is one file, a function over a ``Reading``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from briefing import __version__
from briefing.config import ExtractSettings
from briefing.extract import actors, attributions, events, main_event, nlp, relations, salience, sentences, times
from briefing.extract.reading import Reading
from briefing.records import Article, Extraction, Production
from briefing.shipped import code, schema

__all__ = ["Extractor", "load_extractor", "production", "version"]


@dataclass(frozen=True)
class Extractor:
    """Holds the language model; called with an Article, gives its Extraction."""

    pipeline: nlp.Pipeline
    settings: ExtractSettings

    def __call__(self, article: Article) -> Extraction:
        reading = self.pipeline.read(article)
        return _extraction(reading)


def load_extractor(settings: ExtractSettings) -> Extractor:
    """The extractor with the best model that is installed, or the one named. Raises ModelError."""
    return Extractor(nlp.load(settings), settings)


def version(settings: ExtractSettings) -> str:
    """What an extraction rests on beside its article: model, tagger, settings and code. Loads no model."""
    made = code("extract", "names.py", "names.yaml")
    form = schema(Extraction)
    return f"{nlp.identity(settings)}, least score {settings.min_confidence:g}, code {made}, form {form}"


def production(settings: ExtractSettings, *, articles: Sequence[Article], fingerprint: str) -> Production:
    """The production record: which code, model and settings (their ``fingerprint``), over which texts."""
    texts = hashlib.sha256("\n".join(a.sha256 for a in articles).encode()).hexdigest()
    model = nlp.load(settings)
    return Production(
        version=__version__,
        model=model.name,
        model_version=model.version,
        tagger=model.tagger_version,
        settings=fingerprint,
        inputs=texts,
    )


def _extraction(reading: Reading) -> Extraction:
    found_times = times.find_times(reading)
    cast = actors.find_actors(reading)
    found_attributions = attributions.find_attributions(reading, cast)
    found_events = events.find_events(reading, cast, found_times, found_attributions)
    main = main_event.find_main_event(reading, cast, found_times, found_events)
    return Extraction(
        id=reading.article.id,
        date=reading.article.date,
        language=reading.article.language,
        mentions=cast.mentions,
        actors=salience.rank(reading, cast, found_attributions, found_events, main),
        attributions=found_attributions,
        times=found_times,
        events=found_events,
        main_event=main,
        relations=relations.find_relations(reading, cast, found_events),
        sentences=sentences.find_sentences(reading, cast),
        unresolved=cast.unresolved,
        problems=reading.notes,
    )


def describe_model(settings: ExtractSettings) -> str:
    """One line on the model and tagger in force, for ``briefing check``. Raises ModelError."""
    model = nlp.load(settings)
    tagger = f"attribution tagger {model.tagger_version}" if model.tagger_version else "attribution by rules"
    return f"{model.name} {model.version}, {tagger}"
