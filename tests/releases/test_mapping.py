"""How a table was read is written out, and the next table of the same shape is read the same way."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.errors import BadRequest, NotFound
from geoapp.releases.options import Asked, Options, asked_indicators
from geoapp.releases.reading.table import Row, Table
from geoapp.releases.shaping.mapping import mapping_of, options_of, read_mapping, shape_key, write_mapping
from geoapp.releases.shaping.series import Shape
from geoapp.releases.shaping.shape import recognise
from tests.releases.conftest import VILLAGES

CODES = sorted(VILLAGES)


def made(header: tuple[str, ...], *rows: tuple[object, ...], **more: Any) -> Table:
    """A table of these rows."""
    return Table("a.csv", "", header, 1, tuple(Row(line, cells) for line, cells in enumerate(rows, 2)), **more)


WIDE = made(("KODE DESA", "IKS 2021", "IKS 2022"), *((code, 0.5, 0.6) for code in CODES))
YEARS = made(("KODE DESA", "2008", "2009r"), *((code, 5, 6) for code in CODES))
SEXES = made(
    ("kode_desa", "jenis_kelamin", "jumlah_penduduk", "tahun", "semester"),
    *((code, sex, 5, 2024, 1) for code in CODES for sex in ("L", "P")),
)
PARTS = made(
    ("kdkec", "namakec", "kddesa", "namadesa", "laki 2019", "pr 2019"),
    *((f"0{n // 5}0", f"Kec {n // 5}", f"00{n % 5}", f"Desa {n}", 3, 4) for n in range(10)),
)
KINDS = made(
    ("kode_desa", "status", "jumlah", "luas", "tahun"),
    *((code, kind, 5, "7,5", 2024) for code in CODES for kind in ("Negeri", "Swasta")),
)

CASES = {
    "wide": (WIDE, ()),
    "years alone": (YEARS, ("kk",)),
    "by sex": (SEXES, ("penduduk", "penduduk_p")),
    "parts": (PARTS, ("penduduk=laki+pr",)),
    "one of the wide": (WIDE, ("iks=IKS 2022",)),
    "where": (KINDS, ("sekolah_sd=jumlah@status=Negeri", "sekolah_smp=jumlah@status=Swasta")),
}  # fmt: skip


def plainly(shape: Shape) -> dict[str, Any]:
    """A shape without what was said about how it was found."""
    return {name: value for name, value in vars(shape).items() if name not in ("understood", "unread")}


@pytest.mark.parametrize(("table", "asked"), CASES.values(), ids=CASES)
def test_a_mapping_that_was_written_gives_the_same_shape_again(
    table: Table, asked: tuple[str, ...], catalogue: Catalogue, tmp_path: Path
) -> None:
    options = Options(indicators=asked_indicators(asked))
    shape = recognise(table, options, catalogue.indicators)
    (tmp_path / "a.toml").write_text(write_mapping(table, shape, options), encoding="utf-8")

    again = recognise(table, read_mapping(tmp_path / "a.toml"), catalogue.indicators)

    assert plainly(again) == plainly(shape)
    assert options_of(mapping_of(table, shape, options)) == read_mapping(tmp_path / "a.toml")


def test_what_a_person_said_is_written_with_what_was_found_but_never_the_period(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    said = Options(
        sheet='Data "baru"\n',
        level=Level.DISTRICT,
        code_system=CodeSystem.BPS,
        decimal=Decimal.COMMA,
        whole=True,
        period=Period("2023"),
        states={"tidak diisi": State.MISSING},
        zeros=("-",),
        indicators=asked_indicators(["penduduk"]),
    )
    table = made(("kode_desa", "penduduk"), *((code, 5) for code in CODES))
    (tmp_path / "a.toml").write_text(write_mapping(table, recognise(table, said, catalogue.indicators), said))

    read = read_mapping(tmp_path / "a.toml")

    for name in ("sheet", "level", "code_system", "decimal", "whole", "states", "zeros"):
        assert getattr(read, name) == getattr(said, name)
    assert (read.period, read.indicators) == (None, (Asked("penduduk", "penduduk"),))


def test_the_next_year_of_a_wide_table_is_read_by_the_mapping_of_this_one(catalogue: Catalogue) -> None:
    mapping = mapping_of(WIDE, recognise(WIDE, Options(), catalogue.indicators), Options())
    later = made(("KODE DESA", "IKS 2022", "IKS 2023"), *((code, 0.5, 0.6) for code in CODES))

    shape = recognise(later, options_of(mapping), catalogue.indicators)

    assert shape_key(later) == shape_key(WIDE)
    assert [str(each.period) for each in shape.series] == ["2022", "2023"]


def test_another_column_is_another_shape() -> None:
    assert len({shape_key(table) for table, _ in CASES.values()}) == 5
    assert shape_key(made(("KODE DESA", "IKS 2021", "IKE 2021"))) != shape_key(WIDE)


def test_a_mapping_may_say_more_than_one_thing_of_a_column(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "a.toml").write_text(
        """
        name_columns = { village = "namadesa", district = "namakec" }
        part_columns = { district = "kdkec", village = "kddesa" }
        [columns]
        "jumlah" = [
          { indicator = "usia_0_14", where = { umur = ["0-4", "5-14"] } },
          { indicator = "penduduk", period = "2010", where = { umur = "total" } },
        ]
        "luas" = { indicator = "luas_km2", unit = "ha" }
        [states]
        "-" = "zero"
        """
    )

    read = read_mapping(tmp_path / "a.toml")

    assert read.part_columns == {Level.DISTRICT: "kdkec", Level.VILLAGE: "kddesa"} and read.zeros == ("-",)
    assert read.indicators == (
        Asked("usia_0_14", "jumlah", where=(("umur", "0-4"), ("umur", "5-14"))),
        Asked("penduduk", "jumlah", Period("2010"), where=(("umur", "total"),)),
        Asked("luas_km2", "luas", unit="ha"),
    )


def test_a_unit_that_a_person_says_turns_figures_into_the_indicators(catalogue: Catalogue) -> None:
    said = Options(indicators=(Asked("luas_km2", "luas", unit="ha"),), period=Period("2024"))

    (series,) = recognise(
        made(("kode_desa", "luas"), *((code, 100) for code in CODES)), said, catalogue.indicators
    ).series

    assert (series.factor, series.unit) == (0.01, "ha")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kode = 1", "error.mapping"),
        ("sheet = 3", "error.mapping"),
        ('level = "desa"', "error.mapping"),
        ('period = "kapan"', "error.mapping"),
        ('[columns]\n"a" = { indikator = "kk" }', "error.mapping"),
        ('[columns]\n"a" = { indicator = "kk", where = "x" }', "error.mapping"),
        ('[states]\n"-" = "nol"', "error.mapping"),
        ("ini bukan TOML", "error.mapping_form"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_its_key(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.toml").write_text(text)

    with pytest.raises(BadRequest) as refused:
        read_mapping(tmp_path / "a.toml")

    assert refused.value.message == message
    with pytest.raises(NotFound):
        read_mapping(tmp_path / "b.toml")


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1), st.text(st.characters(exclude_categories=("Cs",)))
)
def test_any_header_survives_being_written(header: str, sheet: str) -> None:
    import tomllib

    from geoapp.releases.shaping.mapping import _toml

    assert tomllib.loads(f"{_toml(header)} = {_toml([sheet, {header: True}])}") == {header: [sheet, {header: True}]}
