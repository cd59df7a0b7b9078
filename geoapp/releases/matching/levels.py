"""At which level a table speaks, and by what its rows can be joined at the level of an edition."""

from collections import Counter
from enum import Enum, auto

from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.errors import Question, Refused
from geoapp.releases.matching.coding import Coded
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, plain, text_of
from geoapp.releases.shaping.shape import Shape

_LEVEL_WORDS = {
    Level.PROVINCE: {"provinsi", "propinsi", "prov"},
    Level.REGENCY: {"kabupaten", "kab", "kota", "kabkota", "kabkot"},
    Level.DISTRICT: {"kecamatan", "kec", "distrik", "kapanewon", "kemantren"},
    Level.VILLAGE: {"desa", "kelurahan", "kel", "gampong", "nagari", "pekon", "kalurahan", "desakelurahan"},
    Level.RW: {"rw"},
    Level.RT: {"rt"},
}


class How(Enum):
    """By what the rows are joined."""

    CODES = auto()
    OTHER = auto()
    NAMES = auto()
    NUMBERS = auto()


def level_of_names(table: Table, shape: Shape) -> Level | None:
    """The level of the table's own regions, as the header of their names says it."""
    if shape.name is None:
        return max(shape.names, default=None)
    for level, column in shape.names.items():
        if column == shape.name:
            return level
    words = set(plain(table.header[shape.name]).split("_"))
    return max((level for level, said in _LEVEL_WORDS.items() if words & said), default=None)


def hold_level(table: Table, shape: Shape, options: Options, coded: Coded | None, target: Target) -> How:
    """By what the rows can be joined at the edition's level.

    Raises
    ------
    Question
        If the table is of an upper level at which the edition has shapes.
    Refused
        If the table is of a level that the edition does not have.
    """
    counts = Counter(code.level for code in coded.reading.codes if code) if coded else Counter[Level | None]()
    named = level_of_names(table, shape)
    if counts[None if target.at > Level.VILLAGE else target.at]:
        return How.CODES
    if target.at > Level.VILLAGE and (named is None or named > Level.VILLAGE):
        return How.NUMBERS
    official = [level for level in counts if level is not None]
    level = max(official) if official else named
    if coded is None and (level is None or level is target.at):
        return How.NAMES
    if (
        coded is not None
        and level is not None
        and level < target.at
        and named is target.at
        and _many(coded, table, shape)
    ):
        return How.NAMES
    raise _wrong_level(table, target, None if coded and not official else level, options)


def _many(coded: Coded, table: Table, shape: Shape) -> bool:
    """Whether the names are of regions below those of the codes: several names to a code."""
    if shape.name is None:
        return False
    pairs = zip(coded.reading.codes, table.column(shape.name), strict=True)
    named = {(code.text, normalise(text_of(name))) for code, name in pairs if code}
    return len(named) > 1.5 * len({code for code, _ in named})


def _wrong_level(table: Table, target: Target, level: Level | None, options: Options) -> Refused:
    values = {"file": table.file, "edition": target.edition.id}
    if level is None:
        return Refused("error.table_below", **values)
    if level in target.levels and options.level is None:
        return Question(f"question.level.{level.slug}", "--level", level=level.slug, **values)
    if level > target.at:
        return Refused("error.table_lower", **values)
    return Refused(f"error.table_level.{level.slug}", **values)
