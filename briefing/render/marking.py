"""A marking in, how it is drawn out: TLP 2.0 labels as FIRST asks, any other text as it stands, nothing for none."""

from __future__ import annotations

from dataclasses import dataclass

# Traffic Light Protocol 2.0: text colour, always on black, 12 points or more, in header and footer, at the right.
TLP = {
    "TLP:RED": ("#FF2B2B", "For the eyes and ears of named recipients only; no further disclosure."),
    "TLP:AMBER+STRICT": ("#FFC000", "Recipients may share this brief within their organisation only."),
    "TLP:AMBER": ("#FFC000", "Recipients may share this brief within their organisation and with clients, if need be."),
    "TLP:GREEN": ("#33FF00", "Recipients may share this brief within their community, not over public channels."),
    "TLP:CLEAR": ("#FFFFFF", "Recipients may share this brief without limit."),
}  # fmt: skip


@dataclass(frozen=True)
class Marking:
    """``kind`` is tlp, text or none."""

    kind: str
    label: str
    colour: str = ""
    meaning: str = ""


def marking(label: str, scheme: str) -> Marking:
    """How ``label`` is drawn under a theme's scheme. The label itself is never changed or inferred."""
    label = label.strip()
    if not label or scheme == "none":
        return Marking("none", "")
    if scheme == "auto" and label.upper() in TLP:
        colour, meaning = TLP[label.upper()]
        return Marking("tlp", label.upper(), colour, meaning)
    return Marking("text", label)
