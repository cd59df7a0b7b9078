"""Also ``geography``: what lies around the area of an edition."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geoapp.store.tables.base import Base, Moment


class SurroundingsRow(Base):
    """The document of ``geoapp.domain.surroundings`` as its bytes are sent; ``report`` names file and attribution."""

    __tablename__ = "surroundings"
    edition_id: Mapped[str] = mapped_column(ForeignKey("geography.edition.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{12}$'", "digest_known"),
        {"schema": "geography"},
    )
