"""Annotated article files in, typed records with character offsets out; and figures to compare one corpus with another.

    python -m training.corpus PATH... [--against GOLD.jsonl]     figures of our corpus, beside those of a gold set

The markup is described in GUIDELINE.md. Offsets are Python string offsets, end exclusive.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("assessment", "statement", "allegation", "denial", "intent", "no_comment")
STANDINGS = ("expert", "party_official", "third_official", "witness", "outlet", "organisation", "other")
HEADERS = ("desk", "register", "subject")
ROLES = {"s": "source", "q": "cue", "c": "content"}
PRONOUNS = frozenset(
    re.split(" ", "i we you he she it they who which that his her their its my our this these those one")
)
QUOTES = '"“”«»„'

_OPEN = re.compile(r"\{([sqc])(\d+(?:,\d+)*)(?:@([a-z][a-z0-9_-]*))?\|")

Span = tuple[int, int]


class MarkupError(ValueError):
    """A file that does not follow the markup; `str()` names the line, what was found and what to write instead."""

    def __init__(self, line: int, found: str, remedy: str) -> None:
        super().__init__(f"line {line}: {found}; {remedy}")
        self.line, self.found, self.remedy = line, found, remedy


@dataclass(frozen=True)
class Tag:
    """One tag: its role, the attributions it serves, the actor named on it, and where its text stands."""

    role: str
    ids: tuple[int, ...]
    actor: str | None
    start: int
    end: int
    depth: int


@dataclass(frozen=True)
class Actor:
    """Somebody who speaks in the article: short id, standing, and a name as the text has it."""

    id: str
    standing: str
    name: str


@dataclass(frozen=True)
class Attribution:
    """One attribution: spans of content, cue and source, and the layers that were annotated with it."""

    id: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    actor: str | None
    standing: str
    kind: str
    likelihood: str | None
    outer: int | None

    def __post_init__(self) -> None:
        assert self.kind in KINDS
        assert self.standing in STANDINGS


@dataclass(frozen=True)
class Annotated:
    """One article: its text without markup, and what was annotated on it."""

    path: Path
    header: dict[str, str]
    text: str
    tags: tuple[Tag, ...]
    actors: dict[str, Actor]
    attributions: tuple[Attribution, ...]
    body_line: int
    without_cue: frozenset[int] = field(default_factory=frozenset)

    def line(self, offset: int) -> int:
        """Line of the file (from 1) on which the text offset stands."""
        return self.body_line + self.text.count("\n", 0, offset)

    def piece(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span[0] : span[1]]

    @property
    def flat(self) -> tuple[Attribution, ...]:
        """The attributions that stand in no other one's content: what the tagger learns."""
        return tuple(a for a in self.attributions if a.outer is None)


# ------------------------------------------------------------------------------------------------------- reading
def read(path: Path) -> Annotated:
    """Read one annotated file; raises MarkupError with the line where it goes wrong."""
    return parse(path.read_text(encoding="utf-8"), path)


def parse(source: str, path: Path = Path("-")) -> Annotated:
    """Parse the text of one annotated file: header, `---`, marked-up article, `---`, layers."""
    lines = source.split("\n")
    rules = [n for n, line in enumerate(lines) if line.strip() == "---"]
    if len(rules) != 2:
        raise MarkupError(1, f"{len(rules)} lines hold only ---", "write two: after the header and after the article")
    header, actors = _header(lines[: rules[0]])
    first = rules[0] + 1
    while first < rules[1] and not lines[first].strip():
        first += 1
    body = "\n".join(lines[first : rules[1]]).rstrip()
    text, tags = _tags(body, first + 1)
    layers = _layers(lines[rules[1] + 1 :], rules[1] + 2)
    attributions = tuple(_attributions(tags, actors, layers))
    _known(layers, {a.id for a in attributions}, rules[1] + 2)
    return Annotated(path, header, text, tuple(tags), actors, attributions, first + 1, frozenset(layers.nocue))


