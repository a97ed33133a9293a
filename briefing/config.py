"""config.yaml in, frozen settings out: one model per stage, each error with file, line and key."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field

from briefing import yamlfile
from briefing.profiles import Profile, Settings, StoreSettings, named
from briefing.yardstick import Yardstick

Paper = Literal["A4", "Letter"]
Format = Literal["pdf", "html", "json", "md", "docx", "csv", "stix"]
SQLITE = "sqlite:///"
M = TypeVar("M", bound=BaseModel)


class BriefSettings(Settings):
    """What stands on the brief."""

    title: str | None = Field(None, description="Title of the brief; without it, the leading story's headline.")
    kicker: str = Field("Open-source brief", description="Line above the title.")
    organisation: str = Field("briefing", description="Name in the running head.")
    reference: str | None = Field(None, description="Reference number in the footer.")
    marking: str = Field(
        "TLP:CLEAR",
        description="TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN, TLP:CLEAR, any other text, or empty for none. "
        "Never inferred.",
    )
    language: str = Field("en-GB", description="Language of the brief's own words (BCP 47).")


class IngestSettings(Settings):
    """How inputs are read."""

    max_bytes: int = Field(20_000_000, gt=0, description="Largest file that is read, in bytes.")
    max_chars: int = Field(200_000, gt=0, description="Longest article that is read, in characters.")
    max_files: int = Field(50_000, gt=0, description="Most files that one folder or archive may give.")
    max_unpacked: int = Field(200_000_000, gt=0, description="Most bytes that one archive may unpack to.")
    seconds: float = Field(30.0, gt=0, description="Longest time one binary or web file may take.")
    memory: int = Field(1_000_000_000, gt=0, description="Most memory, in bytes, of the process that reads such files.")
    workers: int = Field(2, ge=1, le=64, description="Processes that read such files side by side.")
    languages: tuple[str, ...] = Field(("en",), description="Languages that are analysed; others are listed.")
    allow: tuple[str, ...] = Field((), description="Hosts or networks (10.0.0.0/8) that may be fetched though private.")
    robots: bool = Field(True, description="Whether robots.txt is obeyed.")
    user_agent: str | None = Field(None, description="How requests name themselves; without it, briefing and version.")
    pause: float = Field(1.0, ge=0, description="Seconds between two requests to one host.")
    retries: int = Field(2, ge=0, le=10, description="How often a request that failed is tried again.")
    backoff: float = Field(1.0, ge=0, description="Seconds before the first retry; doubled for each further one.")
    redirects: int = Field(5, ge=0, le=20, description="Most redirects that are followed.")
    max_links: int = Field(30, ge=0, description="Most pages that one feed or sitemap from the web is followed to.")
    stale_days: int = Field(30, gt=0, description="Days after which a feed without news is reported as stale.")
    cache: Path | None = Field(None, description="Folder that keeps pages, so that only changed ones are sent again.")
    fields: dict[str, str] = Field({}, description="JSON and CSV: our field name to theirs, e.g. text: body.")


class ExtractSettings(Settings):
    """How articles are analysed."""

    model: str | None = Field(None, description="spaCy pipeline, name or path; without it, the best installed.")
    tagger: Literal["auto", "off"] = Field("auto", description="The attribution tagger; off leaves the rules alone.")
    min_confidence: Annotated[float, Field(ge=0, le=1)] = Field(0.3, description="Least score of a tagged span.")
    seconds: float = Field(60.0, gt=0, description="Longest time one article may take.")


class SynthesizeSettings(Settings):
    """How articles are held against each other."""

    actors_file: Path | None = Field(None, description="YAML that merges, splits, renames, watches or ignores actors.")
    watch: tuple[str, ...] = Field((), description="Names of actors that are watched, beside those of actors_file.")
    sources_file: Path | None = Field(None, description="YAML with the reliability (A to F) of outlets.")
    merge_at: Annotated[float, Field(ge=0, le=1)] = Field(0.5, description="Least name score of a merge.")
    near_copy: Annotated[float, Field(ge=0, le=1)] = Field(0.6, description="Share of common shingles of a copy.")


class ConfidenceRules(Settings):
    """When a judgement's confidence is high or moderate; anything else is low."""

    high_origins: int = Field(3, ge=1, description="Independent origins for high confidence.")
    moderate_origins: int = Field(2, ge=1, description="Independent origins for moderate confidence.")
    good_reliability: Literal["A", "B", "C", "D", "E", "F"] = Field("B", description="Least grade that counts as good.")
    single_good_is_moderate: bool = Field(True, description="One origin of a good grade gives moderate confidence.")
    dissent_lowers: bool = Field(True, description="A source that says the opposite takes one level.")
    second_hand_lowers: bool = Field(True, description="What is told only at second hand loses one level.")


