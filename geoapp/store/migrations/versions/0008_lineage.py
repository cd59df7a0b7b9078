"""Which code became which"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lineage",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code_system", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", postgresql.DOUBLE_PRECISION(), nullable=True),
        sa.Column("share_of", sa.Text(), nullable=True),
        sa.Column("act", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("imported_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('split', 'merge', 'move', 'rename', 'kind')", name=op.f("ck_lineage_kind_known")),
        sa.CheckConstraint("share > 0 AND share <= 1", name=op.f("ck_lineage_share_of_one")),
        sa.CheckConstraint("share_of IN ('area', 'population')", name=op.f("ck_lineage_share_of_known")),
        sa.CheckConstraint("share IS NOT NULL OR share_of IS NULL", name=op.f("ck_lineage_share_of_a_share")),
        sa.CheckConstraint("old <> new OR kind IN ('split', 'merge', 'rename')", name=op.f("ck_lineage_code_changes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
        sa.UniqueConstraint("code_system", "old", "new", "since", name=op.f("uq_lineage_code_system_old_new_since")),
        schema="geography",
    )
    op.create_index(op.f("ix_lineage_code_system_new"), "lineage", ["code_system", "new"], schema="geography")
