"""Upper levels from their own source: names and areas as it has them, and whether the villages fill its shapes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from geoapp.domain.code_column import read_column
from geoapp.domain.codes import RegionCode
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.upper_names import bare
from geoapp.editions import areas
from geoapp.editions.axes import Located, on_the_earth
from geoapp.editions.columns import Columns
from geoapp.editions.coverage import polygons, united
from geoapp.editions.draft import Asked, Draft, Frame, Step, Upper
from geoapp.editions.fit import Fit, best_fit, listed
from geoapp.editions.numbering import areas_km2
from geoapp.editions.read import layers
from geoapp.errors import BadRequest, Question, Refused

FILLED = 0.98
"""The share of an upper region's own shape that villages must cover for it to be whole, where no list says so."""
NOTABLE = 0.01
BOUND = 0.1
"""The share of its villages' area by which an upper region's own shape may differ before a person must say yes."""
_SHOWN = 5
_NAMES = {
    Level.DISTRICT: ("WADMKC", "nama_kec", "nama_kecamatan", "nmkec", "kecamatan", "ADM3_EN", "adm3_name", "NAME_3"),
    Level.REGENCY: ("WADMKK", "nama_kab", "nama_kabkota", "nmkab", "kabupaten", "kab_kota", "ADM2_EN", "adm2_name"),
    Level.PROVINCE: ("WADMPR", "nama_prov", "nmprov", "provinsi", "propinsi", "ADM1_EN", "adm1_name", "NAME_1"),
}
_CODES = {
    Level.DISTRICT: ("KDCPUM", "kode_kec", "kode_kecamatan", "idkec", "ADM3_PCODE", "adm3_pcode", "district_code"),
    Level.REGENCY: ("KDPKAB", "kode_kab", "kode_kabkota", "idkab", "ADM2_PCODE", "adm2_pcode", "regency_code"),
    Level.PROVINCE: ("KDPPUM", "kode_prov", "kode_provinsi", "idprov", "ADM1_PCODE", "adm1_pcode", "province_code"),
}


class _Drawn(NamedTuple):
    """The regions of one file by code: name, shape (EPSG:4326), and the area it says, in km²."""

    file: str
    names: Mapping[str, str]
    shapes: Mapping[str, Any]
    areas: Mapping[str, float]


def uppers(draft: Draft) -> Step:
    """What the upper levels' own files say, by level and code; their shapes are held against the villages'.

    Asks (``question.upper_differs``) where a shape differs from its villages by more than a person allowed.

    Raises
    ------
    Refused
        If such a file has no regions of its level, or none of those above the villages.
    NotFound, BadRequest
        As reading does.
    """
    said: list[Finding] = []
    known: dict[Level, Mapping[str, Upper]] = {}
    over: list[tuple[float, str, str]] = []
    for level, file in sorted(draft.asked.uppers.items()):
        drawn, remarks = _drawn(draft, level, file)
        known[level], differing = _held(draft, level, drawn)
        said.extend((*remarks, *_findings(draft, level, drawn, known[level], differing)))
        over.extend(each for each in differing if each[0] > _bound(draft))
    done = replace(draft, uppers=known)
    if not over:
        return done, tuple(said)
    worst = sorted(over, reverse=True)
    regions = ", ".join(f"{code} {name} ({100 * share:.0f} %)" for share, code, name in worst[:_SHOWN])
    values = {"file": draft.file.name, "n": len(over), "bound": f"{100 * _bound(draft):g}", "regions": regions}
    return replace(done, question=Question("question.upper_differs", "--upper-difference", **values)), tuple(said)


def _bound(draft: Draft) -> float:
    return BOUND if draft.asked.upper_difference is None else draft.asked.upper_difference / 100


def _drawn(draft: Draft, level: Level, file: Path) -> tuple[_Drawn, list[Finding]]:
    """The regions of a file of one level, of the layer that has most of those above the villages."""
    held = _above(draft, level)
    alone = replace(draft, file=file, asked=Asked(system=draft.system))
    fits = [best_fit(alone, each) for each in layers(file)]
    found = [(_coded(draft, level, each, set(held)), each) for each in fits]
    (codes, names), fit = max(found, key=lambda each: len(set(each[0][0]) & set(held)))
    if not set(codes) & set(held):
        values = {"file": file.name, "level": level.slug, "codes": ", ".join(sorted(held)[:_SHOWN])}
        raise Refused("error.upper_elsewhere", **values, columns=listed(fit.columns))
    rows = [row for row, code in enumerate(codes) if code]
    frame = fit.layer.frame.iloc[rows].reset_index(drop=True)
    located = _located(frame, file)
    shapes = _valid(located.frame.geometry.values)
    measured = np.array(areas_km2(shapes))
    column = areas.column_of(fit.columns)
    numbers = areas.numbers(fit.columns.cells(column))[rows] if column else np.full(len(rows), np.nan)
    in_km2 = areas.in_km2(numbers, np.maximum(measured, 1e-9))
    named: dict[str, str] = {}
    drawn: dict[str, Any] = {}
    sized: dict[str, float] = {}
    for at, row in enumerate(rows):
        code = codes[row]
        named[code] = names[row]
        drawn[code] = united(np.array([drawn[code], shapes[at]], dtype=object)) if code in drawn else shapes[at]
        if in_km2 is not None and np.isfinite(in_km2[0][at]):
            sized[code] = float(in_km2[0][at])
    return _Drawn(file.name, named, drawn, sized), located.findings


