"""How Alembic runs here: always on a connection that ``store.migrate`` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context

from geoapp.store.tables import SCHEMAS, Base


def ours(name: str | None, kind: str, parents: Any) -> bool:
    """Whether autogenerate should look at this schema."""
    return kind != "schema" or name in SCHEMAS


def spelled(kind: str, column: Any, autogen: Any) -> str | Literal[False]:
    """Write geometry columns with the import they need."""
    if kind == "type" and type(column).__module__.startswith("geoalchemy2"):
        autogen.imports.add("from geoalchemy2 import Geometry")
        return f"Geometry({column.geometry_type!r}, {column.srid}, spatial_index=False)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_schemas=True,
    include_name=ours,
    render_item=spelled,
    compare_type=False,
)
context.run_migrations()
