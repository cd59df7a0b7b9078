"""Outlines in whole units of the tiles' grids; those there are were on none, and are made anew at the next start"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "edition", sa.Column("grids", sa.SmallInteger(), server_default="0", nullable=False), schema="geography"
    )
    op.execute("TRUNCATE geography.outline")
    op.execute("ALTER TABLE geography.outline ALTER COLUMN shape TYPE geometry(MultiPolygon)")
