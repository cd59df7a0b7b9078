"""Tables of persons are refused by what they hold, in every form a spreadsheet gives it; tables of villages are not."""

import gzip
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geoapp.domain.code_column import Reading
from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.regions import BoundaryStatus, Edition
from geoapp.domain.words import Words
from geoapp.errors import Refused
from geoapp.i18n import speak
from geoapp.releases.matching.match import Match, Target
from geoapp.releases.matching.person_rows import refuse_rows
from geoapp.releases.reading.person_columns import Kind, header_kind
from geoapp.releases.reading.persons import refuse_persons
from geoapp.releases.reading.table import Row, Table
from geoapp.releases.shaping.shape import Series, Shape

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
NAMES = [
    "Siti Aminah", "Budi Santoso", "Agus Salim", "Dewi Lestari", "Rina Wati", "Joko Widodo", "Sri Mulyani",
    "Ahmad Dahlan", "Nur Hayati", "Slamet Riyadi", "Wahyu Hidayat", "Yuni Astuti",
]  # fmt: skip
REGIONS = {f"35.73.01.{1000 + n}": f"Desa {chr(64 + n)}" for n in range(1, 13)}
CODES = list(REGIONS)


def niks(n: int, seed: int = 1) -> list[str]:
    """Numbers in the form of a NIK; nobody's."""
    some = random.Random(seed)
    born = [(some.randint(1, 28) + some.choice((0, 40)), some.randint(1, 12), some.randint(50, 99)) for _ in range(n)]
    return [f"357301{day:02}{month:02}{year:02}{some.randint(1, 9999):04}" for day, month, year in born]


def refused(*rows: Sequence[object]) -> Refused | None:
    """What the first pass says of a sheet."""
    try:
        refuse_persons("a.csv", [Row(line, tuple(row)) for line, row in enumerate(rows, 1)])
    except Refused as error:
        assert error.message == "error.persons"
        return error
    return None


