"""The tables, in three schemas; every constraint is named and says which state cannot exist.

``geography`` holds published editions and official lists, ``intake`` what is on its way in, ``published`` what the
public may see. The role ``geoapp_public`` may only SELECT from ``geography`` and ``published``.
"""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOUBLE_PRECISION, JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PUBLIC_ROLE = "geoapp_public"
SCHEMAS = ("geography", "intake", "published")

Number = DOUBLE_PRECISION
Moment = TIMESTAMP(timezone=True)
STATES = "('missing', 'not_applicable', 'suppressed', 'out_of_scope')"
MARKS = "ARRAY['provisional', 'revised', 'estimated', 'small_denominator', 'partial']"


class Base(DeclarativeBase):
    """The metadata with its naming convention."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# ── geography ──────────────────────────────────────────────────────────────────────────────────────────────────


class CodeListRow(Base):
    """An official list of codes, such as Kemendagri 2025."""

    __tablename__ = "code_list"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    system: Mapped[str] = mapped_column(Text)
    dated: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = ({"schema": "geography"},)


class OfficialCodeRow(Base):
    """One code of a list with its official name."""

    __tablename__ = "official_code"
    list_id: Mapped[str] = mapped_column(ForeignKey("geography.code_list.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 7", "level_known"),
        Index(None, "list_id", "parent"),
        {"schema": "geography"},
    )


class EditionRow(Base):
    """One dated set of boundaries; a row here is whole and published."""

    __tablename__ = "edition"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[str] = mapped_column(Text)
    code_system: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    attribution: Mapped[dict[str, Any]] = mapped_column(JSONB)
    licence: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    dated: Mapped[str] = mapped_column(Text)
    base_level: Mapped[int] = mapped_column(SmallInteger)
    box: Mapped[list[float]] = mapped_column(ARRAY(Number))
    digest: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    published_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", "id_is_a_slug"),
        CheckConstraint("status IN ('definitive', 'indicative')", "status_known"),
        CheckConstraint("array_length(box, 1) = 4", "box_has_four_sides"),
        UniqueConstraint("digest"),
        {"schema": "geography"},
    )


class RegionRow(Base):
    """A region of an edition with its full shape in EPSG:4326, or an ancestor with neither number nor shape."""

    __tablename__ = "region"
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int | None]
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    parent_level: Mapped[int | None] = mapped_column(SmallInteger)
    area_km2: Mapped[float | None] = mapped_column(Number)
    neighbours: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    inside: Mapped[Any | None] = mapped_column(Geometry("POINT", 4326, spatial_index=False))
    shape: Mapped[Any | None] = mapped_column(Geometry("MULTIPOLYGON", 4326, spatial_index=False))
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 7", "level_known"),
        CheckConstraint("number > 0", "number_from_one"),
        CheckConstraint("num_nulls(number, shape, inside, area_km2) IN (0, 4)", "shape_or_ancestor"),
        CheckConstraint("num_nulls(parent, parent_level) IN (0, 2)", "parent_with_level"),
        CheckConstraint("parent_level < level", "parent_of_a_higher_level"),
        CheckConstraint("area_km2 > 0", "area_positive"),
        UniqueConstraint("edition_id", "code", "level"),
        UniqueConstraint("edition_id", "level", "number"),
        ForeignKeyConstraint(
            ["edition_id", "parent", "parent_level"],
            ["geography.region.edition_id", "geography.region.code", "geography.region.level"],
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("ix_region_shape", "shape", postgresql_using="gist"),
        Index(None, "edition_id", "parent"),
        Index(None, "code"),
        {"schema": "geography"},
    )


class OutlineRow(Base):
    """A region's shape generalised for one zoom band, EPSG:3857; ``zoom`` is the band's first tile zoom."""

    __tablename__ = "outline"
    edition_id: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    zoom: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    shape: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", 3857, spatial_index=False))
    __table_args__ = (
        CheckConstraint("zoom BETWEEN 0 AND 22", "zoom_known"),
        ForeignKeyConstraint(
            ["edition_id", "level", "number"],
            ["geography.region.edition_id", "geography.region.level", "geography.region.number"],
            ondelete="CASCADE",
        ),
        Index("ix_outline_shape", "shape", postgresql_using="gist"),
        {"schema": "geography"},
    )


# ── intake ─────────────────────────────────────────────────────────────────────────────────────────────────────


class BatchRow(Base):
    """A table on its way in, with the report of what became of every row and region."""

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    file: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id"))
    level: Mapped[int] = mapped_column(SmallInteger)
    scope: Mapped[dict[str, Any]] = mapped_column(JSONB)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    staged_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = ({"schema": "intake"},)


class StagedRow(Base):
    """One observation of a batch, before publishing."""

    __tablename__ = "staged"
    batch_id: Mapped[int] = mapped_column(ForeignKey("intake.batch.id", ondelete="CASCADE"), primary_key=True)
    indicator: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    figure: Mapped[float | None] = mapped_column(Number)
    category: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str | None] = mapped_column(Text)
    marks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    line: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("num_nonnulls(figure, category, state) = 1", "figure_xor_state"),
        CheckConstraint(f"state IN {STATES}", "state_known"),
        CheckConstraint(f"marks <@ {MARKS}", "marks_known"),
        CheckConstraint("figure BETWEEN '-1e300'::float8 AND '1e300'::float8", "figure_finite"),
        {"schema": "intake"},
    )


class AuditRow(Base):
    """Who did what, when; appended only."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    actor: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    __table_args__ = ({"schema": "intake"},)


