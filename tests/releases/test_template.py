"""A template is made for its regions, and comes back filled in, from any program, without an option or a finding."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geoapp.catalogue import Catalogue
from geoapp.cli import run
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.words import Words
from geoapp.errors import BadRequest, NotFound, Question, Refused
from geoapp.releases.options import Asked
from geoapp.releases.reading.read import read_book
from geoapp.releases.templates.template import recognise
from geoapp.releases.templates.template_form import form
from geoapp.store import places
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.store.places import RegionSet
from tests.releases.conftest import make_edition
from tests.releases.filling import CODES, HALF, REGIONS, Y2024, Convert, as_ods, fill, made, open_sheet, wanted


@pytest.fixture
def mixed(store: Store) -> str:
    """An edition of six kelurahan and six desa in two districts."""
    return make_edition(store, "kota-campur-2025", REGIONS)


# ── what is made ───────────────────────────────────────────────────────────────────────────────────────────────


def test_codes_and_headers_are_locked_and_figures_are_not(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    sheet = open_sheet(made(store, catalogue, tmp_path / "a.xlsx", wanted("penduduk", periods=(Y2024, HALF))))

    assert [cell.value for cell in sheet[3]] == [
        "Kode wilayah",
        "Desa/kelurahan",
        "Kecamatan",
        "Jumlah penduduk 2024",
        "Jumlah penduduk semester II 2024",
    ]
    rows = list(sheet.iter_rows(min_row=4))
    assert [row[0].value for row in rows] == CODES
    assert all(row[0].data_type == "s" and row[0].number_format == "@" for row in rows)
    assert {cell.protection.locked for row in rows for cell in row[:3]} == {True}
    assert {cell.protection.locked for row in rows for cell in row[3:]} == {False}
    assert {cell.value for row in rows for cell in row[3:]} == {None}
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet.freeze_panes == "D4"


def test_a_figure_is_checked_as_it_is_typed_and_words_are_let_through(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    sheet = open_sheet(made(store, catalogue, tmp_path / "a.xlsx", wanted("penduduk", "air_layak_persen", "sinyal")))

    people, water, signal = sheet.data_validations.dataValidation
    assert people.formula1 == "OR(ISTEXT(D4),AND(ISNUMBER(D4),D4>=0,D4<=200000,D4=ROUND(D4,0)))"
    assert (people.errorStyle, water.errorStyle) == ("warning", "stop")
    assert str(people.sqref) == "D4:D15"
    assert "0–200.000" in (people.error or "")
    assert (signal.type, signal.formula1) == ("list", "geoapp!$F$1:$F$4")
    machine = open_sheet(tmp_path / "a.xlsx", "geoapp")
    assert [machine.cell(n, 6).value for n in range(1, 5)] == ["Tidak ada sinyal", "Lemah", "Kuat", "Sangat kuat"]
    assert machine.sheet_state == "hidden"


def test_the_notes_say_what_blank_zero_and_dash_mean_and_whom_to_ask(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = made(store, catalogue, tmp_path / "a.xlsx", wanted("penduduk"))

    for title, words in (
        ("Petunjuk", ("kosong", "Tulis 0", "Tanda -", "Dinas Kominfo, data@example.go.id", "jiwa")),
        ("Notes", ("blank", "Write 0", "dash", "Data office, data@example.go.id", "people")),
    ):
        told = " ".join(str(cell) for row in open_sheet(path, title).values for cell in row if cell)
        assert [word for word in words if word not in told] == []


def test_where_a_figure_cannot_exist_the_cell_says_so_and_is_locked(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    sheet = open_sheet(made(store, catalogue, tmp_path / "a.xlsx", wanted("idm")))

    cells = {row[0].value: row[3] for row in sheet.iter_rows(min_row=4)}
    for code, cell in cells.items():
        desa = ".2" in str(code)[8:]
        assert (cell.value, cell.protection.locked) == (None if desa else "tidak berlaku", not desa)


@pytest.mark.parametrize("asked", ["35.73.02", "357302", "Atas 35.73.02"])
def test_an_area_is_named_by_code_or_name(store: Store, mixed: str, catalogue: Catalogue, asked: str) -> None:
    with store.begin() as connection:
        found = form(connection, catalogue.indicators, wanted("penduduk", area=asked))

    assert [each.code for each in found.places] == CODES[6:]
    assert found.title == "Atas 35.73.02"


def test_a_set_or_an_upper_level_can_be_asked(store: Store, mixed: str, catalogue: Catalogue) -> None:
    with store.begin() as connection:
        places.add_set(connection, RegionSet("contoh", mixed, Words("Contoh", "Example"), tuple(CODES[2:4])))
        some = form(connection, catalogue.indicators, wanted("penduduk", region_set="contoh"))
        upper = form(connection, catalogue.indicators, wanted("penduduk", level=Level.DISTRICT))

    assert [each.code for each in some.places] == CODES[2:4]
    assert ([each.code for each in upper.places], upper.name_column) == (["35.73.01", "35.73.02"], "Kecamatan")


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"edition": "x"}, NotFound, "error.no_edition"),
        ({"indicators": ("penduduks",)}, NotFound, "error.no_indicator_but"),
        ({"indicators": ("umkm",)}, Refused, "error.sensitive"),
        ({"indicators": ("idm",), "area": "35.73.01"}, Refused, "error.template_impossible"),
        ({"area": "Nusantara"}, BadRequest, "error.template_area"),
        ({"region_set": "x"}, NotFound, "error.template_set"),
        ({"level": Level.RW}, Refused, "error.template_no_regions"),
        ({"indicators": ()}, BadRequest, "error.template_nothing"),
        ({"periods": tuple(Period(f"{year}") for year in range(1900, 2101))}, Refused, "error.template_columns"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    store: Store, mixed: str, catalogue: Catalogue, changed: dict[str, Any], error: type[Exception], message: str
) -> None:
    with store.begin() as connection, pytest.raises(error) as refused:
        form(connection, catalogue.indicators, wanted(**{"indicators": ("penduduk",), **changed}))

    assert getattr(refused.value, "message", "") == message


def test_two_areas_of_one_name_are_a_question(store: Store, catalogue: Catalogue) -> None:
    id = make_edition(store, "kota-sama-2025", {**REGIONS, "35.74.01.1001": "Lain"})
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE geography.region SET name = 'Sari' WHERE level = 3")
        with pytest.raises(Question) as asked:
            form(connection, catalogue.indicators, wanted("penduduk", edition=id, area="Sari"))

    assert asked.value.options == ("--area",)


# ── what comes back ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("convert", [lambda path: path, as_ods], ids=["xlsx", "ods"])
def test_a_filled_template_says_what_it_is(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path, convert: Convert
) -> None:
    path = made(store, catalogue, tmp_path / "a.xlsx", wanted("penduduk", "kk", periods=(Y2024, HALF), area="357302"))
    fill(path, {("Jumlah penduduk 2024", CODES[6]): 5, ("Jumlah kepala keluarga (KK) semester II 2024", CODES[7]): "-"})

    found = recognise(read_book(convert(path)))

    assert found is not None
    assert [sheet.title for sheet in found.book.sheets] == ["Isian"]
    options = found.options
    assert (options.edition, options.level, options.area) == (mixed, Level.VILLAGE, "35.73.02")
    assert options.indicators == (
        Asked("penduduk", "Jumlah penduduk 2024", Y2024),
        Asked("kk", "Jumlah kepala keluarga (KK) semester II 2024", HALF),
    )


def test_other_books_and_damaged_templates_are_no_templates(
    store: Store, mixed: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    plain = openpyxl.Workbook()
    plain.active.append(["kode", "penduduk"])  # type: ignore[union-attr]
    plain.save(tmp_path / "b.xlsx")
    assert recognise(read_book(tmp_path / "b.xlsx")) is None

    path = made(store, catalogue, tmp_path / "a.xlsx", wanted("penduduk"))
    for cell, value in (("B3", "desa-desa"), ("D9", "kapan"), ("B2", None), ("B5", "Lembar lain")):
        book = openpyxl.load_workbook(path)
        book["geoapp"][cell] = value
        book.save(tmp_path / "c.xlsx")
        assert recognise(read_book(tmp_path / "c.xlsx")) is None, cell


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at_this_database(urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")
    monkeypatch.setenv("GEOAPP_SITE", str(tmp_path / "site"))


def test_a_file_that_is_there_is_not_written_over(
    at_this_database: None, mixed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "isian.xlsx"
    path.write_bytes(b"mine")
    asked = ["statistics", "template", "--edition", mixed, "--indicator", "penduduk", "--period", "2024", "-o"]

    assert run([*asked, str(path)]) == 2
    assert "--replace" in capsys.readouterr().err and path.read_bytes() == b"mine"
    assert run([*asked, str(tmp_path / "isian.csv")]) == 2
    assert run([*asked, str(tmp_path / "tidak" / "ada.xlsx")]) == 2
    assert run([*asked, str(path), "--replace"]) == 0
    assert path.read_bytes() != b"mine"
