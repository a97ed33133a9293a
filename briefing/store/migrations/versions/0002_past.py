"""Hashes of what a profile's issues have had, beyond the life of the articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "past",
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["profile"], ["profiles.name"], name="fk_past_profile", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("profile", "sha256", name="pk_past"),
    )
