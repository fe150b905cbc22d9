"""Samtaler: conversations of the chat, their messages and buttons.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "samtale",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("read_seq", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("worker_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('bot', 'venter', 'menneske', 'lukket')", name="ck_samtale_state"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samtale")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_samtale_token_hash")),
    )
    op.create_index(op.f("ix_samtale_active"), "samtale", ["active"])
    op.create_index(op.f("ix_samtale_worker"), "samtale", ["worker"])
    op.create_table(
        "besked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("samtale_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=20), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("knap", sa.JSON(), nullable=True),
        sa.Column("knap_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint("sender IN ('bot', 'user', 'agent', 'system')", name="ck_besked_sender"),
        sa.ForeignKeyConstraint(["samtale_id"], ["samtale.id"], name=op.f("fk_besked_samtale_id_samtale"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besked")),
        sa.UniqueConstraint("samtale_id", "seq", name=op.f("uq_besked_samtale_id")),
        sa.UniqueConstraint("samtale_id", "client_id", name="uq_besked_client_id"),
    )
    op.create_index("ix_besked_pending", "besked", ["pending", "samtale_id"])
    op.create_table(
        "knap",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("samtale_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["samtale_id"], ["samtale.id"], name=op.f("fk_knap_samtale_id_samtale"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_knap")),
    )
    op.create_index("ix_knap_samtale_id_seq", "knap", ["samtale_id", "seq"])


def downgrade() -> None:
    for table in ("knap", "besked", "samtale"):
        op.drop_table(table)