def _header(lines: list[str]) -> tuple[dict[str, str], dict[str, Actor]]:
    header: dict[str, str] = {}
    actors: dict[str, Actor] = {}
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            raise MarkupError(n, f"header line {line.strip()!r}", "write `key: value`")
        if not key.startswith("actor "):
            header[key] = value
            continue
        ident = key[6:].strip()
        standing, bar, name = (part.strip() for part in value.partition("|"))
        if standing not in STANDINGS or not bar:
            raise MarkupError(
                n,
                f"{line.strip()!r}",
                f"write `actor ID: STANDING | NAME`, STANDING one of {', '.join(STANDINGS)}",
            )
        if ident in STANDINGS or not re.fullmatch(r"[a-z][a-z0-9_-]*", ident):
            raise MarkupError(n, f"actor id {ident!r}", "use a-z, 0-9, _ and -; the words of standing are taken")
        actors[ident] = Actor(ident, standing, name)
    return header, actors


def _tags(body: str, line: int) -> tuple[str, list[Tag]]:
    out: list[str] = []
    tags: list[Tag] = []
    stack: list[tuple[str, tuple[int, ...], str | None, int, int]] = []
    at = length = 0
    while at < len(body):
        char = body[at]
        here = line + body.count("\n", 0, at)
        if char == "{":
            match = _OPEN.match(body, at)
            if not match:
                raise MarkupError(here, f"{body[at : at + 15]!r}", "a tag is {s1|…}, {q1|…}, {c1|…} or {s1,2@actor|…}")
            ids = tuple(int(i) for i in match[2].split(","))
            stack.append((match[1], ids, match[3], length, here))
            at = match.end()
        elif char == "}":
            if not stack:
                raise MarkupError(here, "a } that closes nothing", f"see {body[max(0, at - 25) : at + 1]!r}")
            role, ids, actor, start, _ = stack.pop()
            tags.append(Tag(role, ids, actor, start, length, len(stack)))
            at += 1
        else:
            out.append(char)
            length += 1
            at += 1
    if stack:
        raise MarkupError(stack[-1][4], f"{{{stack[-1][0]}{stack[-1][1][0]}| is never closed", "close it with }")
    return "".join(out), sorted(tags, key=lambda t: (t.start, -t.end))


@dataclass
class _Layers:
    kinds: dict[int, str] = field(default_factory=dict)
    likelihood: dict[int, str] = field(default_factory=dict)
    nocue: set[int] = field(default_factory=set)


def _layers(lines: list[str], first: int) -> _Layers:
    layers = _Layers()
    for n, line in enumerate(lines, first):
        if not line.strip():
            continue
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "likelihood":
            for item in filter(None, (part.strip() for part in value.split(";"))):
                match = re.fullmatch(r"(\d+) \"([^\"]+)\"", item)
                if not match:
                    raise MarkupError(n, f"{item!r}", 'write `likelihood: 4 "very likely"; 7 "could"`')
                layers.likelihood[int(match[1])] = match[2]
        elif key in KINDS or key == "nocue":
            if not re.fullmatch(r"[\d ]*", value):
                raise MarkupError(n, f"{line.strip()!r}", f"write `{key}: 3 5 8`, numbers and blanks only")
            for ident in map(int, value.split()):
                if key == "nocue":
                    layers.nocue.add(ident)
                elif ident in layers.kinds:
                    raise MarkupError(n, f"{ident} is {layers.kinds[ident]} and {key}", "give it one kind")
                else:
                    layers.kinds[ident] = key
        else:
            raise MarkupError(n, f"layer {key!r}", f"use one of {', '.join(KINDS)}, likelihood, nocue")
    return layers


def _known(layers: _Layers, ids: set[int], line: int) -> None:
    for ident in sorted({*layers.kinds, *layers.likelihood, *layers.nocue} - ids):
        raise MarkupError(line, f"the layers name {ident}, which has no tag", "correct the number")


