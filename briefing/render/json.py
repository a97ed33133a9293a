"""Brief in, ``brief.json`` out: the fields of the contract, in the order of the records."""

from __future__ import annotations

import json

from briefing.records import Brief


def dump(brief: Brief) -> bytes:
    """UTF-8 JSON with one space of indentation and a newline at the end."""
    return (json.dumps(brief.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
