"""Text → blocks (a paragraph, or a line that stands for itself), each with a label of what it looks like.

A label says only how a block looks; ``split`` and ``head`` decide from its neighbours what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from briefing.ingest import dates, lexicon, names

Label = Literal[
    "body", "headline", "fragment", "dateline", "byline", "date", "meta", "caption", "copyright", "end", "separator",
    "promo", "promo_line", "share", "notice", "paywall", "credit",
]  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One paragraph or stand-alone line; ``gap`` is the number of blank lines before it."""

    text: str
    label: Label
    gap: int = 0

    @property
    def words(self) -> int:
        return len(self.text.split())

    def labelled(self, label: Label) -> Block:
        return replace(self, label=label)


_SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000\ufeff]+")
_SEPARATOR = re.compile(r"(?:[-=_*~#•·+]\s?){3,}|[—–]{2,}")
_COPYRIGHT = re.compile(
    r"(?:(?:©|\([cC]\)|&copy;|[Cc]opyright|COPYRIGHT)(?:\s*(?:©|\([cC]\)|of|by))*[\s,]*"
    r"(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?[\s,]*.{0,160}"
    r"|.{0,100}\b[Aa]ll [Rr]ights [Rr]eserved\b.{0,200})$"
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|[Rr]ights? [Rr]eserved|RIGHTS RESERVED|[Cc]opyright|COPYRIGHT")
_RIGHTS = re.compile(
    r"(?:This material|No part of this|Reproduction|Unauthori[sz]ed).{0,80}"
    r"\b(?:not be published|reproduced|prohibited|without).{0,200}",
    re.IGNORECASE,
)
_META = re.compile(
    r"(?P<key>title|from|to|cc|sent|headline|source|publication|publisher|outlet|date|published(?: on| at)?|"
    r"publication date|author|authors|byline|by|url|link|"
    r"section|length|language|dateline|subject|body|tags?|keywords?|category)\s*:\s*(?P<value>.{0,300})$",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?…;:,]+[\"'”’»)\]]*$|[.!?…,]?[\"”]$")
_PROMO_LINE = re.compile(
    r"(?:>+\s*)?(?:(?:[Rr]ead|READ) "
    r"(?:[Mm]ore|MORE|[Aa]lso|ALSO|[Nn]ext|NEXT|the [Ff]ull [Ss]tory)|"
    r"(?:ALSO|Also|MUST|Must) (?:READ|[Rr]ead)|RELATED(?: \w+)?|Related(?: (?:story|article|coverage|news|"
    r"[Ss]tories))?|"
    r"MORE(?: ON .{1,40}?)?|SEE ALSO|See [Aa]lso|WATCH(?: NOW)?|Watch(?: now)?|LISTEN|Listen|EXPLAINER|Explainer|"
    r"OPINION|READ|Read|TOP STORIES)\s*(?::|\||>|»|→|[—–-] )\s*(?P<what>\S.{3,250})$"
)
_PROMO_BARE = re.compile(
    r"(?:Read [Mm]ore|READ MORE|ALSO READ|Also [Rr]ead|READ ALSO|Read [Aa]lso) (?P<what>[A-Z“\"'‘].{10,180})$"
)
_STUCK_PROMO = re.compile(r"(?<=[)\].!?…”\"])\s*(?:Read [Mm]ore|READ MORE|Read [Aa]lso|Show [Mm]ore|Expand)\s*$")
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ’'. -]*[A-ZÀ-Þ.]"


@cache
def _dateline() -> re.Pattern[str]:
    agency = lexicon.agency_pattern()
    month = r"(?:Jan|Feb|March?|Apr(?:il)?|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:,? \d{4})?"
    region = r"(?:, (?:[A-Z][\w.’'-]*(?: (?:of|the|and|[A-Z][\w.’'-]*))*))?(?:, (?:[A-Z][\w.]+(?: [A-Z]\w+)*))?"
    place = rf"{_PLACE}(?:/{_PLACE})*{region}"
    dash = r"\s*(?:[—–]+|-{1,3}|:)\s*"
    sign = rf"[(\[](?P<agency>{agency})(?:/[\w ]+)?(?: ?[—–-] ?[^)\]]{{1,40}})?[)\]]"
    return re.compile(
        rf"(?P<line>(?P<place>{place})?(?:,? \(?(?P<day>{month})\)?,?)?\s*{sign}){dash}(?=\S)"
        rf"|(?P<line2>(?P<place2>{place})(?:,? (?P<day2>{month}),?)?)\s*(?:[—–]|--?)\s+(?=[\"“‘']?[A-Z])"
        rf"|(?P<line3>(?P<place3>{place}),? (?P<day3>{month}) (?P<agency3>{agency})){dash}(?=\S)"
    )


@dataclass(frozen=True)
class Dateline:
    """``SEOUL, South Korea (AP) — ``: the line itself, its length with the dash, and what it names."""

    line: str
    length: int
    place: str | None
    agency: str | None
    date: str | None  # only where it has a year


def dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph, if one does."""
    found = _dateline().match(text[:200])
    if found is None:
        return None
    group = found.groupdict()
    agency, day = group["agency"] or group["agency3"], group["day"] or group["day2"] or group["day3"]
    return Dateline(
        line=(group["line"] or group["line2"] or group["line3"]).strip(),
        length=found.end(),
        place=group["place"] or group["place2"] or group["place3"],
        agency=lexicon.agencies().get(agency.lower()) if agency else None,
        date=dates.find(day) if day else None,
    )


def meta(text: str) -> tuple[str, str] | None:
    """``"Title: A thing"`` → ("title", "A thing")."""
    found = _META.match(text)
    return (found["key"].lower(), found["value"].strip()) if found else None


def caption(text: str) -> bool:
    """Whether a paragraph is a photograph's caption or credit."""
    signs = lexicon.photo()
    if text.endswith((")", "]", ").", ")…")):
        start = max(text.rfind("(", -160), text.rfind("[", -160))
        tail = text[start + 1 :].rstrip(").]…") if start >= 0 else ""
        if tail and len(tail.split()) <= 14 and signs["tail"].search(tail):
            return True
    return len(text) < 1500 and bool(signs["line"].search(text))


def label(text: str) -> Label:
    """How one line or paragraph looks by itself."""
    if _SEPARATOR.fullmatch(text):
        return "end" if re.fullmatch(r"#{3,}|# # #", text) else "separator"
    short = len(text) <= 420
    if short:
        named = _furniture(text)
        if named:
            return named
        if dates.stamp(text):
            return "date"
        if names.byline(text):
            return "byline"
    if caption(text):
        return "caption"
    if dateline(text):
        return "dateline"
    if short and meta(text):
        return "meta"
    words = len(text.split())
    if words <= 25 and not _TERMINAL.search(text) and (found := re.search(r"\w", text)):
        return "headline" if not found[0].islower() else "fragment"
    return "body"


def _furniture(text: str) -> Label | None:
    if _COPYRIGHT.fullmatch(text):
        return "copyright" if _HAS_YEAR.search(text) else "caption"
    if _RIGHTS.match(text):
        return "copyright"
    if _PROMO_LINE.match(text) or (len(text.split()) <= 25 and _PROMO_BARE.match(text) and text[-1] not in ".,"):
        return "promo_line"
    bare = text.strip(" :»>→|…•·*-—–").rstrip(".")
    reasons: tuple[Label, ...] = ("share", "notice", "paywall", "credit", "end")
    for reason in reasons:
        if lexicon.furniture()[reason].fullmatch(text) or (
            reason != "credit" and lexicon.furniture()[reason].fullmatch(bare)
        ):
            return reason
    if lexicon.furniture()["promo"].fullmatch(bare):
        return "promo"
    return None


def tidy(line: str) -> str:
    """One line with its spaces made plain ones; no other character is changed."""
    return _SPACE.sub(" ", line).strip()


def blocks(text: str) -> list[Block]:
    """Paragraphs by blank lines; hard-wrapped lines are joined, long lines are paragraphs of their own."""
    rows = [tidy(row) for row in re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)]
    wrapped = _wrapped(rows)
    out: list[Block] = []
    run: list[str] = []
    gap = run_gap = 0
    for row in [*rows, ""]:
        if row:
            if not run:
                run_gap, gap = gap, 0
            run.append(row)
            continue
        if run:
            out.extend(_paragraphs(run, run_gap, wrapped=wrapped))
            run = []
        gap += 1
    return out


