"""Whatever the shape of a table, its columns are known for what they are, and what only a person can say is asked."""

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.catalogue import Catalogue
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.words import LANGUAGES
from geoapp.errors import GeoappError, NotFound, Question, Refused
from geoapp.i18n import speak
from geoapp.releases.options import Options, asked_indicators
from geoapp.releases.reading.table import Row, Table
from geoapp.releases.shaping.dated import periods_of
from geoapp.releases.shaping.dimension import TOTAL, answers
from geoapp.releases.shaping.mapping import mapping_of, options_of
from geoapp.releases.shaping.read_series import read_series
from geoapp.releases.shaping.shape import Shape, recognise
from tests.releases.conftest import VILLAGES

CODES = sorted(VILLAGES)
Cells = Sequence[object]


def made(header: Cells, *rows: Cells, **more: object) -> Table:
    """A table of these rows; ``more`` are further fields of it."""
    body = tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows, 2))
    said = {"file": "a.csv", "sheet": "", **more}
    return Table(header=tuple(map(str, header)), header_line=1, rows=body, **said)  # type: ignore[arg-type]


def villages(header: Cells, cells: Cells = (7,), count: int = 6, **more: object) -> Table:
    """A table with a code a row and the same cells behind it."""
    return made(("kode_desa", *header), *((code, *cells) for code in CODES[:count]), **more)


def shape_of(table: Table, catalogue: Catalogue, *indicators: str, **said: object) -> Shape:
    """The shape under these options."""
    return recognise(table, Options(indicators=asked_indicators(indicators), **said), catalogue.indicators)  # type: ignore[arg-type]


def found(shape: Shape, table: Table) -> list[tuple[str, str, str | None]]:
    """Indicator, column and period of every series."""
    return [
        (each.indicator.slug, table.header[each.column], each.period.text if each.period else None)
        for each in shape.series
    ]


# ── where the figures stand ────────────────────────────────────────────────────────────────────────────────────────


def test_a_wide_table_has_a_series_for_every_indicator_and_year(catalogue: Catalogue) -> None:
    table = villages(("IKS 2021", "STATUS IDM 2021", "IKS 2022", "STATUS IDM 2022"), (0.7, "MAJU", 0.8, "MAJU"))

    assert found(shape_of(table, catalogue), table) == [
        ("iks", "IKS 2021", "2021"),
        ("idm_status", "STATUS IDM 2021", "2021"),
        ("iks", "IKS 2022", "2022"),
        ("idm_status", "STATUS IDM 2022", "2022"),
    ]


def test_years_alone_are_of_the_indicator_in_the_title_and_keep_their_marks(catalogue: Catalogue) -> None:
    title = "Tabel 3.2 Jumlah Keluarga Menurut Kelurahan, 2008–2010"
    table = villages(("2008", "2009r", "2010*"), (5, 6, 7), titles=(title,))

    shape = shape_of(table, catalogue)

    assert [slug for slug, _, _ in found(shape, table)] == ["kk"] * 3
    assert [(each.period, each.marks) for each in shape.series] == [
        (Period("2008"), frozenset()),
        (Period("2009"), {Mark.REVISED}),
        (Period("2010"), {Mark.PROVISIONAL}),
    ]


def test_two_digits_are_a_year_where_a_neighbour_writes_it_in_full(catalogue: Catalogue) -> None:
    table = villages(("t_2019", "t_2020sm1", "laki_19", "pr_20sm1"), (9, 9, 4, 5))

    shape = shape_of(table, catalogue, "penduduk=t", "penduduk_l=laki", "penduduk_p=pr")

    assert found(shape, table) == [
        ("penduduk", "t_2019", "2019"),
        ("penduduk", "t_2020sm1", "2020-S1"),
        ("penduduk_l", "laki_19", "2019"),
        ("penduduk_p", "pr_20sm1", "2020-S1"),
    ]
    assert "understood.short_years" in {each.message for each in shape.understood}


def test_a_group_header_names_the_columns_below_it(catalogue: Catalogue) -> None:
    groups = ("", "Penduduk (jiwa)", "Penduduk (jiwa)", "Penduduk (jiwa)")
    table = villages(("Laki-laki", "Perempuan", "Jumlah"), (3, 4, 7), groups=groups, titles=("Penduduk, 2010",))

    assert [slug for slug, _, _ in found(shape_of(table, catalogue), table)] == ["penduduk_l", "penduduk_p", "penduduk"]


@pytest.mark.parametrize("asked", [(), ("penduduk",), ("penduduk=jumlah",)])
def test_a_table_with_rows_by_sex_is_added_up_over_both(catalogue: Catalogue, asked: tuple[str, ...]) -> None:
    rows = [(code, sex, 5, "2024") for code in CODES[:6] for sex in ("LAKI-LAKI", "Perempuan")]
    header = (
        "kode_desa",
        "jenis_kelamin",
        "jumlah" if asked[-1:] == ("penduduk=jumlah",) else "jumlah_penduduk",
        "tahun",
    )
    table = made(header, *rows)

    shape = shape_of(table, catalogue, *asked)

    (series,) = shape.series
    assert (series.indicator.slug, series.over, series.values, series.where) == ("penduduk", (1,), (("l", "p"),), ())
    assert shape.dimensions == (1,) and set(answers(table, 1)) == {"l", "p"}


