"""Virksomheder: the company's own record, merging, and searchable text, filled in for the cases that are there.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from connectors.migrations.opfyld_0005 import opfyld

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "virksomhed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=True),
        sa.Column("navn", sa.Text(), nullable=True),
        sa.Column("navn_noegle", sa.String(length=200), nullable=True),
        sa.Column("kam_id", sa.Integer(), nullable=True),
        sa.Column("flettet_til", sa.Integer(), nullable=True),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("soegetekst", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["flettet_til"], ["virksomhed.id"], name=op.f("fk_virksomhed_flettet_til_virksomhed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_virksomhed")),
        sa.UniqueConstraint("cvr", name=op.f("uq_virksomhed_cvr")),
    )
    op.create_index(op.f("ix_virksomhed_kam_id"), "virksomhed", ["kam_id"], unique=False)
    op.create_index(op.f("ix_virksomhed_navn_noegle"), "virksomhed", ["navn_noegle"], unique=False)
    without_cvr = sa.text("cvr IS NULL AND flettet_til IS NULL")
    op.create_index(
        "uq_virksomhed_navn_uden_cvr",
        "virksomhed",
        ["navn_noegle"],
        unique=True,
        sqlite_where=without_cvr,
        postgresql_where=without_cvr,
    )
    op.create_table(
        "virksomhed_fletning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fra_id", sa.Integer(), nullable=False),
        sa.Column("til_id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("flyttet", sa.JSON(), nullable=False),
        sa.Column("foer", sa.JSON(), nullable=False),
        sa.Column("fortrudt", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fra_id"], ["virksomhed.id"], name=op.f("fk_virksomhed_fletning_fra_id_virksomhed")),
        sa.ForeignKeyConstraint(["til_id"], ["virksomhed.id"], name=op.f("fk_virksomhed_fletning_til_id_virksomhed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_virksomhed_fletning")),
    )
    op.create_index(op.f("ix_virksomhed_fletning_fra_id"), "virksomhed_fletning", ["fra_id"], unique=False)
    op.create_index(op.f("ix_virksomhed_fletning_til_id"), "virksomhed_fletning", ["til_id"], unique=False)
    # Written out: SQLite takes a foreign key only with its column, and Alembic would copy the whole table for it, which
    # would take the cases' children along.
    op.execute(
        "ALTER TABLE henvendelse ADD COLUMN virksomhed_id INTEGER "
        "CONSTRAINT fk_henvendelse_virksomhed_id_virksomhed REFERENCES virksomhed (id)"
    )
    for table in ("henvendelse", "henvendelse_virksomhed", "henvendelse_kontakt"):
        op.add_column(table, sa.Column("soegetekst", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_henvendelse_virksomhed_id"), "henvendelse", ["virksomhed_id"], unique=False)
    opfyld(op.get_bind())


def downgrade() -> None:
    raise NotImplementedError("0005 kan ikke rulles tilbage (SQLite slipper ikke en fremmednøgle); læg en sikkerhedskopi tilbage")
