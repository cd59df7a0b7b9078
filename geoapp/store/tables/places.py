"""Also ``geography``: crosswalks between the code systems, other names of regions, and named sets of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import Base, Moment


class CrosswalkRow(Base):
    """A list of links between BPS and Kemendagri codes; ``accepted`` are those that people said at an import."""

    __tablename__ = "crosswalk"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    dated: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("status IN ('official', 'proposal', 'accepted')", "status_known"),
        {"schema": "geography"},
    )


class CrosswalkCodeRow(Base):
    """One link; a code may have several, which is why it then joins nothing by itself."""

    __tablename__ = "crosswalk_code"
    crosswalk_id: Mapped[str] = mapped_column(
        ForeignKey("geography.crosswalk.id", ondelete="CASCADE"), primary_key=True
    )
    bps: Mapped[str] = mapped_column(Text, primary_key=True)
    kemendagri: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 7", "level_known"),
        Index(None, "bps"),
        Index(None, "kemendagri"),
        {"schema": "geography"},
    )


class AliasRow(Base):
    """Another name of a region, accepted by a person; ``key`` is its normalised form, ``origin`` the file and line.

    The public role may not read ``origin``, ``actor`` and ``revoked_reason``.
    """

    __tablename__ = "alias"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code_system: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    origin: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actor: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("num_nulls(revoked_at, revoked_reason) IN (0, 2)", "revoked_with_reason"),
        CheckConstraint("key <> ''", "key_not_empty"),
        Index(
            "uq_alias_code_system_code_key",
            "code_system",
            "code",
            "key",
            unique=True,
            postgresql_where="revoked_at IS NULL",
        ),
        {"schema": "geography"},
    )


class RegionSetRow(Base):
    """Some regions of an edition under a name, such as the kelurahan that were asked."""

    __tablename__ = "region_set"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id"))
    name: Mapped[dict[str, Any]] = mapped_column(JSONB)
    codes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", "id_is_a_slug"),
        CheckConstraint("cardinality(codes) > 0", "codes_not_empty"),
        {"schema": "geography"},
    )