@pytest.mark.parametrize(
    "words", [("L", "P"), ("LK", "PR"), ("Pria", "Wanita"), ("male", "Female"), ("laki - laki", "PEREMPUAN")]
)
def test_one_sex_is_taken_from_its_rows_however_they_are_called(catalogue: Catalogue, words: tuple[str, str]) -> None:
    rows = [(code, sex, 5) for code in CODES[:6] for sex in (*words, "Jumlah")]
    table = made(("kode_desa", "JK", "jumlah_penduduk"), *rows)

    shape = shape_of(table, catalogue, "penduduk_p", "penduduk", period=Period("2024"))

    assert [(each.indicator.slug, each.where, each.over) for each in shape.series] == [
        ("penduduk_p", ((1, "p"),), ()),
        ("penduduk", (), (1,)),
    ]
    assert answers(table, 1).count(TOTAL) == 6


def test_parts_beside_each_other_are_added_only_for_the_years_that_have_all(catalogue: Catalogue) -> None:
    table = villages(("penduduk_l_2019", "penduduk_p_2019", "penduduk_l_2020"), (3, 4, 5))

    shape = shape_of(table, catalogue, "penduduk")

    assert [(each.period, each.column, each.plus) for each in shape.series] == [(Period("2019"), 1, (2,))]


def test_ages_are_added_up_only_where_they_are_all_ages(catalogue: Catalogue) -> None:
    def table(ages: Sequence[str]) -> Table:
        rows = [(code, age, 5, 2024) for code in CODES[:6] for age in ages]
        return made(("kode_desa", "kelompok_umur", "jumlah_penduduk", "tahun"), *rows)

    every, some = ("0-4", "5-9", "10-14", "15 - 64 tahun", "65+"), ("35-39", "40-44", "45+")

    (whole,) = shape_of(table(every), catalogue, "penduduk").series
    (young,) = shape_of(table(every), catalogue, "usia_0_14").series

    assert set(whole.values[0]) == {"0_4", "5_9", "10_14", "15_64", "65_up"}
    assert young.values == (("0_4", "5_9", "10_14"),) and len(young.where) == 3
    with pytest.raises(Question) as question:
        shape_of(table(some), catalogue, "penduduk")
    assert question.value.message == "question.dimension" and "--indicator" in question.value.options


def test_another_column_that_parts_the_rows_is_asked_and_can_be_answered(catalogue: Catalogue) -> None:
    rows = [(code, kind, 5, 2024) for code in CODES[:6] for kind in ("Negeri", "Swasta")]
    table = made(("kode_desa", "status_sekolah", "jumlah", "tahun"), *rows)

    with pytest.raises(Question, match=r"question\.dimension"):
        shape_of(table, catalogue, "sekolah_sd=jumlah")
    (series,) = shape_of(table, catalogue, "sekolah_sd=jumlah@status_sekolah=Swasta").series

    assert series.where == ((1, "swasta"),)


def test_words_that_do_not_part_the_rows_are_no_dimension(catalogue: Catalogue) -> None:
    rows = [(code, "MAJU" if n % 2 else "MANDIRI", 5, 2024) for n, code in enumerate(CODES)]

    assert shape_of(made(("kode_desa", "status", "penduduk", "tahun"), *rows), catalogue).dimensions == ()


@pytest.mark.parametrize(("male", "female"), [("laki_laki", "perempuan"), ("L", "P"), ("Pria/Male", "Wanita/Female")])
def test_columns_of_a_sex_alone_are_what_a_person_asks_for(catalogue: Catalogue, male: str, female: str) -> None:
    table = villages((male, female, "tahun"), (3, 4, 2024))

    with pytest.raises(Question):
        shape_of(table, catalogue)
    shape = shape_of(table, catalogue, "penduduk", "penduduk_l")

    assert [(each.indicator.slug, each.column, each.plus) for each in shape.series] == [
        ("penduduk", 1, (2,)),
        ("penduduk_l", 1, ()),
    ]


def test_headers_in_two_languages_are_read_by_the_first(catalogue: Catalogue) -> None:
    groups = ("", "", "Penduduk/Population", "Penduduk/Population", "Penduduk/Population")
    header = ("Luas Wilayah/Total Area (km²)", "Laki-laki/Male", "Perempuan/Female", "Jumlah/Total")
    table = villages(header, (1.5, 3, 4, 7), groups=groups, titles=("Kecamatan Dalam Angka 2020",))

    slugs = [slug for slug, _, _ in found(shape_of(table, catalogue), table)]

    assert slugs == ["luas_km2", "penduduk_l", "penduduk_p", "penduduk"]


