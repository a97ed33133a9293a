"""Words of a count and of a unit → numbers and TIMEX3 duration values (P3Y, PT2H, PXM)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from briefing.extract.times.grammar import grammar

_VAGUE_PAIR = "couple"
_SMALLER = {"TH": (60, "TM"), "TM": (60, "TS"), "Y": (12, "M"), "E": (10, "Y"), "C": (100, "Y"), "D": (24, "TH")}


def parse_count(words: Sequence[str]) -> Fraction | None:
    """The number that words say: ``["two", "and", "a", "half"]`` → 5/2; None for "several" and the like."""
    low = [w.lower() for w in words if w not in "-–—‑"]
    values = grammar().values
    if any(w in values["VAGUE"] for w in low):
        return None
    if _VAGUE_PAIR in low:
        return Fraction(2)
    part = Fraction(1, 4) if "quarter" in low else Fraction(1, 2) if "half" in low else Fraction(0)
    whole = _whole([w for w in low if w not in ("half", "quarter", "and", "of", "or")])
    if (part and low[0] in ("half", "quarter")) or (part and low[:2] in (["a", "half"], ["one", "half"])):
        return part
    if whole is None:
        return part or Fraction(1)
    return whole + part


def _whole(words: Sequence[str]) -> Fraction | None:
    names = grammar().values["NUMWORD"]
    total, current, seen = Fraction(0), Fraction(0), False
    for word in words:
        if word[0].isdigit():
            current, seen = current + Fraction(word.replace(",", "")), True
            continue
        n = names.get(word)
        if n is None:
            continue
        seen = True
        if n == 100 or (n == 12 and current):
            current = (current or Fraction(1)) * n
        elif n >= 1000:
            total, current = total + (current or Fraction(1)) * n, Fraction(0)
        else:
            current += n
    return total + current if seen else None


def duration_value(count: Fraction | None, unit: str) -> str:
    """``(3, "Y")`` → P3Y, ``(None, "TH")`` → PTXH, ``(1/2, "TH")`` → PT30M."""
    if unit == "FN":
        count, unit = (count * 2 if count else None), "W"
    if count is not None and count < 1 and unit in _SMALLER:
        factor, smaller = _SMALLER[unit]
        if (count * factor).denominator == 1:
            count, unit = count * factor, smaller
    if count is not None and count.denominator != 1 and unit in ("TH", "TM"):
        whole, rest = divmod(count, 1)
        factor, smaller = _SMALLER[unit]
        return f"PT{whole}{unit[1]}{_plain(rest * factor)}{smaller[1]}"
    time = "T" if unit.startswith("T") else ""
    return f"P{time}{'X' if count is None else _plain(count)}{unit[-1] if time else unit}"


def _plain(n: Fraction) -> str:
    return str(n.numerator) if n.denominator == 1 else f"{float(n):g}"
