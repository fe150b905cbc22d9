"""Alembic's entry: runs on the connection that ``connectors.migrate`` hands over, inside its transaction."""

from alembic import context

from connectors.migrate import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    compare_server_default=True,
)
context.run_migrations()