def test_years_below_a_group_are_of_the_group(catalogue: Catalogue) -> None:
    groups = ("", "Penduduk", "Penduduk", "Jumlah KK", "Jumlah KK")
    table = villages(("2019", "2020", "2019 (2)", "2020 (2)"), (1, 2, 3, 4), groups=groups)

    assert found(shape_of(table, catalogue), table) == [
        ("penduduk", "2019", "2019"),
        ("penduduk", "2020", "2020"),
        ("kk", "2019 (2)", "2019"),
        ("kk", "2020 (2)", "2020"),
    ]


def test_months_alone_are_those_of_the_one_year_that_is_said(catalogue: Catalogue) -> None:
    table = villages(("Januari", "Feb", "Maret"), (1, 2, 3), titles=("Jumlah Posyandu Tahun 2024",))
    bare = villages(("Januari", "Feb", "Maret"), (1, 2, 3))

    for shape in (shape_of(table, catalogue), shape_of(bare, catalogue, "posyandu", period=Period("2024"))):
        assert [str(each.period) for each in shape.series] == ["2024-01", "2024-02", "2024-03"]


def test_months_below_a_year_are_of_that_year_and_the_title(catalogue: Catalogue) -> None:
    groups = ("", "Tahun 2023", "Tahun 2023", "Tahun 2024")
    table = villages(("Jan", "Des", "Jan (2)"), (5, 6, 7), titles=("Jumlah KK per Bulan",), groups=groups)

    assert [each[2] for each in found(shape_of(table, catalogue), table)] == ["2023-01", "2023-12", "2024-01"]


def test_per_cent_below_a_group_is_not_the_groups_own_figure(catalogue: Catalogue) -> None:
    groups = ("", *["Dana Desa"] * 3, *["Jalan baik"] * 2)
    header = ("Pagu", "Realisasi", "%", "km", "% (2)")
    table = villages(header, (900, 800, 88.9, 2.5, 40), titles=("2023",), groups=groups)

    assert found(shape_of(table, catalogue), table) == [
        ("dana_desa", "Pagu", "2023"),
        ("jalan_baik_km", "km", "2023"),
        ("jalan_baik_persen", "% (2)", "2023"),
    ]


def test_the_last_of_some_columns_is_called_by_the_group(catalogue: Catalogue) -> None:
    groups = ("", *["Kepala Keluarga"] * 3, *["Penduduk"] * 3)
    header = tuple(f"{group} – {leaf}" for group, leaf in zip(groups[1:], ("L", "P", "JML") * 2, strict=True))
    table = villages(header, (5, 4, 9, 15, 14, 29), titles=("2023",), groups=groups)

    assert [each[:2] for each in found(shape_of(table, catalogue), table)] == [
        ("kk", "Kepala Keluarga – JML"),
        ("penduduk_l", "Penduduk – L"),
        ("penduduk_p", "Penduduk – P"),
        ("penduduk", "Penduduk – JML"),
    ]


@pytest.mark.parametrize(
    ("header", "slug"),
    [("Luas Wilayah Total Area (km²)", "luas_km2"), ("Jumlah Penduduk Population", "penduduk")],
)
def test_a_header_that_says_the_same_in_two_languages_is_called_so(
    catalogue: Catalogue, header: str, slug: str
) -> None:
    assert [each.indicator.slug for each in shape_of(villages((header,), titles=("2023",)), catalogue).series] == [slug]


def test_a_ratio_of_the_sexes_does_not_part_the_rows(catalogue: Catalogue) -> None:
    rows = [(code, 5, 4, 9, 95 + n / 10) for n, code in enumerate(CODES)]
    table = made(("kode_desa", "L", "P", "L+P", "Sex Ratio"), *rows, titles=("Jumlah Penduduk, 2023",))

    assert {each.indicator.slug for each in shape_of(table, catalogue).series} >= {
        "penduduk",
        "penduduk_l",
        "penduduk_p",
    }


@pytest.mark.parametrize("header", ["Tanggal Isi", "tanggal_update", "tahun_rilis", "Tgl. Pengisian", "Tahun SK"])
def test_when_a_row_was_written_is_not_the_time_of_its_figures(catalogue: Catalogue, header: str) -> None:
    with pytest.raises(Question, match=r"question\.period\b"):
        shape_of(villages((header, "Jumlah KK"), ("2023-12-31", 5)), catalogue)


@pytest.mark.parametrize("header", ["Pagu", "Realisasi (Rp)", "Dana Desa"])
def test_ten_digits_of_rupiah_are_no_codes(catalogue: Catalogue, header: str) -> None:
    table = villages((header, "Dana Desa 2023"), (3573012345, 5))

    assert shape_of(table, catalogue, "dana_desa=Dana Desa 2023").codes == (0,)


