"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("reading", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("dated", TEXT, nullable=False),
        sa.Column("first_seen", TEXT, nullable=False),
        sa.Column("replaced_by", NUMBER, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["replaced_by"], ["articles.key"], name="fk_articles_replaced_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
        sa.UniqueConstraint("sha256", name="uq_articles_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_address", "articles", ["address"])
    op.create_index("ix_articles_dated", "articles", ["dated"])
    op.create_index("ix_articles_reading", "articles", ["reading"])
    op.create_index("ix_articles_replaced_by", "articles", ["replaced_by"])
    op.create_table(
        "extractions",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("reading", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_extractions"),
        sa.UniqueConstraint("reading", "version", name="uq_extractions_reading_version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "inputs",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("seen", TEXT, nullable=False),
        sa.Column("problems", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_inputs"),
    )
    op.create_table(
        "profiles",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("first_seen", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_profiles"),
    )
    op.create_table(
        "gone",
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("article", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_gone_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile", "article", name="pk_gone"),
    )
    op.create_table(
        "had",
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_had_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_had_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile", "article", name="pk_had"),
    )
    op.create_index("ix_had_article", "had", ["article"])
    op.create_table(
        "input_articles",
        sa.Column("input", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_input_articles_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["input"], ["inputs.name"], name="fk_input_articles_input", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("input", "position", name="pk_input_articles"),
    )
    op.create_index("ix_input_articles_article", "input_articles", ["article"])
    op.create_table(
        "leases",
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("token", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_leases_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile", name="pk_leases"),
    )
    op.create_table(
        "slots",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("local", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("manual", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", TEXT, nullable=True),
        sa.Column("into_slot", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_slots_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_slots"),
        sa.UniqueConstraint("profile", "at", name="uq_slots_profile_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "intakes",
        sa.Column("slot", NUMBER, nullable=False),
        sa.Column("problems", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["slot"], ["slots.key"], name="fk_intakes_slot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slot", name="pk_intakes"),
    )
    op.create_table(
        "issues",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("slot", NUMBER, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("made", TEXT, nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("new_articles", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("brief", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_issues_profile", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot"], ["slots.key"], name="fk_issues_slot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_issues"),
        sa.UniqueConstraint("profile", "number", name="uq_issues_profile_number"),
        sa.UniqueConstraint("slot", name="uq_issues_slot"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runs",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("slot", NUMBER, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("started", TEXT, nullable=False),
        sa.Column("ended", TEXT, nullable=True),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("extracted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["slot"], ["slots.key"], name="fk_runs_slot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_runs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_slot", "runs", ["slot"])
    op.create_table(
        "files",
        sa.Column("issue", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.key"], name="fk_files_issue", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issue", "position", name="pk_files"),
    )
    op.create_table(
        "intake_articles",
        sa.Column("intake", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_intake_articles_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["intake"], ["intakes.slot"], name="fk_intake_articles_intake", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("intake", "position", name="pk_intake_articles"),
    )
    op.create_index("ix_intake_articles_article", "intake_articles", ["article"])
    op.create_table(
        "issue_articles",
        sa.Column("issue", NUMBER, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_issue_articles_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["issue"], ["issues.key"], name="fk_issue_articles_issue", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issue", "article", name="pk_issue_articles"),
    )
    op.create_index("ix_issue_articles_article", "issue_articles", ["article"])
    op.create_table(
        "items",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("issue", NUMBER, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("story", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.key"], name="fk_items_issue", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_items_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_items"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_issue", "items", ["issue"])
    op.create_index("ix_items_profile_id", "items", ["profile", "id"])
    op.create_index("ix_items_profile_story", "items", ["profile", "story"])
    op.create_table(
        "parcels",
        sa.Column("key", NUMBER, autoincrement=True, nullable=False),
        sa.Column("slot", NUMBER, nullable=False),
        sa.Column("issue", NUMBER, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", TEXT, nullable=True),
        sa.Column("sent", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.key"], name="fk_parcels_issue", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot"], ["slots.key"], name="fk_parcels_slot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_parcels"),
        sa.UniqueConstraint("slot", "kind", "target", name="uq_parcels_slot_kind_target"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_parcels_issue", "parcels", ["issue"])
    op.create_index("ix_parcels_state", "parcels", ["state"])
    op.create_table(
        "item_articles",
        sa.Column("item", NUMBER, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_item_articles_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item"], ["items.key"], name="fk_item_articles_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item", "article", name="pk_item_articles"),
    )
    op.create_index("ix_item_articles_article", "item_articles", ["article"])
