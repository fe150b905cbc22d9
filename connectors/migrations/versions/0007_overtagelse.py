"""Overtagelse: the queue for a person, who has a conversation, and private notes on it.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ADDED = (
    sa.Column("venter_siden", sa.DateTime(timezone=True), nullable=True),
    sa.Column("koe_siden", sa.DateTime(timezone=True), nullable=True),
    sa.Column("koe_plads", sa.Integer(), nullable=True),
    sa.Column("koe_enhed", sa.String(length=60), nullable=True),
    sa.Column("koe_til_id", sa.Integer(), nullable=True),
    sa.Column("medarbejder_id", sa.Integer(), nullable=True),
    sa.Column("medarbejder_set", sa.DateTime(timezone=True), nullable=True),
    sa.Column("agent_read_seq", sa.Integer(), server_default="0", nullable=False),
)


def upgrade() -> None:
    op.create_table(
        "samtale_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("samtale_id", sa.String(length=64), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["samtale_id"], ["samtale.id"], name=op.f("fk_samtale_note_samtale_id_samtale"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samtale_note")),
    )
    op.create_index(op.f("ix_samtale_note_samtale_id"), "samtale_note", ["samtale_id"], unique=False)
    for column in ADDED:
        op.add_column("samtale", column)
    op.create_index(op.f("ix_samtale_state"), "samtale", ["state"], unique=False)
    op.create_index(op.f("ix_samtale_medarbejder_id"), "samtale", ["medarbejder_id"], unique=False)


def downgrade() -> None:
    for index in ("state", "medarbejder_id"):
        op.drop_index(op.f(f"ix_samtale_{index}"), table_name="samtale")
    for column in ADDED:
        op.drop_column("samtale", column.name)
    op.drop_table("samtale_note")
