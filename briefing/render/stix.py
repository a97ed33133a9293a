"""Brief in, a STIX 2.1 bundle out: report, identities, incidents, notes and opinions with what they rest on.

Ids are uuid5 of the content, so that the same finding has the same id in every brief. STIX has no object for an event
in general: ``incident`` stands for one, and its description is the source's own words. Nobody becomes a threat actor,
because nothing in a brief says so in STIX's sense.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from briefing.config import Config
from briefing.records import Brief, Confidence, Evidence, SourceLine
from briefing.render.text import clip, safe_url

SPACE = uuid.UUID("6f6b8a0e-5d0b-5c39-9a53-2c5c0a3a7d10")  # of this program's objects
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
# The ids that OASIS gives the TLP 2.0 markings.
TLP = {
    "TLP:CLEAR": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "TLP:GREEN": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
CLASSES = {"PERSON": "individual", "ORG": "organization", "NORP": "group"}
# STIX's own scale of low, medium and high.
CONFIDENCE: dict[Confidence, int] = {"low": 15, "moderate": 50, "high": 85}

Object = dict[str, Any]


def dump(brief: Brief, config: Config) -> bytes:
    """A bundle as JSON."""
    return (json.dumps(_Bundle(brief, config).bundle(), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


class _Bundle:
    def __init__(self, brief: Brief, config: Config) -> None:
        self.brief = brief
        self.at = _time(brief.as_of)
        self.articles = {a.id: a for a in brief.articles}
        self.maker = _id("identity", "maker", config.brief.organisation)
        self.organisation = config.brief.organisation
        self.marking = self._marking(brief.marking)
        self.people = {a.id: _id("identity", a.id, a.name, a.type) for a in brief.actors}

    def bundle(self) -> Object:
        maker = self._common("identity", self.maker, name=self.organisation, identity_class="organization")
        del maker["created_by_ref"]
        found = [*self._people(), *self._events(), *self._relations(), *self._voices(), *self._judgements()]
        found += self._claims()
        unique = list({o["id"]: o for o in found}.values())
        objects = [*([self.marking] if self.marking else []), maker, *unique]
        objects.append(self._report([o["id"] for o in unique] or [self.maker]))
        key = "\n".join(o["id"] for o in objects)
        return {"type": "bundle", "id": _id("bundle", key, self.at), "objects": objects}

    def _common(self, kind: str, id: str, **more: Any) -> Object:  # noqa: A002
        head: Object = {"type": kind, "spec_version": "2.1", "id": id, "created_by_ref": self.maker}
        head |= {"created": self.at, "modified": self.at}
        if self.marking:
            head["object_marking_refs"] = [self.marking["id"]]
        return head | {k: v for k, v in more.items() if v not in (None, "", [], ())}

    def _marking(self, label: str) -> Object | None:
        label = label.strip()
        if not label:
            return None
        if label.upper() in TLP:
            level = label.upper().removeprefix("TLP:").lower()
            extension = {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level}}
            head = {
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": f"marking-definition--{TLP[label.upper()]}",
            }
            return head | {"created": "2022-10-01T00:00:00.000Z", "name": label.upper(), "extensions": extension}
        return {
            "type": "marking-definition", "spec_version": "2.1", "id": _id("marking-definition", label),
            "created": "2022-10-01T00:00:00.000Z", "definition_type": "statement", "definition": {"statement": label},
        }  # fmt: skip

    def _people(self) -> Iterable[Object]:
        for a in self.brief.actors:
            about = [f"Also called {', '.join(x.name for x in a.aliases)}."] if a.aliases else []
            about += [f"Affiliation as stated: {a.affiliation}."] if a.affiliation else []
            yield self._common(
                "identity",
                self.people[a.id],
                name=a.name,
                identity_class=CLASSES.get(a.type, "unknown"),
                roles=list(a.roles),
                description=" ".join(about),
                external_references=self._references(a.evidence),
            )

    def _events(self) -> Iterable[Object]:
        for e in self.brief.events:
            id = _id("incident", e.text, e.date or "", e.factuality)  # noqa: A001
            labels = [x for x in (e.factuality, (e.type or "").lower(), "background" if e.background else "") if x]
            when = f" ({e.date})" if e.date else ""
            yield self._common(
                "incident",
                id,
                name=clip(e.text, 120) + when,
                description=e.text,
                labels=labels,
                external_references=self._references(e.evidence),
            )
            for actor in e.actors:
                if actor in self.people:
                    yield self._relationship("related-to", id, self.people[actor], e.evidence)

    def _relations(self) -> Iterable[Object]:
        for r in self.brief.relations:
            if r.source in self.people and r.target in self.people and r.source != r.target:
                kind = r.kind.lower().replace("_", "-")
                yield self._relationship(kind, self.people[r.source], self.people[r.target], r.evidence, r.text)

    def _relationship(
        self, kind: str, source: str, target: str, evidence: Sequence[Evidence], words: str = ""
    ) -> Object:
        return self._common(
            "relationship",
            _id("relationship", kind, source, target, words),
            relationship_type=kind,
            source_ref=source,
            target_ref=target,
            description=words,
            external_references=self._references(evidence),
        )

    def _voices(self) -> Iterable[Object]:
        for a in self.brief.assessments:
            about = [self.people[a.speaker]] if a.speaker in self.people else [self.maker]
            likely = [f"likelihood: {a.likelihood.term}"] if a.likelihood else []
            yield self._note(a.text, a.evidence, about, [a.speaker_name] if a.speaker_name else [], [a.kind, *likely])

    def _judgements(self) -> Iterable[Object]:
        for j in self.brief.key_judgements:
            likely = [f"likelihood: {j.likelihood.term}"] if j.likelihood else []
            authors = [j.speaker_name] if j.speaker_name else []
            note = self._note(j.text, j.evidence, [self.maker], authors, ["key-judgement", *likely])
            yield note | {"confidence": CONFIDENCE[j.confidence], "abstract": j.why or "Key judgement"}

    def _claims(self) -> Iterable[Object]:
        for c in self.brief.claims:
            about = [self.people[c.claimant]] if c.claimant in self.people else [self.maker]
            claim = self._note(
                c.text, c.evidence, about, [c.claimant_name] if c.claimant_name else [], ["claim", c.status]
            )
            yield claim
            for d in c.denials:
                yield self._common(
                    "opinion",
                    _id("opinion", d.text, claim["id"]),
                    opinion="strongly-disagree",
                    explanation=d.text,
                    authors=[d.speaker_name] if d.speaker_name else [],
                    object_refs=[claim["id"]],
                    external_references=self._references(d.evidence),
                )

    def _note(
        self, words: str, evidence: Sequence[Evidence], about: list[str], authors: list[str], labels: list[str]
    ) -> Object:
        key = "|".join(f"{e.article}:{e.start}:{e.end}" for e in evidence)
        return self._common(
            "note",
            _id("note", words, key, *labels),
            content=words,
            authors=authors,
            object_refs=about,
            labels=labels,
            external_references=self._references(evidence),
        )

    def _report(self, refs: list[str]) -> Object:
        summary = " ".join(s.text for s in (*self.brief.bottom_line, *self.brief.summary))
        return self._common(
            "report",
            _id("report", self.brief.title, self.at, *refs),
            name=self.brief.title,
            description=summary,
            published=self.at,
            object_refs=refs,
            external_references=[_reference(a) for a in self.brief.articles],
        )

    def _references(self, evidence: Sequence[Evidence]) -> list[Object]:
        return [
            _reference(a) | {"description": e.quote, "external_id": f"{a.id}:{e.start}-{e.end}"}
            for e in evidence
            if (a := self.articles.get(e.article))
        ]


def _reference(a: SourceLine) -> Object:
    url = safe_url(a.url)
    name = ", ".join(x for x in (a.publisher, a.title, a.date) if x) or a.id
    return {"source_name": name, "external_id": a.id} | ({"url": url} if url else {})


def _id(kind: str, *key: str) -> str:
    return f"{kind}--{uuid.uuid5(SPACE, chr(31).join((kind, *key)))}"


def _time(as_of: str | None) -> str:
    try:
        found = datetime.fromisoformat(as_of or "")
    except ValueError:
        found = datetime(2000, 1, 1, tzinfo=UTC)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.strftime("%Y-%m-%dT%H:%M:%S.000Z")
