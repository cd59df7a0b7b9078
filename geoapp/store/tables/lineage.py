"""Also ``geography``: which code became which."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, Identity, Index, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import Base, Moment, Number


class LineageRow(Base):
    """``old`` became ``new``, or a part of it, on the day ``since``; several rows of a day may be one change."""

    __tablename__ = "lineage"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code_system: Mapped[str] = mapped_column(Text)
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    share: Mapped[float | None] = mapped_column(Number)
    share_of: Mapped[str | None] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text, server_default="")
    since: Mapped[date] = mapped_column(Date)
    imported_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("kind IN ('split', 'merge', 'move', 'rename', 'kind')", "kind_known"),
        CheckConstraint("share > 0 AND share <= 1", "share_of_one"),
        CheckConstraint("share_of IN ('area', 'population')", "share_of_known"),
        CheckConstraint("share IS NOT NULL OR share_of IS NULL", "share_of_a_share"),
        CheckConstraint("old <> new OR kind IN ('split', 'merge', 'rename')", "code_changes"),
        UniqueConstraint("code_system", "old", "new", "since"),
        Index(None, "code_system", "new"),
        {"schema": "geography"},
    )
