"""A tree of HTML → its shown paragraphs, in order. For bodies that are all text: mail, feeds."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({
    "script", "style", "noscript", "head", "title", "template", "iframe", "object", "svg", "math", "select",
    "option", "button", "input", "textarea",
})  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|max-height\s*:\s*0",
    re.IGNORECASE,
)


def paragraphs(tree: Any) -> list[str]:
    """Text of block elements; ``<br><br>`` parts paragraphs, one ``<br>`` is a blank. Hidden elements are left out."""
    out: list[str] = []
    now: list[str] = []

    def end() -> None:
        out.extend(text for piece in re.split(r"\n\s*\n", "".join(now)) if (text := " ".join(piece.split())))
        now.clear()

    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:  # no recursion: a page may be nested as deep as it likes
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if leaving:
            if block:
                end()
            now.append(_plain(element.tail))
            continue
        if block:
            end()
        if not tag or tag in _UNSEEN or _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
            now.append(_plain(element.tail))
            continue
        if tag == "br":
            now.append("\n" + _plain(element.tail).lstrip())
            continue
        now.append(_plain(element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    end()
    return out


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