def test_halves_of_a_table_side_by_side_are_refused_with_what_to_do(catalogue: Catalogue) -> None:
    header = ("No", "Desa", "Penduduk", "No (2)", "Desa (2)", "Penduduk (2)")
    table = made(header, (1, "Kasin", 5, 3, "Samaan", 7), (2, "Kauman", 6, 4, "Rampal", 8), titles=("2023",))

    with pytest.raises(Refused, match=r"error\.tables_beside"):
        shape_of(table, catalogue, "penduduk=Penduduk")


@pytest.mark.parametrize("cell", [None, "=B2+C2"])
def test_a_column_of_formulas_without_results_asks_for_the_spreadsheet(catalogue: Catalogue, cell: object) -> None:
    noticed = Finding(Weight.WARN, "reading.uncalculated", {"n": 6, "cells": "C2"}, Place("a.xlsx"))
    table = villages(("Laki", "Jumlah Penduduk"), (5, cell), titles=("2023",), findings=(noticed,))

    with pytest.raises(Refused, match=r"error\.uncalculated"):
        shape_of(table, catalogue)


@pytest.mark.parametrize(("cells", "warned"), [((0.4, 0.5, 0.62, 1, 0.7), True), ((40, 50, 0.7, 1, 2), False)])
def test_per_cent_that_are_all_parts_of_one_are_warned_of(
    catalogue: Catalogue, cells: Sequence[float], warned: bool
) -> None:
    header = ("kode_desa", "Persentase Jalan Baik 2023")
    table = made(header, *((code, cell) for code, cell in zip(CODES, cells, strict=False)))
    (series,) = shape_of(table, catalogue).series

    noticed = [each.message for each in read_series(table, series, Options()).findings]

    assert ("note.fractions" in noticed) is warned


def test_names_beside_the_heading_of_their_group_are_the_rows_own(catalogue: Catalogue) -> None:
    rows = [(chr(97 + n % 3), f"Desa {n}", 5, f"Kec. {n // 3}") for n in range(9)]
    table = made(("No", "Wilayah", "Jumlah KK", "Kecamatan"), *rows, titles=("2023",))

    shape = shape_of(table, catalogue)

    assert (shape.name, dict(shape.names), shape.dimensions) == (1, {Level.DISTRICT: 3}, ())


def test_a_year_that_is_said_twice_is_one(catalogue: Catalogue) -> None:
    table = villages(("2010 (SP2010)", "2020 (SP2020)"), (5, 6), titles=("Jumlah Penduduk",))

    assert [each[2] for each in found(shape_of(table, catalogue), table)] == ["2010", "2020"]


def test_headers_that_say_only_a_sex_are_of_what_the_title_is_about(catalogue: Catalogue) -> None:
    table = villages(("L", "P", "L+P"), (1, 2, 3), titles=("Jumlah Penduduk Kecamatan Klojen Tahun 2022",))

    assert [slug for slug, _, _ in found(shape_of(table, catalogue), table)] == ["penduduk_l", "penduduk_p", "penduduk"]


@pytest.mark.parametrize("asked", [(), ("kk", "penduduk")])
def test_rows_that_name_the_indicator_themselves_are_a_series_each(
    catalogue: Catalogue, asked: tuple[str, ...]
) -> None:
    rows = [(code, kind, 5, 2024) for code in CODES[:6] for kind in ("Jumlah Penduduk", "Jumlah KK", "Lainnya")]

    shape = shape_of(made(("kode_desa", "variabel", "nilai", "tahun"), *rows), catalogue, *asked)

    assert {(each.indicator.slug, each.where) for each in shape.series} == {
        ("penduduk", ((1, "jumlah_penduduk"),)),
        ("kk", ((1, "jumlah_kk"),)),
    }


# ── which columns say where ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "header",
    [
        ("kdprov", "kdkab", "kdkec", "kddesa"),
        ("Province Code", "Regency/Municipality Code", "District Code", "Village Code"),
        ("kode_prop", "kode_kab", "kode_kec", "kode_kel"),
        ("kd_propinsi", "kd_kabupaten", "kd_kecamatan", "kd_desa"),
        ("prov", "kab", "kec", "desa"),
    ],
)
def test_codes_in_pieces_are_known_by_their_headers(catalogue: Catalogue, header: tuple[str, ...]) -> None:
    rows = [("35", "07", "010", f"{n:03d}", f"Desa {chr(65 + n)}", 5, 2024) for n in range(1, 8)]

    shape = shape_of(made((*header, "nama", "penduduk", "tahun"), *rows), catalogue)

    assert (shape.codes, shape.parts, shape.name) == ((), (0, 1, 2, 3), 4)


