"""Rows of persons, recognised and refused once it is known what the rows and columns are; no value is repeated."""

from collections import Counter
from collections.abc import Sequence

from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.releases.matching.match import Match
from geoapp.releases.reading.person_columns import OF_REGIONS, SHARE, Kind, PersonColumn, header_kind, person_columns
from geoapp.releases.reading.persons import SURE, refusal, together
from geoapp.releases.reading.place_columns import level_of
from geoapp.releases.reading.table import Table, names_a_code, plain, text_of
from geoapp.releases.shaping.shape import Shape

_PERSONAL = frozenset((Kind.NAME, Kind.BORN, Kind.NUMBER))
"""What no school or market has."""
_KINDS = frozenset(("", "desa", "kelurahan", "kel", "ds", "nagari", "gampong"))
"""What a column tells that says only of what kind a village is."""
_SITES = frozenset((
    "sd", "sdn", "smp", "sma", "smk", "tk", "paud", "mi", "mts", "puskesmas", "pustu", "posyandu", "klinik", "rs",
    "rsud", "masjid", "gereja", "pasar", "kantor", "pt", "cv", "ud", "toko", "bumdes", "koperasi", "kelompok",
))  # fmt: skip
"""With these words begin names of what is no person."""


def refuse_rows(table: Table, shape: Shape, found: Match | None = None) -> None:
    """Refuse a table whose rows are persons: the second pass, once it is known what the rows and columns are.

    Rows are persons where a column that identifies takes several values within one region and period: a name, an
    address, a telephone number. In a table by sex or age the name of a region, or the telephone of its office, stays
    the same however many rows the region has, and so do all columns of a row that is repeated as it is. Two columns
    that identify together are persons too, one row a region or not. Without ``found`` no row was placed, and the cells
    of codes and names tell the regions apart.

    Raises
    ------
    Refused
        ``error.persons``, as above.
    """
    judged = person_columns((n, [table.header[n], *table.column(n)]) for n in _free(table, shape))
    if not judged:
        return
    places = _places(table, shape, found)
    resolved = [_resolved(table, shape, column, (places, found)) for column in judged]
    columns = [column for column in resolved if column is not None]
    sites = any(_names_a_site(table, n) and _varies(table, n, places) for n in range(len(table.header)))
    telling = _PERSONAL if sites else SURE
    if together(columns) or any(each.kind in telling and _varies(table, each.column, places) for each in columns):
        raise refusal(table.file, columns)


def _free(table: Table, shape: Shape) -> list[int]:
    """The columns that are not codes, regions, periods, dimensions or figures; one called ``nama`` may be anything."""
    used = {*shape.codes, *shape.parts, *shape.names.values(), shape.name, shape.period, shape.half}
    for each in shape.series:
        used |= {each.column, *each.plus, *each.over, *(column for column, _ in each.where)}
    return [n for n, header in enumerate(table.header) if n not in used or header_kind(header) is Kind.BARE]


Place = tuple[object, ...]
"""The region and the period that a row is of."""


def _places(table: Table, shape: Shape, found: Match | None) -> list[Place]:
    """Which region and period each row is of: as it was placed, or as its cells say; else a place of its own."""
    cells = sorted(_keys(table, shape))
    below = [n for level, n in shape.names.items() if level > Level.VILLAGE and n in cells]
    times = [n for n in (shape.period, shape.half) if n is not None]
    placed = found.rows if found is not None else (None,) * len(table.rows)
    places: list[Place] = []
    for row, said in zip(table.rows, placed, strict=True):
        region = (said, *(text_of(row.cells[n]) for n in below)) if isinstance(said, str) else ()
        region = region or tuple(plain(text_of(row.cells[n])) for n in cells)
        places.append((region or row.line, *(text_of(row.cells[n]) for n in times)))
    return places


def _keys(table: Table, shape: Shape) -> set[int]:
    """The columns that say where a row is, as the shape knows them or as their headers say."""
    keys: set[int | None] = {*shape.codes, *shape.parts, *shape.names.values(), shape.name}
    keys |= {n for n, header in enumerate(table.header) if level_of(header) or names_a_code(header)}
    return {n for n in keys if n is not None and header_kind(table.header[n]) is None}


def _resolved(
    table: Table, shape: Shape, column: PersonColumn, known: tuple[Sequence[Place], Match | None]
) -> PersonColumn | None:
    """A column called ``nama`` as one of names of persons, or None if it holds regions, offices or a few words."""
    if column.kind is not Kind.BARE:
        return column
    places, found = known
    filled = [text for row in table.rows if (text := text_of(row.cells[column.column]))]
    varies = _varies(table, column.column, places)
    few = len(set(filled)) < len(filled) / 2
    if few or _names_a_site(table, column.column):
        return None
    if not varies and column.column not in _beside_names(table, shape) and _names_regions(table, column.column, found):
        return None
    return column._replace(kind=Kind.NAME)


def _beside_names(table: Table, shape: Shape) -> set[int]:
    """The columns called ``nama`` where another names the villages: so these name something else."""
    village = {n for n in _keys(table, shape) if level_of(table.header[n]) is Level.VILLAGE}
    named = {n for n in village if not names_a_code(table.header[n]) and not _KINDS.issuperset(_words(table, n))}
    if not named:
        return set()
    return {n for n, header in enumerate(table.header) if header_kind(header) is Kind.BARE}


def _words(table: Table, column: int) -> set[str]:
    return {plain(text_of(row.cells[column])) for row in table.rows}


def _names_regions(table: Table, index: int, found: Match | None) -> bool:
    """Whether the names are those of the rows' regions; where no row was placed nothing says that they are not."""
    if found is None:
        return True
    regions = found.target.regions
    placed = [
        (text_of(row.cells[index]), regions.get(said, ""))
        for row, said in zip(table.rows, found.rows, strict=True)
        if isinstance(said, str)
    ]
    same = sum(normalise(name) == normalise(official) for name, official in placed)
    return same >= len(placed) / 2


def _names_a_site(table: Table, index: int) -> bool:
    """Whether a column names schools, markets and the like: an address beside it is theirs."""
    words = set(plain(table.header[index]).split("_"))
    if not words & {"nama", "name"} or words & OF_REGIONS or header_kind(table.header[index]) is Kind.NAME:
        return False
    if header_kind(table.header[index]) is None:
        return True
    first = [plain(text_of(row.cells[index])).split("_")[0] for row in table.rows]
    filled = [word for word in first if word]
    return sum(word in _SITES for word in filled) > len(filled) / 2


def _varies(table: Table, index: int, places: Sequence[Place]) -> bool:
    """Whether a column takes several values within one region and period, for a fair share of the rows."""
    values: dict[Place, set[str]] = {}
    for row, place in zip(table.rows, places, strict=True):
        if text := plain(text_of(row.cells[index])):
            values.setdefault(place, set()).add(text)
    rows = Counter(places)
    many = sum(rows[place] for place, its in values.items() if len(its) > 1)
    return many > 0 and many >= SHARE * len(table.rows)
