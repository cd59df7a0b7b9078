"""Clean tables of made villages in two code systems that look alike; every row knows what is true of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level

WORDS = [
    "Sukamaju", "Oro-oro Dowo", "Ka'do To'rea", "Batumarta II", "Batumarta III", "Karanganyar", "Sidomulyo",
    "Tasik Madu", "Hilisalawa'ahe", "Kebonsari", "Sei Rampah", "Tanjung Sari", "Pulau Panggang", "Rejosari", "Gadang",
    "Bakalankrajan", "Mergosono", "Kuta Buloh I", "Kuta Buloh II", "Blok 15", "Pandanwangi", "Ciptomulyo", "Lowokwaru",
    "Tunggulwulung", "Mojolangu", "Merjosari", "Dinoyo", "Sumbersari", "Ketawanggede", "Penanggungan", "Jatimulyo",
    "Padang Bulan", "Air Sialang Hilir", "Kampung Tengah", "Rantau Panjang", "Muara Enim", "Lubuk Alung", "Cimincrang",
    "Braga", "Wonokoyo",
]  # fmt: skip
DISTRICTS = ["Blimbing", "Klojen", "Sukun", "Kedungkandang"]
YEARS = ("2021", "2022", "2023")
COUNTS, AREA, INDEX = ("penduduk", "kk"), "luas_km2", "iks"


@dataclass(frozen=True)
class Village:
    """A village with its code in the table's system, and the number under which the other system has another."""

    code: str
    name: str
    district: str


@dataclass(frozen=True)
class World:
    """A regency's villages in both code systems; the same ten digits are another village in the other system."""

    system: CodeSystem
    villages: tuple[Village, ...]
    other: tuple[Village, ...]

    def names(self, system: CodeSystem) -> dict[str, str]:
        """Code → name in one of the systems."""
        return {each.code: each.name for each in (self.villages if system is self.system else self.other)}

    def districts(self, system: CodeSystem) -> dict[str, str]:
        """District code → name in one of the systems."""
        its = self.villages if system is self.system else self.other
        return {RegionCode.parse(system, each.code).at(Level.DISTRICT).text: each.district for each in its}


def make_world(some: Random, n: int, districts: int, system: CodeSystem) -> World:
    """``n`` villages in so many districts; names are unique within a district and repeat across them."""
    kemendagri: list[Village] = []
    bps: list[Village] = []
    for d in range(1, districts + 1):
        size = n // districts + (d <= n % districts)
        names = some.sample(WORDS, size)
        turned = names[1:] + names[:1]
        for v in range(1, size + 1):
            kemendagri.append(Village(f"35.73.{d:02}.{2000 + v}", names[v - 1], DISTRICTS[d - 1]))
            bps.append(Village(f"3573{d:02}2{v:03}", turned[v - 1], DISTRICTS[d - 1]))
    pair = (tuple(kemendagri), tuple(bps))
    return World(system, *(pair if system is CodeSystem.KEMENDAGRI else pair[::-1]))


@dataclass(frozen=True)
class Truth:
    """What a written line is: the region and its figures by indicator and period, None where the cell is blank.

    ``lost`` says that the line can no longer be read as it was meant; ``group`` holds lines that contradict.
    """

    code: str
    figures: Mapping[tuple[str, str], float | None]
    lost: bool = False
    contradicts: bool = False


@dataclass
class Sheet:
    """Rows of cells from the first physical row on, and beside each what it is: a truth, or ``head``, ``aside``."""

    header: list[str]
    rows: list[list[Any]]
    truths: list[Truth]
    columns: dict[str, int]
    """What stands in which column: ``code``, ``part 0`` … ``part 3``, ``name``, ``district``, ``figure 0`` …"""
    above: list[list[Any]] = field(default_factory=list)
    asides: list[tuple[int, list[Any]]] = field(default_factory=list)
    """Rows that are no data, each with the number of data rows before it."""
    heads: list[list[Any]] = field(default_factory=list)
    """The rows of the header, where it takes more than one."""


def clean_sheet(some: Random, world: World, layout: str, codes: str) -> Sheet:
    """A table without damage: ``layout`` wide, many, long or sex; ``codes`` whole, plain, parts or names."""
    place = _places(world, codes)
    header = list(place)
    rows: list[list[Any]] = []
    truths: list[Truth] = []
    if layout == "wide":
        keys = [("penduduk", year) for year in YEARS]
        header += [f"Penduduk {year}" for year in YEARS]
    else:
        keys = [("penduduk", "2023"), ("kk", "2023"), (AREA, "2023"), (INDEX, "2023")]
    if layout == "many":
        header += ["Jumlah Penduduk", "Jumlah KK", "Luas Wilayah (km2)", "IKS"]
    if layout in ("long", "sex"):
        header += ["Tahun", *(["Jenis Kelamin"] if layout == "sex" else []), "Jumlah Penduduk"]
    for each in world.villages:
        cells = [of(each) for of in place.values()]
        if layout in ("wide", "many"):
            figures = {key: _figure(some, key[0]) for key in keys}
            rows.append([*cells, *figures.values()])
            truths.append(Truth(each.code, figures))
            continue
        for year in YEARS[:2]:
            for sex in ("Laki-laki", "Perempuan") if layout == "sex" else ("",):
                figure = _figure(some, "penduduk")
                rows.append([*cells, year, *([sex] if sex else []), figure])
                truths.append(Truth(each.code, {("penduduk", year): figure}))
    columns = {name: n for n, name in enumerate(_ROLES[codes])}
    columns |= (
        {f"figure {n - len(place)}": n for n in range(len(place), len(header))} if layout in ("wide", "many") else {}
    )
    if layout in ("long", "sex"):
        columns |= {"figure 0": len(header) - 1, "year": len(place)}
    return Sheet(header, rows, truths, columns)


_ROLES = {
    "whole": ("code", "district", "name"),
    "plain": ("code", "district", "name"),
    "parts": ("part 0", "part 1", "part 2", "part 3", "district", "name"),
    "names": ("district", "name"),
}


def _places(world: World, codes: str) -> dict[str, Callable[[Village], str]]:
    """The columns that say where a row is."""
    names: dict[str, Callable[[Village], str]] = {
        "Kecamatan": lambda each: each.district,
        "Desa/Kelurahan": lambda each: each.name,
    }
    if codes == "names":
        return names
    if codes == "parts":
        ends = (0, 2, 4, 6, 10) if world.system is CodeSystem.KEMENDAGRI else (0, 2, 4, 7, 10)
        heads = ("kode_prov", "kode_kab", "kode_kec", "kode_desa")
        return {
            **{head: _part(ends[n], ends[n + 1]) for n, head in enumerate(heads)},
            **names,
        }
    if codes == "plain":
        return {"Kode Desa": lambda each: each.code.replace(".", ""), **names}
    return {"Kode Desa": lambda each: each.code, **names}


def _part(start: int, end: int) -> Callable[[Village], str]:
    return lambda each: each.code.replace(".", "")[start:end]


def _figure(some: Random, slug: str) -> float | None:
    if slug in COUNTS:
        return some.choice(
            [0, some.randint(1, 999), *(some.randint(1000, 19_999) for _ in range(4)), some.randint(1900, 2100)]
        )
    return round(some.uniform(0.05, 40), 2) if slug == AREA else round(some.uniform(0.2, 0.99), 4)
