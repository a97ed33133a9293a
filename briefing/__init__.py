"""Articles in, a polished PDF brief out.

The order is the folder list: ingest → extract → synthesize → compose → render. ``briefing.pipeline`` has a call for
each; ``briefing.records`` has what flows between them.
"""

from __future__ import annotations

__version__ = "0.1.0"
