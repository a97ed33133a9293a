"""Annotated article files in, complaints out: `file:line: what was found; what to write`.

    python -m training.check PATH...

`error` lines must be mended (exit 1). `look` lines are often, not always, mistakes: read each one and decide.
The rules are those of GUIDELINE.md; each complaint names its section there.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from training.corpus import HEADERS, STANDINGS, Annotated, Attribution, MarkupError, Span, files, form, read

ABBREVIATION = re.compile(r"(\b[A-Z]|\b[ap]\.m|\bInc|\bCorp|\bCo|\bLtd|\bJr|\bSr|\bNo|\bSt|\betc|\.\.)\.$")
INFINITIVE = re.compile(
    r"\b(want|wants|wanted|plan|plans|planned|vow|vows|vowed|pledged?|pledges|promised?|promises|declined?|declines|"
    r"refused?|refuses|agreed?|agrees|hoped?|hopes|threatened|threatens|expected|likely|intends?|intended|decided|"
    r"seeks?|sought|offered|offers|failed|tried|urged|asked|ordered) to$"
)
LEFT_OUT = re.compile(
    r"\b(has|have|had|was|were|is|are|been|will|would|could|should|did|does|do|not|never|also|repeatedly|later|"
    r"n['’]t|\w{3,}ly)\s+$",
    re.I,
)
PREPOSITION = re.compile(r"\s+(about|for|of|on|against|with|over|at|from|as)\s+")
SPEECH = re.compile(
    r"\b(said|says|saying|told|tells|according to|argued|argues|warned|warns|announced|insisted|claimed|claims|"
    r"denied|denies|acknowledged|suggested|added|criticised|criticized|accused|urged|declined|refused|vowed|"
    r"pledged|promised|believes?|wrote|tweeted|explained|conceded|predicted|praised|condemned|rejected|demanded)\b"
)
QUOTED = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"|«[^»\n]+»")

Complaint = tuple[int, str, str]


def check(article: Annotated) -> list[Complaint]:
    """Every complaint on one article: (line, `error` or `look`, message)."""
    found = [*_header(article), *_tags(article), *_article(article)]
    for attribution in article.attributions:
        found += _units(article, attribution)
        found += _content(article, attribution)
        if attribution.cue and attribution.content:
            found += _cue(article, attribution)
            found += _source(article, attribution)
    return sorted(set(found))


def _header(article: Annotated) -> Iterator[Complaint]:
    for key in HEADERS:
        if not article.header.get(key):
            yield 1, "error", f"the header has no {key}; write `{key}: …`"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", article.header.get("date", "")):
        yield 1, "error", "the header has no date; write `date: 2024-05-31`"
    for actor in article.actors.values():
        if actor.name not in article.text:
            yield (
                1,
                "error",
                f"actor {actor.id}: {actor.name!r} is not in the text; write the name as it stands there",
            )


def _tags(article: Annotated) -> Iterator[Complaint]:
    for tag in article.tags:
        line, piece = article.line(tag.start), article.piece((tag.start, tag.end))
        label = f"{{{tag.role}{','.join(map(str, tag.ids))}|{piece[:40]}}}"
        if not piece:
            yield line, "error", f"{label} is empty"
        elif piece != piece.strip():
            yield line, "error", f"{label} begins or ends with a blank; move it out"
        if "\n" in piece and tag.role != "c":
            yield line, "error", f"{label} runs over lines; only content may"
        if "\n\n" in piece:
            yield (
                line,
                "error",
                f"{label} runs over paragraphs; close it there, reopen it with the same id",
            )
        if tag.actor and tag.role != "s":
            yield line, "error", f"{label} names @{tag.actor}; actors stand on source tags"
        if tag.actor and tag.actor not in article.actors and tag.actor not in STANDINGS:
            yield line, "error", f"@{tag.actor} is no actor of the header and no word of standing"
        if tag.role == "c" and len(tag.ids) > 1:
            yield (
                line,
                "error",
                f"{label} is content of several; split it, each attribution has its own content",
            )
        inner = [t for t in article.tags if t is not tag and tag.start <= t.start and t.end <= tag.end]
        if tag.role != "c" and inner:
            yield (
                line,
                "error",
                f"{label} holds other tags; only content may (for one source of several: {{s3,4|…}})",
            )


def _units(article: Annotated, a: Attribution) -> Iterator[Complaint]:
    at = (a.content or a.cue or a.source)[0][0]
    line = article.line(at)
    if not a.content:
        yield line, "error", f"{a.id} has no content; tag it {{c{a.id}|…}} or take its other tags away"
    if not a.cue and a.id not in article.without_cue:
        yield (
            line,
            "error",
            f"{a.id} has no cue; tag it {{q{a.id}|…}} or write `nocue: {a.id}` (GUIDELINE, Cue)",
        )
    if len(a.cue) > 1:
        yield line, "error", f"{a.id} has {len(a.cue)} cues; a cue is one piece (GUIDELINE, Cue)"
    if len(a.source) > 2:
        yield line, "error", f"{a.id} has {len(a.source)} pieces of source; at most two"
    if a.likelihood and a.likelihood not in " ".join(article.piece(s) for s in a.content):
        yield (
            line,
            "error",
            f"likelihood {a.likelihood!r} is not in the content of {a.id}; copy the words exactly",
        )
    for span in (*a.cue, *a.source):
        if any(c[0] < span[1] and span[0] < c[1] for c in a.content):
            yield (
                line,
                "error",
                f"cue or source of {a.id} stands inside its own content; cut the content around it",
            )
    if a.outer is not None:
        outer = next(x for x in article.attributions if x.id == a.outer)
        if outer.outer is not None:
            yield line, "error", f"{a.id} is nested two deep; keep one level (GUIDELINE, Nested)"


def _content(article: Annotated, a: Attribution) -> Iterator[Complaint]:
    text = article.text
    whole = " ".join(article.piece(s) for s in a.content)
    blocks = bool(re.search(r"[.?!]['”\"’]?\s+\S", whole)) or any(article.piece(s).endswith(":") for s in a.cue)
    for start, end in a.content:
        piece, line = text[start:end], article.line(start)
        before, after = text[max(0, start - 12) : start], text[end : end + 2]
        closes = piece[-1] == "," and ", " in piece and end < a.content[-1][0]
        if piece[-1] in ",;:" and not closes and form(text, a.content) != "direct":
            yield line, "error", f"content of {a.id} ends with {piece[-1]!r}: …{piece[-25:]!r}; leave it out"
        if piece[-1] == "." and not blocks and not ABBREVIATION.search(piece):
            yield (
                line,
                "error",
                f"content of {a.id} ends with the sentence's full stop: …{piece[-25:]!r}; leave it out",
            )
        if piece[-1] in ".,!?" and after[:1] in '”"' and after:
            yield line, "error", f"the quotation mark after content {a.id} is left out; take it in"
        if (before and before[-1:] in "“«") or (before[-1:] == '"' and text[:start].count('"') % 2):
            yield line, "error", f"the quotation mark before content {a.id} is left out; take it in"
        word = re.search(r"\b(that|whether|if)\s+$", before)
        if word and start == a.content[0][0]:
            yield line, "error", f"{word[1]!r} before content {a.id} is left out; take it in"
        if piece.count("“") != piece.count("”") and not _open_paragraph(text, (start, end)):
            yield (
                line,
                "look",
                f"quotation marks of content {a.id} do not pair: {piece[:30]!r}…{piece[-20:]!r}",
            )
        if piece.count('"') % 2 and not _open_paragraph(text, (start, end)):
            yield (
                line,
                "look",
                f"quotation marks of content {a.id} do not pair: {piece[:30]!r}…{piece[-20:]!r}",
            )


def _open_paragraph(text: str, span: Span) -> bool:
    """A paragraph that opens with a mark and does not close it because the quotation runs on."""
    return text[span[0]] in '“"' and text[span[1] : span[1] + 1] in ("\n", "")


def _cue(article: Annotated, a: Attribution) -> Iterator[Complaint]:
    text, (start, end) = article.text, a.cue[0]
    cue, line = text[start:end], article.line(start)
    tagged = [(t.start, t.end) for t in article.tags if t.role != "c" or t.depth < _depth(a)]
    if re.search(r"\s(that|whether|if)$", cue):
        yield line, "error", f"cue {cue!r} of {a.id} ends with a conjunction; it begins the content"
    if INFINITIVE.search(cue):
        yield line, "error", f"cue {cue!r} of {a.id} ends with `to`; the infinitive with its `to` is content"
    if text[end : end + 1] == ":":
        yield line, "error", f"the colon after cue {cue!r} is left out; take it into the cue"
    if cue[-1] in ",;.":
        yield line, "error", f"cue {cue!r} ends with {cue[-1]!r}; leave it out"
    left = LEFT_OUT.search(text[max(0, start - 20) : start])
    if left and not any(s < start and e >= start - 1 for s, e in tagged):
        yield (
            line,
            "look",
            f"{left[1]!r} stands before cue {cue!r}; auxiliaries, negation and adverbs belong to it",
        )
    for content in a.content:
        gap = text[end : content[0]] if content[0] >= end else ""
        if PREPOSITION.fullmatch(gap):
            yield line, "error", f"{gap.strip()!r} between cue {cue!r} and its content belongs to the cue"
    if len(cue.split()) > 7:
        yield line, "look", f"cue {cue!r} has {len(cue.split())} words; most have one to three"


def _depth(a: Attribution) -> int:
    return 1 if a.outer is None else 2


def _source(article: Annotated, a: Attribution) -> Iterator[Complaint]:
    if not a.source:
        return
    text, (start, end) = article.text, a.source[-1]
    source, line = text[start:end], article.line(start)
    gap = text[end : a.cue[0][0]]
    if ", " in source and gap.startswith(",") and len(gap) < 4 and a.cue[0][0] > end:
        yield line, "error", f"the comma that closes the apposition in {source!r} belongs to the source"
    inserted = a.cue[0][0] > end and re.fullmatch(r", (who|which|a|an|the) [^.“\"]{3,120},\s", gap)
    if inserted and not any(t.role == "q" and end <= t.start < a.cue[0][0] for t in article.tags):
        message = "appositions and relative clauses belong to the source"
        yield line, "look", f"{gap!r} after source {source!r}: {message}"


def _article(article: Annotated) -> Iterator[Complaint]:
    covered = [False] * len(article.text)
    for tag in article.tags:
        if tag.role != "s":
            covered[tag.start : tag.end] = [True] * (tag.end - tag.start)
    for match in QUOTED.finditer(article.text):
        if len(match[0].split()) >= 6 and not any(covered[match.start() : match.end()]):
            yield article.line(match.start()), "look", f"the quotation {match[0][:40]!r} is nobody's content"
    for match in SPEECH.finditer(article.text):
        if not covered[match.start()]:
            yield article.line(match.start()), "look", f"{match[0]!r} is no cue and in no content"
    words = len(article.text.split())
    rate = 1000 * len(article.flat) / max(1, words)
    if article.header.get("density") not in ("low", "high") and not 18 <= rate <= 50:
        yield (
            1,
            "look",
            f"{rate:.0f} attributions per 1000 words; aim at 25 to 40, or write `density: low` (or high)",
        )
    if "\n\n" not in article.text:
        yield (
            1,
            "error",
            "the article has one paragraph; the first is the headline, a blank line parts paragraphs",
        )


def main(argv: list[str] | None = None) -> int:
    """Check files and folders; 1 when any error was found."""
    parser = argparse.ArgumentParser(prog="python -m training.check", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    args = parser.parse_args(argv)
    errors = looks = 0
    found = files(args.paths)
    for path in found:
        try:
            complaints = check(read(path))
        except MarkupError as error:
            complaints = [(error.line, "error", f"{error.found}; {error.remedy}")]
        for line, level, message in complaints:
            print(f"{path}:{line}: {level}: {message}")
            errors += level == "error"
            looks += level == "look"
    print(f"{len(found)} articles, {errors} errors, {looks} to look at")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
