"""Made-up figures of the island's villages: neighbours are alike, sums agree, and every state and mark occurs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyproj import Geod

from boundaries.sample.books import Cell, write_ods, write_xlsx
from boundaries.sample.island import CITY, Village, Waves

YEARS = (2020, 2021, 2022, 2023, 2024)
_GAPS = (
    *((at, 19, 13, "…") for at in (0, 3)),
    *((at, 57, 46, "disembunyikan") for at in (0, 3)),
    (2, 19, 3, "…"),
    (4, 21, 8, ""),
    (5, 14, 6, "-"),
    (6, 29, 11, "tad"),
)
"""Column after the households, every how many villages and from which on, and what stands there."""
_FIELDS = {name: Waves(seed, ((26_000, 1), (9_000, 0.6))) for name, seed in (("soil", 3), ("road", 4), ("age", 5))}
_STATUS = ((0.4907, "SANGAT TERTINGGAL"), (0.5989, "TERTINGGAL"), (0.7072, "BERKEMBANG"), (0.8155, "MAJU"))


@dataclass(frozen=True)
class Living:
    """What everything of a village follows from; ``soil``, ``road`` and ``age`` run from 0 to 1."""

    code: str
    name: str
    km2: float
    urban: float
    soil: float
    road: float
    age: float
    luck: tuple[float, ...]
    people: tuple[int, ...]

    @property
    def is_desa(self) -> bool:
        return self.code[9] == "2"

    @property
    def households(self) -> int:
        return round(self.people[-1] / (3.5 + 0.4 * self.luck[0]))


def living(villages: Sequence[Village], names: dict[str, str]) -> list[Living]:
    """Every village's circumstances, in the order given."""
    random, geod = np.random.default_rng(2024), Geod(ellps="WGS84")
    return [_living(each, names[each.code], random.random(12), geod) for each in villages]


def _living(village: Village, name: str, luck: np.ndarray, geod: Geod) -> Living:
    away = float(np.hypot(*(np.array(village.site) - CITY))) / 1000
    urban = 1 / (1 + np.exp((away - 4.6) / 1.1))
    soil, road, age = (_height(field, village.site) for field in _FIELDS.values())
    km2 = abs(geod.geometry_area_perimeter(village.shape)[0]) / 1e6
    dense = 55 + 260 * soil * np.exp(-away / 16) + 3_900 * urban**1.4 * (0.6 + 0.7 * luck[1])
    growth = (
        0.019 * np.exp(-(((away - 6.5) / 4) ** 2)) + 0.011 * (road - 0.55) - 0.005 * urban + 0.006 * (luck[2] - 0.5)
    )
    last = max(420.0, dense * km2)
    people = tuple(
        round(last / (1 + growth) ** (2024 - year) * (1 + 0.004 * (luck[3 + k] - 0.5))) for k, year in enumerate(YEARS)
    )
    return Living(village.code, name, km2, float(urban), soil, road, age, tuple(map(float, luck)), people)


def _height(field: Waves, site: tuple[float, float]) -> float:
    """The field at a place, squeezed between 0 and 1."""
    moved = (field(np.array([site])) - np.array([site]))[0, 0]
    return float(1 / (1 + np.exp(-1.6 * moved)))


def write(folder: Path, all_: Sequence[Living], newborn: str) -> None:
    """Every table; ``newborn`` is the village that began in 2022."""
    _population(folder, all_, newborn)
    _growth(folder, all_, newborn)
    _idm(folder, all_, newborn)
    _welfare(folder, all_)
    _land(folder, all_)
    _village_fund(folder, all_, newborn)


