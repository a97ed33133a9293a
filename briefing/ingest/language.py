"""Text → its language as ISO 639-1, or None where the text is too short or too mixed to say."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

LOOK = 3000  # characters that are looked at
LEAST_LETTERS = 80  # fewer letters decide nothing, unless their script does
SURE = 0.9
OWN_SCRIPT = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """English needs a bare majority; another language must be certain, since its articles are not analysed."""
    sample = text[:LOOK]
    letters = [c for c in sample if c.isalpha()]
    if len(letters) < 20:
        return None
    foreign = [c for c in letters if ord(c) > 0x24F]
    if len(foreign) > len(letters) / 2:
        return _by_script(foreign) or _classified(sample, least=0.5)
    if len(letters) < LEAST_LETTERS:
        return None
    return _classified(sample, least=SURE)


def _classified(sample: str, *, least: float) -> str | None:
    code, probability = _identifier().classify(sample)
    if code == "en":
        return "en" if probability >= 0.5 else None
    return str(code) if probability >= least else None


def _by_script(letters: list[str]) -> str | None:
    counts: dict[str, int] = {}
    for letter in letters[:500]:
        script = unicodedata.name(letter, "?").split()[0]
        counts[script] = counts.get(script, 0) + 1
    if counts.get("HIRAGANA", 0) + counts.get("KATAKANA", 0) > len(letters[:500]) / 10:
        return "ja"
    script = max(sorted(counts), key=lambda s: counts[s])
    return OWN_SCRIPT.get(script)


def name(code: str) -> str:
    """``"ko"`` → ``"Korean"``."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
