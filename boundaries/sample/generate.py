"""The sample: a made-up island as boundary files, code list, lineage and tables; the same bytes on every run.

Run: python -m boundaries.sample.generate [FOLDER]     (from the top of the repository; default boundaries/sample)
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from boundaries.sample import around, crosswalk, figures, names
from boundaries.sample.island import CITY, GRID, METRES, ORIGIN, Village, Waves, cells, gathered, villages

HERE = Path(__file__).parent
SPLIT_DISTRICT = "99.01.04"
CAPITAL_DISTRICT = "99.01.02"
RW_PARENT_NEAR = CITY


def generate(folder: Path) -> None:
    """Write every file into ``folder``."""
    found, _ = villages()
    found = _with_capital(found)
    parent, child = _split(found)
    called = _names(found)
    _collection(folder / "pulau-purnama-2024.geojson", [(v.code, called[v.code], v.shape) for v in found])
    _collection(folder / "pulau-purnama-2020.geojson", _before(found, called, parent, child))
    ward = _ward(found)
    neighbourhoods = _neighbourhoods(ward)
    _collection(folder / f"rw-{ward.code}.geojson", neighbourhoods)
    _collection(folder / "sekitar.geojson", around.features(), ("kind", "nama"))
    upper = dict([names.PROVINCE, *names.REGENCIES.items(), *names.DISTRICTS.items()])
    listed = sorted({**upper, **called}.items())
    _text(folder / "codes.csv", ["code,name", *(f"{code},{name}" for code, name in listed)])
    _text(folder / "crosswalk_bps_kemendagri_2024.csv", crosswalk.lines(called, (parent, child)))
    _text(
        folder / "lineage.csv",
        ["old,new,share,kind,legal_basis,date"]
        + [f"{parent},{new},,split,Peraturan Daerah Purnama Raya 3/2021,2022-01-01" for new in (parent, child)],
    )
    figures.write(folder, figures.living(found, called), child)
    figures.write_2020(folder / "penduduk-2020.csv", figures.living(found, called), parent, child)
    people = [["kode", "nama", "tahun", "penduduk"]]
    people += [[code, name, "2024", str(380 + 97 * (3 * n % 8))] for n, (code, name, _) in enumerate(neighbourhoods)]
    _text(folder / "rw-penduduk.csv", [";".join(row) for row in people])


def _with_capital(found: list[Village]) -> list[Village]:
    """The regency's seat is a kelurahan among desa: its code begins with 1."""
    seat = next(v for v in found if v.code.startswith(CAPITAL_DISTRICT))
    kept = [v for v in found if v is not seat]
    return sorted([replace(seat, code=f"{CAPITAL_DISTRICT}.1001"), *kept], key=lambda v: v.code)


def _split(found: list[Village]) -> tuple[str, str]:
    """The last village of its district, and the neighbour it was split from."""
    here = [v for v in found if v.code.startswith(SPLIT_DISTRICT)]
    *others, child = here
    parent = max(others, key=lambda v: v.shape.boundary.intersection(child.shape.boundary).length)
    return parent.code, child.code


def _before(found, called, parent: str, child: str):
    """The villages of 2020: the two were one."""
    one = shapely.coverage_union_all([v.shape for v in found if v.code in (parent, child)])
    return [(v.code, called[v.code], _wound(one) if v.code == parent else v.shape) for v in found if v.code != child]


def _ward(found: list[Village]) -> Village:
    """The kelurahan at the heart of the city."""
    return min(
        (v for v in found if v.code[9] == "1"), key=lambda v: float(np.hypot(*(np.array(v.site) - RW_PARENT_NEAR)))
    )


def _neighbourhoods(ward: Village):
    """Eight RW of the ward, as code, name and shape."""
    bend = Waves(8, ((900, 45), (400, 18), (180, 7)))
    random = np.random.default_rng(8)
    flat = shapely.transform(ward.shape, lambda p: (p - np.array(ORIGIN)) * np.array(METRES))
    west, south, east, north = flat.bounds
    cloud = np.column_stack([west + random.random(4000) * (east - west), south + random.random(4000) * (north - south)])
    cloud = cloud[shapely.contains_xy(flat, cloud)]
    sites = cloud[:8]
    for _ in range(25):
        nearest = np.argmin(((cloud[:, None] - sites[None]) ** 2).sum(axis=2), axis=1)
        sites = np.array([cloud[nearest == n].mean(axis=0) for n in range(8)])
    sites = sites[np.lexsort((sites[:, 0], -sites[:, 1]))]
    faces = [
        face
        for face in cells(sites, flat, bend, [ward.shape.boundary], 4)
        if ward.shape.buffer(GRID).contains(face.representative_point())
    ]
    homes = np.array(ORIGIN) + bend(sites) / np.array(METRES)
    shapes = gathered(faces, homes)
    return [(f"{ward.code}.{n:03}", f"RW {n:03}", _wound(shape)) for n, shape in enumerate(shapes, 1)]


def _names(found: list[Village]) -> dict[str, str]:
    """Every village's name by its code."""
    desa, kelurahan = iter(names.DESA), iter(names.KELURAHAN)
    called = {}
    for each in found:
        seat = each.code.startswith(CAPITAL_DISTRICT) and each.code[9] == "1"
        called[each.code] = names.CAPITAL if seat else next(desa if each.code[9] == "2" else kelurahan)
    return called


def _wound(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.orient_polygons(shapely.normalize(shape), exterior_cw=False)


def _collection(path: Path, rows, columns: tuple[str, str] = ("kode", "nama")) -> None:
    """RFC 7946, one feature a line."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": dict(zip(columns, said, strict=True)),
                "geometry": {
                    "type": shape.geom_type,
                    "coordinates": _rounded(shapely.geometry.mapping(shape)["coordinates"]),
                },
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for *said, shape in rows
    ]
    path.write_text(
        '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8", newline="\n"
    )


def _rounded(part):
    return round(part, 5) if isinstance(part, float) else [_rounded(each) for each in part]


def _text(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
