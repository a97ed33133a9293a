"""What Alembic asks for: a connection that has begun in, revisions run inside its transaction."""

from __future__ import annotations

from alembic import context

from briefing.store.migrate import VERSION_TABLE
from briefing.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by building it anew
)
with context.begin_transaction():
    context.run_migrations()
