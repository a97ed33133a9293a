"""How long the store takes for a desk's night: ``python -m benchmarks.store [articles]`` prints seconds a step.

Articles are the samples' texts with a number in them, extractions are as large as real ones (about 20 KB of JSON).
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.ledger import Slot
from briefing.profiles import StoreQuery, StoreSettings
from briefing.records import Article, Extraction, Mention, Problem, Sentence
from briefing.store import open_store

NOW = datetime(2026, 3, 13, 4, tzinfo=UTC)
TEXT = "The harbour master closed the port on Friday, and the ferries stayed in. Nobody said when they would leave. "


def article(n: int) -> Article:
    text = f"Report {n}. " + TEXT * 30
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=f"report-{n}", title=f"Report {n}", date="2026-03-12", text=text, source=f"{n}", sha256=digest)


def extraction(n: int) -> Extraction:
    words = tuple(
        Mention(start=k, end=k + 7, text=f"harbour {n} {k}", type="FAC", form="name", actor=f"a{k}") for k in range(120)
    )
    terms = ("harbour", "master", "close", "port", "ferry", "stay")
    sentences = tuple(Sentence(start=k * 50, end=k * 50 + 49, paragraph=1, terms=terms) for k in range(60))
    return Extraction(id=f"report-{n}", date="2026-03-12", language="en", mentions=words, sentences=sentences)


@contextmanager
def measured(what: str) -> Iterator[None]:
    begun, worked = time.perf_counter(), time.process_time()
    yield
    print(f"{time.perf_counter() - begun:8.2f} s ({time.process_time() - worked:6.2f} s of processor)  {what}")


def main(number: int) -> None:
    """Write, then read, on a new SQLite file."""
    articles, found = [article(n) for n in range(number)], [extraction(n) for n in range(number)]
    print(f"{number} articles of {len(articles[0].text)} characters, extractions of {size(found[0])} bytes of JSON")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "briefing.db"
        with measured("make the store"):
            store = open_store(StoreSettings(url=f"sqlite:///{path}"))
        slot = Slot(profile="bench", at=NOW, local="2026-03-13T05:00+01:00")
        inputs: dict[str, tuple[list[int], list[Problem]]] = {f"key-{n}": ([n], []) for n in range(number)}
        with store.hold("bench") as fence:
            store.begin(fence, slot, NOW)
            with measured("take in the articles, one transaction"):
                store.take_in(
                    fence, slot, NOW, articles=articles, inputs=inputs, problems=[], same=lambda *_: False
                )  # fmt: skip
            with measured("keep the extractions, eight a transaction"):
                for n in range(0, number, 8):
                    store.keep_extractions(fence, found[n : n + 8], "v1")
            with measured("take in the same again, by their ids"):
                later = slot.model_copy(update={"at": NOW + timedelta(days=1)})
                ids = [a.id for a in articles]
                store.take_in(fence, later, NOW, articles=ids, inputs={}, problems=[], same=lambda *_: False)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("know the inputs again", lambda: store.inputs(list(inputs))),
            ("read the articles", lambda: store.articles(ids)),
            ("read the extractions", lambda: store.extractions(ids, "v1")),
            ("query by words", lambda: store.query(StoreQuery(days=30, words=("ferries",)), NOW)),
            ("verify", lambda: list(store.verify())),
        ]
        for what, step in steps:
            with measured(what):
                step()
        store.close()
        print(f"{path.stat().st_size / 1e6:8.1f} MB of file")


def size(extraction: Extraction) -> int:
    return len(extraction.model_dump_json(exclude_defaults=True))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
