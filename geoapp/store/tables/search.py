"""Also ``geography``: the names of regions in the form in which they are searched."""

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import Base


class RegionNameRow(Base):
    """A region's name as ``geography.search_key`` makes it; a trigger on ``region`` writes it."""

    __tablename__ = "region_name"
    edition_id: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    key: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        ForeignKeyConstraint(
            ["edition_id", "code"],
            ["geography.region.edition_id", "geography.region.code"],
            ondelete="CASCADE",
        ),
        Index("ix_region_name_key_trigrams", "key", postgresql_using="gin", postgresql_ops={"key": "gin_trgm_ops"}),
        Index("ix_region_name_key_start", "key", postgresql_ops={"key": "text_pattern_ops"}),
        Index("ix_region_name_code_start", "code", postgresql_ops={"code": "text_pattern_ops"}),
        {"schema": "geography"},
    )