def _attributions(tags: list[Tag], actors: dict[str, Actor], layers: _Layers) -> Iterator[Attribution]:
    spans: dict[int, dict[str, list[Span]]] = {}
    named: dict[int, str] = {}
    for tag in tags:
        for ident in tag.ids:
            spans.setdefault(ident, {"s": [], "q": [], "c": []})[tag.role].append((tag.start, tag.end))
            if tag.actor:
                named[ident] = tag.actor
    for ident, roles in sorted(spans.items()):
        actor = named.get(ident)
        standing = actor if actor in STANDINGS else actors[actor].standing if actor in actors else "other"
        yield Attribution(
            ident,
            tuple(roles["c"]),
            tuple(roles["q"]),
            tuple(roles["s"]),
            actor if actor in actors else None,
            str(standing),
            layers.kinds.get(ident, "statement"),
            layers.likelihood.get(ident),
            _outer(ident, roles["q"] or roles["c"], spans),
        )


def _outer(ident: int, own: list[Span], spans: dict[int, dict[str, list[Span]]]) -> int | None:
    """The attribution in whose content this one's cue stands, the smallest if several."""
    found = [
        (end - start, other)
        for other, roles in spans.items()
        if other != ident and own
        for start, end in roles["c"]
        if start <= own[0][0] and own[0][1] <= end and (start, end) != own[0]
    ]
    return min(found)[1] if found else None


