"""Editions that are no longer used, with the reason and what stands in their place"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("retired_at", postgresql.TIMESTAMP(timezone=True)),
        sa.Column("retired_reason", sa.Text()),
        sa.Column("successor", sa.Text()),
    ):
        op.add_column("edition", column, schema="geography")
    for name, rule in (
        ("retired_with_reason", "num_nulls(retired_at, retired_reason) IN (0, 2)"),
        ("successor_of_a_retired_one", "successor IS NULL OR retired_at IS NOT NULL"),
        ("successor_is_another", "successor <> id"),
    ):
        op.create_check_constraint(op.f(f"ck_edition_{name}"), "edition", rule, schema="geography")
    op.create_foreign_key(
        op.f("fk_edition_successor"),
        "edition",
        "edition",
        ["successor"],
        ["id"],
        source_schema="geography",
        referent_schema="geography",
    )
