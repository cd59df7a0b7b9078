"""Editions of square regions for the codes of a real list, so that a table of any place can be joined in a test."""

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path

import shapely

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.store.database import Store
from geoapp.store.editions import NewEdition, NewRegion, write

_SIDE = 0.001
_WEST, _SOUTH = 95.0, -10.0
_ACROSS = 1000
_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


def listed(path: Path, *starts: str) -> dict[str, str]:
    """Code → name of a list (``code,name``, gzipped) for the codes that begin so; all of them without ``starts``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        rows = (line.rstrip("\n").split(",", 1) for line in lines)
        return {code: name.strip('"') for code, name in rows if not starts or code.startswith(starts)}


def make_grid(store: Store, id: str, names: Mapping[str, str], system: CodeSystem, area: str = "") -> str:
    """Write an edition with one square a village; ``names`` hold the villages and, where known, their upper regions.

    Upper regions that the list does not name are called by their code; the province is an ancestor unless the edition
    holds several.
    """
    codes = {code: RegionCode.parse(system, code) for code in names}
    villages = sorted((code for code in codes.values() if code.level is Level.VILLAGE), key=lambda each: each.text)
    named = {codes[code].text: name for code, name in names.items()}
    inside = {code.text: number for number, code in enumerate(villages, 1)}
    rows: list[NewRegion] = []
    provinces = {code.at(Level.PROVINCE).text for code in villages}
    for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
        spans: dict[str, list[int]] = {}
        for code in villages:
            spans.setdefault(code.at(level).text, []).append(inside[code.text])
        for number, (text, span) in enumerate(sorted(spans.items()), 1):
            name = named.get(text, text)
            if level is Level.PROVINCE and len(provinces) == 1:
                rows.append(NewRegion(text, level, None, name, None, None, None))
            else:
                rows.append(_region(RegionCode.parse(system, text), level, number, name, span))
    rows.extend(
        _region(code, Level.VILLAGE, inside[code.text], named[code.text], [inside[code.text]]) for code in villages
    )
    edition = NewEdition(
        id=id,
        area=area or id,
        code_system=system,
        source="made",
        attribution=Words("Buatan", "Made"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated="2025",
        base_level=Level.VILLAGE,
        box=(_WEST, _SOUTH, _WEST + 1, _SOUTH + 1),
        digest=id,
        report={},
    )
    with store.begin() as connection:
        write(connection, edition, rows, [])
    return id


def _region(code: RegionCode, level: Level, number: int, name: str, span: Iterable[int]) -> NewRegion:
    numbers = list(span)
    first, last = (_corner(n) for n in (min(numbers), max(numbers)))
    west, south = min(first[0], last[0]), min(first[1], last[1])
    east, north = max(first[0], last[0]) + _SIDE, max(first[1], last[1]) + _SIDE
    shape = shapely.set_srid(shapely.MultiPolygon([shapely.box(west, south, east, north)]), 4326)
    point = shapely.set_srid(shapely.Point((west + east) / 2, (south + north) / 2), 4326)
    wkb = [shapely.to_wkb(each, include_srid=True) for each in (point, shape)]
    parent = code.parent
    kind = _KINDS.get(code.text[-4]) if level is Level.VILLAGE and code.system is CodeSystem.KEMENDAGRI else None
    above = (parent.text, parent.level) if parent is not None else (None, None)
    return NewRegion(code.text, level, number, name, kind, *above, 2.0 * len(numbers), [], wkb[0], wkb[1])


def _corner(number: int) -> tuple[float, float]:
    return _WEST + number % _ACROSS * _SIDE, _SOUTH + number // _ACROSS * _SIDE
