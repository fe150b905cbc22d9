"""Wrong pairs of number and contact are counted for each contact too.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("forkert_opslag", sa.Column("kontakt", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_forkert_opslag_kontakt"), "forkert_opslag", ["kontakt"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_forkert_opslag_kontakt"), table_name="forkert_opslag")
    op.drop_column("forkert_opslag", "kontakt")