def test_pieces_of_all_levels_are_known_without_any_zero(catalogue: Catalogue) -> None:
    rows = [(35, 73, 1 + n // 5, 1001 + n % 5, f"Desa {n}", 5) for n in range(10)]

    shape = shape_of(made(("PROP", "KAB", "KEC", "KEL", "NAMA", "JML_PDDK_2020"), *rows), catalogue)

    assert (shape.codes, shape.parts) == ((), (0, 1, 2, 3))


def test_pieces_without_the_regency_are_known_also_with_their_zeros_lost(catalogue: Catalogue) -> None:
    rows = [(10 + n // 5 * 10, f"Kec {n // 5}", n % 5 + 1, f"Desa {n}", 5) for n in range(15)]
    table = made(("kdkec", "namakec", "kddesa", "namadesa", "penduduk_2019"), *rows)

    shape = shape_of(table, catalogue)

    assert (shape.codes, shape.parts) == ((), (None, None, 0, 2))
    assert dict(shape.names) == {Level.DISTRICT: 1, Level.VILLAGE: 3}


def test_names_are_known_by_level_and_one_column_is_the_rows_own(catalogue: Catalogue) -> None:
    rows = [("Aceh", "Kab. Pidie", "Kecamatan A", f"Desa {n}", 5, 2024) for n in range(8)]
    table = made(("Provinsi", "Kab/Kota", "Kapanewon", "Gampong", "penduduk", "tahun"), *rows)

    shape = shape_of(table, catalogue)

    assert dict(shape.names) == {Level.PROVINCE: 0, Level.REGENCY: 1, Level.DISTRICT: 2, Level.VILLAGE: 3}
    assert (shape.codes, shape.name) == ((), 3)


def test_rt_and_rw_are_names_below_a_village_and_a_count_beside_it(catalogue: Catalogue) -> None:
    below = made(
        ("kode_desa", "RW", "RT", "penduduk", "tahun"), *((CODES[0], f"0{n % 2}", f"00{n}", 5, 2024) for n in range(8))
    )
    beside = made(("kode_desa", "RW", "RT", "penduduk", "tahun"), *((code, 3, 9, 5, 2024) for code in CODES))

    assert dict(shape_of(below, catalogue).names) == {Level.RW: 1, Level.RT: 2}
    assert dict(shape_of(beside, catalogue).names) == {}


def test_the_codes_of_districts_beside_names_of_villages_are_the_parents(catalogue: Catalogue) -> None:
    rows = [("35.73.01" if n < 5 else "35.73.02", f"Desa {n}", 5, 2024) for n in range(10)]

    shape = shape_of(made(("kode_kecamatan", "desa", "penduduk", "tahun"), *rows), catalogue)

    assert (shape.codes, shape.parts, shape.name) == ((), (None, None, 0, None), 1)


def test_a_table_that_names_no_region_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match=r"error\.no_region_column"):
        shape_of(made(("penduduk", "tahun"), (5, 2024), (6, 2024)), catalogue)


def test_columns_in_another_order_are_the_same_columns(catalogue: Catalogue) -> None:
    header = ("kode_bps", "kode_kemendagri", "bps_nama_desa", "nama_kecamatan", "penduduk", "tahun")
    rows = [("3573010001", code, f"Desa {n}", "Kec", 5, 2024) for n, code in enumerate(CODES)]
    table, turned = made(header, *rows), made(header[::-1], *(row[::-1] for row in rows))

    def said(each: Table) -> tuple[object, ...]:
        shape = shape_of(each, catalogue)
        names = {level: each.header[column] for level, column in shape.names.items()}
        return [each.header[column] for column in shape.codes], names, found(shape, each)

    assert said(table) == said(turned)


# ── when ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        (("tahun",), (2019.0,), "2019"),
        (("tahun", "semester"), ("2017", "1"), "2017-S1"),
        (("semester", "tahun"), ("Semester II", 2017), "2017-S2"),
        (("tahun", "triwulan"), (2024, "III"), "2024-Q3"),
        (("tahun", "bulan"), (2024, "Maret"), "2024-03"),
        (("tahun", "bulan"), (2024, 3), "2024-03"),
        (("tanggal",), ("5 April 2020",), "2020-04-05"),
        (("tahun_ajaran",), ("2023/2024",), "2023-2024"),
        (("periode_data",), ("202403",), "2024-03"),
    ],
)
def test_rows_say_their_period_in_one_column_or_two(
    catalogue: Catalogue, header: Cells, cells: Cells, expected: str
) -> None:
    table = villages((*header, "penduduk"), (*cells, 5))

    read = periods_of(table, shape_of(table, catalogue))

    assert read is not None and {each.period.text for each in read if each} == {expected}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"titles": ("Penduduk menurut Desa", "Keadaan 31 Desember 2023")}, "2023-12-31"),
        ({"titles": ("Penduduk Semester I 2024",)}, "2024-S1"),
        ({"sheet": "Data 2022"}, "2022"),
        ({"titles": ("Penduduk Akhir Tahun 2022", "Dicetak: 05/03/2024")}, "2022"),
        ({"titles": ("Penduduk Akhir Tahun 2022", "Tanggal Unduh 5 Maret 2024")}, "2022"),
    ],
)
def test_a_period_in_a_title_or_the_sheet_is_taken_and_said(
    catalogue: Catalogue, more: dict[str, object], expected: str
) -> None:
    shape = shape_of(villages(("penduduk",), **more), catalogue)

    assert [each.period for each in shape.series] == [Period(expected)]
    assert [each.option for each in shape.understood if each.message == "understood.period_title"] == ["--period"]