def _located(frame: Frame, file: Path) -> Located:
    """In degrees. What is asked of the villages' file has options; this one must come as it should be."""
    try:
        return on_the_earth(frame, None, file.name)
    except Question:
        raise Refused("error.upper_not_located", file=file.name) from None


def _valid(shapes: Any) -> Any:
    import shapely

    return polygons(shapely.make_valid(np.asarray(shapes, dtype=object), method="structure", keep_collapsed=False))


def _coded(draft: Draft, level: Level, fit: Fit, held: set[str]) -> tuple[list[str], list[str]]:
    """Each row's code of the level, empty for a row of another, and its name; by its name where no column has codes."""
    names = _named(fit, level)
    codes = _by_code(draft, level, fit.columns)
    if codes is None and fit.reading is not None and fit.reading.system is draft.system:
        codes = [code.text if code and code.level is level else "" for code in fit.reading.codes]
    if codes is not None and set(codes) & held:
        return codes, names
    said: dict[str, list[str]] = {}
    for code, name in _called(draft, level).items():
        said.setdefault(bare(name), []).append(code)
    matched = [said.get(bare(name), []) if name else [] for name in names]
    return [found[0] if len(found) == 1 else "" for found in matched], names


def _called(draft: Draft, level: Level) -> dict[str, str]:
    """What each upper region is called in the official list, else in the villages' own file."""
    official = draft.official.get(draft.system, {}) if draft.system else {}
    column = f"name_{level.slug}"
    said = draft.frame[column].tolist() if column in draft.frame else [""] * len(draft.frame)
    return {code: official.get(code) or said[int(rows[0])] for code, rows in _above(draft, level).items()}


def _by_code(draft: Draft, level: Level, columns: Columns) -> list[str] | None:
    """The codes of a column that is called as codes of the level are."""
    for column in columns.filled(_CODES[level]):
        reading = read_column(columns.cells(column), [], draft.official, column, draft.system)
        if reading.level is level:
            return [code.text if code and code.level is level else "" for code in reading.codes]
    return None


def _named(fit: Fit, level: Level) -> list[str]:
    column = fit.columns.find(_NAMES[level])
    named = fit.columns.texts(column) if column else []
    return named if any(named) else list(fit.names)


def _above(draft: Draft, level: Level) -> Mapping[str, Any]:
    """The rows of the villages under each upper code."""
    assert draft.system is not None, "recognise comes before"
    codes = [RegionCode.parse(draft.system, code).at(level).text for code in draft.frame["code"]]
    return dict(draft.frame.groupby(np.array(codes, dtype=object), sort=True).indices)


def _held(draft: Draft, level: Level, drawn: _Drawn) -> tuple[dict[str, Upper], list[tuple[float, str, str]]]:
    """What is known of each upper region above the villages, and by how much its shape differs from theirs.

    Of a region whose villages do not fill it, only what they have beyond its shape is a difference.
    """
    import shapely

    base = np.asarray(draft.frame.geometry.values, dtype=object)
    known: dict[str, Upper] = {}
    differing: list[tuple[float, str, str]] = []
    for code, rows in _above(draft, level).items():
        if code not in drawn.shapes:
            continue
        own, theirs = drawn.shapes[code], united(base[rows])
        pieces = [shapely.intersection(own, theirs), shapely.difference(own, theirs), shapely.difference(theirs, own)]
        both, open_, beyond = (float(area) for area in areas_km2(polygons(np.array(pieces, dtype=object))))
        filled = both / max(both + open_, 1e-9)
        whole = filled >= FILLED
        share = (beyond + (open_ if whole else 0.0)) / max(both + beyond, 1e-9)
        known[code] = Upper(drawn.names[code], drawn.areas.get(code), filled, share, open_)
        if share > NOTABLE:
            differing.append((share, code, drawn.names[code]))
    return known, differing


def _findings(
    draft: Draft, level: Level, drawn: _Drawn, known: Mapping[str, Upper], differing: Sequence[tuple[float, str, str]]
) -> Iterator[Finding]:
    place = Place(drawn.file)
    values = {"n": len(known), "level": level.slug, "of": len(drawn.shapes)}
    yield Finding(Weight.NOTE, "finding.uppers_read", values, place)
    if gone := sorted(set(_above(draft, level)) - set(known)):
        codes = ", ".join(gone[:_SHOWN]) + (" …" if len(gone) > _SHOWN else "")
        yield Finding(Weight.WARN, "finding.uppers_absent", {"n": len(gone), "codes": codes}, place)
    for share, code, name in sorted(differing, reverse=True):
        percent = f"{100 * share:.1f}"
        yield Finding(Weight.WARN, "finding.upper_differs", {"code": code, "name": name, "percent": percent}, place)
    for code, upper in known.items():
        if upper.filled < FILLED:
            empty = {"code": code, "name": upper.name, "percent": f"{100 * (1 - upper.filled):.1f}"}
            yield Finding(Weight.NOTE, "finding.upper_open", {**empty, "area": f"{upper.open_km2:.1f}"}, place)


def asked_uppers(said: Sequence[str]) -> dict[Level, Path]:
    """``district=kecamatan.geojson`` as it is said beside a file.

    Raises
    ------
    BadRequest
        If it is not written so, or is no level above the village.
    """
    found: dict[Level, Path] = {}
    for each in said:
        name, _, path = each.partition("=")
        try:
            level = Level.of(name.strip())
        except ValueError:
            raise BadRequest("error.upper_said", said=each[:80]) from None
        if level >= Level.VILLAGE or not path.strip():
            raise BadRequest("error.upper_said", said=each[:80])
        found[level] = Path(path.strip())
    return found
