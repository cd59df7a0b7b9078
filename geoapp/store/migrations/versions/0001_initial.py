"""The three schemas, their tables and the public role"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PUBLIC_ROLE = """
-- roles belong to the whole server: another of its databases may be making this one at the same moment
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'geoapp_public') THEN
        CREATE ROLE geoapp_public LOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    GRANT geoapp_public TO CURRENT_USER;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT USAGE ON SCHEMA geography, published TO geoapp_public;
GRANT SELECT ON ALL TABLES IN SCHEMA geography, published TO geoapp_public;
ALTER DEFAULT PRIVILEGES IN SCHEMA geography GRANT SELECT ON TABLES TO geoapp_public;
ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT ON TABLES TO geoapp_public;
"""


def upgrade() -> None:
    for schema in ("geography", "intake", "published"):
        op.execute(f"CREATE SCHEMA {schema}")
    op.create_table(
        "code_list",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column(
            "imported_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_list")),
        schema="geography",
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("code_system", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("attribution", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("base_level", sa.SmallInteger(), nullable=False),
        sa.Column("box", postgresql.ARRAY(sa.DOUBLE_PRECISION()), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "published_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_edition_id_is_a_slug")),
        sa.CheckConstraint("status IN ('definitive', 'indicative')", name=op.f("ck_edition_status_known")),
        sa.CheckConstraint("array_length(box, 1) = 4", name=op.f("ck_edition_box_has_four_sides")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("digest", name=op.f("uq_edition_digest")),
        schema="geography",
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        schema="intake",
    )
    op.create_table(
        "official_code",
        sa.Column("list_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 7", name=op.f("ck_official_code_level_known")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["geography.code_list.id"], name=op.f("fk_official_code_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", "code", name=op.f("pk_official_code")),
        schema="geography",
    )
    op.create_index(
        op.f("ix_official_code_list_id_parent"),
        "official_code",
        ["list_id", "parent"],
        unique=False,
        schema="geography",
    )
    op.create_table(
        "region",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("parent_level", sa.SmallInteger(), nullable=True),
        sa.Column("area_km2", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("neighbours", postgresql.ARRAY(sa.BigInteger()), nullable=True),
        sa.Column("inside", Geometry("POINT", 4326, spatial_index=False), nullable=True),
        sa.Column("shape", Geometry("MULTIPOLYGON", 4326, spatial_index=False), nullable=True),
        sa.CheckConstraint("area_km2 > 0", name=op.f("ck_region_area_positive")),
        sa.CheckConstraint("level BETWEEN 1 AND 7", name=op.f("ck_region_level_known")),
        sa.CheckConstraint(
            "num_nulls(number, shape, inside, area_km2) IN (0, 4)", name=op.f("ck_region_shape_or_ancestor")
        ),
        sa.CheckConstraint("num_nulls(parent, parent_level) IN (0, 2)", name=op.f("ck_region_parent_with_level")),
        sa.CheckConstraint("number > 0", name=op.f("ck_region_number_from_one")),
        sa.CheckConstraint("parent_level < level", name=op.f("ck_region_parent_of_a_higher_level")),
        sa.ForeignKeyConstraint(
            ["edition_id", "parent", "parent_level"],
            ["geography.region.edition_id", "geography.region.code", "geography.region.level"],
            name=op.f("fk_region_edition_id_parent_parent_level"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["geography.edition.id"], name=op.f("fk_region_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_region")),
        sa.UniqueConstraint("edition_id", "code", "level", name=op.f("uq_region_edition_id_code_level")),
        sa.UniqueConstraint("edition_id", "level", "number", name=op.f("uq_region_edition_id_level_number")),
        schema="geography",
    )
    op.create_index(op.f("ix_region_code"), "region", ["code"], unique=False, schema="geography")
    op.create_index(
        op.f("ix_region_edition_id_parent"),
        "region",
        ["edition_id", "parent"],
        unique=False,
        schema="geography",
    )
    op.create_index("ix_region_shape", "region", ["shape"], unique=False, schema="geography", postgresql_using="gist")
    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("scope", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("staged_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["geography.edition.id"], name=op.f("fk_batch_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        schema="intake",
    )
    op.create_table(
        "release",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("indicator_slug", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("indicator", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supersedes", sa.BigInteger(), nullable=True),
        sa.Column(
            "published_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("withdrawn_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(withdrawn_at, withdrawn_reason) IN (0, 2)",
            name=op.f("ck_release_withdrawn_with_reason"),
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["geography.edition.id"], name=op.f("fk_release_edition_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["published.release.id"], name=op.f("fk_release_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        schema="published",
    )
    op.create_index(
        op.f("ix_release_indicator_slug_edition_id"),
        "release",
        ["indicator_slug", "edition_id"],
        unique=False,
        schema="published",
    )
    op.create_table(
        "outline",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shape", Geometry("MULTIPOLYGON", 3857, spatial_index=False), nullable=False),
        sa.CheckConstraint("zoom BETWEEN 0 AND 22", name=op.f("ck_outline_zoom_known")),
        sa.ForeignKeyConstraint(
            ["edition_id", "level", "number"],
            ["geography.region.edition_id", "geography.region.level", "geography.region.number"],
            name=op.f("fk_outline_edition_id_level_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "level", "zoom", "number", name=op.f("pk_outline")),
        schema="geography",
    )
    op.create_index("ix_outline_shape", "outline", ["shape"], unique=False, schema="geography", postgresql_using="gist")
    op.create_table(
        "staged",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("figure", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("marks", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.CheckConstraint("figure BETWEEN '-1e300'::float8 AND '1e300'::float8", name=op.f("ck_staged_figure_finite")),
        sa.CheckConstraint(
            "marks <@ ARRAY['provisional', 'revised', 'estimated', 'small_denominator', 'partial']",
            name=op.f("ck_staged_marks_known"),
        ),
        sa.CheckConstraint(
            "state IN ('missing', 'not_applicable', 'suppressed', 'out_of_scope')",
            name=op.f("ck_staged_state_known"),
        ),
        sa.CheckConstraint("num_nonnulls(figure, category, state) = 1", name=op.f("ck_staged_figure_xor_state")),
        sa.ForeignKeyConstraint(["batch_id"], ["intake.batch.id"], name=op.f("fk_staged_batch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch_id", "indicator", "period", "code", name=op.f("pk_staged")),
        schema="intake",
    )
    op.create_table(
        "aggregate",
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("figure", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("distribution", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("marks", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "marks <@ ARRAY['provisional', 'revised', 'estimated', 'small_denominator', 'partial']",
            name=op.f("ck_aggregate_marks_known"),
        ),
        sa.CheckConstraint(
            "state IN ('missing', 'not_applicable', 'suppressed', 'out_of_scope')",
            name=op.f("ck_aggregate_state_known"),
        ),
        sa.CheckConstraint("known BETWEEN 0 AND total", name=op.f("ck_aggregate_coverage_possible")),
        sa.CheckConstraint("num_nonnulls(figure, distribution, state) = 1", name=op.f("ck_aggregate_figure_xor_state")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["published.release.id"], name=op.f("fk_aggregate_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "period", "code", name=op.f("pk_aggregate")),
        schema="published",
    )
    op.create_table(
        "layer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("indicator_slug", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("style", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_layer_id_is_a_slug")),
        sa.ForeignKeyConstraint(["edition_id"], ["geography.edition.id"], name=op.f("fk_layer_edition_id")),
        sa.ForeignKeyConstraint(["release_id"], ["published.release.id"], name=op.f("fk_layer_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer")),
        schema="published",
    )
    op.create_table(
        "observation",
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("figure", sa.DOUBLE_PRECISION(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("marks", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.CheckConstraint(
            "figure BETWEEN '-1e300'::float8 AND '1e300'::float8", name=op.f("ck_observation_figure_finite")
        ),
        sa.CheckConstraint(
            "marks <@ ARRAY['provisional', 'revised', 'estimated', 'small_denominator', 'partial']",
            name=op.f("ck_observation_marks_known"),
        ),
        sa.CheckConstraint(
            "state IN ('missing', 'not_applicable', 'suppressed', 'out_of_scope')",
            name=op.f("ck_observation_state_known"),
        ),
        sa.CheckConstraint("num_nonnulls(figure, category, state) = 1", name=op.f("ck_observation_figure_xor_state")),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["published.release.id"],
            name=op.f("fk_observation_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "period", "code", name=op.f("pk_observation")),
        schema="published",
    )
    op.create_table(
        "plan",
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("release_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("classes", sa.LargeBinary(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["layer_id"], ["published.layer.id"], name=op.f("fk_plan_layer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["published.release.id"], name=op.f("fk_plan_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("layer_id", "release_id", "level", "period", name=op.f("pk_plan")),
        schema="published",
    )
    op.create_index(op.f("ix_plan_layer_id_version"), "plan", ["layer_id", "version"], unique=False, schema="published")
    op.execute(PUBLIC_ROLE)