@pytest.mark.parametrize(
    ("more", "message", "word"),
    [
        ({}, "question.period", "--period"),
        ({"file": "data (30 April 2020 Pukul 09.00).xlsx"}, "question.period_file", "--period 2020-04-30"),
        ({"titles": ("Penduduk 2019 dan 2020",)}, "question.period_many", "2019, 2020"),
    ],
)
def test_a_period_that_the_table_does_not_say_is_asked_and_a_file_name_only_proposes(
    catalogue: Catalogue, more: dict[str, object], message: str, word: str
) -> None:
    with pytest.raises(Question) as question:
        shape_of(villages(("penduduk",), **more), catalogue)

    assert (question.value.message, "--period" in question.value.options) == (message, True)
    assert word in speak("id", message, **question.value.values)


def test_columns_without_a_period_wait_where_their_neighbours_have_one(catalogue: Catalogue) -> None:
    table = villages(("penduduk_2019", "luas_wilayah"), (5, 1.5))

    shape = shape_of(table, catalogue)

    assert found(shape, table) == [("penduduk", "penduduk_2019", "2019")]
    assert "understood.undated" in {each.message for each in shape.understood}
    assert found(shape_of(table, catalogue, period=Period("2020")), table)[1] == ("luas_km2", "luas_wilayah", "2020")


# ── what is no figure ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("header", ["No", "id", "OBJECTID", "latitude", "Bujur", "kode_pos", "", "Keterangan"])
def test_row_numbers_ids_and_places_on_the_globe_are_no_statistic(catalogue: Catalogue, header: str) -> None:
    table = made(("kode_desa", header), *((code, n) for n, code in enumerate(CODES)))

    with pytest.raises(Refused) as refused:
        shape_of(table, catalogue)

    assert refused.value.message == "error.no_statistic"


def test_a_form_not_yet_filled_in_holds_no_statistic(catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match=r"error\.no_statistic"):
        shape_of(villages(("LAKI-LAKI", "PEREMPUAN", "TOTAL"), (None, "", "-")), catalogue)


@pytest.mark.parametrize("header", ["R502A", "R601AK2", "R1001C1", "b4r401", "P301"])
def test_coded_answers_of_a_questionnaire_are_no_amounts(catalogue: Catalogue, header: str) -> None:
    table = villages((header, "tahun"), (2, 2024))

    with pytest.raises(Question, match=r"question\.coded_answers"):
        shape_of(table, catalogue)
    with pytest.raises(Question, match=r"question\.coded_column"):
        shape_of(table, catalogue, f"posyandu={header}")
    assert len(shape_of(table, catalogue, f"sinyal={header}").series) == 1


def test_a_few_whole_numbers_under_another_name_are_warned_of(catalogue: Catalogue) -> None:
    rows = [(code, n % 3 + 1, 2024) for n, code in enumerate(CODES)]
    said = {
        header: [
            each.message for each in shape_of(made(("kode_desa", header, "tahun"), *rows), catalogue, asked).findings
        ]
        for header, asked in (("sinyal", "posyandu=sinyal"), ("posyandu", "posyandu"), ("Jml Pos", "posyandu=Jml Pos"))
    }

    assert said == {"sinyal": ["import.few_answers"], "posyandu": [], "Jml Pos": []}


def test_a_column_of_words_is_refused_once_for_a_figure(catalogue: Catalogue) -> None:
    table = villages(("STATUS", "tahun"), ("MAJU", 2024))

    with pytest.raises(Question) as question:
        shape_of(table, catalogue, "penduduk=STATUS")

    assert question.value.message == "question.words_column" and question.value.values["answers"] == "MAJU"
    assert len(shape_of(table, catalogue, "idm_status=STATUS").series) == 1


def test_what_is_not_recognised_is_asked_with_the_likeliest_indicators(catalogue: Catalogue) -> None:
    with pytest.raises(Question) as question:
        shape_of(villages(("jumlah_pendudk", "POSITIF", "tahun"), (5, 6, 2024)), catalogue)

    assert question.value.message == "question.indicator_near"
    assert 'penduduk="jumlah_pendudk"' in question.value.values["near"]
    assert "POSITIF" in question.value.values["columns"]


def test_words_that_are_all_of_one_category_propose_it(catalogue: Catalogue) -> None:
    rows = [(code, "MAJU" if n % 2 else "Mandiri", 2024) for n, code in enumerate(CODES)]

    with pytest.raises(Question) as question:
        shape_of(made(("kode_desa", "status", "tahun"), *rows), catalogue)

    assert 'idm_status="status"' in question.value.values["near"]


