"""``published``: what the public may see; releases are immutable."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import MARKS, STATES, Base, Moment, Number


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
