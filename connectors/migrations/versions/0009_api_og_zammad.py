"""API og Zammad: clients, their contacts and numbers, and what the mirror has delivered.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brugt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tilbagekaldt", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_table(
        "api_navn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.CheckConstraint("slags IN ('gruppe', 'maerke')", name="ck_api_navn_slags"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_navn")),
        sa.UniqueConstraint("slags", "navn", name=op.f("uq_api_navn_slags")),
    )
    op.create_table(
        "api_kontakt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noegle", sa.String(length=330), nullable=False),
        sa.Column("navn", sa.Text(), nullable=True),
        sa.Column("telefon", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("virksomhed_id", sa.Integer(), nullable=True),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["virksomhed_id"], ["virksomhed.id"], name=op.f("fk_api_kontakt_virksomhed_id_virksomhed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_kontakt")),
        sa.UniqueConstraint("noegle", name=op.f("uq_api_kontakt_noegle")),
    )
    op.create_table(
        "zammad_levering",
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("noegle", sa.String(length=200), nullable=False),
        sa.Column("zammad_id", sa.Integer(), nullable=True),
        sa.Column("leveret_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("artikler", sa.Integer(), server_default="0", nullable=False),
        sa.Column("forsoeg", sa.Integer(), server_default="0", nullable=False),
        sa.Column("forsoegt_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("naeste_forsoeg", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leveret", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opgivet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slettet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fejl", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"], ["henvendelse.id"], name=op.f("fk_zammad_levering_henvendelse_id_henvendelse"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("henvendelse_id", name=op.f("pk_zammad_levering")),
        sa.UniqueConstraint("noegle", name=op.f("uq_zammad_levering_noegle")),
    )
    op.create_index(op.f("ix_zammad_levering_naeste_forsoeg"), "zammad_levering", ["naeste_forsoeg"], unique=False)


def downgrade() -> None:
    for table in ("zammad_levering", "api_kontakt", "api_navn", "api_token"):
        op.drop_table(table)
