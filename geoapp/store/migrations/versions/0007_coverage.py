"""Which tiles of an edition are not empty; of those that are there it is found at the next start"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("tiles", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 7", name=op.f("ck_coverage_level_known")),
        sa.CheckConstraint("zoom BETWEEN 0 AND 22", name=op.f("ck_coverage_zoom_known")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["geography.edition.id"], name=op.f("fk_coverage_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "level", "zoom", name=op.f("pk_coverage")),
        schema="geography",
    )
