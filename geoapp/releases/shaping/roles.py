"""Which columns say where and when: codes, parts of codes, names, period, unit; as a person says, or as found."""

from typing import NamedTuple

from geoapp.domain.findings import Understood
from geoapp.domain.levels import Level
from geoapp.errors import Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of
from geoapp.releases.shaping.columns import (
    NO_COLUMN,
    Profile,
    asked_column,
    asked_levels,
    asked_name,
    code_columns,
    code_level,
    half_column,
    name_columns,
    nameless_name,
    part_columns,
    period_column,
    unit_column,
)
from geoapp.releases.shaping.header_words import level_in, says_code
from geoapp.releases.shaping.unreadable import hold_codes

_NAMED = (Level.DISTRICT, Level.VILLAGE)


class Roles(NamedTuple):
    """The columns that hold no figures; ``taken`` are all of them."""

    codes: tuple[int, ...]
    parts: dict[Level, int]
    names: dict[Level, int]
    name: int | None
    period: int | None
    half: int | None
    unit: int | None
    taken: frozenset[int]

    @property
    def regions(self) -> tuple[int, ...]:
        """The columns that together say a row's region."""
        if self.codes:
            return self.codes[:1]
        return tuple(
            dict.fromkeys((*self.parts.values(), *self.names.values(), *([] if self.name is None else [self.name])))
        )


def find_roles(table: Table, columns: tuple[Profile, ...], options: Options) -> Roles:
    """Find the columns of region, period and unit.

    Raises
    ------
    NotFound
        If a column that was asked for is not there.
    Refused
        ``error.no_region_column`` if nothing says which region a row is of; ``error.code_column_unreadable`` if that
        would be names alone because the codes beside them were spoiled.
    """
    period = asked_column(table, options.period_column)
    half = asked_column(table, options.half_column)
    codes, parts = _codes(table, columns, options)
    taken = {*codes, *parts.values(), *(each.index for each in columns if says_code(each.header))}
    if period is None and options.period is None:
        period = period_column(columns, taken)
    if half is None and period is not None:
        half = half_column(columns, taken | {period})
    taken |= {each for each in (period, half) if each is not None}
    unit = unit_column(columns, taken)
    names = asked_levels(table, options.name_columns) or name_columns(
        columns, taken, _repeats(table, columns, codes, parts)
    )
    codes, parts = _of_the_rows(table, columns, codes, parts, names)
    if options.name_column == NO_COLUMN:
        names = {level: column for level, column in names.items() if level < Level.VILLAGE}
    asked = asked_name(table, options)
    level = _level(columns, codes, parts)
    name = asked if options.name_column else _name(columns, names, taken, level)
    if not codes and not parts and options.code_column is None:
        hold_codes(table, columns, tuple(each for each in (period, half) if each is not None))
    if not codes and not parts and name is None:
        raise Refused("error.no_region_column", file=table.file)
    every = {*taken, *parts.values(), *names.values(), *(each for each in (unit, name) if each is not None)}
    return Roles(codes, parts, names, name, period, half, unit, frozenset(every))


def understood_roles(table: Table, roles: Roles) -> list[Understood]:
    """What was found about regions and periods, and how to say otherwise."""
    said = []
    if roles.parts:
        columns = ", ".join(table.header[column] for column in roles.parts.values())
        said.append(Understood("understood.code_parts", {"columns": columns}, "--map"))
    if roles.name is not None and not roles.codes and not roles.parts:
        columns = ", ".join(table.header[column] for column in dict.fromkeys((*roles.names.values(), roles.name)))
        said.append(Understood("understood.names_only", {"column": columns}, "--code-column"))
    if roles.period is not None:
        if roles.half is not None:
            values = {"column": table.header[roles.period], "half": table.header[roles.half]}
            said.append(Understood("understood.period_columns", values, "--period-column"))
        else:
            said.append(
                Understood("understood.period_column", {"column": table.header[roles.period]}, "--period-column")
            )
    return said


def _codes(table: Table, columns: tuple[Profile, ...], options: Options) -> tuple[tuple[int, ...], dict[Level, int]]:
    """The columns of whole codes, or those of codes in pieces."""
    asked = asked_levels(table, options.part_columns)
    if options.code_column == NO_COLUMN:
        return (), {}
    if options.code_column is not None:
        found = asked_column(table, options.code_column)
        return ((found,) if found is not None else ()), {}
    if asked:
        return (), asked
    codes = code_columns(columns)
    parts = part_columns(columns)
    finest = code_level(columns, codes) if codes else None
    if parts and (finest is None or finest < max(parts)):
        return (), parts
    return codes, {}


def _of_the_rows(
    table: Table,
    columns: tuple[Profile, ...],
    codes: tuple[int, ...],
    parts: dict[Level, int],
    names: dict[Level, int],
) -> tuple[tuple[int, ...], dict[Level, int]]:
    """Codes of districts beside the names of many more villages are not the rows' own: they are the parents'."""
    level = code_level(columns, codes) if codes else None
    finest = max((each for each in names if each <= Level.VILLAGE), default=None)
    if level is None or finest is None or finest <= level:
        return codes, parts
    rows = [row.cells for row in table.rows if row.line not in table.asides]
    different = {text_of(cells[codes[0]]) for cells in rows}
    named = {(text_of(cells[codes[0]]), text_of(cells[names[finest]])) for cells in rows}
    return ((), {level: codes[0]}) if len(named) > 2 * len(different) else (codes, parts)


def _repeats(table: Table, columns: tuple[Profile, ...], codes: tuple[int, ...], parts: dict[Level, int]) -> bool:
    """Whether regions stand in many rows, as villages do above their RT; only asked of tables that name these."""
    if all(level_in(each.header) not in (Level.RW, Level.RT) for each in columns):
        return False
    named = tuple(each.index for each in columns if each.words > 0.5 and level_in(each.header) in _NAMED)
    keys = codes[:1] or tuple(parts.values()) or named
    rows = [row.cells for row in table.rows if row.line not in table.asides]
    return len({tuple(text_of(cells[key]) for key in keys) for cells in rows}) < 0.7 * len(rows)


def _level(columns: tuple[Profile, ...], codes: tuple[int, ...], parts: dict[Level, int]) -> Level | None:
    """The level of the table's own regions as its codes say, None where nothing says it."""
    if codes:
        return code_level(columns, codes)
    return max(parts) if len(parts) > 1 else None


def _says_more(column: Profile, group: Profile) -> bool:
    """Whether a column names many regions for each of a group."""
    return len(column.cells) > 2 * len(group.cells)


def _name(columns: tuple[Profile, ...], names: dict[Level, int], taken: set[int], level: Level | None) -> int | None:
    """The column of the names of the table's own regions: of its codes' level, else the finest."""
    if level in names:
        return names[level]
    other = nameless_name(columns, taken | set(names.values()))
    finest = max(names, default=None)
    if finest is None or (other is not None and level is not None and finest < level):
        return other
    if (
        other is not None
        and level is None
        and finest < Level.VILLAGE
        and _says_more(columns[other], columns[names[finest]])
    ):
        return other
    return names[finest]
