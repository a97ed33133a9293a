"""Whatever bytes or characters come: a reader gives drafts or an IngestError, in short time."""

from __future__ import annotations

import json
import random
import time
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import IngestError
from briefing.ingest import decode, idents, markdown, plain, rtf, sniff, table, unicode
from tests.hostile import corpus
from tests.ingest import samples

PIECES = st.sampled_from(
    [
        "By ", "BY ANN LEE", " and ", ", ", "May 3, 2024", "©", "2024", "Read more", "READ MORE", ": ", "(AP)",
        "PORT ALMEN", " — ", "\n", "\n\n",
        "---", "(Jon Moe/Pool via AP)", "Share", "A headline of the day", "She said so.", "“", "”", "Title: x",
        "All rights reserved", "…", "###",
        "\u202e", "\u200b", "é", "항만", "1", "(", ")", "[", "](", "*", "_", "#", ">", "`", "|", "a", " ",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=120).map("".join)


@given(LINES)
def test_pasted_text(text: str) -> None:
    for draft in plain.read(text):
        assert draft.text
        assert draft.text == draft.text.strip()


@given(LINES)
def test_nothing_is_invented(text: str) -> None:
    """Every word of the result stands in the input, in its order."""
    words = iter(text.split())
    for draft in plain.read(text):
        for word in draft.text.split():
            assert any(word in other for other in words), word


@given(LINES)
def test_markdown(text: str) -> None:
    markdown.read(text)


@given(st.binary(max_size=3000))
def test_kinds_and_decoding(data: bytes) -> None:
    with suppress(IngestError):
        assert sniff.kind(data, "x")
        assert decode.text(data, "x")[0]


@given(
    st.lists(
        st.sampled_from(
            [b"{", b"}", b"\\par ", b"\\u8217?", b"\\'93", b"\\bin3 ", b"\\*", b"\\uc2 ", b"a b", b"\\", b"\n"]
        ),
        max_size=200,
    )
)
def test_rtf(pieces: list[bytes]) -> None:
    rtf.text(b"{\\rtf1 " + b"".join(pieces))


@given(st.text(max_size=500))
def test_unseen_characters_and_ids(text: str) -> None:
    unicode.whole(unicode.seen(text)).encode()
    unicode.tricks(text)
    unicode.suspicious_host(f"https://{text}/")
    assert idents.from_source(text or "a", "0" * 64)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=20),
        lambda c: (
            st.lists(c, max_size=4)
            | st.dictionaries(
                st.sampled_from(["text", "title", "date", "id", "author", "articles", "url"]), c, max_size=5
            )
        ),
        max_leaves=20,
    )
)
def test_tables(data: object) -> None:
    text = json.dumps(data)
    assert all(row for row in table.jsonl(text, {}))
    with suppress(IngestError):
        assert all(row for row in table.from_json(text, {}))


def test_large_texts_take_time_in_proportion() -> None:
    slow = {}
    for name, data in corpus.texts():
        text = data.decode("utf-8", "replace")[:100_000]  # what is read in the parent
        start = time.process_time()
        plain.read(text)
        slow[name] = time.process_time() - start
    assert max(slow.values()) < 5, sorted(slow.items(), key=lambda s: -s[1])[:5]


def test_mutants_are_the_same_each_time() -> None:
    data = samples.FORMATS["plain.txt"]
    assert corpus.mutated(data, random.Random("a")) == corpus.mutated(data, random.Random("a"))
