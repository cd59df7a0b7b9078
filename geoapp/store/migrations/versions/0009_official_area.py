"""The official area of regions beside that of their shapes, and water and forest among the villages"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("region", sa.Column("area_official_km2", sa.DOUBLE_PRECISION(), nullable=True), schema="geography")
    op.create_check_constraint(
        op.f("ck_region_area_official_positive"), "region", "area_official_km2 > 0", schema="geography"
    )
    op.create_table(
        "nature",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shape", Geometry("MULTIPOLYGON", 4326, spatial_index=False), nullable=False),
        sa.CheckConstraint("kind IN ('water', 'forest', 'other')", name=op.f("ck_nature_kind_known")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["geography.edition.id"], name=op.f("fk_nature_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "place", name=op.f("pk_nature")),
        schema="geography",
    )