# ── published ──────────────────────────────────────────────────────────────────────────────────────────────────


class ReleaseRow(Base):
    """What was published of one indicator on one edition: immutable, superseded or withdrawn, never edited.

    ``indicator`` is the definition that was used, as stored text; ``report`` the public part of the join report.
    """

    __tablename__ = "release"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    indicator_slug: Mapped[str] = mapped_column(Text)
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id"))
    level: Mapped[int] = mapped_column(SmallInteger)
    indicator: Mapped[dict[str, Any]] = mapped_column(JSONB)
    batch_id: Mapped[int] = mapped_column(BigInteger)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("published.release.id"))
    published_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("num_nulls(withdrawn_at, withdrawn_reason) IN (0, 2)", "withdrawn_with_reason"),
        Index(None, "indicator_slug", "edition_id"),
        {"schema": "published"},
    )


class ObservationRow(Base):
    """One public figure, category or state."""

    __tablename__ = "observation"
    release_id: Mapped[int] = mapped_column(ForeignKey("published.release.id", ondelete="CASCADE"), primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    figure: Mapped[float | None] = mapped_column(Number)
    category: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str | None] = mapped_column(Text)
    marks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    __table_args__ = (
        CheckConstraint("num_nonnulls(figure, category, state) = 1", "figure_xor_state"),
        CheckConstraint(f"state IN {STATES}", "state_known"),
        CheckConstraint(f"marks <@ {MARKS}", "marks_known"),
        CheckConstraint("figure BETWEEN '-1e300'::float8 AND '1e300'::float8", "figure_finite"),
        {"schema": "published"},
    )


class AggregateRow(Base):
    """A figure of an upper level made by the indicator's rule, or the distribution of its categories, with coverage.

    ``known`` of ``total`` base regions had a figure; ``state`` where none had. Below full coverage ``marks`` holds
    ``partial``.
    """

    __tablename__ = "aggregate"
    release_id: Mapped[int] = mapped_column(ForeignKey("published.release.id", ondelete="CASCADE"), primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    figure: Mapped[float | None] = mapped_column(Number)
    distribution: Mapped[dict[str, int] | None] = mapped_column(JSONB)
    state: Mapped[str | None] = mapped_column(Text)
    marks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    known: Mapped[int]
    total: Mapped[int]
    __table_args__ = (
        CheckConstraint("num_nonnulls(figure, distribution, state) = 1", "figure_xor_state"),
        CheckConstraint(f"state IN {STATES}", "state_known"),
        CheckConstraint(f"marks <@ {MARKS}", "marks_known"),
        CheckConstraint("known BETWEEN 0 AND total", "coverage_possible"),
        {"schema": "published"},
    )


class LayerRow(Base):
    """A public map: one indicator on one edition in one style; its newest release decides what it shows."""

    __tablename__ = "layer"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    indicator_slug: Mapped[str] = mapped_column(Text)
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("published.release.id"))
    style: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", "id_is_a_slug"),
        {"schema": "published"},
    )


class PlanRow(Base):
    """The layer's decision for one release, level and period; ``version`` is the digest of its bytes.

    ``classes`` and ``marks`` hold one byte a region in number order (``layers/plan.py`` says what they mean).
    """

    __tablename__ = "plan"
    layer_id: Mapped[str] = mapped_column(ForeignKey("published.layer.id", ondelete="CASCADE"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("published.release.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[str] = mapped_column(Text)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    classes: Mapped[bytes]
    marks: Mapped[bytes]
    __table_args__ = (Index(None, "layer_id", "version"), {"schema": "published"})
