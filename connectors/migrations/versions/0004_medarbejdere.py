"""Medarbejdere: staff, their log-ins, and an audit log that no SQL can change.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSAL = "revision kan hverken ændres eller slettes"
SQLITE_GUARD = [
    f"""CREATE TRIGGER revision_{what.lower()} BEFORE {what} ON revision BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for what in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARD = [
    f"""CREATE FUNCTION revision_uforanderlig() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER revision_uforanderlig BEFORE UPDATE OR DELETE OR TRUNCATE ON revision
        FOR EACH STATEMENT EXECUTE FUNCTION revision_uforanderlig()""",
]


def upgrade() -> None:
    op.create_table(
        "medarbejder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brugernavn", sa.String(length=100), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("fornavn", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("roller", sa.JSON(), nullable=False),
        sa.Column("enheder", sa.JSON(), nullable=False),
        sa.Column("adgangskode", sa.Text(), nullable=True),
        sa.Column("skal_skifte", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("oidc_id", sa.String(length=300), nullable=True),
        sa.Column("aktiv", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tager_chat", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("set", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fejl", sa.Integer(), server_default="0", nullable=False),
        sa.Column("laast_til", sa.DateTime(timezone=True), nullable=True),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medarbejder")),
        sa.UniqueConstraint("brugernavn", name=op.f("uq_medarbejder_brugernavn")),
        sa.UniqueConstraint("oidc_id", name=op.f("uq_medarbejder_oidc_id")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("medarbejder_id", sa.Integer(), nullable=True),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("handling", sa.String(length=60), nullable=False),
        sa.Column("slags", sa.String(length=40), nullable=False),
        sa.Column("noegle", sa.String(length=200), nullable=False),
        sa.Column("detaljer", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_noegle"), "revision", ["noegle"], unique=False)
    op.create_index(op.f("ix_revision_tid"), "revision", ["tid"], unique=False)
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("medarbejder_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("beskeder", sa.JSON(), nullable=False),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("brugt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("udloeber", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["medarbejder_id"], ["medarbejder.id"], name=op.f("fk_desk_session_medarbejder_id_medarbejder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
    )
    op.create_index(op.f("ix_desk_session_medarbejder_id"), "desk_session", ["medarbejder_id"], unique=False)
    op.create_index(op.f("ix_desk_session_udloeber"), "desk_session", ["udloeber"], unique=False)
    for statement in POSTGRESQL_GUARD if op.get_bind().dialect.name == "postgresql" else SQLITE_GUARD:
        op.execute(statement)


def downgrade() -> None:
    for table in ("desk_session", "revision", "medarbejder"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION revision_uforanderlig()")
