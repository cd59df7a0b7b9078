"""What a person says about a table, on the command line or in a mapping file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geoapp.domain.codes import CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.errors import BadRequest, NotFound

_TEXTS = ("sheet", "code_column", "name_column", "period_column", "figure_column", "edition", "source")
_KEYS = {*_TEXTS, "period", "code_system", "decimal", "whole", "columns", "states"}


@dataclass(frozen=True)
class Asked:
    """One indicator and the column or columns that hold it; ``period`` where the header does not say it."""

    indicator: str
    column: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Options:
    """Everything that may be said of a table; what is None is found out.

    ``level`` of its rows; ``area``, the upper region of the edition (code or name) in which they lie; ``regency``, the
    code that a table of shorter codes leaves out, in its own system; ``region_set``, the named set that was asked.
    ``accept``: suggestions from this score (0…100) up are joined; ``accepted``: line → code, as a person said,
    and ``named``: line → the name which that line had when it was said.

    ``whole``: the table speaks for every region of the edition, so that those without a row are missing. ``source``
    names who made these figures, where it is not the indicator's usual one.
    """

    sheet: str | None = None
    level: Level | None = None
    area: str | None = None
    regency: str | None = None
    region_set: str | None = None
    code_column: str | None = None
    name_column: str | None = None
    period_column: str | None = None
    figure_column: str | None = None
    edition: str | None = None
    source: str | None = None
    period: Period | None = None
    code_system: CodeSystem | None = None
    decimal: Decimal | None = None
    whole: bool = False
    accept: float | None = None
    accepted: Mapping[int, str] = field(default_factory=dict)
    named: Mapping[int, str] = field(default_factory=dict)
    indicators: tuple[Asked, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)

    def over(self, below: "Options") -> "Options":
        """These options, and those of ``below`` where these say nothing."""
        said = {name: value for name, value in vars(self).items() if value not in (None, (), {}, False)}
        return replace(below, **said)


def asked_indicators(raw: Iterable[str]) -> tuple[Asked, ...]:
    """``SLUG`` or ``SLUG=COLUMN``, as the command line has them."""
    pairs = (each.partition("=") for each in raw)
    return tuple(Asked(slug.strip(), column.strip() or None) for slug, _, column in pairs)


def asked_period(raw: str) -> Period:
    """A period as written by a person; BadRequest if it is none."""
    try:
        return Period.parse(raw)
    except ValueError as error:
        raise BadRequest("error.period_form", period=raw) from error


def read_mapping(path: Path) -> Options:
    """Options from a TOML file with the keys of ``Options`` and a table of columns.

    ::

        code_column = "KODE DESA"
        period_column = "tahun"
        [columns]
        "NILAI IDM" = "idm"                                  # with or without the year of the header
        "penduduk" = { indicator = "penduduk", period = "2010" }
        [states]
        "tidak diisi" = "missing"

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
    said: dict[str, Any] = {}
    for key, value in table.items():
        try:
            said.update(_option(key, value))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest("error.mapping", file=path.name, key=key) from error
    return Options(**said)


def _option(key: str, value: Any) -> dict[str, Any]:
    if key not in _KEYS:
        raise KeyError(key)
    if key in _TEXTS:
        return {key: _text(value)}
    if key == "whole":
        return {key: bool(value)}
    if key == "columns":
        return {"indicators": tuple(_column(column, each) for column, each in value.items())}
    if key == "states":
        return {key: {word.casefold(): State(state) for word, state in value.items()}}
    readers = {"period": Period.parse, "code_system": CodeSystem, "decimal": Decimal}
    return {key: readers[key](_text(value))}


def _column(column: str, said: Any) -> Asked:
    if isinstance(said, str):
        return Asked(said, column)
    if set(said) - {"indicator", "period"}:
        raise KeyError(column)
    return Asked(_text(said["indicator"]), column, Period.parse(said["period"]) if "period" in said else None)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
