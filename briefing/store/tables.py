"""The tables of the store. Times are UTC text of fixed width, records are compressed JSON, keys are numbers.

A foreign key cascades wherever a row says nothing without the row it points to.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text sorts by code point on both databases, whatever the server's language.
PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class Said(TypeDecorator[str]):
    """Text from anywhere: what a database cannot hold (NUL, half characters) becomes U+FFFD."""

    impl = PLAIN
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _key() -> Column[int]:
    return Column("key", NUMBER, primary_key=True, autoincrement=True)


def _to(table: str, name: str, *, primary: bool = False, null: bool = False) -> Column[Any]:
    """A column that points to a row, and goes with it."""
    target = {"profiles": "profiles.name", "inputs": "inputs.name", "intakes": "intakes.slot"}.get(
        table, f"{table}.key"
    )
    return Column(
        name,
        PLAIN if target.endswith(".name") else NUMBER,
        ForeignKey(target, ondelete="CASCADE"),
        primary_key=primary,
        nullable=null,
        autoincrement=False,
    )


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Said(), nullable=null)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _blob(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


def _table(name: str, *parts: Any) -> Table:
    numbered = any(isinstance(p, Column) and p.name == "key" for p in parts)
    return Table(name, metadata, *parts, sqlite_autoincrement=numbered)


# ------------------------------------------------------------------------------------------------------ profiles, slots
profiles = _table("profiles", Column("name", PLAIN, primary_key=True), _text("first_seen", null=True))

leases = _table("leases", _to("profiles", "profile", primary=True), Column("token", NUMBER, nullable=False))

slots = _table(
    "slots",
    _key(),
    _to("profiles", "profile"),
    _text("at"),
    _text("local"),
    _text("state"),
    _flag("manual"),
    _number("attempts"),
    _text("next_try", null=True),
    _text("into_slot", null=True),
    _text("note"),
    UniqueConstraint("profile", "at"),
)

runs = _table(
    "runs",
    _key(),
    _to("slots", "slot"),
    _number("attempt"),
    _text("started"),
    _text("ended", null=True),
    _text("outcome"),
    _text("message"),
    _number("articles"),
    _number("new"),
    _number("extracted"),
    Index(None, "slot"),
)

# ------------------------------------------------------------------------------------------------------------- articles
articles = _table(
    "articles",
    _key(),
    _text("id"),
    _text("sha256"),  # of what it says
    _text("reading"),  # hash of what extraction sees of it
    _text("address"),  # its URL, else its source path
    _text("publisher", null=True),
    _text("dated"),
    _text("first_seen"),
    Column("replaced_by", NUMBER, ForeignKey("articles.key", ondelete="SET NULL"), nullable=True),
    _blob("body"),
    UniqueConstraint("id"),
    UniqueConstraint("sha256"),
    Index(None, "reading"),
    Index(None, "address"),
    Index(None, "dated"),
    Index(None, "replaced_by"),
)

# No foreign key: two articles with the same words share one extraction, which goes with the last of them.
extractions = _table(
    "extractions", _key(), _text("reading"), _text("version"), _blob("body"), UniqueConstraint("reading", "version")
)

inputs = _table("inputs", Column("name", PLAIN, primary_key=True), _text("seen"), _blob("problems"))

input_articles = _table(
    "input_articles",
    _to("inputs", "input", primary=True),
    Column("position", Integer, primary_key=True),
    _to("articles", "article"),
    Index(None, "article"),
)

intakes = _table(
    "intakes",
    Column("slot", NUMBER, ForeignKey("slots.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _blob("problems"),
)

intake_articles = _table(
    "intake_articles",
    _to("intakes", "intake", primary=True),
    Column("position", Integer, primary_key=True),
    _to("articles", "article"),
    _flag("new"),
    Index(None, "article"),
)

past = _table(  # content hashes of such articles that are deleted: they are not new when they come again
    "past", _to("profiles", "profile", primary=True), Column("sha256", PLAIN, primary_key=True)
)

had = _table(  # what the issues of a profile have had, also those that are pruned
    "had", _to("profiles", "profile", primary=True), _to("articles", "article", primary=True), Index(None, "article")
)

gone = _table(  # ids of articles that were deleted after an issue had had them
    "gone", _to("profiles", "profile", primary=True), Column("article", PLAIN, primary_key=True)
)

# --------------------------------------------------------------------------------------------------------------- issues
issues = _table(
    "issues",
    _key(),
    _to("slots", "slot"),
    _to("profiles", "profile"),
    _number("number"),
    _text("title"),
    _text("as_of", null=True),
    _text("made"),
    _flag("quiet"),
    _number("changes"),
    _number("new_articles"),
    _number("articles"),
    _flag("withdrawn"),
    _blob("brief", null=True),
    UniqueConstraint("slot"),
    UniqueConstraint("profile", "number"),
)

issue_articles = _table(
    "issue_articles",
    _to("issues", "issue", primary=True),
    _to("articles", "article", primary=True),
    Index(None, "article"),
)

files = _table(
    "files",
    _to("issues", "issue", primary=True),
    Column("position", Integer, primary_key=True),
    _text("format"),
    _text("name"),
    _text("sha256"),
    _blob("data"),
)

items = _table(
    "items",
    _key(),
    _to("issues", "issue"),
    _to("profiles", "profile"),
    _number("number"),  # of the issue, so that the last telling is found without it
    _number("position"),
    _text("id"),
    _text("story"),
    _blob("body"),
    Index(None, "issue"),
    Index(None, "profile", "story"),
    Index(None, "profile", "id"),
)

item_articles = _table(  # the articles of an item's evidence
    "item_articles",
    _to("items", "item", primary=True),
    _to("articles", "article", primary=True),
    Index(None, "article"),
)

parcels = _table(
    "parcels",
    _key(),
    _to("slots", "slot"),
    _to("issues", "issue", null=True),
    _text("kind"),
    _text("target"),
    _text("state"),
    _number("attempts"),
    _text("next_try", null=True),
    _text("sent", null=True),
    _text("detail"),
    UniqueConstraint("slot", "kind", "target"),
    Index(None, "issue"),
    Index(None, "state"),
)