def test_two_columns_of_one_indicator_and_period_are_a_question(catalogue: Catalogue) -> None:
    with pytest.raises(Question, match=r"question\.columns_alike"):
        shape_of(villages(("penduduk", "jumlah_penduduk", "tahun"), (5, 6, 2024)), catalogue)


def test_an_indicator_or_column_that_is_not_there_is_named_with_what_is(catalogue: Catalogue) -> None:
    table = villages(("penduduk", "tahun"), (5, 2024))

    for said, message in (
        ("pendudk", "error.no_indicator_but"),
        ("kk=JUMLAH", "error.no_column"),
        ("kk=tahun", "error.column_taken"),
    ):
        with pytest.raises(NotFound) as missing:
            shape_of(table, catalogue, said)
        assert missing.value.message == message


# ── units ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "cell", "unit", "expected"),
    [
        ("Luas (km²)", "3,71", "", 3.71),
        ("Luas (ha)", "371,5", "", 3.715),
        ("luas_wilayah", "371,5", "Ha", 3.715),
        ("luas_wilayah", "371,5 ha", "", 3.715),
        ("LUAS_WILAYAHKM2", " 0.91 ", "", 0.91),
        ("luas_wilayah", "1,5", "", 1.5),
    ],
)
def test_figures_come_in_the_unit_of_the_indicator(
    catalogue: Catalogue, header: str, cell: str, unit: str, expected: float
) -> None:
    table = villages((header, "satuan", "tahun"), (cell, unit, 2024))

    (series,) = shape_of(table, catalogue, f"luas_km2={header}").series

    assert {each.figure for each in read_series(table, series, Options()).reads if isinstance(each, Observation)} == {
        expected
    }


@pytest.mark.parametrize(
    ("titles", "header", "factor"),
    [
        (("Dana Desa (juta rupiah), 2023",), "Dana Desa", 1e6),
        (("Dana Desa 2023", "dalam ribuan rupiah"), "Dana Desa", 1e3),
        (("Dana Desa 2023", "Satuan : Juta Rp"), "Dana Desa", 1e6),
        (("2023",), "Dana Desa (Rp.000)", 1e3),
        (("2023",), "Dana Desa (ribuan)", 1e3),
        (("Dana Desa (juta rupiah), 2023",), "Dana Desa (Rp)", 1.0),
        (("Luas Wilayah (ha), 2023",), "Luas Wilayah", 0.01),
        (("Penduduk dan Luas Sawah (ha), 2023",), "Penduduk", 1.0),
    ],
)
def test_a_unit_above_the_table_is_that_of_the_columns_it_measures(
    catalogue: Catalogue, titles: tuple[str, ...], header: str, factor: float
) -> None:
    (series,) = shape_of(villages((header,), (900,), titles=titles), catalogue).series

    assert series.factor == factor


@pytest.mark.parametrize(
    ("titles", "header", "cell"),
    [
        (("Luas (km2) dan Luas Sawah (ha), 2023",), "Luas Wilayah", 5),
        (("2023", "dalam ribuan rupiah"), "Dana Desa", "Rp 900.000"),
        (("2023",), "Dana Desa (juta Rp)", "1,2 juta"),
    ],
)
def test_units_of_two_sizes_are_a_question_of_the_map(
    catalogue: Catalogue, titles: tuple[str, ...], header: str, cell: object
) -> None:
    with pytest.raises(Question, match=r"question\.units_titled"):
        shape_of(villages((header,), (cell,), titles=titles), catalogue)


def test_a_unit_that_measures_something_else_is_a_question(catalogue: Catalogue) -> None:
    with pytest.raises(Question, match=r"question\.unit\b"):
        shape_of(villages(("jumlah", "satuan", "tahun"), (5, "HA", 2024)), catalogue, "penduduk=jumlah")
    rows = [(code, 5, "km2" if n % 2 else "ha", 2024) for n, code in enumerate(CODES)]
    with pytest.raises(Question, match=r"question\.units"):
        shape_of(made(("kode_desa", "luas", "satuan", "tahun"), *rows), catalogue, "luas_km2=luas")


# ── reading a series ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sum_is_known_only_where_all_its_parts_are(catalogue: Catalogue) -> None:
    rows = [
        (CODES[0], "1.204", 5),
        (CODES[1], "…", 5),
        (CODES[2], "-", "-"),
        (CODES[3], "12r", 0),
        (CODES[4], "tiga", 1),
    ]
    table = made(("kode_desa", "L", "P"), *rows)

    (series,) = shape_of(table, catalogue, "penduduk=L+P", period=Period("2024")).series
    reads = read_series(table, series, Options()).reads

    assert reads[:4] == [
        Observation(figure=1209.0),
        Observation(state=State.MISSING),
        Observation(state=State.MISSING),
        Observation(figure=12.0, marks=frozenset({Mark.REVISED})),
    ]
    assert not isinstance(reads[4], Observation)


