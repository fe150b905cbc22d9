"""Henvendelser: the case, what belongs to it, the number series, and a history that no SQL can change.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = [
    "henvendelse_historik",
    "henvendelse_aftale",
    "henvendelse_delopgave",
    "henvendelse_henvisning",
    "henvendelse_ydelse",
    "henvendelse_svar",
    "henvendelse_kontakt",
    "henvendelse_virksomhed",
    "henvendelse",
    "nummerserie",
]
REFUSAL = "henvendelse_historik kan hverken ændres eller slettes"
SQLITE_GUARD = [
    f"""CREATE TRIGGER henvendelse_historik_{what.lower()} BEFORE {what} ON henvendelse_historik
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for what in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARD = [
    f"""CREATE FUNCTION henvendelse_historik_uforanderlig() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER henvendelse_historik_uforanderlig BEFORE UPDATE OR DELETE OR TRUNCATE ON henvendelse_historik
        FOR EACH STATEMENT EXECUTE FUNCTION henvendelse_historik_uforanderlig()""",
]


def upgrade() -> None:
    op.create_table(
        "henvendelse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.String(length=20), nullable=False),
        sa.Column("noegle", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kanal", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("ejer", sa.String(length=200), nullable=True),
        sa.Column("key_account_manager", sa.String(length=200), nullable=True),
        sa.Column("servicepakke", sa.String(length=60), nullable=True),
        sa.Column("hovedindhold", sa.Text(), nullable=False),
        sa.Column("samtale", sa.String(length=200), nullable=True),
        sa.Column("svarfrist", sa.DateTime(timezone=True), nullable=False),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("survey", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kanal IN ('chat', 'telefon', 'mail', 'moede', 'udgaaende')", name="ck_henvendelse_kanal"),
        sa.CheckConstraint("status IN ('ny', 'i gang', 'afventer virksomheden', 'afsluttet')", name="ck_henvendelse_status"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse")),
        sa.UniqueConstraint("noegle", name=op.f("uq_henvendelse_noegle")),
        sa.UniqueConstraint("nummer", name=op.f("uq_henvendelse_nummer")),
    )
    op.create_index(op.f("ix_henvendelse_ejer"), "henvendelse", ["ejer"], unique=False)
    op.create_index(op.f("ix_henvendelse_oprettet"), "henvendelse", ["oprettet"], unique=False)
    op.create_index(op.f("ix_henvendelse_samtale"), "henvendelse", ["samtale"], unique=False)
    op.create_index(op.f("ix_henvendelse_status"), "henvendelse", ["status"], unique=False)
    op.create_index(op.f("ix_henvendelse_svarfrist"), "henvendelse", ["svarfrist"], unique=False)
    op.create_index(op.f("ix_henvendelse_team"), "henvendelse", ["team"], unique=False)
    op.create_table(
        "nummerserie",
        sa.Column("aar", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sidste", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("aar", name=op.f("pk_nummerserie")),
    )
    op.create_table(
        "henvendelse_aftale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("frist", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ejer", sa.String(length=200), nullable=True),
        sa.Column("udfoert", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_aftale_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_aftale")),
    )
    op.create_index(op.f("ix_henvendelse_aftale_henvendelse_id"), "henvendelse_aftale", ["henvendelse_id"], unique=False)
    op.create_table(
        "henvendelse_delopgave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("enhed", sa.String(length=60), nullable=False),
        sa.Column("ydelse", sa.String(length=100), nullable=True),
        sa.Column("frist", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_delopgave_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_delopgave")),
    )
    op.create_index(op.f("ix_henvendelse_delopgave_henvendelse_id"), "henvendelse_delopgave", ["henvendelse_id"], unique=False)
    op.create_table(
        "henvendelse_henvisning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_henvisning_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_henvisning")),
        sa.UniqueConstraint("henvendelse_id", "navn", name=op.f("uq_henvendelse_henvisning_henvendelse_id")),
    )
    op.create_table(
        "henvendelse_historik",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("felt", sa.String(length=60), nullable=False),
        sa.Column("fra", sa.Text(), nullable=True),
        sa.Column("til", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"], ["henvendelse.id"], name=op.f("fk_henvendelse_historik_henvendelse_id_henvendelse")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_historik")),
    )
    op.create_index(op.f("ix_henvendelse_historik_henvendelse_id"), "henvendelse_historik", ["henvendelse_id"], unique=False)
    op.create_table(
        "henvendelse_kontakt",
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.Text(), nullable=True),
        sa.Column("telefon", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("samtykke", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_kontakt_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("henvendelse_id", name=op.f("pk_henvendelse_kontakt")),
    )
    op.create_index(op.f("ix_henvendelse_kontakt_email"), "henvendelse_kontakt", ["email"], unique=False)
    op.create_index(op.f("ix_henvendelse_kontakt_telefon"), "henvendelse_kontakt", ["telefon"], unique=False)
    op.create_table(
        "henvendelse_svar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=100), nullable=False),
        sa.Column("vaerdi", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_svar_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_svar")),
        sa.UniqueConstraint("henvendelse_id", "navn", name=op.f("uq_henvendelse_svar_henvendelse_id")),
    )
    op.create_table(
        "henvendelse_virksomhed",
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=True),
        sa.Column("navn", sa.Text(), nullable=True),
        sa.Column("branche", sa.Text(), nullable=True),
        sa.Column("ansatte", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("stadie", sa.String(length=40), nullable=True),
        sa.Column("beliggenhed", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_virksomhed_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("henvendelse_id", name=op.f("pk_henvendelse_virksomhed")),
    )
    op.create_index(op.f("ix_henvendelse_virksomhed_cvr"), "henvendelse_virksomhed", ["cvr"], unique=False)
    op.create_table(
        "henvendelse_ydelse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("ydelse", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_henvendelse_ydelse_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_henvendelse_ydelse")),
        sa.UniqueConstraint("henvendelse_id", "ydelse", name=op.f("uq_henvendelse_ydelse_henvendelse_id")),
    )
    op.create_index(op.f("ix_henvendelse_ydelse_ydelse"), "henvendelse_ydelse", ["ydelse"], unique=False)
    for statement in POSTGRESQL_GUARD if op.get_bind().dialect.name == "postgresql" else SQLITE_GUARD:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION henvendelse_historik_uforanderlig()")