FORMS = {
    "text": str,
    "float": float,
    "integer": int,
    "float as text": "{}.0".format,
    "fifteen digits and a nought": lambda nik: int(nik[:15] + "0"),
    "scientific": lambda nik: f"{nik[0]},{nik[1:6]}E+15",
    "scientific, complete": lambda nik: f"{nik[0]}.{nik[1:]}E+15",
    "blanks": lambda nik: f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
    "dots": lambda nik: f"{nik[:6]}.{nik[6:12]}.{nik[12:]}",
    "hyphens": lambda nik: f"{nik[:6]}-{nik[6:12]}-{nik[12:]}",
    "apostrophe": "'{}".format,
    "formula": '="{}"'.format,
    "no-break space": "{}\u00a0".format,
    "within a sentence": "milik {} (sudah dicek)".format,
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("header", ["catatan", "penduduk", ""])
def test_a_column_of_nik_is_found_in_every_form_under_any_header(header: str, form: object) -> None:
    assert callable(form)
    rows = [(code, form(nik)) for code, nik in zip(CODES, niks(12), strict=True)]

    said = refused(("kode_desa", header), *rows)

    assert said is not None
    assert said.values == {"file": "a.csv", "columns": "#2", "n": 12}


def test_numbers_that_are_no_nik_count_under_a_header_that_says_so() -> None:
    rows = [(code, f"99990000000000{n:02}") for n, code in enumerate(CODES)]

    assert refused(("kode_desa", "NIK"), *rows) is not None
    assert refused(("kode_desa", "nomor_kartu_keluarga"), *rows) is not None
    assert refused(("kode_desa", "id_bangunan"), *rows) is None


def test_a_few_nik_among_many_cells_are_enough() -> None:
    notes = ["" if n % 40 else nik for n, nik in enumerate(niks(400))]

    said = refused(("kode", "catatan"), *((str(n), note) for n, note in enumerate(notes)))

    assert said is not None
    assert said.values["n"] == 10


TWO_COLUMNS = {
    "nama and birth date": ("nama", "tgl_lahir", [f"{n + 1:02}-05-1981" for n in range(12)]),
    "nama and birth day of a spreadsheet": ("nama", "Tanggal Lahir", [date(1981, 5, n + 1) for n in range(12)]),
    "name and telephone": ("Nama Lengkap", "No. HP", [f"08123456{n:04}" for n in range(12)]),
    "name and lost nought": ("nama_penerima", "WA", [8123456000 + n for n in range(12)]),
    "name and e-mail": ("nama warga", "kontak", [f"orang{n}@contoh.id" for n in range(12)]),
    "head of household and address": ("Nama Kepala Keluarga", "alamat", [f"Jl. Mawar {n}" for n in range(12)]),
    "name and account": ("nama_penerima", "No. Rekening", [f"0021-01-{n:06}-50-1" for n in range(12)]),
    "name and tax number": ("nama pemilik", "x", [f"01.234.567.{n % 10}-623.{n:03}" for n in range(12)]),
}


@pytest.mark.parametrize(("name", "other", "cells"), TWO_COLUMNS.values(), ids=TWO_COLUMNS)
def test_two_columns_that_identify_together_are_persons(name: str, other: str, cells: list[object]) -> None:
    said = refused(("kode_desa", name, other), *zip(CODES, NAMES, cells, strict=True))

    assert said is not None
    assert not any(str(cell) in repr(said) + str(said.args) for cell in (*NAMES, *cells))


HARMLESS = {
    "the telephone of the office": ("desa", "telepon", [f"0341-5512{n:02}" for n in range(12)]),
    "its mobile phone": ("desa", "hp", [f"08123456{n:04}" for n in range(12)]),
    "nama of a village and a telephone": ("nama", "telepon", [f"08123456{n:04}" for n in range(12)]),
    "the address of the office": ("nama_desa", "alamat_kantor", [f"Jl. Raya {n}" for n in range(12)]),
    "a date of founding": ("nama_desa", "tanggal_berdiri", [f"{n + 1}-05-19{n + 50}" for n in range(12)]),
    "families": ("nama_desa", "KK", [400 + n for n in range(12)]),
    "counts of cards": ("nama_desa", "wajib_ktp", [4000 + n for n in range(12)]),
    "heads of families, counted": ("nama_desa", "kepala_keluarga", [400 + n for n in range(12)]),
    "households with a telephone": ("nama_desa", "telepon", [400 + n for n in range(12)]),
    "births": ("nama_desa", "jumlah_lahir_hidup", [40 + n for n in range(12)]),
    "money": ("nama_desa", "dana_desa", [812_345_678_000 + n for n in range(12)]),
    "coordinates": ("nama_desa", "bujur", [f"112.63263212345{n:02}" for n in range(12)]),
    "shares": ("nama_desa", "rasio", [f"0.81234567{n:02}" for n in range(12)]),
    "random numbers": ("nama_desa", "gid", [f"{1634567890123456 + n * 7_777_777_777}" for n in range(12)]),
    "the office bearer": ("nama_desa", "nama_kepala_desa", NAMES),
}


@pytest.mark.parametrize(("name", "other", "cells"), HARMLESS.values(), ids=HARMLESS)
def test_what_a_table_of_villages_may_hold_is_no_person(name: str, other: str, cells: list[object]) -> None:
    rows = list(zip(CODES, REGIONS.values(), cells, strict=True))

    assert refused(("kode_desa", name, other), *rows) is None
    refuse_rows(*placed(("kode_desa", name, other), rows))


@pytest.mark.parametrize("digits", [14, 16])
def test_codes_of_blocks_below_the_village_are_no_persons(digits: int) -> None:
    codes = [f"3573{d}{v:03}{s:04}00"[:digits] for d in ("010", "021", "052") for v in range(1, 13) for s in (1, 2, 3)]

    assert refused(("idsls", "penduduk"), *((code, "40") for code in codes)) is None
    assert refused(("wilayah", "penduduk"), *((code, "40") for code in codes)) is None
    assert refused(("idsls", "penduduk"), *((float(code), "40") for code in codes)) is None


def test_pupils_of_one_year_are_persons_for_all_that() -> None:
    born = [(day, month) for day in range(1, 29) for month in (1, 7)]
    cells = [f"357301{day:02}{month:02}00{day:02}{month:02}" for day, month in born]

    assert refused(("kode", "nomor"), *((str(n), cell) for n, cell in enumerate(cells))) is not None


def test_the_lists_of_the_nation_tell_blocks_and_persons_apart() -> None:
    if not (SHARED / "codes").is_dir():
        pytest.skip("needs the shared data")
    with gzip.open(SHARED / "codes" / "bps_2024_kode_nama_desa.csv.gz", "rt", encoding="utf-8") as lines:
        villages = [line.split(",")[0] for line in lines][1:]
    some = random.Random(8)
    blocks: dict[str, list[str]] = {}
    for village in villages:
        its = [f"{village}{n:04}{part:02}" for n in range(1, some.randint(2, 40)) for part in (0, 1)]
        blocks.setdefault(village[:4], []).extend(some.sample(its, min(3, len(its))))

    wrong = [start for start, its in blocks.items() if refused(("x", "n"), *((each, "4") for each in its))]
    missed = [n for n in range(200) if refused(("x", "n"), *((each, "4") for each in niks(6, seed=n))) is None]

    assert len(blocks) > 500
    assert wrong == missed == []


def placed(header: Sequence[str], rows: Sequence[Sequence[object]], **columns: object) -> tuple[Table, Shape, Match]:
    """A table whose first column are codes, as it stands after matching."""
    lines = tuple(Row(line, tuple(row)) for line, row in enumerate(rows, 2))
    table = Table("a.csv", "", tuple(header), 1, lines)
    name = next((n for n, each in enumerate(header) if each in ("desa", "nama_desa", "nama", "kelurahan")), None)
    names = {Level.VILLAGE: name} if name is not None else {}
    shape = Shape((0,), name, **{"period": None, "half": None, "series": (), "names": names, **columns})  # type: ignore[arg-type]
    edition = Edition(
        id="kecil",
        area="Kecil",
        code_system=CodeSystem.KEMENDAGRI,
        source="made",
        attribution=Words("a", "a"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated="2025",
        box=(0, 0, 1, 1),
        base_level=Level.VILLAGE,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    target = Target(edition, REGIONS, frozenset())
    reading = Reading(CodeSystem.KEMENDAGRI, (None,) * len(lines), Level.VILLAGE, 0, (), "code.dotted")
    return table, shape, Match(target, reading, 0, tuple(str(row[0]) for row in rows), False)


def figures(column: int, **more: object) -> tuple[Series, ...]:
    """A series of that column."""
    indicator = Indicator.__new__(Indicator)
    return (Series(column, indicator, Period.parse("2024"), **more),)  # type: ignore[arg-type]


TWICE = [code for code in CODES[:6] for _ in range(2)]
VILLAGES = [REGIONS[code] for code in TWICE]
LISTS = {
    "recipients with an address": (("kode", "desa", "nama", "alamat"), [f"RT {n} RW 2" for n in range(12)]),
    "recipients with money": (("kode", "desa", "nama", "bantuan"), [600_000] * 12),
    "recipients without the word": (("kode", "desa", "penerima", "bantuan"), [600_000] * 12),
    "children by weight": (("kode", "desa", "nama anak", "berat"), [9 + n / 10 for n in range(12)]),
    "by year and sex": (("kode", "desa", "nama", "jk"), ["L", "P"] * 6),
}


@pytest.mark.parametrize(("header", "cells"), LISTS.values(), ids=LISTS)
def test_a_list_of_persons_by_village_is_refused_after_matching(header: tuple[str, ...], cells: list[object]) -> None:
    rows = list(zip(TWICE, VILLAGES, NAMES, cells, strict=True))
    assert refused(header, *rows) is None

    with pytest.raises(Refused) as caught:
        refuse_rows(*placed(header, rows))

    assert caught.value.message == "error.persons"
    assert header[2] in str(caught.value.values["columns"])
    assert not any(name in repr(caught.value) for name in NAMES)


def test_a_name_beside_an_address_is_a_person_one_row_a_village_too() -> None:
    rows = list(zip(CODES, REGIONS.values(), NAMES, [f"Jl. Mawar {n}" for n in range(12)], strict=True))

    with pytest.raises(Refused):
        refuse_rows(*placed(("kode", "desa", "nama", "alamat"), rows))


def test_names_of_persons_in_the_place_of_names_of_regions_are_found() -> None:
    rows = list(zip(CODES, NAMES, [f"08123456{n:04}" for n in range(12)], strict=True))

    with pytest.raises(Refused):
        refuse_rows(*placed(("kode", "nama", "telepon"), rows))


def test_a_long_table_by_year_sex_and_age_has_many_rows_a_village_and_is_fine() -> None:
    rows = [
        (code, name, year, sex, age, "0341-551234", "Jl. Raya 1", 10)
        for code, name in REGIONS.items()
        for year in (2023, 2024)
        for sex in "LP"
        for age in ("0-4", "5-9")
    ]
    header = ("kode", "nama", "tahun", "jk", "umur", "telepon", "alamat", "jumlah")

    refuse_rows(*placed(header, rows, period=2, series=figures(7, over=(3, 4))))


def test_rows_repeated_as_they_are_do_not_make_a_list_of_persons() -> None:
    rows = [(code, name, f"Jl. Raya {code[-2:]}", 10) for code, name in REGIONS.items()] * 9

    refuse_rows(*placed(("kode", "nama", "alamat", "jumlah"), rows))


@pytest.mark.parametrize("first", ["nama_sekolah", "nama"])
def test_schools_with_their_addresses_are_no_persons(first: str) -> None:
    cells = [f"SDN {n} Sukamaju" for n in range(12)]
    rows = list(zip(TWICE, VILLAGES, cells, [f"Jl. Mawar {n}" for n in range(12)], strict=True))

    refuse_rows(*placed(("kode", "desa", first, "alamat"), rows))


def test_heads_of_neighbourhoods_are_named_once_each_and_are_fine() -> None:
    rows = list(zip(TWICE, VILLAGES, ["01", "02"] * 6, NAMES, strict=True))

    refuse_rows(*placed(("kode", "desa", "rt", "nama ketua rt"), rows, names={Level.VILLAGE: 1, Level.RT: 2}))


def test_without_a_match_the_cells_tell_the_regions_apart() -> None:
    table, shape, _ = placed(("kode", "desa", "nama", "alamat"), list(zip(TWICE, VILLAGES, NAMES, NAMES, strict=True)))

    with pytest.raises(Refused):
        refuse_rows(table, shape)


def test_a_list_that_could_not_be_recognised_at_all_is_told_by_its_headers() -> None:
    rows = list(zip(VILLAGES, NAMES, [f"RT {n} RW 2" for n in range(12)], strict=True))
    table, _, _ = placed(("Desa", "Nama", "Alamat"), rows)

    with pytest.raises(Refused):
        refuse_rows(table, Shape((), None, None, None, ()))


def test_a_column_of_kinds_does_not_make_the_names_of_villages_persons() -> None:
    rows = [(code, "Desa", name, "0341-551234") for code, name in REGIONS.items()]
    table, shape, found = placed(("kode", "Desa/Kelurahan", "nama", "telepon"), rows)

    refuse_rows(table, shape, found)
    refuse_rows(table, Shape((), None, None, None, ()))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("NIK", Kind.NUMBER), ("No. KK", Kind.NUMBER), ("nomor_kk", Kind.NUMBER), ("ayah_nik", Kind.NUMBER),
        ("JUMLAH KK", None), ("kk", None), ("nama_krt", Kind.NAME), ("nama_ibu", Kind.NAME), ("nama", Kind.BARE),
        ("nama_ibukota", None), ("Nama Kecamatan", None), ("nama kepala desa", None), ("tempatlahir", Kind.BORN),
        ("Tgl. Lahir", Kind.BORN), ("e-mail", Kind.CONTACT), ("Jumlah Telepon", None), ("no_rumah", Kind.ADDRESS),
    ],
)  # fmt: skip
def test_a_header_says_persons_counts_or_regions(header: str, kind: Kind | None) -> None:
    assert header_kind(header) is kind


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sentence_names_columns_and_the_way_on(language: str) -> None:
    said = refused(("kode_desa", "nik"), *zip(CODES, niks(12), strict=True))
    assert said is not None

    sentence = speak(language, said.message, **said.values)  # type: ignore[arg-type]

    assert "nik" in sentence
    assert "12" in sentence
    assert "count-per-region" in sentence


def test_the_nation_without_persons_passes() -> None:
    row = ("Prov", "Kabupaten", "Kecamatan Besar", "Desa Sukamaju", 0.7229, "0.7229", "MAJU", "", "", 2024, "", 1, "x")
    rows = [Row(n, (f"{1101012001 + n}", *row)) for n in range(75_265)]

    refuse_persons("a.csv", rows)