class ComposeSettings(Settings):
    """What the brief says and how much of it."""

    summary_words: int = Field(120, ge=1, description="Most words of the summary.")
    bottom_line_words: int = Field(60, ge=1, description="Most words of the bottom line.")
    max_judgements: int = Field(6, ge=0, description="Most key judgements.")
    yardstick: Yardstick = Field("icd203", description="Which row of likelihood names is used.")
    confidence: ConfidenceRules = ConfidenceRules()


class RenderSettings(Settings):
    """How the brief looks."""

    template: str = Field("daily", description="Folder of a house style below templates/.")
    templates: Path | None = Field(None, description="Your own templates folder; it wins file by file.")
    actor: str | None = Field(None, description="Whom a style about one actor shows: a name or id; else the first.")
    theme: str = Field("navy", description="Theme of the style, a key of its layout.yaml.")
    paper: Paper = Field("A4", description="A4 or Letter.")
    formats: tuple[Format, ...] = Field(("pdf", "html", "json"), description="What build writes.")


class Config(Settings):
    """All settings of a build."""

    brief: BriefSettings = BriefSettings()
    ingest: IngestSettings = IngestSettings()
    extract: ExtractSettings = ExtractSettings()
    synthesize: SynthesizeSettings = SynthesizeSettings()
    compose: ComposeSettings = ComposeSettings()
    render: RenderSettings = RenderSettings()
    store: StoreSettings = StoreSettings()
    profiles: dict[Annotated[str, AfterValidator(named)], Profile] = Field(
        {}, description="Briefs that run by themselves."
    )


def load(path: Path | None) -> Config:
    """The settings of a file, or the standard ones. Paths in the file are relative to it. Raises ConfigError."""
    if path is None:
        return Config()
    data, lines = yamlfile.read(path)
    config = _anchored(yamlfile.model(Config, data, lines, str(path)), path.parent)
    return config.model_copy(update={"store": _store_here(config.store, path.parent)})


def _store_here(store: StoreSettings, folder: Path) -> StoreSettings:
    """SQLite's file is a path too: relative to ``folder``."""
    if not store.url.startswith(SQLITE):
        return store
    return store.model_copy(update={"url": f"{SQLITE}{folder / Path(store.url.removeprefix(SQLITE)).expanduser()}"})


def fingerprint(config: Config) -> str:
    """SHA-256 of the settings that change a brief's content: the same settings give the same one on any machine."""
    data = config.model_dump(
        mode="json",
        exclude={
            "ingest": {"cache"},
            "render": {"templates"},
            "synthesize": {"actors_file", "sources_file"},
            "store": True,
            "profiles": True,
        },
    )
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """JSON Schema of config.yaml, for editors."""
    schema = Config.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "config.yaml of briefing"
    return schema


def _anchored(settings: M, folder: Path) -> M:
    """The same settings with every relative path in them joined to ``folder``."""
    changed = {name: _here(value, folder) for name, value in settings}
    return settings.model_copy(update=changed)


def _here(value: Any, folder: Path) -> Any:
    if isinstance(value, Path):
        return folder / value.expanduser()
    if isinstance(value, BaseModel):
        return _anchored(value, folder)
    if isinstance(value, tuple):
        return tuple(_here(v, folder) for v in value)
    if isinstance(value, dict):
        return {k: _here(v, folder) for k, v in value.items()}
    return value
