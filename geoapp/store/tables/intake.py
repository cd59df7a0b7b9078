"""``intake``: what is on its way in, with its account; the public role sees nothing of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, SmallInteger, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import MARKS, STATES, Base, Moment, Number


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


class SourceRow(Base):
    """A physical row of a batch's sheet as it was read, beside what became of it; kept for the report, for ever."""

    __tablename__ = "source_row"
    batch_id: Mapped[int] = mapped_column(ForeignKey("intake.batch.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    fate: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    cells: Mapped[list[str]] = mapped_column(ARRAY(Text))
    __table_args__ = (CheckConstraint("line > 0", "line_from_one"), {"schema": "intake"})


class MappingRow(Base):
    """How a table of this shape was read last, for the next file of the same shape."""

    __tablename__ = "mapping"
    shape: Mapped[str] = mapped_column(Text, primary_key=True)
    file: Mapped[str] = mapped_column(Text)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = ({"schema": "intake"},)