def test_numbers_that_read_two_ways_are_asked_with_both(catalogue: Catalogue) -> None:
    table = villages(("luas_km2", "tahun"), ("1.234", 2024))

    (series,) = shape_of(table, catalogue).series
    with pytest.raises(Question) as question:
        read_series(table, series, Options())

    said = speak("id", question.value.message, **question.value.values)
    assert question.value.options == ("--decimal",) and "1234" in said and "1 koma 234" in said


def test_decimal_signs_dashes_and_footnotes_are_said(catalogue: Catalogue) -> None:
    table = made(
        ("kode_desa", "penduduk", "tahun"), *zip(CODES[:4], ["8.957", "-", "17.659¹", 12], [2024] * 4, strict=True)
    )

    (series,) = shape_of(table, catalogue).series
    figures = read_series(table, series, Options())

    assert [each.message for each in figures.understood] == ["understood.thousands_point", "understood.dashes"]
    assert [(each.message, each.values["lines"]) for each in figures.findings] == [("note.footnotes", "4")]
    assert all(speak(language, each.message, **each.values) for each in figures.understood for language in ("id", "en"))


def test_equal_cells_share_one_result(catalogue: Catalogue) -> None:
    table = villages(("Luas (ha)", "tahun"), ("3,5", 2024), count=20)

    (series,) = shape_of(table, catalogue, "luas_km2=Luas (ha)").series
    reads = read_series(table, series, Options()).reads

    assert all(first is second for first, second in pairwise(reads))


HEADERS = (
    "kode", "kode_desa", "KODE KEC", "kddesa", "kdkec", "desa", "Kecamatan", "nama", "No", "id", "RW", "RT", "RT/RW",
    "tahun", "semester", "bulan", "tanggal", "jenis_kelamin", "umur", "satuan", "penduduk", "jumlah", "L", "P", "L+P",
    "2019", "2020 (2)", "IKS 2021", "laki_19", "R502A", "Luas (ha)", "status", "", "(1)", "Keterangan", "Penduduk/2020",
)  # fmt: skip
CELLS = (
    None, "", "-", "…", 0, 7, 7.5, float("nan"), float("inf"), True, "1.234", "1,234.5", "12 jiwa", "3,5 ha", "5 (2)",
    "L", "Perempuan", "Total", "0-4", "75+", "MAJU", "Desa A", "35.73.01.1001", 3573011001.0, "3.5E+09", "010", "1",
    "2019", 2020.0, "2009r", "Semester I", "Maret", "5 April 2020", date(2020, 4, 5), time(9, 30), "#REF!", "²",
    "RT 003/RW 02", "=cmd()", "juta", "Rp", "x" * 300, "\u0000",
)  # fmt: skip
tables = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=7).flatmap(
    lambda header: st.builds(
        lambda rows, groups, titles: made(
            ("kode", *header), *rows, groups=("", *groups) if groups else (), titles=titles
        ),
        st.lists(st.tuples(st.sampled_from(CODES), *(st.sampled_from(CELLS) for _ in header)), min_size=1, max_size=12),
        st.one_of(st.just(()), st.tuples(*(st.sampled_from(("", "Penduduk", "2021", "Jumlah KK")) for _ in header))),
        st.sampled_from([(), ("Penduduk Tahun 2024",), ("Tabel 1. Jumlah KK, 2019-2020", "²")]),
    )
)


@given(tables, st.sampled_from([(), ("penduduk",), ("idm_status=status",), ("penduduk=L+P",), ("kk=*",)]))
def test_whatever_a_table_holds_it_is_read_or_answered_with_a_sentence(
    catalogue: Catalogue, table: Table, asked: tuple[str, ...]
) -> None:
    try:
        shape = shape_of(table, catalogue, *asked)
        for series in shape.series:
            assert len(read_series(table, series, Options()).reads) == len(table.rows)
        periods_of(table, shape)
        again = mapping_of(table, shape, Options())
        said = [(each.message, each.values) for each in shape.understood]
        assert options_of(again).indicators
    except GeoappError as error:
        said = [(error.message, error.values)]
    assert all(speak(language, message, **values) for message, values in said for language in LANGUAGES)


@pytest.mark.parametrize("asked", [(), ("penduduk",)], ids=["found", "asked"])
def test_blank_columns_kept_ready_are_left_and_said_and_signs_are_states(
    catalogue: Catalogue, asked: tuple[str, ...]
) -> None:
    rows = [(code, 100 + n, "-" if n else "", "") for n, code in enumerate(CODES)]
    table = made(("kode_desa", "Penduduk 2022", "Penduduk 2023", "Penduduk 2024"), *rows)

    shape = shape_of(table, catalogue, *asked)

    assert [each.period.text for each in shape.series if each.period] == ["2022", "2023"]
    assert [(each.message, each.values["columns"]) for each in shape.findings] == [
        ("import.left_blank", "Penduduk 2024")
    ]