def number(value: float, decimals: int = 0) -> str:
    """As Indonesian offices write it: 1.234,5."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = "".join(";".join(row) + "\r\n" for row in rows)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())


def _years(each: Living, newborn: str) -> list[tuple[int, int]]:
    """The years a village has existed, each with its people."""
    return [(y, n) for y, n in zip(YEARS, each.people, strict=True) if each.code != newborn or y >= 2022]


def _population(folder: Path, all_: Sequence[Living], newborn: str) -> None:
    rows = [["kode", "nama", "tahun", "penduduk", "penduduk_l", "penduduk_p"]]
    for each in all_:
        for year, people in _years(each, newborn):
            men = round(people * (0.494 + 0.02 * each.luck[8] + 0.004 * each.soil))
            row = [number(people), number(men), number(people - men)]
            rows.append([each.code, each.name, str(year), *row])
    _csv(folder / "penduduk.csv", rows)


def write_2020(path: Path, all_: Sequence[Living], parent: str, child: str) -> None:
    """The population of 2020 within the borders of 2020, when ``parent`` still held the land of ``child``."""
    people = {each.code: each.people[0] for each in all_}
    people[parent] += people.pop(child)
    rows = [["kode", "nama", "tahun", "penduduk"]]
    rows += [[each.code, each.name, "2020", number(people[each.code])] for each in all_ if each.code in people]
    _csv(path, rows)


def _growth(folder: Path, all_: Sequence[Living], newborn: str) -> None:
    rows = [["kode", "nama", "tahun", "kepadatan", "laju_penduduk", "rasio_jk"]]
    for each in all_:
        years = _years(each, newborn)
        for (year, people), before in zip(years, [None, *(n for _, n in years[:-1])], strict=True):
            men = round(people * (0.494 + 0.02 * each.luck[8] + 0.004 * each.soil))
            rate = "…" if before is None else number((people / before - 1) * 100, 2)
            row = [number(people / each.km2, 1), rate, number(men / (people - men) * 100, 1)]
            rows.append([each.code, each.name, str(year), *row])
    _csv(folder / "pertumbuhan.csv", rows)


def _idm(folder: Path, all_: Sequence[Living], newborn: str) -> None:
    header: list[Cell] = ["KODE DESA", "NAMA DESA"]
    rows = [header + [f"{word} {year}" for year in YEARS for word in ("NILAI IDM", "STATUS IDM")]]
    for n, each in enumerate(all_):
        row: list[Cell] = [each.code, each.name.upper()]
        for k, year in enumerate(YEARS):
            score = (
                0.50
                + 0.15 * each.road
                + 0.10 * each.soil
                + 0.10 * (each.luck[9] - 0.5)
                + k * (0.012 + 0.018 * each.luck[10])
            )
            score = round(min(score + 0.12 * each.urban, 0.97), 4)
            if not each.is_desa:
                row += ["tidak berlaku", "tidak berlaku"]
            elif (each.code == newborn and year < 2022) or (n % 17 == 4 and year == 2021):
                row += ["…", "…"]
            else:
                row += [score, next((word for top, word in _STATUS if score <= top), "MANDIRI")]
        rows.append(row)
    write_xlsx(folder / "idm.xlsx", "IDM 2020-2024", rows)


def _welfare(folder: Path, all_: Sequence[Living]) -> None:
    header: list[Cell] = ["Kode", "Desa/Kelurahan", "ruta 2024", "ruta_air_layak 2024"]
    rows = [header + [f"{slug} {y}" for slug in ("air_layak_persen", "jalan_baik_persen") for y in YEARS[2:]]]
    for n, each in enumerate(all_):
        wet = [min(1.0, 0.42 + 0.3 * each.road + 0.25 * each.urban + 0.12 * each.luck[11] + 0.05 * k) for k in range(3)]
        served = round(each.households * wet[2])
        water = [number(w * 100, 1) for w in (*wet[:2], served / each.households)]
        road = [number(min(100.0, 22 + 60 * each.road + 15 * each.urban + 4 * k), 1) for k in range(3)]
        row: list[Cell] = [each.code, each.name, number(each.households), number(served), *water, *road]
        rows.append([*row[:3], *_with_states(n, row[3:])])
    write_ods(folder / "kesejahteraan.ods", "Kesejahteraan", rows)


def _with_states(n: int, cells: list[Cell]) -> list[Cell]:
    """Gaps and marks as clerks write them: refused, not yet there, hidden; provisional, revised, estimated."""
    changed = list(cells)
    for at, every, rest, sign in _GAPS:
        if n % every == rest:
            changed[at] = sign
    for at, every, rest, mark in ((3, 9, 2, "*"), (2, 13, 5, "r"), (6, 10, 4, "e")):
        if n % every == rest and str(changed[at])[:1].isdigit():
            changed[at] = f"{changed[at]}{mark}"
    return changed


def _land(folder: Path, all_: Sequence[Living]) -> None:
    rows = [["kode", "nama", "tahun", "sawah_ha", "lahan_dominan", "sinyal", "odf", "posyandu"]]
    for n, each in enumerate(all_):
        if n % 20 == 7:
            continue  # outside the survey: no row at all
        share = max(0.0, 0.62 * each.soil - 0.12) * (1 - each.urban) ** 2
        for year in (2022, 2024):
            paddy = each.km2 * 100 * share * (1 if year == 2022 else 0.985)
            use = "Permukiman" if each.urban > 0.45 else "Sawah" if share > 0.26 else ""
            use = use or ("Hutan" if each.age > 0.62 else "Tambak" if each.road < 0.36 else "Kebun/Ladang")
            reach = each.road + 0.7 * each.urban + 0.05 * (year == 2024) + 0.2 * (each.luck[7] - 0.5)
            signal = next(
                (w for top, w in ((0.22, "Tidak ada sinyal"), (0.45, "Lemah"), (0.85, "Kuat")) if reach < top),
                "Sangat kuat",
            )
            clean = "Sudah" if reach + 0.1 * each.soil > (0.62 if year == 2022 else 0.48) else "Belum"
            posts = max(0, round(each.people[-1] / 900 + 1.2 * each.luck[6] - 0.9))
            row = [number(paddy, 1), use, "…" if n % 27 == 9 and year == 2022 else signal, clean, number(posts)]
            rows.append([each.code, each.name, str(year), *row])
    _csv(folder / "lahan.csv", rows)


def _village_fund(folder: Path, all_: Sequence[Living], newborn: str) -> None:
    rows = [["kode", "nama", "tahun", "dana_desa"]]
    for each in all_:
        for year, people in _years(each, newborn):
            fund = round(620_000_000 + 95_000 * people + 6_000_000 * each.km2 + 18_000_000 * (year - 2020), -3)
            rows.append([each.code, each.name, str(year), f"Rp{number(fund)}" if each.is_desa else "tidak berlaku"])
    _csv(folder / "dana_desa.csv", rows)
