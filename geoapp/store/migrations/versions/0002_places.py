"""Crosswalks, other names, named sets, the rows of every batch and remembered mappings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = postgresql.TIMESTAMP(timezone=True)
JSON = postgresql.JSONB(astext_type=sa.Text())
TEXTS = postgresql.ARRAY(sa.Text())

PUBLIC_PART = """
REVOKE SELECT ON geography.alias FROM geoapp_public;
GRANT SELECT (id, code_system, code, name, key, accepted_at, revoked_at) ON geography.alias TO geoapp_public;
"""
"""Who accepted a name, and from whose file, is nobody else's business."""


def upgrade() -> None:
    _crosswalks()
    _alias()
    _region_set()
    _intake()
    op.execute(PUBLIC_PART)


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, MOMENT, server_default=sa.text("now()"), nullable=False)


def _crosswalks() -> None:
    op.create_table(
        "crosswalk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        _now("imported_at"),
        sa.CheckConstraint("status IN ('official', 'proposal', 'accepted')", name=op.f("ck_crosswalk_status_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk")),
        schema="geography",
    )
    op.create_table(
        "crosswalk_code",
        sa.Column("crosswalk_id", sa.Text(), nullable=False),
        sa.Column("bps", sa.Text(), nullable=False),
        sa.Column("kemendagri", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 7", name=op.f("ck_crosswalk_code_level_known")),
        sa.ForeignKeyConstraint(
            ["crosswalk_id"],
            ["geography.crosswalk.id"],
            name=op.f("fk_crosswalk_code_crosswalk_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("crosswalk_id", "bps", "kemendagri", name=op.f("pk_crosswalk_code")),
        schema="geography",
    )
    for column in ("bps", "kemendagri"):
        op.create_index(op.f(f"ix_crosswalk_code_{column}"), "crosswalk_code", [column], schema="geography")


def _alias() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code_system", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("origin", JSON, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        _now("accepted_at"),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(revoked_at, revoked_reason) IN (0, 2)", name=op.f("ck_alias_revoked_with_reason")
        ),
        sa.CheckConstraint("key <> ''", name=op.f("ck_alias_key_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        schema="geography",
    )
    op.create_index(
        "uq_alias_code_system_code_key",
        "alias",
        ["code_system", "code", "key"],
        unique=True,
        schema="geography",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _region_set() -> None:
    op.create_table(
        "region_set",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("codes", TEXTS, nullable=False),
        _now("created_at"),
        sa.CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_region_set_id_is_a_slug")),
        sa.CheckConstraint("cardinality(codes) > 0", name=op.f("ck_region_set_codes_not_empty")),
        sa.ForeignKeyConstraint(["edition_id"], ["geography.edition.id"], name=op.f("fk_region_set_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_set")),
        schema="geography",
    )


def _intake() -> None:
    op.create_table(
        "source_row",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("values", JSON, server_default="{}", nullable=False),
        sa.Column("cells", TEXTS, nullable=False),
        sa.CheckConstraint("line > 0", name=op.f("ck_source_row_line_from_one")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["intake.batch.id"], name=op.f("fk_source_row_batch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "line", name=op.f("pk_source_row")),
        schema="intake",
    )
    op.create_table(
        "mapping",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        _now("saved_at"),
        sa.PrimaryKeyConstraint("shape", name=op.f("pk_mapping")),
        schema="intake",
    )
