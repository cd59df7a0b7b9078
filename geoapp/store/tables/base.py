"""What every table stands on: the schemas, the public role, the naming of constraints and the types of columns."""

from sqlalchemy import MetaData
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase

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
