"""What was said and found out about a table, as a small file that the next table of the same shape can be read with."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geoapp.domain.codes import CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.period_words import split_header
from geoapp.domain.periods import Period
from geoapp.errors import BadRequest, NotFound
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.header_words import plain
from geoapp.releases.shaping.series import Series, Shape

_TEXTS = (
    "sheet",
    "code_column",
    "name_column",
    "period_column",
    "half_column",
    "figure_column",
    "edition",
    "source",
    "area",
    "regency",
    "region_set",
)
_READERS = {"period": Period.parse, "code_system": CodeSystem, "decimal": Decimal, "level": Level.of}
_LEVELLED = ("part_columns", "name_columns")
_SWITCHES = ("whole", "split_by_share", "backcast")
_KEYS = {*_TEXTS, *_READERS, *_LEVELLED, *_SWITCHES, "columns", "states"}
_ZERO = "zero"


def read_mapping(path: Path) -> Options:
    """Options from a TOML file with the keys of ``Options`` and a table of columns.

    ::

        code_column = "KODE DESA"
        period_column = "tahun"
        name_columns = { district = "KECAMATAN", village = "DESA" }
        part_columns = { district = "kdkec", village = "kddesa" }
        [columns]
        "NILAI IDM" = "idm"                                  # with or without the year of the header
        "*" = "kk"                                           # every column whose header is only a year
        "laki" = { indicator = "penduduk", plus = ["pr"] }   # added up where both are there
        "luas" = { indicator = "luas_km2", unit = "ha" }
        "jumlah" = [
            { indicator = "usia_0_14", where = { kelompok_umur = ["0-4", "5-9", "10-14"] } },
            { indicator = "penduduk", period = "2010", where = { kelompok_umur = "total" } },
        ]
        [states]
        "tidak diisi" = "missing"
        "-" = "zero"                                         # only a person can know this

    Raises
    ------
    NotFound
        If there is no such file.
    BadRequest
        ``error.mapping`` with file and key where the file is not as above.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound("error.no_file", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRequest("error.mapping_form", file=path.name) from error
    return options_of(table, path.name)


def options_of(table: Mapping[str, Any], file: str = "") -> Options:
    """Options from the JSON form of a mapping; BadRequest as ``read_mapping`` says."""
    said: dict[str, Any] = {}
    for key, value in table.items():
        try:
            said.update(_option(key, value))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest("error.mapping", file=file, key=key) from error
    return Options(**said)


def mapping_of(table: Table, shape: Shape, options: Options) -> dict[str, Any]:
    """The JSON form of how a table was read: its columns, and what a person said; no period, for the next has another.

    ``options_of`` gives the options under which the same table has the same shape.
    """
    said: dict[str, Any] = {key: getattr(options, key) for key in _TEXTS if getattr(options, key)}
    said |= {key: getattr(options, key).value for key in ("code_system", "decimal") if getattr(options, key)}
    if options.level is not None:
        said["level"] = options.level.slug
    said |= {key: True for key in _SWITCHES if getattr(options, key)}
    code = shape.codes[0] if len(shape.codes) == 1 else None
    found = {"code_column": code, "name_column": shape.name, "period_column": shape.period, "half_column": shape.half}
    for key, column in found.items():
        if column is not None and table.header[column]:
            said.setdefault(key, table.header[column])
    parts = {Level(number): column for number, column in enumerate(shape.parts, 1) if column is not None}
    for key, by_level in (("part_columns", parts), ("name_columns", shape.names)):
        named = {level.slug: table.header[column] for level, column in by_level.items() if table.header[column]}
        if named:
            said[key] = named
    said["columns"] = _columns(table, shape)
    states = {word: state.value for word, state in options.states.items()} | dict.fromkeys(options.zeros, _ZERO)
    return said | ({"states": states} if states else {})


def write_mapping(table: Table, shape: Shape, options: Options) -> str:
    """The mapping as the TOML that ``read_mapping`` reads."""
    said = mapping_of(table, shape, options)
    lines = [f"{key} = {_toml(value)}" for key, value in said.items() if key not in ("columns", "states")]
    for key in ("columns", "states"):
        if said.get(key):
            lines.extend(["", f"[{key}]", *(f"{_toml(name)} = {_toml(value)}" for name, value in said[key].items())])
    return "\n".join(lines) + "\n"


def shape_key(table: Table) -> str:
    """A digest of the headers without their periods: the same for next year's file of the same shape."""
    stems: list[str] = []
    for header in table.header:
        stem = plain(re.sub(r" \(\d+\)$", "", split_header(header)[0]))
        if stem not in stems[-1:]:
            stems.append(stem)
    return hashlib.sha256("\n".join(sorted(set(stems))).encode()).hexdigest()


def _columns(table: Table, shape: Shape) -> dict[str, Any]:
    """What every column holds, once for all periods of a header."""
    said: dict[str, list[Any]] = {}
    for series in shape.series:
        entry = _entry(table, series)
        entries = said.setdefault(series.stems[0] if series.stems else table.header[series.column], [])
        if entry not in entries:
            entries.append(entry)
    return {column: entries[0] if len(entries) == 1 else entries for column, entries in said.items()}


def _entry(table: Table, series: Series) -> Any:
    entry: dict[str, Any] = {"indicator": series.indicator.slug}
    if series.plus:
        entry["plus"] = list(series.stems[1:])
    where: dict[str, list[str]] = {}
    for column, answer in series.where:
        where.setdefault(table.header[column], []).append(answer)
    if where:
        entry["where"] = {column: said if len(said) > 1 else said[0] for column, said in where.items()}
    if series.unit:
        entry["unit"] = series.unit
    return entry if len(entry) > 1 else series.indicator.slug


def _option(key: str, value: Any) -> dict[str, Any]:
    if key not in _KEYS:
        raise KeyError(key)
    if key in _TEXTS:
        return {key: _text(value)}
    if key in _SWITCHES:
        return {key: bool(value)}
    if key == "columns":
        entries = ((column, each) for column, said in value.items() for each in (said if _many(said) else [said]))
        return {"indicators": tuple(_column(column, each) for column, each in entries)}
    if key == "states":
        words = {word.casefold(): state for word, state in value.items()}
        zeros = tuple(word for word, state in words.items() if state == _ZERO)
        return {key: {word: State(state) for word, state in words.items() if state != _ZERO}, "zeros": zeros}
    if key in _LEVELLED:
        return {key: {Level.of(level): _text(column) for level, column in value.items()}}
    return {key: _READERS[key](_text(value))}


def _many(value: Any) -> bool:
    return isinstance(value, list)


def _column(column: str, said: Any) -> Asked:
    if isinstance(said, str):
        return Asked(said, column)
    if set(said) - {"indicator", "period", "plus", "where", "unit"}:
        raise KeyError(column)
    where = tuple(
        (other, _text(answer))
        for other, answers in said.get("where", {}).items()
        for answer in (answers if _many(answers) else [answers])
    )
    return Asked(
        _text(said["indicator"]),
        column,
        Period.parse(said["period"]) if "period" in said else None,
        tuple(_text(each) for each in said.get("plus", ())),
        where,
        _text(said["unit"]) if "unit" in said else None,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda sign: f"\\u{ord(sign[0]):04x}", escaped) + '"'
