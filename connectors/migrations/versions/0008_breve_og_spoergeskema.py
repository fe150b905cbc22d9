"""Breve og spørgeskema: mail out, invitations, and answers that lead to nobody.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_besvarelse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=False),
        sa.Column("servicepakke", sa.String(length=60), nullable=True),
        sa.Column("sagsbehandlingstid", sa.Integer(), nullable=True),
        sa.Column("kompetence", sa.Integer(), nullable=True),
        sa.Column("kontaktperson", sa.Integer(), nullable=True),
        sa.Column("orientering", sa.Integer(), nullable=True),
        sa.Column("kommentar", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_besvarelse")),
    )
    op.create_table(
        "brev",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noegle", sa.String(length=200), nullable=False),
        sa.Column("slags", sa.String(length=20), nullable=False),
        sa.Column("til", sa.String(length=320), nullable=False),
        sa.Column("emne", sa.Text(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=True),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forsoeg", sa.Integer(), nullable=False),
        sa.Column("naeste_forsoeg", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sendt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opgivet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fejl", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"], ["henvendelse.id"], name=op.f("fk_brev_henvendelse_id_henvendelse"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brev")),
        sa.UniqueConstraint("noegle", name=op.f("uq_brev_noegle")),
    )
    op.create_index(op.f("ix_brev_henvendelse_id"), "brev", ["henvendelse_id"], unique=False)
    op.create_index(op.f("ix_brev_naeste_forsoeg"), "brev", ["naeste_forsoeg"], unique=False)
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("henvendelse_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("paamindet_hash", sa.String(length=64), nullable=True),
        sa.Column("samtale_id", sa.String(length=64), nullable=True),
        sa.Column("trin", sa.String(length=30), nullable=True),
        sa.Column("oprettet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("udloeber", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paamindet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("besvaret", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["henvendelse_id"],
            ["henvendelse.id"],
            name=op.f("fk_survey_invitation_henvendelse_id_henvendelse"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("henvendelse_id", name=op.f("uq_survey_invitation_henvendelse_id")),
        sa.UniqueConstraint("paamindet_hash", name=op.f("uq_survey_invitation_paamindet_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_survey_invitation_token_hash")),
    )
    op.create_index(op.f("ix_survey_invitation_samtale_id"), "survey_invitation", ["samtale_id"], unique=False)


def downgrade() -> None:
    for table in ("survey_invitation", "brev", "survey_besvarelse"):
        op.drop_table(table)
