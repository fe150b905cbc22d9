"""Tracker: Rasa's events.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tracker_event",
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "seq", name=op.f("pk_tracker_event")),
    )


def downgrade() -> None:
    op.drop_table("tracker_event")
