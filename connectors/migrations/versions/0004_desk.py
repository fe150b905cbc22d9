"""The desk: staff and their audit log, companies, articles and tags, mail out, the questionnaire, API clients, the mirror.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from connectors.migrations.opfyld_0004 import opfyld

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
    op.create_table(
        "forkert_opslag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tid", sa.DateTime(timezone=True), nullable=False),
        sa.Column("samtale", sa.String(length=200), nullable=False),
        sa.Column("nummer", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forkert_opslag")),
    )
    for column in ("tid", "samtale", "nummer"):
        op.create_index(op.f(f"ix_forkert_opslag_{column}"), "forkert_opslag", [column], unique=False)
    op.add_column("henvendelse", sa.Column("ejer_id", sa.Integer(), nullable=True))
    # Written out: SQLite takes a foreign key only with its column, and Alembic would copy the whole table for it, which
    # would take the cases' children along.
    op.execute(
        "ALTER TABLE henvendelse ADD COLUMN virksomhed_id INTEGER "
        "CONSTRAINT fk_henvendelse_virksomhed_id_virksomhed REFERENCES virksomhed (id)"
    )
    op.add_column("henvendelse", sa.Column("udfald", sa.String(length=20), nullable=True))
    op.add_column("henvendelse", sa.Column("aendret", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("afsluttet", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("varslet", sa.DateTime(timezone=True), nullable=True))
    op.add_column("henvendelse", sa.Column("eskaleret", sa.DateTime(timezone=True), nullable=True))
    for table in ("henvendelse_delopgave", "henvendelse_aftale"):
        for column in ("varslet_for", "eskaleret_for"):
            op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    for table in ("henvendelse", "henvendelse_virksomhed", "henvendelse_kontakt"):
        op.add_column(table, sa.Column("soegetekst", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_henvendelse_ejer_id"), "henvendelse", ["ejer_id"], unique=False)
    op.create_index(op.f("ix_henvendelse_virksomhed_id"), "henvendelse", ["virksomhed_id"], unique=False)
    op.add_column("samtale", sa.Column("venter_siden", sa.DateTime(timezone=True), nullable=True))
    op.add_column("samtale", sa.Column("koe_siden", sa.DateTime(timezone=True), nullable=True))
    op.add_column("samtale", sa.Column("koe_plads", sa.Integer(), nullable=True))
    op.add_column("samtale", sa.Column("koe_enhed", sa.String(length=60), nullable=True))
    op.add_column("samtale", sa.Column("koe_til_id", sa.Integer(), nullable=True))
    op.add_column("samtale", sa.Column("medarbejder_id", sa.Integer(), nullable=True))
    op.add_column("samtale", sa.Column("medarbejder_set", sa.DateTime(timezone=True), nullable=True))
    op.add_column("samtale", sa.Column("agent_read_seq", sa.Integer(), server_default="0", nullable=False))
    op.create_index(op.f("ix_samtale_state"), "samtale", ["state"], unique=False)
    op.create_index(op.f("ix_samtale_medarbejder_id"), "samtale", ["medarbejder_id"], unique=False)
    opfyld(op.get_bind())
    for statement in POSTGRESQL_GUARD if op.get_bind().dialect.name == "postgresql" else SQLITE_GUARD:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("0004 kan ikke rulles tilbage (SQLite slipper ikke en fremmednøgle); læg en sikkerhedskopi tilbage")
