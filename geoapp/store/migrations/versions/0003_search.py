"""Names of regions in a form to be searched, typing mistakes forgiven"""

import sqlalchemy as sa
from alembic import op

from geoapp.errors import Refused

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = r"""
CREATE FUNCTION geography.search_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(lower(regexp_replace(normalize(replace(name, U&'\00B4', ''), NFKD),
        U&'[\0300-\036F''`\2018\2019\02BC"]', '', 'g') COLLATE "C"), '[^a-z0-9]+', ' ', 'g'))
$$
"""
"""The same as ``geoapp.domain.search_words.key``: lower-case words of a–z and 0–9, one space between."""

KEPT = """
CREATE FUNCTION geography.keep_region_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geography.region_name (edition_id, code, level, key)
    VALUES (new.edition_id, new.code, new.level, geography.search_key(new.name))
    ON CONFLICT (edition_id, code) DO UPDATE SET level = excluded.level, key = excluded.key;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_region_name AFTER INSERT OR UPDATE OF name, level ON geography.region
FOR EACH ROW EXECUTE FUNCTION geography.keep_region_name();
"""
"""Whoever writes regions need not know of the search; a region that goes takes its row along by the foreign key."""


def upgrade() -> None:
    _require_trigrams()
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(KEY)
    op.create_table(
        "region_name",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id", "code"],
            ["geography.region.edition_id", "geography.region.code"],
            name=op.f("fk_region_name_edition_id_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_region_name")),
        schema="geography",
    )
    op.execute(
        "INSERT INTO geography.region_name (edition_id, code, level, key)"
        " SELECT edition_id, code, level, geography.search_key(name) FROM geography.region"
    )
    _indexes()
    op.execute(KEPT)
    op.execute("GRANT SELECT ON geography.region_name TO geoapp_public")
    op.execute("ANALYZE geography.region_name")


def _require_trigrams() -> None:
    """Debian's PostgreSQL brings pg_trgm; other systems have it in a package of their own."""
    asked = sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
    if op.get_bind().execute(asked).first() is None:
        raise Refused("error.trigrams_missing")


def _indexes() -> None:
    op.create_index(
        "ix_region_name_key_trigrams",
        "region_name",
        ["key"],
        schema="geography",
        postgresql_using="gin",
        postgresql_ops={"key": "gin_trgm_ops"},
    )
    for table, column in (("region_name", "key"), ("region_name", "code")):
        op.create_index(
            f"ix_{table}_{column}_start",
            table,
            [column],
            schema="geography",
            postgresql_ops={column: "text_pattern_ops"},
        )
