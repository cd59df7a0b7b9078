"""How a table was read, remembered for the next one of the same shape: its columns, never its place or its period."""

from dataclasses import replace

from sqlalchemy import Connection

from geoapp.domain.findings import Understood
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.mapping import mapping_of, options_of, shape_key
from geoapp.releases.shaping.series import Shape
from geoapp.store import intake

_KEPT = ("name_column", "period_column", "half_column", "figure_column", "part_columns", "name_columns", "columns")
"""What is the same in the next table; the code column, numbers and the place are looked at anew in each."""
_SAID = ("name_column", "period_column", "half_column", "figure_column", "indicators", "part_columns", "name_columns")


def recall(connection: Connection, table: Table, options: Options) -> tuple[Options, tuple[Understood, ...]]:
    """The options, and below them what was said of the last table of this shape, with the word that says so."""
    if _says(options):
        return options, ()
    kept = intake.mapping_of(connection, shape_key(table))
    if kept is None:
        return options, ()
    return options.over(options_of(kept)), (Understood("understood.remembered", {}, "--map"),)


def keep(connection: Connection, table: Table, shape: Shape, options: Options) -> None:
    """Remember how a person said that a table is read."""
    if _says(options):
        said = mapping_of(table, shape, replace(options, period=None))
        kept = {name: said[name] for name in _KEPT if name in said}
        intake.keep_mapping(connection, shape_key(table), table.file, kept)


def _says(options: Options) -> bool:
    """Whether a person said which columns are which."""
    return any(getattr(options, name) for name in _SAID)