def _wrapped(rows: list[str]) -> bool:
    """Whether lines were broken at a fixed width: none is long, and most are cut in mid-sentence."""
    full = [r for r in rows if len(r) > 40]
    if not full or max(len(r) for r in full) > 110:
        return False
    return sum(not _TERMINAL.search(r) for r in full) > len(full) / 2


def _paragraphs(run: list[str], gap: int, *, wrapped: bool) -> list[Block]:
    out: list[Block] = []
    held: list[str] = []

    def flush() -> None:
        if held:
            joined = " ".join(held)
            out.append(Block(joined, label(joined), gap if not out else 0))
            held.clear()

    for row in run:
        if not wrapped and (len(row) > 110 or (held and _TERMINAL.search(held[-1]))):
            flush()
        alone = label(row) if len(row) <= 420 else "body"
        if alone not in {"body", "headline", "fragment", "dateline", "caption"}:
            flush()
            out.append(Block(row, alone, gap if not out else 0))
            continue
        if alone == "dateline":
            flush()
        held.append(row)
        if not wrapped and (len(row) > 110 or alone == "caption"):
            flush()
    flush()
    return [b for block in out for b in _unstuck(block)]


def _unstuck(block: Block) -> list[Block]:
    """A "Read More" that copying glued to a paragraph's end stands alone again."""
    found = _STUCK_PROMO.search(block.text)
    if found is None or not found.start():
        return [block]
    rest = block.text[: found.start()].rstrip()
    return [Block(rest, label(rest), block.gap), Block(found[0].strip(), "promo_line")]
