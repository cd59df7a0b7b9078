"""``geography``: published editions, official lists, and what joins codes and names to them."""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import Base, Moment, Number


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
    grids: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    """The revision of the table of grids that the outlines were made for; 0 of none."""
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_reason: Mapped[str | None] = mapped_column(Text)
    successor: Mapped[str | None] = mapped_column(ForeignKey("geography.edition.id"))
    __table_args__ = (
        CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", "id_is_a_slug"),
        CheckConstraint("status IN ('definitive', 'indicative')", "status_known"),
        CheckConstraint("array_length(box, 1) = 4", "box_has_four_sides"),
        CheckConstraint("num_nulls(retired_at, retired_reason) IN (0, 2)", "retired_with_reason"),
        CheckConstraint("successor IS NULL OR retired_at IS NOT NULL", "successor_of_a_retired_one"),
        CheckConstraint("successor <> id", "successor_is_another"),
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
    area_official_km2: Mapped[float | None] = mapped_column(Number)
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
        CheckConstraint("area_official_km2 > 0", "area_official_positive"),
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
    """A region's shape on the grid of one zoom, in whole units (``geoapp.domain.zooms``)."""

    __tablename__ = "outline"
    edition_id: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    zoom: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    shape: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", spatial_index=False))
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


class CoverageRow(Base):
    """Which tiles of a level and zoom are not empty (``geoapp.domain.covered``)."""

    __tablename__ = "coverage"
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    zoom: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    tiles: Mapped[bytes]
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 7", "level_known"),
        CheckConstraint("zoom BETWEEN 0 AND 22", "zoom_known"),
        {"schema": "geography"},
    )


class NatureRow(Base):
    """Water or forest among the regions of an edition; it has neither number nor figures."""

    __tablename__ = "nature"
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    shape: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", 4326, spatial_index=False))
    __table_args__ = (
        CheckConstraint("kind IN ('water', 'forest', 'other')", "kind_known"),
        {"schema": "geography"},
    )