def files(paths: Iterable[Path]) -> list[Path]:
    """The annotated files under the given files and folders, in order of name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return found


def load(paths: Iterable[Path]) -> list[Annotated]:
    """Every article under the given files and folders."""
    return [read(path) for path in files(paths)]


def to_gold(article: Annotated) -> dict[str, Any]:
    """The article as a record of the gold format, so that the same ruler measures both."""
    quotes = [
        {
            "id": str(a.id),
            "start": a.content[0][0],
            "end": a.content[-1][1],
            "content_spans": [list(s) for s in a.content],
            "cue_spans": [list(s) for s in a.cue],
            "speaker_spans": [list(s) for s in a.source],
            "type": form(article.text, a.content),
            "kind": a.kind,
        }
        for a in article.flat
    ]
    return {"id": f"{article.path.parent.name}/{article.path.stem}", "text": article.text, "quotes": quotes}


def form(text: str, content: Iterable[Span]) -> str:
    """direct (all inside quotation marks), mixed (some), or indirect (none)."""
    pieces = [text[a:b].strip() for a, b in content]
    marked = [bool(p) and p[0] in QUOTES and (p[-1] in QUOTES or p.count(p[0]) == 1) for p in pieces]
    if all(marked):
        return "direct"
    return "mixed" if any(q in p for p in pieces for q in QUOTES) else "indirect"


# ------------------------------------------------------------------------------------------------------- figures
def figures(records: list[dict[str, Any]]) -> dict[str, float]:
    """Distributions of a list of gold-format records; shares are between 0 and 1."""
    quotes = [(r["text"], q) for r in records for q in r["quotes"]]
    words = sum(len(r["text"].split()) for r in records)
    n = max(1, len(quotes))
    types = Counter(q["type"] for _, q in quotes)
    out: dict[str, float] = {
        "articles": len(records),
        "words": words,
        "attributions": len(quotes),
        "words per article": words / max(1, len(records)),
        "attributions per 1000 words": 1000 * len(quotes) / max(1, words),
        "articles without any": sum(not r["quotes"] for r in records) / max(1, len(records)),
        "headlines with one": sum(_in_headline(r) for r in records) / max(1, len(records)),
    }
    out |= {f"type {t}": types[t] / n for t in ("direct", "mixed", "indirect")}
    out |= _content_figures(quotes, n) | _cue_figures(quotes, n) | _source_figures(quotes, n)
    return out


def _in_headline(record: dict[str, Any]) -> bool:
    end = record["text"].find("\n")
    return any(q["content_spans"][0][0] < end for q in record["quotes"])


def _first_words(text: str, spans: list[list[int]]) -> str:
    return " ".join(text[a:b] for a, b in spans)


def _content_figures(quotes: list[tuple[str, Any]], n: int) -> dict[str, float]:
    out: dict[str, float] = {}
    for kind in ("direct", "mixed", "indirect"):
        lengths = [len(_first_words(t, q["content_spans"]).split()) for t, q in quotes if q["type"] == kind]
        out[f"median words of content, {kind}"] = statistics.median(lengths) if lengths else 0
    starts = Counter(_first_words(t, q["content_spans"]).lower().split()[0] for t, q in quotes)
    out["content begins with that"] = starts["that"] / n
    out["content begins with to"] = starts["to"] / n
    out["content of at most 3 words"] = (
        sum(len(_first_words(t, q["content_spans"]).split()) <= 3 for t, q in quotes) / n
    )
    out["content in pieces"] = sum(len(q["content_spans"]) > 1 for _, q in quotes) / n
    return out


def _cue_figures(quotes: list[tuple[str, Any]], n: int) -> dict[str, float]:
    cues = [_first_words(t, q["cue_spans"] or []).lower() for t, q in quotes]
    lengths = [len(c.split()) for c in cues]
    order = Counter(_order(q) for _, q in quotes)
    return {
        "cue of one word": lengths.count(1) / n,
        "cue of two words": lengths.count(2) / n,
        "cue of three and more": sum(k > 2 for k in lengths) / n,
        "cue with a form of say": sum(bool(re.search(r"\b(said|says?|saying)\b", c)) for c in cues) / n,
        "cue told": sum("told" in c for c in cues) / n,
        "cue according to": sum("according to" in c for c in cues) / n,
        "different cues per attribution": len(set(cues)) / n,
        "order source cue content": order["sqc"] / n,
        "order content source cue": order["csq"] / n,
        "order content cue source": order["cqs"] / n,
        "other orders": (n - order["sqc"] - order["csq"] - order["cqs"]) / n,
    }


def _order(quote: dict[str, Any]) -> str:
    first = [("c", quote["content_spans"]), ("q", quote["cue_spans"]), ("s", quote.get("speaker_spans"))]
    return "".join(r for r, spans in sorted(((r, s) for r, s in first if s), key=lambda x: x[1][0][0]))


def _source_figures(quotes: list[tuple[str, Any]], n: int) -> dict[str, float]:
    sources = [_first_words(t, q.get("speaker_spans") or []) for t, q in quotes]
    return {
        "no source": sum(not s for s in sources) / n,
        "source is a pronoun": sum(s.lower() in PRONOUNS for s in sources) / n,
        "source of one word": sum(len(s.split()) == 1 for s in sources) / n,
        "source of five and more": sum(len(s.split()) >= 5 for s in sources) / n,
        "source with an apposition": sum(", " in s for s in sources) / n,
    }


def main(argv: list[str] | None = None) -> int:
    """Print the figures of a corpus, beside those of a gold set if one is given."""
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--against", nargs="*", type=Path, default=[], help="gold sets, JSONL")
    parser.add_argument("--jsonl", action="store_true", help="print the articles as gold records instead")
    args = parser.parse_args(argv)
    try:
        articles = load(args.paths)
    except MarkupError as error:
        print(f"{error}\nrun python -m training.check first", file=sys.stderr)
        return 1
    ours = [to_gold(a) for a in articles]
    if args.jsonl:
        sys.stdout.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in ours)
        return 0
    lines = [line for p in args.against for line in p.read_text(encoding="utf-8").splitlines() if line]
    theirs = figures([json.loads(line) for line in lines]) if lines else {}
    for name, value in figures(ours).items():
        print(f"{name:34}{value:10.3g}" + (f"{theirs[name]:10.3g}" if theirs else ""))
    kinds = Counter(a.kind for article in articles for a in article.attributions)
    standings = Counter(a.standing for article in articles for a in article.attributions)
    print("kinds      ", ", ".join(f"{k} {v}" for k, v in kinds.most_common()))
    print("standings  ", ", ".join(f"{k} {v}" for k, v in standings.most_common()))
    print("likelihoods", sum(a.likelihood is not None for article in articles for a in article.attributions))
    print("nested     ", sum(a.outer is not None for article in articles for a in article.attributions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
