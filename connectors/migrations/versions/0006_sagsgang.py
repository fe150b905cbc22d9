"""Sagsgang: articles and tags, what staff do to a case, and wrong guesses at a case's contact.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "henvendelse_artikel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("retning", sa.String(length=10), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("til", sa.String(length=320), nullable=True),
        sa.Column("emne", sa.Text(), nullable=True),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("noegle", sa.String(length=200), nullable=True),
        sa.Column("soegetekst", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("form IN ('note', 'mail', 'telefon', 'chat', 'moede', 'web')", name="ck_henvendelse_artikel_form"),
        sa.CheckConstraint("retning IN ('ind', 'ud', 'intern')", name="ck_henvendelse_artikel_retning"),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_artikel_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_artikel")),
        sa.UniqueConstraint("noegle", name=op.f("uq_henvendelse_artikel_noegle")),
    )
    op.create_index(op.f("ix_henvendelse_artikel_henvendelse_id"), "henvendelse_artikel", ["henvendelse_id"], unique=False)
    op.create_table(
        "henvendelse_maerke",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_maerke_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_maerke")),
        sa.UniqueConstraint("henvendelse_id", "navn", name=op.f("uq_henvendelse_maerke_henvendelse_id")),
    )
    op.create_index(op.f("ix_henvendelse_maerke_navn"), "henvendelse_maerke", ["navn"], unique=False)
    op.create_table(
        "forkert_opslag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("samtale", sa.String(length=200), nullable=False),
        sa.Column("nummer", sa.String(length=20), nullable=False),
        sa.Column("kontakt", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forkert_opslag")),
    )
    for column in ("tid", "samtale", "nummer", "kontakt"):
        op.create_index(op.f(f"ix_forkert_opslag_{column}"), "forkert_opslag", [column], unique=False)
    op.add_column("henvendelse", sa.Column("ejer_id", sa.Integer(), nullable=True))
    op.add_column("henvendelse", sa.Column("udfald", sa.String(length=20), nullable=True))
    op.add_column("henvendelse", sa.Column("aendret", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("afsluttet", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("varslet", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("eskaleret", sa.DateTime(timezone=True), nullable=True))
    for table in ("henvendelse_delopgave", "henvendelse_aftale"):
        for column in ("varslet_for", "eskaleret_for"):
            op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_henvendelse_ejer_id"), "henvendelse", ["ejer_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_henvendelse_ejer_id"), table_name="henvendelse")
    for column in ("ejer_id", "udfald", "aendret", "afsluttet", "varslet", "eskaleret"):
        op.drop_column("henvendelse", column)
    for table in ("henvendelse_delopgave", "henvendelse_aftale"):
        for column in ("varslet_for", "eskaleret_for"):
            op.drop_column(table, column)
    for table in ("forkert_opslag", "henvendelse_maerke", "henvendelse_artikel"):
        op.drop_table(table)
